"""`honour kiosk export`, the files for operators, and a kiosk in a browser on a pulled folder."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from mirror_case import check_whole, kiosk, publish, serving, tree, versions
from playwright.sync_api import Page
from site_builder import DAY, ROOT, Files, clean_build, honour, jpeg, record, settings, site_of, write

from generator.engine import seal
from generator.mirror import export, open_source, pull
from generator.problems import GeneratorError

DEPLOY = ROOT / "deploy" / "kiosk"
BESIDE = {"start.bat", "启动展示屏.bat", "start.sh", "启动展示屏.desktop", "使用说明.txt"}


def refused(source: Path, dest: Path) -> str:
    with pytest.raises(GeneratorError) as cause:
        export(open_source(str(source)), dest)
    (problem,) = cause.value.problems
    return problem.code


# --- a stick ---------------------------------------------------------------------------------------


def test_a_stick_holds_the_kiosk_and_what_starts_it(tmp_path: Path) -> None:
    source, stick = tmp_path / "public" / "kiosk", tmp_path / "stick"
    publish(source, kiosk())
    done = export(open_source(str(source)), stick)
    assert done.files == len(kiosk()) and tree(stick / "kiosk") == kiosk()
    assert {path.name for path in stick.iterdir()} == {"kiosk", *BESIDE}
    assert (stick / "启动展示屏.bat").read_bytes() == kiosk()["start.bat"]
    assert os.access(stick / "start.sh", os.X_OK)


def test_an_export_from_before_is_renewed(tmp_path: Path) -> None:
    source, stick = tmp_path / "source", tmp_path / "stick"
    stick.mkdir()
    (stick / "System Volume Information").mkdir()  # Windows puts it on every stick
    for n in (0, 1):
        publish(source, kiosk(n))
        export(open_source(str(source)), stick)
        assert tree(stick / "kiosk") == kiosk(n)
    assert not list(stick.rglob("person-0-*"))
    # Pulled out between the two names:
    (stick / "kiosk").rename(stick / ".honour-old")
    shutil.copytree(stick / ".honour-old", stick / ".honour-new")
    publish(source, kiosk(2))
    (source / "index.html").unlink()
    assert refused(source, stick) == "mirror-missing"
    assert tree(stick / "kiosk") == kiosk(1)


def test_only_a_whole_kiosk_goes_on_a_stick(tmp_path: Path) -> None:
    source, stick = tmp_path / "source", tmp_path / "stick"
    assert refused(source, stick) == "mirror-no-seal"
    for wrong, code in (({"preview": True}, "mirror-preview"), ({"complete": False}, "mirror-incomplete")):
        publish(source, kiosk(), **wrong)
        assert refused(source, stick) == code
    publish(source, {name: data for name, data in kiosk().items() if name != "start.bat"})
    assert refused(source, stick) == "export-starter"
    publish(source, kiosk())
    (source / "index.html").write_bytes(b"")
    assert refused(source, stick) == "mirror-differs"
    assert not list(stick.iterdir())
    (stick / "photos.zip").write_bytes(b"mine")
    assert refused(source, stick) == "export-not-empty"
    assert refused(source, source / "stick") == "mirror-inside"
    (tmp_path / "file").write_bytes(b"")
    publish(source, kiosk())
    assert refused(source, tmp_path / "file" / "stick") == "mirror-write"


def test_the_command_takes_what_the_site_built(site: Path, tmp_path: Path) -> None:
    done = honour("--site", site, "kiosk", "export", tmp_path / "stick")
    assert (done.returncode, done.stderr) == (0, "") and "启动展示屏" in done.stdout
    assert tree(tmp_path / "stick" / "kiosk") == tree(site / "public" / "kiosk")
    absent = honour("--site", tmp_path, "kiosk", "export", tmp_path / "other")
    assert absent.returncode == 1 and "manifest.json" in absent.stderr


def test_the_desktop_file_starts_what_lies_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "a $tick \"of\" 'mine'"
    folder.mkdir()
    file = ROOT / "themes/honour/kiosk/operation/start.desktop"
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(file, "utf-8")
    (folder / "start.sh").write_text("#!/bin/sh\necho started $0\n")
    words = shlex.split(entry["Desktop Entry"]["exec"].replace("\\\\", "\\").replace("\\$", "\\\\$"))
    words = [word.replace("\\$", "$") for word in words]
    for said in (f"{folder}/启动.desktop", f"file://{folder}/启动.desktop"):
        done = subprocess.run([said if w == "%k" else w for w in words], capture_output=True, check=True)
        assert done.stdout.decode() == f"started {folder}/start.sh\n"


# --- an edition that can be mirrored ---------------------------------------------------------------


def office(**changes: object) -> Files:
    """Three people, one with a portrait; the kiosk looks for a new version every minute."""
    every_minute = {"poll": {"every": 1, "jitter": 0}, "between": 0, **changes}
    files = site_of(
        li_na=record(photo={"file": "photo.jpg", "alt": "李娜"}),
        wang_jie=record(name="王杰", one_line="他把井盖下的声音听懂了。"),
        zhao_min=record(name="赵敏", one_line="她把每一张票都看两遍。"),
    )
    return files | {"site.yaml": settings(kiosk=every_minute), "exemplars/li-na/photo.jpg": jpeg()}


def build(site: Path, files: Files) -> None:
    clean_build(write(site, files), editions=("website", "kiosk"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    build(folder, office())
    return folder


def test_the_kiosk_is_sealed_by_itself(site: Path) -> None:
    public = site / "public"
    whole, part = seal.read(str(public)), seal.read(str(public / "kiosk"))
    assert whole is not None and part is not None and whole.complete and part.complete
    assert {entry.path for entry in part.files} == tree(public / "kiosk").keys()
    listed = {entry.path: entry.sha256 for entry in whole.files}
    assert {f"kiosk/{entry.path}": entry.sha256 for entry in part.files}.items() <= listed.items()
    assert "kiosk/manifest.json" in listed
    scripts = ROOT / "themes/honour/kiosk/operation"
    assert {path.name for path in scripts.iterdir()} <= tree(public / "kiosk").keys()


def test_what_was_built_can_be_pulled_and_each_version_is_a_clean_one(tmp_path: Path) -> None:
    site, dest = tmp_path / "site", tmp_path / "screen"
    site.mkdir()
    possible = {}
    for gone in ("nobody", "li-na"):
        files = {name: data for name, data in office().items() if gone not in name}
        build(site, files)
        done = pull(open_source(str(site / "public" / "kiosk")), dest)
        possible[done.id] = tree(site / "public" / "kiosk")
        assert check_whole(dest, possible) == done.id
    assert done.reused > 3
    clean = tmp_path / "clean"
    clean.mkdir()
    build(clean, files)
    assert tree(clean / "public" / "kiosk") == possible[done.id]
    assert (clean / "public/kiosk/manifest.json").read_bytes() == (
        dest / "current/manifest.json"
    ).read_bytes()


def test_pull_sh_of_the_edition_pulls_the_edition(site: Path, tmp_path: Path) -> None:
    with serving(site / "public" / "kiosk") as server:
        script = site / "public" / "kiosk" / "pull.sh"
        done = subprocess.run(
            ["sh", str(script), server.address, str(tmp_path / "screen")],
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(tmp_path / "screen" / "current") == tree(site / "public" / "kiosk")


# --- in a browser ----------------------------------------------------------------------------------


@pytest.fixture
def lobby(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.clock.install()
    yield page


def version(page: Page) -> str:
    return str(page.evaluate("document.documentElement.dataset.kioskVersion || ''"))


def until(page: Page, expression: str) -> None:
    """Let the page's clock run until something holds."""
    for _ in range(120):
        if page.evaluate(expression):
            return
        page.clock.run_for(3000)
        page.wait_for_timeout(30)
    pytest.fail(f"never: {expression}")


