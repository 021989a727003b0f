"""The law of rebuilding: an incremental build is a clean one, and does no more than what changed asks for."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from edits import EDITS, SLUGS, Office, begin, describe
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from site_builder import (
    BODY,
    DAY,
    RECORD,
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
from site_builder import settings as site_yaml

from generator.engine import parallel
from generator.loading import read_entry

STEP = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 10_000))
# What the edits may do wrong; anything else is a fault of ours.
EXPECTED = {"consent-missing", "notice-missing", "address-taken", "hidden-name"}
# No shrinking: a failing sequence of a second's builds is printed as it is.
LAW = {
    "deadline": None,
    "database": None,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


def follow(steps: list[tuple[str, int]], jobs: int, editions: tuple[str, ...] = ("website",)) -> None:
    """Build after every edit; what lies in the folder must be what a clean build of the same site makes."""
    with tempfile.TemporaryDirectory() as folder:
        site, office = Path(folder) / "site", begin()
        site.mkdir()
        build(write(site, office.files()), day=office.day, jobs=jobs, editions=editions)
        for number, (name, lot) in enumerate(steps):
            EDITS[name](office, Random(lot))
            built = build(write(site, office.files()), day=office.day, jobs=jobs, editions=editions)
            errors = {problem.code for problem in built.problems if problem.is_error}
            assert errors <= EXPECTED, built.problems
            if errors:
                assert not still_shown(office, site / "public"), describe(office)
            if errors or (number % 3 and number + 1 < len(steps)):
                continue
            assert built.report is not None and built.report.complete
            wanted = clean(office, Path(folder) / f"clean-{number}", editions)
            assert tree(site / "public") == wanted, describe(office)


def still_shown(office: Office, public: Path) -> set[str]:
    """Pages of people whom no build may leave there, whatever else is wrong with the site."""
    gone = {
        slug for slug, fields in office.records.items() if fields.get("status") in ("suspended", "revoked")
    }
    old = {slug for fields in office.records.values() for slug in fields.get("formerly", ())}
    gone |= set(SLUGS) - office.records.keys() - old
    return {slug for slug in gone if (public / "exemplars" / slug / "index.html").exists()}


def clean(office: Office, folder: Path, editions: tuple[str, ...]) -> dict[str, bytes]:
    folder.mkdir()
    clean_build(write(folder, office.files()), day=office.day, editions=editions)
    return tree(folder / "public")


@seed(20260302)
@settings(max_examples=10, **LAW)
@given(st.lists(STEP, min_size=4, max_size=9))
def test_incremental_is_clean(steps: list[tuple[str, int]]) -> None:
    follow(steps, jobs=1)


@seed(20260303)
@settings(max_examples=2, **LAW)
@given(st.lists(STEP, min_size=3, max_size=5))
def test_incremental_is_clean_with_two_workers(steps: list[tuple[str, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parallel, "_SPAWN", 0.0)  # however little there is to do
        follow(steps, jobs=2)


@seed(20260305)
@settings(max_examples=3, **LAW)
@given(st.lists(STEP, min_size=4, max_size=8))
def test_incremental_is_clean_with_the_kiosk(steps: list[tuple[str, int]]) -> None:
    """The kiosk's folder has a seal of its own, which comes and goes with its files."""
    follow(steps, jobs=1, editions=("website", "kiosk"))


@pytest.mark.soak
@seed(20260304)
@settings(max_examples=300, **LAW)
@given(st.lists(STEP, min_size=5, max_size=25))
def test_incremental_is_clean_at_length(steps: list[tuple[str, int]]) -> None:
    follow(steps, jobs=1)


def test_every_edit_is_drawn() -> None:
    """An edit that changes nothing would make the law above hold for the wrong reason."""
    for name, edit in EDITS.items():
        office, changed = begin(), False
        for lot in range(40):
            before = (office.files(), office.day)
            edit(office, Random(lot))
            changed = changed or before != (office.files(), office.day)
        assert changed or name in ("remove_photo", "leave_theme"), name


# --- no more than needed ---------------------------------------------------------------------------


