"""`honour kiosk pull`: whatever the source, the line, the disk or the power does, DEST shows one whole version."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mirror_case import (
    Files,
    Server,
    check_whole,
    kiosk,
    publish,
    reseal,
    serving,
    shown,
    tree,
    versions,
)
from site_builder import environment, honour

from generator.engine.lock import Lock
from generator.engine.paths import SEAL
from generator.mirror import Pulled, open_source, pull, source
from generator.mirror.home import Home
from generator.problems import GeneratorError


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "PAUSES", [0.0, 0.0])


class Shop:
    """A source that publishes versions, and a DEST that pulls them."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "public" / "kiosk"
        self.dest = folder / "screen"
        self.possible: dict[str, Files] = {}

    def publish(self, files: Files, **said: Any) -> str:
        name = publish(self.source, files, **said)
        self.possible[name] = files
        return name

    def pull(self, address: str = "", **options: Any) -> Pulled:
        return pull(open_source(address or str(self.source)), self.dest, **options)

    def refused(self, address: str = "", **options: Any) -> str:
        """The code of the one problem that ends the pull, which leaves every file as it was."""
        before = everything(self.dest)
        with pytest.raises(GeneratorError) as refused:
            self.pull(address, **options)
        assert everything(self.dest) == before
        (problem,) = refused.value.problems
        assert problem.message("zh-CN") and problem.hint("en")
        return problem.code

    def check(self) -> str:
        return check_whole(self.dest, self.possible)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def served(shop: Shop) -> Iterator[Server]:
    with serving(shop.source) as server:
        yield server


def everything(folder: Path) -> dict[str, object]:
    """Every name in a folder with what it is; the lock's file is no content."""
    return {
        path.relative_to(folder).as_posix(): os.readlink(path)  # noqa: PTH115  # as written
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in (folder.rglob("*") if folder.exists() else ())
        if path.name not in (".honour-lock", "versions")
    }


# --- what a pull does ------------------------------------------------------------------------------


def test_the_first_pull_makes_the_folder_and_shows_it(shop: Shop) -> None:
    name = shop.publish(kiosk())
    done = shop.pull()
    assert (done.id, done.new, done.fetched, done.reused) == (name, True, len(kiosk()), 0)
    assert shop.check() == name
    if sys.platform != "win32":
        assert (shop.dest / "current").is_symlink()
    told = json.loads((shop.dest / "pulled.json").read_text("ascii"))
    assert told.keys() == {"id", "date", "checked"} and told["id"] == name


def test_only_what_is_new_is_fetched_and_the_rest_is_the_same_file(shop: Shop, served: Server) -> None:
    shop.publish(kiosk(0))
    shop.pull(served.address)
    served.asked.clear()
    name = shop.publish(kiosk(1))
    done = shop.pull(served.address)
    fresh = {path for path, data in kiosk(1).items() if kiosk(0).get(path) != data}
    assert set(served.asked) == {SEAL, *fresh} and (done.fetched, done.reused) == (
        len(fresh),
        len(kiosk(1)) - len(fresh),
    )
    assert shop.check() == name
    same = "photos/" + next(path.name for path in (shown(shop.dest) / "photos").glob("person-3-*"))
    assert len({(shop.dest / "versions" / v / same).stat().st_ino for v in versions(shop.dest)}) == 1


def test_the_same_version_is_verified_and_otherwise_left_alone(shop: Shop) -> None:
    name = shop.publish(kiosk())
    shop.pull()
    before = {path: path.stat().st_mtime_ns for path in (shop.dest / "versions").rglob("*")}
    assert shop.pull() == Pulled(name, "2026-11-22", False, 0, len(kiosk()), sum(map(len, kiosk().values())))
    assert {path: path.stat().st_mtime_ns for path in (shop.dest / "versions").rglob("*")} == before


def test_another_day_with_the_same_files_is_the_same_version(shop: Shop) -> None:
    shop.publish(kiosk())
    shop.pull()
    name = shop.publish(kiosk(), date="2026-11-23")
    done = shop.pull()
    assert (done.id, done.date, done.new, done.fetched) == (name, "2026-11-23", False, 0)
    assert json.loads((shown(shop.dest) / SEAL).read_bytes())["date"] == "2026-11-23"