def test_a_screen_on_a_pulled_folder_follows_it_and_forgets_the_withdrawn(
    lobby: Page, tmp_path: Path
) -> None:
    """From file://, as it is set up in docs/kiosk.md. Its heartbeat reaches a server on the machine itself."""
    with serving(tmp_path / "nothing") as ear:
        heard = ear.address.replace("/kiosk/", "/beat")
        site, dest = tmp_path / "site", tmp_path / "screen"
        site.mkdir()
        build(site, office(heartbeat=heard))
        pull(open_source(str(site / "public" / "kiosk")), dest)
        lobby.goto((dest / "current" / "index.html").as_uri())
        until(lobby, "document.documentElement.dataset.kioskState === 'attract'")
        first = version(lobby)
        until(lobby, "document.documentElement.dataset.slug === 'li-na'")
        until(lobby, "document.documentElement.dataset.slug === 'wang-jie'")
        assert any(re.match(rf"/beat\?version={first}&state=attract", asked) for asked in ear.asked), (
            ear.asked
        )
        withdrawn = {name: data for name, data in office(heartbeat=heard).items() if "li-na" not in name}
        build(site, withdrawn)
        pull(open_source(str(site / "public" / "kiosk")), dest)
        until(lobby, f"document.documentElement.dataset.kioskVersion !== '{first}'")
        for slug in ("wang-jie", "zhao-min", "wang-jie"):
            until(lobby, f"document.documentElement.dataset.slug === '{slug}'")
            assert "李娜" not in lobby.inner_text("body")
        assert len(versions(dest)) == 1  # nobody can fall back to her
        assert "李娜" not in "".join(path.read_text("utf-8", "replace") for path in dest.rglob("*.js"))


