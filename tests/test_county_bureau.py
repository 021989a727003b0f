"""A whole site that an editor wrote from the manual alone: it must go on building as it did that day."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from generator import building

SITE = Path(__file__).parent / "sites" / "county-bureau"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    site = copytree(SITE, tmp_path_factory.mktemp("county") / "site")
    return site / "public", building.build(building.Wish(site, DAY, jobs=1), lambda name: None)


def test_it_builds_without_errors_or_warnings(built):
    assert [problem for problem in built[1].problems if problem.severity != "hint"] == []
    assert built[1].report is not None and built[1].report.complete


def test_the_approved_have_pages_and_the_cultivated_none(built):
    pages = {folder.name for folder in (built[0] / "exemplars").iterdir() if folder.is_dir()}
    shown = {
        record.parent.name
        for record in SITE.glob("exemplars/*/index.md")
        if any(f"状态: {status}" in record.read_text("utf-8") for status in ("通过", "传承"))
    }
    assert len(shown) >= 4
    assert pages == shown


def test_whoever_is_in_public_notice_stands_on_that_page_alone(built):
    (record,) = [r for r in SITE.glob("exemplars/*/index.md") if "状态: 公示" in r.read_text("utf-8")]
    name = next(
        line.partition(":")[2].strip()
        for line in record.read_text("utf-8").split("\n")
        if line.startswith("姓名:")
    )
    assert name in (built[0] / "notices" / "index.html").read_text("utf-8")
    assert name not in (built[0] / "exemplars.json").read_text("utf-8")
