"""Links, pipes, devices and giants in a site: nothing outside of its folder is read, and nothing hangs.

Every command runs in a process that is killed if it waits for ever; that is no measurement of time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from site_builder import DAY, document, environment, jpeg, record, settings, site_of, write

from generator.formats import FORMS

SECRET = "口令是七三九一零二"
KILL = 60  # seconds

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")


def honour(site: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error. Fails if the command doesn't end."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", "--site", str(site), *words],
        env=environment(), capture_output=True, encoding="utf-8", timeout=KILL, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def problems_of(site: Path) -> dict[str, str]:
    """The errors of `honour check`, code by file."""
    told: dict[str, Any] = json.loads(honour(site, "check", "--json", "--date", str(DAY))[1])
    assert SECRET not in json.dumps(told, ensure_ascii=False)
    return {one["file"]: one["code"] for one in told["problems"] if one["severity"] == "error"}


def built(site: Path) -> str:
    """Everything that a build published, as one text; a secret in it fails."""
    honour(site, "build", "--date", str(DAY), "--out", str(site / "public"))
    files = [path for path in (site / "public").rglob("*") if path.is_file()]
    assert files
    whole = b"\n".join(path.read_bytes() for path in files).decode("utf-8", "replace")
    assert SECRET not in whole
    return whole


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two people, one of them with a photo; beside it a folder with secrets."""
    outside = tmp_path / "outside"
    secret = record(f"{SECRET}\n", name="外人", photo={"file": "photo.jpg", "alt": "照片"})
    write(outside / "wai-ren", {"index.md": secret, "photo.jpg": jpeg(colour="#00ff00")})
    (outside / "secret.md").write_bytes(document({"title": "秘密"}, SECRET))
    (outside / "secret.txt").write_text(SECRET, "utf-8")
    files = site_of(li_na=record(), wang_jie=record(name="王洁", photo={"file": "photo.jpg", "alt": "王洁"}))
    return write(tmp_path / "site", files | {"exemplars/wang-jie/photo.jpg": jpeg()})


def link(site: Path, place: str, to: str) -> None:
    """Put a link to a file or folder outside at `place`."""
    target = site / place
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(site.parent / "outside" / to)


LINKS = {
    "exemplars/wai-ren": "wai-ren",
    "exemplars/li-na/index.md": "wai-ren/index.md",
    "exemplars/sun-fang/index.md": "secret.txt",
    "exemplars/zhou-yu/index.md": "../../../../../../../../etc/passwd",
    "exemplars/wang-jie/photo.jpg": "wai-ren/photo.jpg",
    "content/secret.md": "secret.md",
}


def test_no_link_leads_out_of_the_site(site: Path) -> None:
    for place, to in LINKS.items():
        link(site, place, to)
    files = {place if place.endswith(".md") else f"{place}/index.md" for place in LINKS}
    files = {file.replace("photo.jpg/", "") for file in files}
    assert problems_of(site) == dict.fromkeys(files, "outside-site")
    whole = built(site)
    assert "外人" not in whole and "root:" not in whole


@pytest.mark.parametrize(("place", "file"), [("content", "content/secret.md"), ("site.yaml", "site.yaml")])
def test_neither_does_a_whole_folder_or_the_settings(site: Path, place: str, file: str) -> None:
    link(site, place, "" if place == "content" else "secret.txt")
    assert problems_of(site) == {file: "outside-site"}


def test_what_was_read_before_is_not_believed_behind_a_link(site: Path) -> None:
    """The store knows the very bytes that the link leads to; a clean build would refuse them."""
    file = site / "exemplars/li-na/index.md"
    assert problems_of(site) == {}
    shutil.move(file, site.parent / "outside/index.md")
    file.symlink_to(site.parent / "outside/index.md")
    assert problems_of(site) == {"exemplars/li-na/index.md": "outside-site"}


def test_a_link_within_the_site_is_followed(site: Path) -> None:
    (site / "exemplars/wang-jie/photo.jpg").rename(site / "exemplars/li-na/own.jpg")
    (site / "exemplars/wang-jie/photo.jpg").symlink_to("../li-na/own.jpg")
    (site / "exemplars/sun-fang").symlink_to("li-na")
    assert "outside-site" not in problems_of(site).values()
    assert "exemplars/sun-fang/" in built(site)


