from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Activity, BasisDocument, Campaign, Circular, Page, Phase, Picture, Source
from generator.sources.pages import Content, PageKind, parse_page, read_page

SOURCE = Source("")


def parse(kind: PageKind, text: str) -> Content:
    page, problems = parse_page(kind, "x", "x.md", text.encode())
    assert page is not None, problems
    return page


def test_a_page() -> None:
    page = parse(PageKind.PAGE, "---\ntitle: 关于\n顺序: 2\n---\n\n\n正文。\n\n")
    assert isinstance(page, Page)
    assert page == Page("x", "关于", page.source, order=2, markdown="正文。", body_line=7)


def test_an_activity() -> None:
    text = "标题: 报告会\n日期: 2026年5月20日\n时间: 14:30\n先进典型: [li-na]\n"
    text += "图片: {文件: a.jpg, 说明文字: 会场}"
    page = parse(PageKind.ACTIVITY, f"---\n{text}\n---\n")
    assert isinstance(page, Activity)
    assert (page.date, page.time, page.exemplars) == (date(2026, 5, 20), "14:30", ("li-na",))
    assert page.pictures == (Picture("a.jpg", "会场"),)


def test_a_campaign_with_phases_and_documents() -> None:
    text = """---
title: 争做排头兵
from: 2017-04-01
until: 2017-12-31
phases:
  - {title: 推荐, from: 2017-04-01, until: 2017-06-30, text: 逐级推荐}
documents:
  - 关于开展评选活动的通知
  - {title: 补充通知, number: 局党〔2017〕12号, date: 2017-05-02}
---
"""
    page = parse(PageKind.CAMPAIGN, text)
    assert isinstance(page, Campaign)
    assert (page.start, page.until) == (date(2017, 4, 1), date(2017, 12, 31))
    assert page.phases == (Phase("推荐", date(2017, 4, 1), date(2017, 6, 30), "逐级推荐"),)
    assert page.documents == (
        BasisDocument("关于开展评选活动的通知"),
        BasisDocument("补充通知", "局党〔2017〕12号", date(2017, 5, 2)),
    )


@pytest.mark.parametrize("kind", ["公示", "通报", "通知"])
def test_a_circular_keeps_its_kind_and_number_as_written(kind: str) -> None:
    page = parse(PageKind.CIRCULAR, f"---\n标题: 表彰\n日期: 2026-04-28\n类型: {kind}\n文号: 012\n---\n")
    assert isinstance(page, Circular)
    assert (page.kind, page.number) == (kind, "012")


def test_a_phase_that_ends_before_it_begins_is_refused_at_its_line() -> None:
    text = "---\ntitle: a\nphases:\n  - {title: b, from: 2017-06-30, until: 2017-04-01}\n---\n"
    page, (problem,) = parse_page(PageKind.CAMPAIGN, "x", "x.md", text.encode())
    assert page is None
    assert (problem.where.line, problem.where.column, problem.code) == (4, 5, "period-reversed")


def test_a_page_is_named_like_a_record() -> None:
    _, problems = parse_page(PageKind.PAGE, "关于", "content/关于.md", "---\n标题: 关于\n---\n".encode())
    assert [problem.code for problem in problems] == ["slug-form"]


def test_a_page_is_read_from_its_folder(tmp_path: Path) -> None:
    file = tmp_path / PageKind.ACTIVITY / "baogaohui.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\n标题: 报告会\n日期: 2026-05-20\n---\n", encoding="utf-8")
    page, problems = read_page(PageKind.ACTIVITY, tmp_path, file)
    assert problems == ()
    assert isinstance(page, Activity)
    assert (page.slug, page.source.file) == ("baogaohui", "content/activities/baogaohui.md")


@given(st.sampled_from(PageKind), st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(deadline=None)
def test_any_bytes_are_a_page_or_problems(kind: PageKind, data: bytes) -> None:
    page, problems = parse_page(kind, "x", "x.md", b"---\n" + data)
    assert (page is None) == any(problem.is_error for problem in problems)