def test_a_stick_shows_its_kiosk_without_any_network(lobby: Page, site: Path, tmp_path: Path) -> None:
    export(open_source(str(site / "public" / "kiosk")), tmp_path / "stick")
    lobby.context.set_offline(True)
    lobby.goto((tmp_path / "stick" / "kiosk" / "index.html").as_uri())
    until(lobby, "document.documentElement.dataset.kioskState === 'attract'")
    until(lobby, "document.documentElement.dataset.slug === 'zhao-min'")


# --- files for operators ---------------------------------------------------------------------------


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is missing: python3 run.py test installs it")
    return found


def test_the_units_are_what_systemd_takes(tmp_path: Path) -> None:
    units = sorted(path for path in (DEPLOY / "linux").iterdir() if path.suffix in (".service", ".timer"))
    assert len(units) == 8
    done = subprocess.run(
        [program("systemd-analyze"), "--user", "verify", "--man=no", *map(str, units)],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_desktop_files_are_valid() -> None:
    files = [*DEPLOY.rglob("*.desktop"), ROOT / "themes/honour/kiosk/operation/start.desktop"]
    subprocess.run([program("desktop-file-validate"), *map(str, files)], check=True)


def test_the_watch_restarts_what_has_no_heartbeat(tmp_path: Path) -> None:
    """Its command as systemd would run it: only a heart that beat and stopped is restarted, once."""
    unit = configparser.ConfigParser(interpolation=None)
    unit.read(DEPLOY / "linux" / "honour-kiosk-watch.service", "utf-8")
    words = shlex.split(unit["Service"]["ExecStart"].replace("%t", str(tmp_path)))
    log, systemctl = tmp_path / "honour-kiosk-beat.log", tmp_path / "bin" / "systemctl"
    systemctl.parent.mkdir()
    systemctl.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/told\n')
    systemctl.chmod(0o755)

    def watch() -> list[str]:
        path = f"{systemctl.parent}:{os.environ['PATH']}"
        subprocess.run(words, env={"PATH": path}, check=True, stdout=subprocess.DEVNULL)
        told = tmp_path / "told"
        return told.read_text().splitlines() if told.exists() else []

    assert watch() == []
    log.touch()
    os.utime(log, (1e9, 1e9))
    assert watch() == []  # it never beat: the address may be wrong
    log.write_text("GET /beat")
    assert watch() == []
    os.utime(log, (1e9, 1e9))
    for _ in range(2):
        assert watch() == ["--user restart honour-kiosk.service"]


def test_the_tasks_for_windows_are_well_formed() -> None:
    for file in (*(DEPLOY / "windows").glob("*.xml"), DEPLOY / "server" / "web.config"):
        ElementTree.parse(file)
    for file in (DEPLOY / "windows").glob("*.xml"):
        head = file.read_bytes().splitlines()[0]
        assert (
            head == b'<?xml version="1.0"?>'
        )  # schtasks refuses a file whose encoding isn't the one it names


def test_every_file_for_operators_is_explained() -> None:
    text = (ROOT / "docs" / "kiosk.md").read_text("utf-8")
    for file in DEPLOY.rglob("*"):
        assert file.is_dir() or file.name in text, file.name
    flags = set(re.findall(r"--[a-z][a-z-]+", (ROOT / "themes/honour/kiosk/operation/start.sh").read_text()))
    assert {flag for flag in flags if flag not in text} == set()


def test_what_is_published_is_dated(site: Path) -> None:
    said = seal.read(str(site / "public" / "kiosk"))
    assert said is not None and said.date == DAY.isoformat()
