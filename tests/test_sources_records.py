from __future__ import annotations

import pickle
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Consent, Exemplar, Kind, Lineage, Notice, Photo, Scope, Status, Window
from generator.problems import LANGUAGES, Problem
from generator.sources.page_schema import ACTIVITY, CAMPAIGN, CIRCULAR, PAGE
from generator.sources.records import parse_record, read_record
from generator.sources.schema import RECORD
from generator.sources.shape import Shape

ENGLISH = """---
name: 李建国
kind: individual
unit: 运维中心/第二维护班组
line: 管理
categories: [履职尽责, 服务群众]
tags: 一线、党员
status: approved
year: 2017
photo: {file: photo.jpg, alt: 李建国, focus: [0.5, .25]}
honours:
  - {title: 优秀共产党员, level: 县级, date: 2017-12-15, number: 012}
testimonials:
  - {quote: 值！, by: 王敏, consent: true}
  - {quote: 也值。, by: 赵启明, consent: NO}
timeline: [{date: 2009-07, text: 12:30 进厂}]
practices: [三查三看工作法]
pledge: {promise: 抢修不过夜, post: 党员先锋岗}
lineage: {mentors: [zhao-defu], students: }
reviews:
  - {stage: 初审, by: 张三, date: 2017-11-20, digest: 1:6f1c}
consent: {basis: 本人同意, scope: [web, kiosk], date: 2017-11-18, until: 2027-11-18}
publish: {from: 2017-12-16, until: }
notice: {from: 2017-12-01, contact: 8120}
followed_up: 2018-06-30
minor: false
formerly: [li-jian-guo]
private: {phone: 138 0000 0000, notes: 家中老人需要照顾}
---

## 泵房

他又去了一趟泵房。
"""

CHINESE = """---
姓名: 李建国
类型: 个人
单位: 运维中心／第二维护班组
条线: 管理
类别: 履职尽责，服务群众
标签: [一线, 党员]
状态: 通过
年度: 2017年
照片: {文件: photo.jpg, 说明文字: 李建国, 焦点: [0.5, 0.25]}
荣誉: {名称: 优秀共产党员, 级别: 县级, 日期: 2017年12月15日, 编号: 012}
身边人说:
  - {原话: 值！, 说话人: 王敏, 同意: 是}
  - {原话: 也值。, 说话人: 赵启明, 同意: 否}
成长足迹: [{日期: 2009.7, 内容: 12:30 进厂}]
经验做法: [{名称: 三查三看工作法}]
承诺: {承诺内容: 抢修不过夜, 先锋岗: 党员先锋岗}
传承: {师傅: zhao-defu}
审核:
  - {环节: 初审, 审核人: 张三, 日期: 2017/11/20, 摘要码: 1:6f1c}
授权: {依据: 本人同意, 范围: 网站、展示屏, 日期: 2017-11-18, 截止: 2027-11-18}
发布: {开始: 2017-12-16}
公示: {开始: 2017-12-01, 联系方式: 8120}
回访: 2018-06-30
未成年: 否
曾用名: li-jian-guo
内部: {电话: 138 0000 0000, 备注: 家中老人需要照顾}
---
## 泵房

他又去了一趟泵房。
"""


def parse(text: str) -> tuple[Exemplar | None, tuple[Problem, ...]]:
    return parse_record("li-jianguo", "exemplars/li-jianguo/index.md", text.encode())


def read(text: str) -> Exemplar:
    exemplar, problems = parse(text)
    assert exemplar is not None, [(str(p.where), p.code) for p in problems]
    return exemplar