def test_the_two_last_versions_are_kept(shop: Shop) -> None:
    names = []
    for n in range(4):
        names.append(shop.publish(kiosk(n)))
        shop.pull()
        assert versions(shop.dest) == sorted(names[-2:])
    shop.publish(kiosk(2))
    assert shop.pull().fetched == 0  # back to the version before: it is here
    assert shop.check() == names[2] and versions(shop.dest) == sorted(names[2:])


def test_the_order_of_versions_holds_when_the_clock_is_wrong(shop: Shop) -> None:
    names = [shop.publish(kiosk(0))]
    shop.pull()
    os.utime(shop.dest / "versions" / names[0], (4e9, 4e9))  # made in the year 2096, the clock said
    for n in (1, 2):
        names.append(shop.publish(kiosk(n)))
        shop.pull()
    assert versions(shop.dest) == sorted(names[1:])


def test_a_withdrawn_persons_files_leave_with_the_next_pull(shop: Shop) -> None:
    """They stay in the version before; `--keep 1` takes them from the disk as well."""
    shop.publish(kiosk(0))
    shop.pull()
    (withdrawn,) = (shown(shop.dest) / "photos").glob("person-0-*")
    shop.publish(kiosk(1))
    shop.pull()
    assert not list(shown(shop.dest).rglob("person-0-*"))
    assert len(list((shop.dest / "versions").rglob(withdrawn.name))) == 1
    shop.pull(keep=1)
    assert not list(shop.dest.rglob("person-0-*"))
    assert shop.check()


def test_damage_to_what_is_shown_is_mended(shop: Shop) -> None:
    for n in (0, 1):
        name = shop.publish(kiosk(n))
        shop.pull()
    here = shown(shop.dest)
    whole = tree(here)
    old, fresh = sorted((here / "photos").iterdir())[0], sorted((here / "photos").iterdir())[-1]
    for harm in ("bytes", "gone", "cut"):
        for file in (here / "index.html", old, fresh):
            data = file.read_bytes()
            file.unlink()  # it may be the same file in the version before
            if harm == "bytes":
                file.write_bytes(b"x" * len(data))
            if harm == "cut":
                file.write_bytes(data[:-1])
        done = shop.pull()
        assert not done.new and 0 < done.fetched < 4
        assert tree(here) == whole and shop.check() == name


def test_a_damaged_version_before_is_not_taken_from(shop: Shop) -> None:
    shop.publish(kiosk(0))
    shop.pull()
    for file in (shown(shop.dest) / "photos").iterdir():
        file.write_bytes(b"x" * file.stat().st_size)
    name = shop.publish(kiosk(1))
    shop.pull(keep=1)
    assert shop.check() == name