def times(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*")}


def office_site(tmp_path: Path) -> tuple[Path, Files]:
    files = site_of(
        li_na=record(photo={"file": "photo.jpg", "alt": "李娜"}, lineage={"students": ["wang-jie"]}),
        wang_jie=record(name="王杰", unit="公交集团", categories=["技术创新"], year=2024),
    ) | {"exemplars/li-na/photo.jpg": jpeg()}
    return write(tmp_path, files), files


def test_a_second_build_makes_nothing(tmp_path: Path) -> None:
    site, _ = office_site(tmp_path)
    first = clean_build(site)
    assert first.report is not None
    assert set(first.report.made) == tree(site / "public").keys() - {"manifest.json"}
    before = times(site / "public")
    again = clean_build(site).report
    assert again is not None
    assert (again.made, again.pruned, again.failed) == ((), (), ())
    assert set(again.reused) == set(first.report.made)
    assert times(site / "public") == before


def test_one_edit_of_a_body_remakes_its_page_alone(tmp_path: Path) -> None:
    """And the shards of the index that its words stand in: see test_search_rebuild.py."""
    site, files = office_site(tmp_path)
    clean_build(site)
    before = times(site / "public")
    path = "exemplars/li-na/index.md"
    write(site, files | {path: files[path].replace("最后一位".encode(), "最末一位".encode())})
    report = clean_build(site).report
    assert report is not None
    index = {name for name in (*report.made, *report.pruned) if name.startswith("search/")}
    assert (set(report.made) - index, set(report.pruned) - index) == ({"exemplars/li-na/index.html"}, set())
    after = times(site / "public")
    touched = {name for name in after if after[name] != before.get(name) and Path(name).suffix}
    assert touched - index == {"exemplars/li-na/index.html", "manifest.json"}


def test_a_new_sentence_on_a_card_remakes_what_shows_the_card(tmp_path: Path) -> None:
    site, files = office_site(tmp_path)
    clean_build(site)
    path = "exemplars/li-na/index.md"
    write(site, files | {path: files[path].replace("最后一个人".encode(), "最末一个人".encode())})
    report = clean_build(site).report
    assert report is not None
    public = tree(site / "public")
    shown = {name for name, data in public.items() if "最末一个人".encode() in data}
    assert {"index.html", "exemplars/index.html", "exemplars/li-na/index.html"} <= shown
    assert set(report.made) >= shown
    assert not any(
        name.startswith(("statistics/", "units/gongjiaojituan", "activities/")) for name in report.made
    )


def many(count: int) -> Files:
    """`count` records, the later ones honoured later."""
    return {
        f"exemplars/person-{n}/index.md": record(
            name=f"第{n}人",
            honours=[
                {"title": "先进典型", "level": "市级", "date": (DAY - timedelta(days=400 - n)).isoformat()}
            ],
            year=2025,
        )
        for n in range(count)
    }


def test_an_added_record_touches_only_the_newest_pages_of_lists(tmp_path: Path) -> None:
    files = {"site.yaml": site_yaml(), **many(53)}
    clean_build(write(tmp_path, files))
    write(tmp_path, files | many(54))
    report = clean_build(tmp_path).report
    assert report is not None
    assert "exemplars/person-53/index.html" in report.made
    assert {"exemplars/index.html", "categories/fuwu/index.html", "years/2025/index.html"} <= set(report.made)
    numbered = {name for name in tree(tmp_path / "public") if "page-" in name}
    assert {"exemplars/page-1.html", "exemplars/page-2.html"} <= numbered
    assert not numbered & set(report.made)


def test_explain_names_the_field_that_changed(tmp_path: Path) -> None:
    site, files = office_site(tmp_path)
    page = "exemplars/li-na/index.html"
    assert honour("--site", site, "build", "--date", DAY, "--jobs", 1).returncode == 0
    path = "exemplars/li-na/index.md"
    write(site, files | {path: files[path].replace("最后一个人".encode(), "最末一个人".encode())})
    told = honour("--site", site, "build", "--date", DAY, "--jobs", 1, "--explain", f"public/{page}")
    assert told.returncode == 0
    why = told.stdout[told.stdout.index(f"{page}：") :]
    assert "one_line（改变）" in why
    assert "body" not in why and "photo" not in why


# --- the same bytes anywhere -----------------------------------------------------------------------


def test_bytes_depend_on_the_sources_alone(tmp_path: Path) -> None:
    """Another folder, time zone, language, hash seed, umask, number of jobs, order of creation."""
    files = site_of(
        li_na=record(photo={"file": "photo.jpg", "alt": "李娜"}), wang_jie=record(name="王杰", year=2024)
    ) | {"exemplars/li-na/photo.jpg": jpeg()}
    here, there = tmp_path / "a", tmp_path / "一个 别的" / "b"
    for folder, order in ((here, list(files)), (there, list(files)[::-1])):
        folder.mkdir(parents=True)
        write(folder, {name: files[name] for name in order})
    surroundings = (
        (here, {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o022, 1),
        (there, {"TZ": "Pacific/Kiritimati", "LANG": "zh_CN.GBK", "PYTHONHASHSEED": "77"}, 0o077, 2),
    )
    for folder, changes, umask, jobs in surroundings:
        ran = subprocess.run(
            [sys.executable, "-m", "generator", "--site", ".", "build", "--date", str(DAY), f"--jobs={jobs}"],
            cwd=folder, env=environment(**changes), umask=umask if os.name == "posix" else -1,
            capture_output=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr.decode()
    assert tree(here / "public") == tree(there / "public")


def test_a_checkout_with_crlf_gives_the_same_bytes(tmp_path: Path) -> None:
    """Git on Windows turns LF into CRLF in text files; pages, and digests that reviewers signed, stay."""
    for name, ending in (("lf", b"\n"), ("crlf", b"\r\n")):
        (tmp_path / name).mkdir()
        files = {path: data.replace(b"\n", ending) for path, data in begin().files().items()}
        clean_build(write(tmp_path / name, files))
    assert tree(tmp_path / "lf" / "public") == tree(tmp_path / "crlf" / "public")
    digests = {name: read_entry(tmp_path / name, "li-na")[0] for name in ("lf", "crlf")}
    assert digests["lf"] is not None and digests["crlf"] is not None
    assert digests["lf"].digest == digests["crlf"].digest


def test_nothing_reads_the_clock_when_the_day_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_clock(*arguments: object) -> date:
        raise AssertionError("the clock was asked")

    site, _ = office_site(tmp_path)
    monkeypatch.setattr("generator.building.today", no_clock)
    clean_build(site, day=DAY)
    with pytest.raises(AssertionError, match="the clock"):
        build(site, day=None)


def test_a_build_names_the_next_day_that_differs(tmp_path: Path) -> None:
    """Until the day that a build names nothing changes; on that day something does."""
    texts = {
        "content/activities/bao-gao.md": {"title": "报告会", "date": "2026-03-05"},
        "content/campaigns/biao-bing.md": {
            "title": "争当标兵",
            "from": "2026-03-04",
            "phases": [{"title": "推荐", "from": "2026-03-04", "until": "2026-03-10"}],
        },
        "exemplars/li-na/index.md": RECORD | {"publish": {"from": "2026-04-01"}},
    }
    files = {name: document(fields) for name, fields in texts.items()}
    site = write(tmp_path, {"site.yaml": site_yaml(base_url=None), **files})
    turns, day = [], DAY
    for _ in range(4):
        turn = clean_build(site, day=day).changes
        assert turn is not None
        turns.append(turn.isoformat())
        before = pages_of_day(site)
        assert clean_build(site, day=turn - timedelta(days=1)).changes == turn
        assert pages_of_day(site) == before
        clean_build(site, day=turn)
        assert pages_of_day(site) != before
        day = turn
    assert turns == ["2026-03-04", "2026-03-06", "2026-03-11", "2026-04-01"]
    for _ in range(2):  # somebody stands on the home page now, which tells one day from another
        before = pages_of_day(site)
        assert clean_build(site, day=day).changes == day + timedelta(days=1)
        day += timedelta(days=1)
        clean_build(site, day=day)
        assert pages_of_day(site) != before


def pages_of_day(site: Path) -> dict[str, bytes]:
    """What is published, without the seal, which names the day."""
    return {name: data for name, data in tree(site / "public").items() if name != "manifest.json"}


# --- killed at any moment --------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_build_leaves_whole_files_and_is_completed(tmp_path: Path, jobs: int) -> None:
    """The last build's file, or the clean build's: never half of one."""
    chance = random.Random(jobs)
    old = {
        "site.yaml": site_yaml(),
        **many(30),
        **site_of(li_na=record(photo={"file": "p.jpg", "alt": "李娜"})),
    }
    old["exemplars/li-na/p.jpg"] = jpeg(1200, 1600)
    new = {name: data.replace("窗口".encode(), "柜台".encode()) for name, data in old.items()}
    new["exemplars/li-na/p.jpg"] = jpeg(1200, 1600, "#211c19")
    wanted = []
    for name, files in (("old", old), ("new", new)):
        (tmp_path / name).mkdir()
        clean_build(write(tmp_path / name, files), out=tmp_path / f"{name}-out")
        wanted.append(tree(tmp_path / f"{name}-out"))
    site = tmp_path / "site"
    site.mkdir()
    whole, killed = kill_a_build(site, 60, jobs, files=old)[1], 0
    for turn in range(16):  # a busy machine ends many a build before its kill: go on until two were hit
        if turn >= 4 and killed >= 2:
            break
        clean_build(write(site, old))
        killed += kill_a_build(site, chance.uniform(0.2, 0.95) * whole, jobs, files=new)[0]
        for name, data in tree(site / "public").items():
            if Path(name).name != "manifest.json" and not Path(name).name.startswith(".honour-"):
                assert data in [version.get(name) for version in wanted], (turn, name)
        clean_build(site)
        assert tree(site / "public") == wanted[1]
    assert killed >= 2


def kill_a_build(site: Path, after: float, jobs: int, *, files: Files) -> tuple[bool, float]:
    """Kill `honour build` of `files` so many seconds from its start: whether it was still at work, and for how
    long it ran."""
    write(site, files)
    words = [
        "-m",
        "generator",
        "--site",
        str(site),
        "build",
        "--editions",
        "website",
        "--date",
        DAY.isoformat(),
    ]
    words += ["--jobs", str(jobs)]
    start = time.monotonic()
    with subprocess.Popen([sys.executable, *words], env=environment(), stdout=subprocess.DEVNULL) as process:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(after)
        process.kill()
        return process.wait() != 0, time.monotonic() - start


def test_the_body_of_this_file_is_in_the_record() -> None:
    """The replacements above change something."""
    assert "最后一位" in BODY and "窗口" in BODY and "最后一个人" in record().decode()
