"""A damaged or foreign `.honour/` is a slow build, never a wrong one."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
from cache_damage import DAMAGES, replace_store
from conftest import Once
from site_builder import Files, build, clean_build, jpeg, record, site_of, tree, write

EDITIONS = ("website", "kiosk", "press-kit")


def before() -> Files:
    """Three people and their photos: rows, memos and kept bytes of every kind."""
    return site_of(
        li_na=record(photo={"file": "photo.jpg", "alt": "李娜"}),
        wang_jie=record(name="王杰", year=2024, photo={"file": "photo.jpg", "alt": "王杰"}),
        zhao_min=record(name="赵敏", unit="公交集团"),
    ) | {
        "exemplars/li-na/photo.jpg": jpeg(1200, 1600),
        "exemplars/wang-jie/photo.jpg": jpeg(1200, 1600, "#211c19"),
    }


def after() -> Files:
    """The same a day later: one withdrawn, one in other words, one with another photo."""
    files = before()
    files["exemplars/zhao-min/index.md"] = record(name="赵敏", unit="公交集团", status="revoked")
    files["exemplars/li-na/index.md"] = files["exemplars/li-na/index.md"].replace(
        "最后一位".encode(), "最末一位".encode()
    )
    files["exemplars/wang-jie/photo.jpg"] = jpeg(1200, 1600, "#a3151c")
    return files


@pytest.fixture(scope="module")
def built(once: Once) -> Path:
    """`site` as built, and clean builds of it: `before`, and of what became of it, `after`."""

    def make(folder: Path) -> None:
        for name, files in (("site", before()), ("before", before()), ("after", after())):
            (folder / name).mkdir()
            clean_build(write(folder / name, files), editions=EDITIONS)

    return once("corrupt-cache", make)


def round_of(built: Path, site: Path, name: str, number: int) -> None:
    """Harm the store, change the sources or the output or nothing, build: the clean build's bytes."""
    chance = Random(f"{name} {number}")
    shutil.copytree(built / "site", site, symlinks=True)
    DAMAGES[name](site / ".honour", chance)
    wanted = chance.choice(("before", "after"))
    write(site, before() if wanted == "before" else after())
    if chance.random() < 0.3:
        shutil.rmtree(site / "public")
    for _ in range(2):  # the second build trusts what the first made of the damage
        done = build(site, editions=EDITIONS)
        assert not [problem for problem in done.problems if problem.is_error], done.problems
        assert tree(site / "public") == tree(built / wanted / "public")


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_cache_gives_the_clean_builds_bytes(built: Path, tmp_path: Path, name: str) -> None:
    round_of(built, tmp_path / "site", name, 1)


@pytest.mark.soak
@pytest.mark.parametrize("name", DAMAGES)
def test_two_hundred_damaged_caches(built: Path, tmp_path: Path, name: str) -> None:
    for number in range(20):
        round_of(built, tmp_path / str(number), name, number)
        shutil.rmtree(tmp_path / str(number))


@pytest.mark.parametrize("whose", ["after", "before", "other"])
def test_the_cache_of_another_site_or_day_is_no_ones(built: Path, tmp_path: Path, whose: str) -> None:
    """A pipeline's cache may be another branch's, a week old, or belong to another site."""
    other = tmp_path / "other"
    other.mkdir()
    if whose == "other":
        files = before() | {
            "exemplars/li-na/index.md": record(name="孙丽", photo={"file": "photo.jpg", "alt": "孙丽"})
        }
        clean_build(write(other, files), editions=EDITIONS)
    site = tmp_path / "site"
    shutil.copytree(built / ("before" if whose != "before" else "after"), site)
    wanted = tree(site / "public")
    replace_store(site, (other if whose == "other" else built / whose) / ".honour")
    clean_build(site, editions=EDITIONS)
    assert tree(site / "public") == wanted