def test_a_theme_publishes_no_link_that_leads_out(site: Path) -> None:
    write(site, {"themes/mine/theme.yaml": b"extends: honour\n", "site.yaml": settings(theme="mine")})
    (site / "themes/mine/assets").mkdir()
    (site / "themes/mine/assets/note.txt").symlink_to(site.parent / "outside/secret.txt")
    code, _, said = honour(site, "build", "--date", str(DAY), "--out", str(site / "public"))
    assert code == 1 and "themes/mine/assets/note.txt" in said
    assert not (site / "public/assets/note.txt").exists()
    shutil.rmtree(site / "themes/mine")
    write(site.parent / "outside/mine", {"theme.yaml": b"extends: honour\n"})
    (site / "themes/mine").symlink_to(site.parent / "outside/mine")
    code, _, said = honour(site, "build", "--date", str(DAY), "--out", str(site / "public"))
    assert code == 1 and "themes/mine" in said


READ = (
    "exemplars/li-na/index.md",
    "exemplars/wang-jie/photo.jpg",
)  # a page and a folder are looked for by kind
KINDS = ("pipe", "/dev/zero", "/dev/stdin", "link to a pipe")


def put_strange(site: Path, place: str, what: str) -> None:
    target = site / place
    if target.is_dir():
        shutil.rmtree(target)
    target.unlink(missing_ok=True)
    target.parent.mkdir(exist_ok=True)
    if what == "pipe":
        os.mkfifo(target)
    elif what == "link to a pipe":
        (site / "pipe").exists() or os.mkfifo(site / "pipe")
        target.symlink_to(site / "pipe")
    else:
        target.symlink_to(what)


@pytest.mark.parametrize("what", KINDS)
def test_pipes_and_devices_neither_hang_nor_are_read(site: Path, what: str) -> None:
    for place in (*READ, "content/about.md", "exemplars/sun-fang"):
        put_strange(site, place, what)
    assert set(problems_of(site)) == {"exemplars/li-na/index.md", "exemplars/wang-jie/index.md"}


@pytest.mark.parametrize("what", KINDS)
def test_settings_that_are_a_pipe_are_missing(site: Path, what: str) -> None:
    put_strange(site, "site.yaml", what)
    assert problems_of(site) == {"site.yaml": "settings-missing"}


def test_giants_are_refused_unread(site: Path) -> None:
    """8 TB in a file without a single block: reading it would take hours, and memory that no machine has."""
    giants = {
        "exemplars/li-na/index.md": "exemplars/li-na/index.md",
        "content/about.md": "content/about.md",
        "exemplars/wang-jie/photo.jpg": "exemplars/wang-jie/index.md",
    }
    for place in giants:
        grow(site / place)
    found = problems_of(site)
    assert found == {
        file: "photo-too-heavy" if place.endswith(".jpg") else "file-too-large"
        for place, file in giants.items()
    }
    grow(site / "site.yaml")
    assert problems_of(site) == {"site.yaml": "file-too-large"}


def grow(file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    with file.open("ab") as opened:
        try:
            opened.truncate(8 << 40)
        except OSError:  # a file system that can't say such a number
            opened.truncate(1 << 40)


only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="macOS and Windows take no name that is no text: nothing to be told there"
)


@only_linux
def test_names_out_of_a_zip_of_an_older_windows_are_told(site: Path) -> None:
    """GBK in the names, which is no UTF-8; the others are built, and every form for pipelines takes it."""
    here = os.fsencode(site)
    shutil.copytree(here + b"/exemplars/li-na", here + "/exemplars/王杰".encode("gbk"))
    (site / "content").mkdir(exist_ok=True)
    page = Path(os.fsdecode(here + "/content/新闻.md".encode("gbk")))
    page.write_bytes(document({"title": "新闻"}, "正文"))
    assert problems_of(site) == dict.fromkeys(("exemplars/王杰", "content/新闻.md"), "name-encoding")
    for form in FORMS:
        code, told, _ = honour(site, "check", "--format", form, "--date", str(DAY))
        assert code == 1 and "name-encoding" in told
    assert "李娜" in built(site)


@only_linux
def test_so_are_those_of_a_theme(site: Path) -> None:
    theme = {"themes/mine/theme.yaml": b"extends: honour\n", "themes/mine/assets/图/logo.png": b"x"}
    for name, data in (theme | {"site.yaml": settings(theme="mine")}).items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    odd = os.fsencode(site / "themes" / "mine" / "assets/图") + "/标志.png".encode("gbk")
    Path(os.fsdecode(odd)).write_bytes(b"x")
    assert problems_of(site) == {"themes/mine/assets/图/标志.png": "name-encoding"}
