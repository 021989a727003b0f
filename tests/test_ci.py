"""The pipelines and the supply chain: what ci/ holds is well-formed, complete and does what it says."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from site_builder import ROOT

from generator import cli

CI = ROOT / "ci"
LOCKS = {name: (CI / f"{name}.lock").read_text("utf-8") for name in ("requirements", "test", "build")}
LOCK = LOCKS["requirements"]
WHOLE = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = WHOLE["project"]
WANTED = [Requirement(line) for line in PROJECT["dependencies"]]


def pinned(lock: str) -> dict[str, Version]:
    """The version of each library of a lock."""
    lines = re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", lock)
    return {canonicalize_name(name): Version(version) for name, version in lines}


def by_lock(name: str) -> str:
    return f"--require-hashes -r ci/{name}.lock -r ci/build.lock"


def loaded(script: Path) -> ModuleType:
    """A script that lies in no package."""
    spec = importlib.util.spec_from_file_location(script.stem, script)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


OWN = "--no-deps --no-build-isolation --editable ."
PINNED = pinned(LOCK)
PIPELINES = {
    "gitlab-ci.yml": "vendor.gitlab-ci",
    "github/honour.yml": "vendor.github-workflows",
    "gitea/honour.yml": "vendor.github-workflows",
}
FILES = [*PIPELINES, "Jenkinsfile", "Containerfile"]
INSTALL = "--no-index --find-links"


# --- pipelines -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "schema"), PIPELINES.items())
def test_a_pipeline_is_what_its_server_reads(file: str, schema: str) -> None:
    words = ["-m", "check_jsonschema", "--builtin-schema", schema, str(CI / file)]
    done = subprocess.run([sys.executable, *words], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", FILES)
def test_a_pipeline_installs_without_internet_and_by_hashes(file: str) -> None:
    text = (CI / file).read_text("utf-8")
    installs = [line for line in text.splitlines() if "pip install" in line]
    assert installs and all(INSTALL in line and "--require-hashes" in line for line in installs)
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("file", [*PIPELINES, "Jenkinsfile"])
def test_a_pipeline_checks_previews_and_publishes_with_words_that_exist(file: str) -> None:
    text = (CI / file).read_text("utf-8")
    used = re.findall(
        r"\bhonour ((?:check|build|publish)\b[^\n\"'|>]*)", re.sub(r"(?m)^\s*(#|//).*$", "", text)
    )
    assert {line.split()[0] for line in used} == {"check", "build", "publish"}
    for line in used:
        name, *words = line.split()
        options = {option for parameter in cli.honour.commands[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line
    assert "Asia/Shanghai" in text or 'cron: "5 16' in text
    assert re.search(r"5 (0|16) \* \* \*", text)


def test_a_merge_request_never_publishes() -> None:
    gitlab = yaml.safe_load((CI / "gitlab-ci.yml").read_text("utf-8"))
    (rule,) = gitlab["publish"]["rules"]
    assert rule == {
        "if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
    }  # no branch in a merge request's pipeline
    for server in ("github", "gitea"):
        jobs = yaml.safe_load((CI / server / "honour.yml").read_text("utf-8"))["jobs"]
        assert jobs["publish"]["if"] == "github.event_name != 'pull_request'"
        assert "cache" not in json.dumps(jobs["check"])  # what a pull request writes is nobody's store


def test_what_a_merge_request_brings_runs_where_nothing_can_be_published() -> None:
    """Its themes are code, and so is its copy of the pipeline."""
    gitlab = yaml.safe_load((CI / "gitlab-ci.yml").read_text("utf-8"))
    assert not set(gitlab["default"]["tags"]) & set(gitlab["publish"]["tags"])
    assert all("tags" not in gitlab[job] for job in ("check", "preview"))
    for server in ("github", "gitea"):
        jobs = yaml.safe_load((CI / server / "honour.yml").read_text("utf-8"))["jobs"]
        places = {
            name: set([job["runs-on"]] if isinstance(job["runs-on"], str) else job["runs-on"])
            for name, job in jobs.items()
        }
        assert places["publish"] - places["check"] and places["check"] - places["publish"]
    checked, published = (CI / "Jenkinsfile").read_text("utf-8").split("stage('Publish')")
    assert "label 'honour-check'" in checked and "label 'honour-publish'" in published


# --- the lock --------------------------------------------------------------------------------------


def asked_for(name: str) -> list[Requirement]:
    """What pyproject.toml asks for where the lock `name` is installed."""
    if name == "requirements":
        return WANTED
    if name == "test":
        return [*WANTED, *map(Requirement, PROJECT["optional-dependencies"]["test"])]
    return list(map(Requirement, WHOLE["build-system"]["requires"]))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_the_project_asks_for(name: str) -> None:
    held = pinned(LOCKS[name])
    lacking = [
        str(wanted)
        for wanted in asked_for(name)
        if not wanted.specifier.contains(held.get(canonicalize_name(wanted.name), "0"))
    ]
    assert lacking == [], "renew the locks: CONTRIBUTING.md"


def test_what_is_tested_is_what_is_published_with() -> None:
    tested, build = pinned(LOCKS["test"]), pinned(LOCKS["build"])
    assert PINNED.items() <= tested.items()
    assert {name: tested[name] for name in build if name in tested}.items() <= build.items()


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
def test_every_line_of_a_lock_has_hashes_and_no_place(lock: str) -> None:
    entries = re.split(r"(?m)^(?=[\w.-]+==)", lock)[1:]
    assert len(entries) == len(pinned(lock)) >= 5
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock and "-index" not in lock and not re.search(r"/(tmp|home|dev)/", lock)


@pytest.mark.parametrize(
    ("locked", "kind", "wanted"),
    [
        ("", "test", ["--editable .[test]"]),
        ("1", "test", [by_lock("test"), OWN]),
        ("1", "demo", [by_lock("requirements"), OWN]),
    ],
)
def test_run_py_installs_by_lock_where_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: str, kind: str, wanted: list[str]
) -> None:
    """And again whenever the lock has changed. What pip does with these words is pip's; here are the words."""
    monkeypatch.setenv("HONOUR_LOCKED", locked)
    run = loaded(ROOT / "run.py")
    said: list[str] = []
    python = tmp_path / "python"
    python.touch()
    monkeypatch.setattr(run, "VENV", tmp_path)
    monkeypatch.setattr(run, "PYTHON", python)
    monkeypatch.setattr(run, "call", lambda *words, check: said.append(" ".join(map(str, words))))
    for _ in range(2):
        run.install(".[test]" if kind == "test" else ".")
    start = f"{python} -m pip install --quiet --disable-pip-version-check "
    assert [line.removeprefix(start) for line in said] == wanted
    (tmp_path / f"installed-{kind}").write_text("of another lock", "utf-8")
    run.install(".[test]" if kind == "test" else ".")
    assert len(said) == 2 * len(wanted)


