"""The wheel carries all that serving a site elsewhere needs, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest
from site_builder import ROOT, record, settings, write


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip builds it from the checkout; pip fetches the build system for it."""
    folder = tmp_path_factory.mktemp("wheel")
    words = ["wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--wheel-dir", folder, ROOT]
    subprocess.run([sys.executable, "-m", "pip", *map(str, words)], check=True, timeout=300)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    folders = {name.split("/")[0] for name in names}
    assert {folder.split("-")[0] for folder in folders} == {"generator", "honour_zone"}
    inside = {name.removeprefix("generator/") for name in names}
    for folder in ("themes", "generator"):
        base = ROOT / folder
        wanted = {
            path.relative_to(base).as_posix()
            for path in base.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and path.name[0] != "."
        }
        found = {name.removeprefix("themes/") for name in inside} if folder == "themes" else inside
        assert wanted <= found, wanted - found
    assert not [name for name in names if name.endswith((".pyc", ".jpg", ".tmp"))]
    assert any(name.endswith("LICENSE") for name in names)


def test_the_same_checkout_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """On another path, with other times of its files and another umask."""
    copy = tmp_path / "an other" / "checkout"
    skip = shutil.ignore_patterns(
        ".git", ".venv", ".honour", "public", "preview", "node_modules", "__pycache__", ".*cache"
    )
    shutil.copytree(ROOT, copy, ignore=skip)
    for path in copy.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    words = ["wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--wheel-dir", tmp_path, copy]
    subprocess.run(
        [sys.executable, "-m", "pip", *map(str, words)], check=True, timeout=300,
        env=os.environ | {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"}, umask=0o077 if os.name == "posix" else -1,
    )  # fmt: skip
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_an_installed_wheel_makes_and_builds_a_site_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """In an environment that has the libraries but no way to the checkout."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    words = [
        "--python",
        python,
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-index",
        wheel,
    ]
    subprocess.run([sys.executable, "-m", "pip", *map(str, words)], check=True, timeout=120)
    # A path named in a .pth file is not searched for further .pth files, so the checkout stays unknown.
    own = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    Path(own, "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def honour(*options: object) -> str:
        done = subprocess.run(
            [str(programs / "honour"), *map(str, options)],
            cwd=tmp_path, env=surroundings | {"PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8",
            timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    honour("init", "site")
    told = json.loads(honour("--site", "site", "build", "--json", "--jobs", 1))
    assert told["problems"] == [] and told["failed"] == []
    public = tmp_path / "site" / "public"
    assert list((public / "assets").glob("honour-*.css")) and list((public / "assets").glob("honour-*.js"))
    assert "荣誉专区" in (public / "index.html").read_text("utf-8")
    (tmp_path / "english").mkdir()
    write(tmp_path / "english", {"site.yaml": settings(language="en"), "exemplars/li-na/index.md": record()})
    honour("--site", "english", "build", "--jobs", 1)
    assert '<html lang="en"' in (tmp_path / "english/public/index.html").read_text("utf-8")
    where = subprocess.run(
        [str(python), "-c", "import generator; print(generator.__file__)"],
        cwd=tmp_path, env=surroundings, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(home.resolve()) or str(home) in where.stdout