def test_a_record_becomes_an_exemplar() -> None:
    exemplar = read(ENGLISH)
    assert exemplar.kind is Kind.INDIVIDUAL
    assert exemplar.status is Status.APPROVED
    assert exemplar.unit == ("运维中心", "第二维护班组")
    assert exemplar.tags == ("一线", "党员")
    assert exemplar.photo == Photo("photo.jpg", "李建国", focus=(0.5, 0.25))
    assert exemplar.honours[0].number == "012"
    assert [testimonial.consent for testimonial in exemplar.testimonials] == [True, False]
    assert exemplar.timeline[0].text == "12:30 进厂"
    assert exemplar.lineage == Lineage(("zhao-defu",))
    assert exemplar.reviews[0].digest == "1:6f1c"
    assert exemplar.consent == Consent(
        "本人同意", (Scope.WEB, Scope.KIOSK), until=date(2027, 11, 18), date=date(2017, 11, 18)
    )
    assert exemplar.publish == Window(date(2017, 12, 16))
    assert exemplar.notice == Notice(date(2017, 12, 1), "8120")
    assert exemplar.private == (("phone", "138 0000 0000"), ("notes", "家中老人需要照顾"))
    assert exemplar.markdown == "## 泵房\n\n他又去了一趟泵房。"
    assert ENGLISH.split("\n")[exemplar.body_line - 1] == "## 泵房"


def test_chinese_and_english_records_mean_the_same() -> None:
    source = read(ENGLISH).source
    assert replace(read(CHINESE), source=source, body_line=0) == replace(read(ENGLISH), body_line=0)


def test_each_key_of_the_source_has_its_place() -> None:
    at = read(CHINESE).source.at
    assert (at("unit").line, at("unit").column) == (4, 5)
    assert (at("honours.0.level").line, at("honours.0.level").column) == (11, 22)
    assert at("testimonials").line == 12
    assert at("testimonials.1.by").line == 14
    assert at("publish.until") == at("publish")


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    windows = b"\xef\xbb\xbf" + CHINESE.replace("\n", "\r\n").encode()
    exemplar, (problem,) = parse_record("li-jianguo", "exemplars/li-jianguo/index.md", windows)
    assert exemplar == read(CHINESE)
    assert not problem.is_error


def test_a_map_with_nothing_filled_in_is_absent() -> None:
    exemplar = read(
        ENGLISH.replace("line: 管理", "spirit:").replace("{from: 2017-12-01, contact: 8120}", "{from: }")
    )
    assert (exemplar.notice, exemplar.spirit) == (None, "")


def test_an_unfinished_honour_does_not_hide_the_others() -> None:
    text = ENGLISH.replace("honours:\n", "honours:\n  - {title: , date: }\n")
    assert [honour.title for honour in read(text).honours] == ["优秀共产党员"]


def test_a_typing_mistake_in_status_hides_the_record_and_is_told_once() -> None:
    exemplar, (problem,) = parse(ENGLISH.replace("status: approved", "statu: revoked"))
    assert exemplar is None
    assert (problem.code, dict(problem.found)["near"]) == ("key-unknown-near", "status")


def test_all_problems_are_told_at_once_in_the_order_of_lines() -> None:
    broken = CHINESE.replace("类型: ", "类型：").replace("年度: 2017年", "年度: 今年").replace("是}", "对}")
    exemplar, problems = parse(broken)
    assert exemplar is None
    assert [(p.where.line, p.code) for p in problems] == [
        (3, "yaml-wide-colon"),
        (9, "date-form"),
        (13, "truth-expected"),
    ]


def test_a_full_width_colon_in_a_text_is_no_mistake() -> None:
    text = CHINESE.replace("条线: 管理", "摘要: |\n  岗位：班长\n  他说：值。\n条线: 管理")
    assert read(text).summary == "岗位：班长\n他说：值。"
    _, problems = parse(text.replace("2017年12月15日", "2017年13月15日"))
    assert [problem.code for problem in problems] == ["date-impossible"]


@pytest.mark.parametrize("slug", ["con", "Li-Na", "李娜", "li_na", "a" * 65])
def test_a_folder_that_can_be_no_address_is_refused_with_a_better_name(slug: str) -> None:
    exemplar, (problem,) = parse_record(slug, f"exemplars/{slug}/index.md", ENGLISH.encode())
    assert exemplar is None
    assert dict(problem.found)["suggestion"] in problem.hint("zh-CN")