def test_every_dependency_is_justified() -> None:
    """A paragraph of docs/decisions.md names it in its bold beginning or in its text, as a word."""
    text = (ROOT / "docs" / "decisions.md").read_text("utf-8").lower()
    everything = [
        *PROJECT["dependencies"],
        *(one for group in PROJECT["optional-dependencies"].values() for one in group),
    ]
    names = [Requirement(line).name.lower() for line in everything]
    assert [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)] == []


def test_the_bill_of_materials_lists_the_lock(tmp_path: Path) -> None:
    """By the command of docs/operations.md."""
    bill = tmp_path / "sbom.json"
    words = ["requirements", str(CI / "requirements.lock"), "--pyproject", str(ROOT / "pyproject.toml")]
    words += ["--output-reproducible", "--of", "JSON", "-o", str(bill)]
    done = subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", *words], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(bill.read_text("utf-8"))
    assert said["bomFormat"] == "CycloneDX"
    listed = {canonicalize_name(part["name"]): Version(part["version"]) for part in said["components"]}
    assert listed == PINNED
    assert said["metadata"]["component"]["name"] == "honour-zone"


# --- the wheel house -------------------------------------------------------------------------------


def test_a_wheel_house_for_windows_is_not_without_what_windows_alone_needs(tmp_path: Path) -> None:
    """pip would ask the machine that downloads; so all is downloaded, and the list says for whom it is."""
    wheelhouse = loaded(CI / "wheelhouse.py")
    wanted = wheelhouse.unconditional(LOCK)
    assert " ; " in LOCK and " ; " not in wanted
    assert re.findall(r"(?m)^[\w.-]+==\S+", wanted) == re.findall(r"(?m)^[\w.-]+==\S+", LOCK)
    assert wanted.count("--hash=") == LOCK.count("--hash=")
    wheel = tmp_path / "tzdata-2026.6-py2.py3-none-any.whl"
    wheel.write_bytes(b"zones")
    line = wheelhouse.line_of(wheel, dict(wheelhouse.CONDITION.findall(LOCK)))
    listed = Requirement(line.split(" --hash")[0])
    assert listed.marker is not None and listed.marker.evaluate({"sys_platform": "win32"})
    assert not listed.marker.evaluate({"sys_platform": "linux"})
    assert line.endswith(f" --hash=sha256:{sha256(b'zones').hexdigest()}")


@pytest.mark.soak
def test_a_site_is_built_from_the_wheel_house_with_the_network_cut(tmp_path: Path) -> None:
    """It fetches the wheels of the lock: the one test that needs a registry for more than the build system."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("only root of a Linux machine can cut the network")
    house = tmp_path / "wheels"
    subprocess.run([sys.executable, str(CI / "wheelhouse.py"), str(house)], check=True, timeout=500)
    assert list(house.glob("tzdata-*.whl")), "it may be carried to Windows"
    venv.create(tmp_path / "venv", with_pip=True)
    script = (
        "! python3 -c 'import socket; socket.create_connection((\"192.0.2.1\", 80), 1)' 2>/dev/null; set -e;"
        "venv/bin/pip install --quiet --no-index --find-links wheels --require-hashes -r wheels/requirements.txt;"
        "venv/bin/pip check; venv/bin/honour init site; venv/bin/honour --site site build --editions website"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    subprocess.run(["unshare", "-n", "sh", "-c", script], cwd=tmp_path, env=clean, check=True, timeout=300)
    assert (tmp_path / "site" / "public" / "index.html").is_file()
    damaged = next(house.glob("click-*.whl"))
    damaged.write_bytes(damaged.read_bytes() + b"\0")
    words = ["install", "--no-index", "--find-links", str(house), "--require-hashes", "--force-reinstall"]
    refused = subprocess.run(
        [str(tmp_path / "venv/bin/pip"), *words, "-r", str(house / "requirements.txt")],
        capture_output=True, encoding="utf-8", env=clean, check=False,
    )  # fmt: skip
    assert refused.returncode != 0 and "DO NOT MATCH" in refused.stderr
