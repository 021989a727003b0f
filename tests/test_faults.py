"""What computers do to a build: full disks, folders that may not be written, workers killed, files that vanish.

Never half a page, never a lost old one, never somebody who was taken down; and a message with the remedy."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unicodedata import normalize

import pytest
from engine_case import at
from engine_case import build as make_site
from site_builder import (
    DAY,
    Files,
    build,
    clean_build,
    document,
    environment,
    honour,
    jpeg,
    record,
    site_of,
    tree,
    write,
)
from test_reproducible import another_user, anywhere

from generator import building
from generator.engine import lock
from generator.engine.ledger import Row
from generator.engine.place import PREFIX
from generator.engine.store import Store
from generator.loading import pictures
from generator.problems import LANGUAGES

Disk = Callable[[int], Path]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """`disk(size)`: a file system of its own, of so many KiB. Only root may mount one."""
    mounted: list[Path] = []

    def mount(size: int) -> Path:
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        words = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(folder)]
        if sys.platform != "linux" or subprocess.run(words, capture_output=True).returncode:
            pytest.skip("nobody but root of a Linux machine can mount a small file system")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def read_only(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)


def writable(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)


def fill(folder: Path, spare: int) -> Path:
    """A file that leaves `spare` bytes of the file system free."""
    ballast = folder / "ballast"
    stat = os.statvfs(folder)
    ballast.write_bytes(bytes(max(0, stat.f_bavail * stat.f_frsize - spare)))
    return ballast


def office() -> Files:
    return site_of(
        li_na=record(photo={"file": "photo.jpg", "alt": "李娜"}), wang_jie=record(name="王杰", year=2024)
    ) | {"exemplars/li-na/photo.jpg": jpeg(1200, 1600)}


def rewritten(files: Files) -> Files:
    """Every text and every picture another: all has to be made again."""
    new = {name: data.replace("窗口".encode(), "柜台".encode()) for name, data in files.items()}
    return new | {"exemplars/li-na/photo.jpg": jpeg(1200, 1600, "#211c19")}


def published(site: Path) -> dict[str, bytes]:
    """What visitors may get; the seal and files being written are no pages."""
    return {
        name: data
        for name, data in tree(site / "public").items()
        if name != "manifest.json" and not Path(name).name.startswith(PREFIX)
    }


# --- a full disk -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """The clean builds of the office, old and rewritten."""
    found = []
    for name, files in (("old", office()), ("new", rewritten(office()))):
        folder = tmp_path_factory.mktemp(name)
        clean_build(write(folder, files))
        found.append(published(folder))
    return found


@pytest.mark.parametrize("spare", [0, 8_000, 60_000, 200_000])
def test_a_disk_that_fills_up_costs_no_page(disk: Disk, versions: list[dict[str, bytes]], spare: int) -> None:
    site = disk(4000)
    clean_build(write(site, office()))
    write(site, rewritten(office()))
    ballast = fill(site, spare)
    done = honour("--site", site, "--lang", "en", "build", "--date", DAY, "--jobs", 1)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert "is full" in done.stderr and "Make room" in done.stderr
        assert done.stderr.count("is full") == 1  # not once for each page
    for name, data in published(site).items():
        assert data in [version.get(name) for version in versions], name
    assert versions[0].keys() & versions[1].keys() <= published(site).keys()
    ballast.unlink()
    clean_build(site)
    assert published(site) == versions[1]


def test_a_full_disk_is_told_in_both_languages_and_its_folder_named(disk: Disk) -> None:
    site = write(disk(2000), office())
    fill(site, 0)
    for language in LANGUAGES:
        done = honour("--site", site, "--lang", language, "build", "--date", DAY, "--jobs", 1)
        assert done.returncode == 1
        assert f"{site.as_posix()}/public" in done.stderr
        assert {"en": "Make room on that disk", "zh-CN": "请清理磁盘空间"}[language] in done.stderr


def test_who_was_taken_down_goes_from_a_disk_without_a_free_byte(disk: Disk) -> None:
    """To say that the folder is being changed takes room; to take somebody down must not wait for it."""
    site = disk(4000)
    clean_build(write(site, office()))
    assert (site / "public/exemplars/wang-jie/index.html").exists()
    (site / "exemplars/wang-jie/index.md").unlink()
    revoked = record(name="王杰", year=2024, status="revoked")
    (site / "exemplars/wang-jie/index.md").write_bytes(revoked)
    fill(site, 0)
    done = honour("--site", site, "build", "--date", DAY, "--jobs", 1)
    assert done.returncode in (0, 1), done.stderr
    assert not (site / "public/exemplars/wang-jie/index.html").exists()


def test_a_lock_holds_on_a_disk_that_takes_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is given back: a preview that goes on building in one process must not refuse itself."""

    def full(handle: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(lock.os, "write", full)
        Store(tmp_path, "c").close()
    with Store(tmp_path, "c") as store:
        assert store.problems == ()


# --- folders that may not be written ---------------------------------------------------------------


def test_an_output_folder_that_may_not_be_written_stays_as_it_was(disk: Disk, tmp_path: Path) -> None:
    site, out = tmp_path / "site", disk(4000)
    site.mkdir()
    words = ("--site", site, "build", "--out", out, "--date", DAY, "--jobs", 1)
    assert honour(*map(str, words), "--editions", "website").returncode in (0, 1)
    write(site, office())
    assert honour(*words).returncode == 0
    before = tree(out)
    write(site, rewritten(office()))
    read_only(out)
    for language, remedy in (("en", "write permission"), ("zh-CN", "写入权限")):
        done = honour("--lang", language, *words)
        assert done.returncode == 1 and remedy in done.stderr, done.stderr
        assert "Traceback" not in done.stderr and done.stderr.count(remedy) == 1
    assert tree(out) == before
    writable(out)
    assert honour(*words).returncode == 0
    assert tree(out) != before


def test_a_store_that_may_not_be_written_makes_a_slow_build_not_a_wrong_one(
    disk: Disk, tmp_path: Path, versions: list[dict[str, bytes]]
) -> None:
    folder = disk(4000)
    site = write(folder, office())
    out = tmp_path / "out"
    clean_build(site, out=out)
    write(site, rewritten(office()))
    read_only(folder)
    done = honour("--site", site, "--lang", "en", "build", "--out", out, "--date", DAY, "--jobs", 1)
    assert done.returncode == 0 and "everything is made anew each time" in done.stderr
    assert {name: data for name, data in tree(out).items() if name != "manifest.json"} == versions[1]


@pytest.mark.parametrize("closed", ["site", "out"])
def test_a_folder_closed_to_whoever_builds_is_named(closed: str) -> None:
    """No traceback: the account of a pipeline often lacks a right."""
    user = another_user()
    if not user:
        pytest.skip("only root can be somebody else")
    with anywhere() as base:
        for name in ("site", "out"):
            (base / name / "inside").mkdir(parents=True)
        site = write(base / "site" / "inside", office())
        (base / closed).chmod(0)
        words = [sys.executable, "-m", "generator", "--site", site, "--lang", "en", "build", "--date", DAY]
        words += ["--out", base / "out" / "inside"]
        done = subprocess.run(
            ["setpriv", f"--reuid={user}", "--clear-groups", *map(str, words)],
            env=environment(), cwd="/", capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    remedy = {"site": "check that you may read it", "out": "write permission"}[closed]
    assert remedy in done.stderr, done.stderr


# --- workers killed --------------------------------------------------------------------------------


def children(pid: int) -> list[int]:
    task = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in task.read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_that_the_system_kills_costs_nothing(tmp_path: Path) -> None:
    """As the kernel does when memory ends: without a word, whoever it meets."""
    files = office() | {
        f"exemplars/person-{n}/{name}": data
        for n in range(24)
        for name, data in (
            ("index.md", record(name=f"第{n}人", photo={"file": "p.jpg", "alt": "像"})),
            ("p.jpg", jpeg(1500, 2000, f"#a31{n % 10}1b", quality=60 + n)),
        )
    }
    for name in ("site", "clean"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, files)
    killed = 0
    words = ["-m", "generator", "--site", str(tmp_path / "site"), "build", "--date", str(DAY), "--jobs", "2"]
    with subprocess.Popen(
        [sys.executable, *words], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        until = time.monotonic() + 60
        while process.poll() is None and not killed and time.monotonic() < until:
            with contextlib.suppress(OSError):  # one that has just ended by itself
                for pid in children(process.pid):
                    if not killed and b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                        os.kill(pid, signal.SIGKILL)
                        killed += 1
            time.sleep(0.02)
        try:
            told = process.communicate(timeout=120)[0].decode()
        finally:
            process.kill()
    assert killed == 1, told
    assert process.returncode == 0, told
    clean_build(tmp_path / "clean")
    assert tree(tmp_path / "site" / "public") == tree(tmp_path / "clean" / "public")


# --- files that vanish or change meanwhile ---------------------------------------------------------


@pytest.mark.parametrize("what", ["exemplars/li-na/photo.jpg", "exemplars/li-na", "exemplars"])
def test_what_vanishes_before_it_is_made_keeps_its_old_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    site = write(tmp_path, office())
    clean_build(site)
    before = published(site)
    write(site, rewritten(office()))
    real = building.plan_of

    def vanish(wish: building.Wish, *rest: object) -> object:
        planned = real(wish, *rest)  # type: ignore[arg-type]  # handed on as they are
        gone = wish.site / what
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
        return planned

    with monkeypatch.context() as patch:
        patch.setattr(building, "plan_of", vanish)
        built = build(site)
    assert built.report is not None and not built.report.complete
    assert {problem.code for problem in built.problems if problem.is_error} == {"input-changed"}
    for path, data in before.items():
        if path.endswith((".webp", ".jpg")) and path in published(site):
            assert published(site)[path] == data
    clean_build(write(site, rewritten(office())))


# What is said of a source that is being written just now.
TORN = {
    "input-changed", "picture-missing", "file-unreadable", "file-empty", "record-missing", "photo-unreadable",
    "front-matter-missing", "photo-broken",
}  # fmt: skip


def test_sources_that_change_all_the_while_are_told_or_built(tmp_path: Path) -> None:
    """An editor saves, a share stutters: whatever happens, the next quiet build is the clean one."""
    site = write(tmp_path, office())
    clean_build(site)
    stop = threading.Event()

    def restless() -> None:
        versions = (office(), rewritten(office()))
        number = 0
        while not stop.is_set():
            number += 1
            files = dict(versions[number % 2])
            if number % 3 == 0:
                del files["exemplars/li-na/photo.jpg"]
            with contextlib.suppress(OSError):
                write(site, files)

    saving = threading.Thread(target=restless)
    saving.start()
    try:
        for _ in range(6):
            built = build(site)
            codes = {problem.code for problem in built.problems if problem.is_error}
            assert codes <= TORN, built.problems
            assert built.report is not None and built.report.traces == ()
    finally:
        stop.set()
        saving.join()
    clean_build(write(site, office()))
    (tmp_path / "clean").mkdir()
    clean_build(write(tmp_path / "clean", office()))
    assert tree(site / "public") == tree(tmp_path / "clean" / "public")


@pytest.mark.parametrize("gone", [False, True])
def test_a_photo_that_comes_or_goes_while_it_is_looked_for_is_not_its_own_near_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    """“There is no photo.jpg; the folder has photo.jpg, is that it?” And no fault where its folder goes as well."""
    site = write(tmp_path, office())
    folder, unfit = site / "exemplars/li-na", pictures._unfit

    def just_missed(site: Path, path: Path) -> object:
        if path.parent != folder:
            return unfit(site, path)
        if gone:
            shutil.rmtree(folder, ignore_errors=True)
        return pictures._MISSING

    monkeypatch.setattr(pictures, "_unfit", just_missed)
    (problem,) = [problem for problem in build(site).problems if problem.is_error]
    assert problem.code == ("picture-missing" if gone else "input-changed")


# --- clocks ----------------------------------------------------------------------------------------


def test_a_clock_that_goes_back_is_no_reason_to_trust_or_remake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(tmp_path, office())
    clean_build(site)
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() - 40_000_000 * 1_000_000_000)
    again = clean_build(site).report
    assert again is not None and again.made == ()
    write(site, rewritten(office()))
    for path in site.glob("exemplars/*/*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))  # 2001: older than anything that was seen
    clean_build(site)
    (tmp_path / "clean").mkdir()
    clean_build(write(tmp_path / "clean", rewritten(office())))
    assert tree(site / "public") == tree(tmp_path / "clean" / "public")


# --- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["café.jpg", "が-李娜.jpg", "Ångström.jpg", "각.jpg"])
@pytest.mark.parametrize("forms", [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_photo_from_a_macs_zip_is_found_by_its_name(
    tmp_path: Path, name: str, forms: tuple[str, str]
) -> None:
    said, lying = (normalize(form, name) for form in forms)
    assert said != lying
    built = []
    for folder, file in (("a", said), ("b", lying)):
        (tmp_path / folder).mkdir()
        files = site_of(li_na=record(photo={"file": said, "alt": "李娜"}))
        clean_build(write(tmp_path / folder, files | {f"exemplars/li-na/{file}": jpeg(1200, 1600)}))
        built.append(tree(tmp_path / folder / "public"))
    assert built[0] == built[1] and any(path.endswith(".webp") for path in built[0])


def test_names_of_255_bytes_are_built_or_named(tmp_path: Path) -> None:
    long = "照" * 83 + ".jpg"
    assert len(long.encode()) == 253
    files = site_of(li_na=record(photo={"file": long, "alt": "李娜"}), **{"a" * 255: record()})
    files |= {
        f"exemplars/li-na/{long}": jpeg(1200, 1600),
        f"content/{'b' * 252}.md": document({"title": "页"}),
    }
    files["exemplars/wang-jie/index.md"] = record(name="王杰", photo={"file": "照" * 90 + ".jpg", "alt": "x"})
    built = build(write(tmp_path, files), editions=("website", "kiosk", "press-kit"))
    codes = [problem.code for problem in built.problems if problem.is_error]
    assert sorted(codes) == ["picture-missing", "slug-long", "slug-long"]
    assert built.report is not None and built.report.complete
    assert list((tmp_path / "public/exemplars/li-na").glob("*.webp"))


# --- the power going off ---------------------------------------------------------------------------


def test_rows_older_than_the_seal_keep_nobody_online(tmp_path: Path) -> None:
    """As many rows as the seal has files, each of them sound, one of another build."""
    make_site(tmp_path, [at("a.html"), at("withdrawn.html")])
    with Store(tmp_path, "code") as store:
        ledger = store.ledger(tmp_path / "public")
        ledger.forget(["withdrawn.html"])
        ledger.record([Row("older.html", "k", "", 3, 1, "0" * 64)])
    report = make_site(tmp_path, [at("a.html")])
    assert report.pruned == ("withdrawn.html",)
    assert sorted(tree(tmp_path / "public")) == ["a.html", "manifest.json"]


@pytest.mark.soak
def test_a_hundred_thousand_files(tmp_path: Path) -> None:
    targets = [at(f"{n % 997}/{n}/index.html", f"第{n}页") for n in range(100_000)]
    assert len(make_site(tmp_path, targets, jobs=2).made) == 100_000
    start = time.perf_counter()
    report = make_site(tmp_path, targets[1:], jobs=2)
    assert (len(report.reused), report.made, report.pruned) == (99_999, (), ("0/0/index.html",))
    assert time.perf_counter() - start < 60