def test_where_no_links_can_be_made_a_file_names_the_version(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT, some shares, and Windows: current.txt, and beside it the programs that read it."""

    def no_link(*arguments: object, **rest: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", no_link)
    monkeypatch.setattr(Path, "hardlink_to", no_link)
    for n in (0, 1):
        name = shop.publish(kiosk(n))
        done = shop.pull()
        assert shop.check() == name and not (shop.dest / "current").exists()
    assert done.reused > 0
    assert (shop.dest / "start.bat").read_bytes() == kiosk()["start.bat"]
    (shop.dest / "start.bat").write_bytes(b"running")  # a batch file that is running must not be replaced
    shop.publish(kiosk(2))
    shop.pull()
    assert (shop.dest / "start.bat").read_bytes() == b"running"
    monkeypatch.undo()
    name = shop.publish(kiosk(3))
    shop.pull()
    assert shop.check() == name and not (shop.dest / "current.txt").exists()


# --- what may not be shown -------------------------------------------------------------------------


def test_a_preview_is_refused(shop: Shop) -> None:
    shop.publish(kiosk())
    shop.pull()
    publish(shop.source, kiosk(1), preview=True)
    assert shop.refused() == "mirror-preview"


def test_what_is_not_complete_is_refused(shop: Shop) -> None:
    publish(shop.source, kiosk(), complete=False)
    assert shop.refused() == "mirror-incomplete"
    assert not shop.dest.exists()


LIES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another id": (lambda said: said.update(id="0" * 32), "mirror-untrue"),
    "no id": (lambda said: said.update(id="../../x"), "mirror-untrue"),
    "a path outside": (lambda said: said["files"][0].update(path="../outside.txt"), "mirror-not-seal"),
    "an absolute path": (lambda said: said["files"][0].update(path="/etc/passwd"), "mirror-not-seal"),
    "a drive": (lambda said: said["files"][0].update(path="C:/x.txt"), "mirror-not-seal"),
    "a backslash": (lambda said: said["files"][0].update(path="a\\..\\b"), "mirror-not-seal"),
    "the seal itself": (lambda said: said["files"][0].update(path="Manifest.JSON"), "mirror-not-seal"),
    "a file twice": (lambda said: said["files"].append(said["files"][0]), "mirror-untrue"),
    "one of other case": (
        lambda said: said["files"].append(said["files"][0] | {"path": "INDEX.html"}),
        "mirror-untrue",
    ),
    "a file as folder": (
        lambda said: said["files"].append(said["files"][0] | {"path": "index.html/x"}),
        "mirror-untrue",
    ),
    "no digest": (lambda said: said["files"][0].pop("sha256"), "mirror-untrue"),
    "no size": (lambda said: said["files"][0].update(size=-1), "mirror-untrue"),
    "no files": (lambda said: said.pop("files"), "mirror-not-seal"),
    "not said whole": (lambda said: said.update(complete=1), "mirror-incomplete"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_seal_that_cannot_be_true_is_refused(shop: Shop, lie: str) -> None:
    shop.publish(kiosk())
    shop.pull()
    shop.publish(kiosk(1))
    reseal(shop.source, LIES[lie][0])
    assert shop.refused() == LIES[lie][1]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"<!doctype html><title>Login</title>", b"\xff\xfe"])
def test_what_is_no_seal_is_refused(shop: Shop, data: bytes) -> None:
    shop.publish(kiosk())
    (shop.source / SEAL).write_bytes(data)
    assert shop.refused() == "mirror-not-seal"


def test_a_folder_that_is_no_kiosk_is_refused(shop: Shop) -> None:
    assert shop.refused() == "mirror-no-seal"
    shop.publish({"index.html": b"a website"})
    assert shop.refused() == "mirror-no-kiosk"


# --- what the source has not got -------------------------------------------------------------------

HARM: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (lambda file: file.write_bytes(b"x" * file.stat().st_size), "mirror-differs"),
    "cut": (lambda file: file.write_bytes(file.read_bytes()[:-1]), "mirror-differs"),
    "longer": (lambda file: file.write_bytes(file.read_bytes() + b"x"), "mirror-differs"),
    "empty": (lambda file: file.write_bytes(b""), "mirror-differs"),
    "missing": (lambda file: file.unlink(), "mirror-missing"),
    "a folder": (lambda file: (file.unlink(), file.mkdir()), "mirror-not-plain"),
    "a link": (lambda file: (file.rename(f"{file}.x"), file.symlink_to(f"{file}.x")), "mirror-not-plain"),
    "a pipe": (lambda file: (file.unlink(), os.mkfifo(file)), "mirror-not-plain"),
}


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("page", [True, False])
def test_a_file_that_is_not_what_the_seal_says_is_refused(shop: Shop, harm: str, page: bool) -> None:
    name = shop.publish(kiosk(0))
    shop.pull()
    shop.publish(kiosk(1))
    (picture,) = kiosk(1).keys() - kiosk(0).keys()
    change, code = HARM[harm]
    change(shop.source / ("index.html" if page else picture))
    assert shop.refused() == code
    assert shop.check() == name


def test_a_folder_that_is_a_link_is_not_followed(shop: Shop) -> None:
    shop.publish(kiosk())
    (shop.source / "photos").rename(shop.source.parent / "elsewhere")
    (shop.source / "photos").symlink_to(shop.source.parent / "elsewhere")
    assert shop.refused() == "mirror-not-plain"


def test_the_source_itself_may_be_reached_by_a_link(shop: Shop) -> None:
    name = shop.publish(kiosk())
    link = shop.source.parent / "current"
    link.symlink_to(shop.source)
    shop.pull(str(link))
    assert shop.check() == name


def test_source_and_dest_lie_apart(shop: Shop) -> None:
    shop.publish(kiosk())
    for dest in (shop.source, shop.source / "screen", shop.source.parent):
        with pytest.raises(GeneratorError) as refused:
            pull(open_source(str(shop.source)), dest)
        assert refused.value.problems[0].code == "mirror-inside"


# --- a web server ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["", "index.html", "manifest.json", "?a=b"])
def test_any_address_of_the_kiosk_will_do(shop: Shop, served: Server, ending: str) -> None:
    name = shop.publish(kiosk())
    shop.pull(served.address + ending)
    shop.pull(served.address.rstrip("/"))
    assert shop.check() == name


def test_names_beyond_ascii_are_asked_for_as_they_are(shop: Shop, served: Server) -> None:
    name = shop.publish(kiosk() | {"photos/李娜 1#%.webp": b"x", "a&b?.txt".replace("?", "+"): b"y"})
    shop.pull(served.address)
    assert shop.check() == name


def test_an_address_without_a_kiosk(shop: Shop, served: Server) -> None:
    shop.publish(kiosk())
    assert shop.refused(served.address + "deeper/") == "mirror-no-seal"


def test_the_machines_proxy_is_not_asked(shop: Shop, served: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    shop.publish(kiosk())
    shop.pull(served.address)


def test_a_server_that_is_down(shop: Shop) -> None:
    shop.publish(kiosk())
    shop.pull()
    assert shop.refused("http://127.0.0.1:1/kiosk/") == "mirror-unreachable"
    assert shop.refused("http://no host/") == "mirror-unreachable"
    assert shop.check()


def test_a_redirect_stays_with_http(shop: Shop, served: Server) -> None:
    shop.publish(kiosk())
    secret = shop.source.parent / "secret"
    secret.write_bytes(b"{}")

    def redirect(handler: Any, path: str, data: bytes) -> bool:
        handler.send_response(302)
        handler.send_header("Location", secret.as_uri())
        handler.end_headers()
        return True

    served.trouble = redirect
    assert shop.refused(served.address) in ("mirror-no-seal", "mirror-unreachable")


def dying(path: str, after: int, times: int) -> Callable[[Any, str, bytes], bool]:
    """A server that hangs up so many bytes into a file, so many times."""
    left = [times]

    def trouble(handler: Any, asked: str, data: bytes) -> bool:
        if asked != path or left[0] <= 0:
            return False
        left[0] -= 1
        handler.answer(data[:after], length=len(data))
        handler.wfile.flush()
        handler.connection.close()
        return True

    return trouble


@pytest.mark.parametrize("after", [0, 1, 2999])
@pytest.mark.parametrize("times", [2, 3])
def test_a_server_that_dies_in_the_middle(shop: Shop, served: Server, after: int, times: int) -> None:
    """Twice is a hiccup; three times is a dead server."""
    name = shop.publish(kiosk(0))
    shop.pull()
    new = shop.publish(kiosk(1))
    (path,) = kiosk(1).keys() - kiosk(0).keys()
    served.trouble = dying(path, after, times)
    if times == 2:
        shop.pull(served.address)
        assert shop.check() == new
    else:
        assert shop.refused(served.address) == "mirror-unreachable"
        assert shop.check() == name


@pytest.mark.parametrize("path", [SEAL, "index.html"])
def test_a_server_with_errors_of_its_own(shop: Shop, served: Server, path: str) -> None:
    shop.publish(kiosk())

    def broken(handler: Any, asked: str, data: bytes) -> bool:
        if asked == path:
            handler.send_error(503)
        return asked == path

    served.trouble = broken
    assert shop.refused(served.address) == "mirror-unreachable"
    assert served.asked.count(path) == 3


def test_a_file_without_end_is_cut_off(shop: Shop, served: Server) -> None:
    shop.publish(kiosk())

    def endless(handler: Any, asked: str, data: bytes) -> bool:
        if asked != "index.html":
            return False
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100_000):
            handler.wfile.write(b"x" * 65536)
        return True

    served.trouble = endless
    assert shop.refused(served.address) == "mirror-differs"


def test_a_seal_without_end_is_cut_off(shop: Shop, served: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["generator.mirror.pull"], "LONGEST", 100)
    shop.publish(kiosk())
    assert shop.refused(served.address) == "mirror-not-seal"


def test_a_server_that_says_nothing_is_left(
    shop: Shop, served: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "TIMEOUT", 0.2)
    shop.publish(kiosk())
    served.trouble = lambda handler, asked, data: time.sleep(0.6) is None
    assert shop.refused(served.address) == "mirror-unreachable"


def test_what_is_published_anew_meanwhile_is_pulled_anew(shop: Shop, served: Server) -> None:
    shop.publish(kiosk(0))
    newer = []

    def publishing(handler: Any, asked: str, data: bytes) -> bool:
        if asked == "index.html" and not newer:
            newer.append(shop.publish(kiosk(1)))
        return False

    served.trouble = publishing
    done = shop.pull(served.address)
    assert done.id == newer[0] == shop.check()


def test_one_who_publishes_without_end_is_left(shop: Shop, served: Server) -> None:
    shop.publish(kiosk(0))
    turn = iter(range(1, 100))

    def publishing(handler: Any, asked: str, data: bytes) -> bool:
        if asked == "index.html":
            shop.publish(kiosk(next(turn)))
        return False

    served.trouble = publishing
    assert shop.refused(served.address) in ("mirror-differs", "mirror-missing")


# --- the folder it is brought to -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["current", "current.txt", "versions"])
def test_a_strangers_file_is_left_alone(shop: Shop, name: str) -> None:
    shop.publish(kiosk())
    shop.dest.mkdir()
    (shop.dest / name).write_bytes(b"mine")
    assert shop.refused() == "mirror-foreign"
    (shop.dest / name).unlink()
    (shop.dest / "mine.txt").write_bytes(b"mine")
    (shop.dest / "versions").mkdir()
    (shop.dest / "versions" / "mine").mkdir()
    shop.pull(keep=1)
    assert (shop.dest / "mine.txt").read_bytes() == b"mine" and (shop.dest / "versions" / "mine").is_dir()


def test_a_link_that_leads_elsewhere_is_a_strangers(shop: Shop) -> None:
    shop.publish(kiosk())
    shop.dest.mkdir()
    (shop.dest / "current").symlink_to("/srv/somewhere")
    assert shop.refused() == "mirror-foreign"


def test_two_pulls_at_once_are_one_too_many(shop: Shop) -> None:
    shop.publish(kiosk())
    shop.pull()
    with Home(shop.dest):
        with pytest.raises(GeneratorError) as refused:
            shop.pull()
        assert refused.value.problems[0].code == "mirror-locked"
        assert str(os.getpid()) in refused.value.problems[0].message("zh-CN")
    shop.pull()
    held = Lock(shop.dest / ".honour-lock")
    told = honour("--lang", "en", "kiosk", "pull", shop.source, shop.dest)
    held.release()
    assert told.returncode == 1 and f"process {os.getpid()}" in told.stderr


def test_a_folder_that_cannot_be_written(shop: Shop, tmp_path: Path) -> None:
    """Below a file, and on a file system that nobody may write to, not even root."""
    shop.publish(kiosk())
    (tmp_path / "file").write_bytes(b"")
    for dest in (tmp_path / "file" / "dest", Path("/proc/honour-kiosk")):
        shop.dest = dest
        with pytest.raises(GeneratorError) as refused:
            shop.pull()
        assert refused.value.problems[0].code == "mirror-write"


def test_a_file_that_cannot_be_written_in_the_middle(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read-only from one moment to the next, as a failing card makes itself."""
    name = shop.publish(kiosk(0))
    shop.pull()
    shop.publish(kiosk(1))

    def broken(*arguments: object) -> None:
        raise OSError(30, "Read-only file system")

    for function in ("filling.write", "filling.settle_all", "home.move", "home.write"):
        with monkeypatch.context() as patch:
            patch.setattr(f"generator.mirror.{function}", broken)
            with pytest.raises(GeneratorError) as refused:
                shop.pull()
        assert refused.value.problems[0].code == "mirror-write"
        assert shop.check() in (name, *shop.possible)
    shop.pull()
    assert shop.check() != name


def test_a_disk_that_is_too_small_is_told_before_anything_is_fetched(
    shop: Shop, served: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = shop.publish(kiosk(0))
    shop.pull()
    shop.publish(kiosk(1))
    usage = shutil.disk_usage(shop.dest)._replace(free=17_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage)
    assert shop.refused(served.address) == "mirror-space"
    assert served.asked == [SEAL] and shop.check() == name


def test_a_disk_that_is_full_in_the_middle(shop: Shop) -> None:
    """A limit of the process on the size of files stands for the full disk: the same error at the same place."""
    name = shop.publish(kiosk(0))
    shop.pull()
    shop.publish(kiosk(1, size=400_000))
    before = everything(shop.dest)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = subprocess.run(
        [sys.executable, "-m", "generator", "--lang", "en", "kiosk", "pull", shop.source, shop.dest],
        env=environment(), preexec_fn=limit, capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1 and "can't be written" in done.stderr
    assert everything(shop.dest) == before and shop.check() == name


# --- the command -----------------------------------------------------------------------------------


def test_the_command_says_what_it_did(shop: Shop) -> None:
    name = shop.publish(kiosk())
    first = honour("kiosk", "pull", shop.source, shop.dest)
    assert (first.returncode, first.stderr) == (0, "") and name[:8] in first.stdout
    again = honour("--lang", "en", "kiosk", "pull", shop.source, shop.dest, "--keep", 1)
    assert again.returncode == 0 and again.stdout.startswith("No new version")
    (shown(shop.dest) / "index.html").write_bytes(b"")
    mended = honour("--lang", "en", "kiosk", "pull", shop.source, shop.dest)
    assert mended.returncode == 0 and "1 damaged" in mended.stdout
    (shop.source / "index.html").write_bytes(b"")
    (shown(shop.dest) / "index.html").write_bytes(b"")
    failed = honour("kiosk", "pull", shop.source, shop.dest)
    assert failed.returncode == 1 and failed.stdout == "" and "index.html" in failed.stderr
    assert honour("kiosk", "pull", shop.source).returncode == 2
    assert honour("kiosk", "pull", shop.source, shop.dest, "--keep", 0).returncode == 2


def test_again_and_again_whatever_happens(shop: Shop) -> None:
    words = [sys.executable, "-m", "generator", "kiosk", "pull", shop.source, shop.dest, "--every", "0.005"]
    with subprocess.Popen(
        [str(word) for word in words], env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stderr is not None and "manifest.json" in process.stderr.readline()
        for n in (0, 1):
            name = shop.publish(kiosk(n))
            deadline = time.monotonic() + 20
            while shown(shop.dest).resolve().name != name:
                assert process.poll() is None and time.monotonic() < deadline
                time.sleep(0.02)
        process.kill()
    assert shop.check() == name


# --- killed ----------------------------------------------------------------------------------------


def test_killed_before_each_of_its_steps(tmp_path: Path) -> None:
    """Every rename, link, opening and deletion of a pull, one by one: never half a version, never left behind."""
    program = Path(__file__).with_name("killed_pull.py")
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path)],
        env=environment(PYTHONPATH=os.pathsep.join([str(program.parent), *sys.path])),
        capture_output=True, encoding="utf-8", check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 100


def killing(shop: Shop, kills: int, seed: int, address: str) -> None:
    """Kill the command at random moments of its work, with a new version published before each."""
    chance = random.Random(seed)
    shop.publish(kiosk(0, people=150))
    shop.pull(address)
    whole = timed(shop, address, kiosk(1, people=150))
    hit = 0
    for n in range(2, kills + 2):
        shop.publish(kiosk(n, people=150 - n % 3))
        hit += kill(shop, address, whole * chance.uniform(0.3, 1.0))
        shop.check()
        if n % 5 == 0:
            name = shop.publish(kiosk(n, people=150))
            shop.pull(address)
            assert shop.check() == name and len(versions(shop.dest)) <= 2
    assert hit > kills / 3


def timed(shop: Shop, address: str, files: Files) -> float:
    shop.publish(files)
    start = time.monotonic()
    assert honour("kiosk", "pull", address, shop.dest).returncode == 0
    return time.monotonic() - start


def kill(shop: Shop, address: str, after: float) -> bool:
    """Whether the command was still at work so many seconds from its start."""
    words = [sys.executable, "-m", "generator", "kiosk", "pull", address, str(shop.dest)]
    with subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL) as process:
        time.sleep(after)
        process.kill()
        return process.wait() != 0


def test_killed_at_random_moments(shop: Shop, served: Server) -> None:
    killing(shop, 12, 4, served.address)


@pytest.mark.soak
def test_killed_at_a_hundred_random_moments(shop: Shop, served: Server) -> None:
    killing(shop, 100, 5, served.address)