@pytest.mark.parametrize(
    ("file", "better"),
    [
        ("../li-na/photo.jpg", "photo.jpg"),
        ("a/../../b.jpg", "b.jpg"),
        ("/a.jpg", "a.jpg"),
        ("C:\\照片\\a.jpg", "a.jpg"),
        ("C:a.jpg", "a.jpg"),
        ("./a.jpg", "a.jpg"),
        ("a.jpg.", "a.jpg"),
        ("nul.jpg", "photo.jpg"),
        ("..", "photo.jpg"),
    ],
)
def test_a_photo_lies_in_the_folder_of_its_record(file: str, better: str) -> None:
    exemplar, (problem,) = parse(ENGLISH.replace("file: photo.jpg", f"file: '{file}'"))
    assert exemplar is None
    assert problem.code == "file-path"
    assert dict(problem.found)["name"] == better


@pytest.mark.parametrize("file", ["照片.jpg", "pictures/a b.jpg", "photo.tar.jpg"])
def test_a_photo_may_have_any_other_name(file: str) -> None:
    photo = read(ENGLISH.replace("file: photo.jpg", f"file: {file}")).photo
    assert photo is not None
    assert photo.file == file


def test_reading_from_disk_is_parsing_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "exemplars" / "li-jianguo" / "index.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(ENGLISH.encode())
    assert read_record(tmp_path, file) == parse(ENGLISH)
    assert read_record(tmp_path, file.relative_to(tmp_path)) == parse(ENGLISH)


def test_records_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(parse_record))("x", "x.md", b"")[0] is None
    assert pickle.loads(pickle.dumps(parse(ENGLISH))) == parse(ENGLISH)


def shapes_of(shape: Shape) -> list[Shape]:
    return [shape, *(deep for _, inner in shape.below() for deep in shapes_of(inner))]


@pytest.mark.parametrize("root", [RECORD, PAGE, ACTIVITY, CAMPAIGN, CIRCULAR])
def test_the_schema_has_every_field_of_the_model_and_no_other(root: Shape) -> None:
    given_by_the_file = {"slug", "source", "markdown", "body_line"}
    for shape in shapes_of(root):
        assert is_dataclass(shape.make)
        model = {field.name: field for field in fields(shape.make) if field.name not in given_by_the_file}
        assert {entry.attribute for entry in shape.fields} == set(model)
        required = {name for name, field in model.items() if field.default is MISSING}
        assert {entry.attribute for entry in shape.fields if entry.required} == required
        assert len(shape.by_name) == 2 * len(shape.fields)


def told(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        assert problem.where.line >= 1
        assert problem.where.column >= 1
        for language in LANGUAGES:
            assert problem.message(language)
            assert problem.hint(language)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"---\n{text}\n---\n".encode()))
@settings(deadline=None)
def test_any_bytes_are_a_record_or_problems(data: bytes) -> None:
    exemplar, problems = parse_record("li-na", "exemplars/li-na/index.md", data)
    assert (exemplar is None) == any(problem.is_error for problem in problems)
    told(problems)


SPICE = [*"\n\t :：，,、-—[]{}\"'|>&*!%@#？\\\u3000\xa0\u2028\0é年", "---", ": ", "- ", "姓名", "\n  "]


@given(st.sampled_from([ENGLISH, CHINESE]), st.data())
@settings(deadline=None, max_examples=300)
def test_a_mutilated_record_is_a_record_or_problems(text: str, data: Any) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(st.sampled_from(["", *SPICE])) + text[end:]
    exemplar, problems = parse(text)
    assert (exemplar is None) == any(problem.is_error for problem in problems)
    told(problems)
    for problem in problems:
        assert problem.where.line <= text.count("\n") + 1
