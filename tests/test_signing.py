"""A review is written into a record; nothing else of the file changes."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.model import Review
from generator.sources.records import parse_record
from generator.sources.signing import UnwritableError, add_review

DIGEST = "1:6f1c0a2b3c4d5e6f708192a3b4c5d6e7"
REVIEW = Review("终审", "王敏", date(2026, 4, 26), DIGEST)
FIRST = Review("初审", "张三", date(2026, 4, 20), "1:00000000000000000000000000000000")
ENGLISH = "{stage: 终审, by: 王敏, date: 2026-04-26, digest: " + DIGEST + "}"
CHINESE = "{环节: 终审, 审核人: 王敏, 日期: 2026-04-26, 摘要码: " + DIGEST + "}"
OLD = "{stage: 初审, by: 张三, date: 2026-04-20, digest: '1:00000000000000000000000000000000'}"

HEAD = "name: 李娜\nkind: individual\nunit: 公交集团\ncategories: [服务群众]\nstatus: approved\n"
BODY = "## 四分钟\n\n---\n\nreviews: 不在这里\n"


def record(reviews, head=HEAD, tail="followed_up: 2026-03-12  # 电话\n"):
    return f"---\n{head}{reviews}{tail}---\n{BODY}"


def read(data):
    exemplar, problems = parse_record("li-na", "exemplars/li-na/index.md", data)
    assert exemplar is not None, problems
    return exemplar


def is_insertion(old, new):
    """Whether `new` is `old` with something put in at one place."""
    more = len(new) - len(old)
    return more > 0 and any(
        old[:at] == new[:at] and old[at:] == new[at + more :] for at in range(len(old) + 1)
    )


def signed(text, review=REVIEW):
    """`text` with the review, after seeing that it reads as before and one review more."""
    data = text.encode()
    new = add_review(data, review)
    before, after = read(data), read(new)
    assert after.reviews == (*before.reviews, review)
    for name in {field.name for field in fields(before)} - {"reviews", "source", "body_line"}:
        assert getattr(after, name) == getattr(before, name), name
    return new.decode()


# ‸ stands where the review goes, and behind it what is written there.
WRITTEN = {
    "absent": ("‸", f"reviews:\n  - {ENGLISH}\n"),
    "empty": ("reviews:‸\n", f"\n  - {ENGLISH}"),
    "empty with a comment": ("reviews:‸   # 由 honour approve 写入\n", f"\n  - {ENGLISH}"),
    "empty with comments below": ("reviews:‸\n  # - {stage: 初审}\n# 完\n", f"\n  - {ENGLISH}"),
    "empty list": ("reviews: [‸]\n", ENGLISH),
    "empty list with a comment": ("reviews: [ ‸]  # 还没有审\n", ENGLISH),
    "empty list on several lines": ("reviews: [\n  # 还没有审\n‸]\n", ENGLISH),
    "flow": (f"reviews: [{OLD}‸]\n", f", {ENGLISH}"),
    "flow with a comment": (f"reviews: [{OLD}‸]  # 已审, 一次\n", f", {ENGLISH}"),
    "flow with a trailing comma": (f"reviews: [{OLD},‸ ]\n", f" {ENGLISH}"),
    "flow on several lines": (f"reviews: [\n  {OLD}‸  # 好, 很好\n  ]\n", f", {ENGLISH}"),
    "flow on several lines, comma at the end": (f"reviews: [\n  {OLD},‸  # 好\n  ]\n", f" {ENGLISH}"),
    "flow with the comma on its own line": (f"reviews: [\n  {OLD}  # 甲, 乙\n  ,‸\n]\n", f" {ENGLISH}"),
    "block": (f"reviews:\n  - {OLD}\n‸", f"  - {ENGLISH}\n"),
    "block not indented": (f"reviews:\n- {OLD}\n‸", f"- {ENGLISH}\n"),
    "block deeply indented": (f"reviews:\n      - {OLD}\n‸", f"      - {ENGLISH}\n"),
    "block with a comment behind": (f"reviews:\n  - {OLD}  # 看过两遍\n‸", f"  - {ENGLISH}\n"),
    "block with comments around": (f"reviews:\n  # 前\n  - {OLD}\n‸  # 后\n\n# 再后\n", f"  - {ENGLISH}\n"),
    "block of maps on lines of their own": (
        "reviews:\n  - stage: 初审\n    by: 张三   # 科长\n    date: 2026-04-20\n    digest: 1:00\n‸\n",
        f"  - {ENGLISH}\n",
    ),
    "block that ends in a literal text": (
        "reviews:\n  - stage: 初审\n    by: 张三\n    date: 2026-04-20\n    digest: |\n      1:00\n‸\n",
        f"  - {ENGLISH}\n",
    ),
    "block that ends in a flow map on two lines": (
        "reviews:\n  - {stage: 初审, by: 张三,\n     date: 2026-04-20, digest: '1:00'}\n‸",
        f"  - {ENGLISH}\n",
    ),
    "a key in quotation marks": (f'"reviews":\n  - {OLD}\n‸', f"  - {ENGLISH}\n"),
    "a Chinese key": ("审核: [‸]\n", CHINESE),
    "a Chinese key without value": ("审核:‸\n", f"\n  - {CHINESE}"),
    "a Chinese key and a block": (
        "审核:\n  - {环节: 初审, 审核人: 张三, 日期: 2026-04-20, 摘要码: '1:00'}\n‸",
        f"  - {CHINESE}\n",
    ),
}


def assert_signs(text, piece):
    """That the record becomes `text` with `piece` in the place of ‸."""
    assert signed(text.replace("‸", "")) == text.replace("‸", piece)


@pytest.mark.parametrize("tail", ["followed_up: 2026-03-12  # 电话\n", "", "# 最后一行是注释\n", "\n\n"])
@pytest.mark.parametrize("way", WRITTEN)
def test_every_way_to_write_reviews(way, tail):
    before, piece = WRITTEN[way]
    text = record("", tail=tail + before) if way == "absent" else record(before, tail=tail)
    assert_signs(text, piece)


@pytest.mark.parametrize("way", WRITTEN)
def test_windows_line_ends_stay_and_new_lines_have_them(way):
    before, piece = WRITTEN[way]
    text = record(before, tail="")
    assert_signs(text.replace("\n", "\r\n"), piece.replace("\n", "\r\n"))


@pytest.mark.parametrize("way", WRITTEN)
def test_a_byte_order_mark_stays(way):
    before, piece = WRITTEN[way]
    assert_signs("\ufeff" + record(before, tail=""), piece)


@pytest.mark.parametrize("way", WRITTEN)
def test_reviews_may_stand_first(way):
    before, piece = WRITTEN[way]
    if way != "absent":
        assert_signs(record(before, head="", tail=HEAD), piece)


def test_a_record_in_chinese_gets_a_review_in_chinese():
    head = "姓名: 李娜\n类型: 个人\n单位: 公交集团\n类别: [服务群众]\n状态: 通过\n"
    assert_signs(record("‸", head=head, tail=""), f"审核:\n  - {CHINESE}\n")


def test_the_language_of_the_reviews_own_key_prevails():
    head = "姓名: 李娜\n类型: 个人\n单位: 公交集团\n类别: [服务群众]\n状态: 通过\n"
    assert_signs(record("reviews: [‸]\n", head=head), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{HEAD}‸---",
        f"---\n{HEAD}‸---\n",
        f"---  \n{HEAD}‸---\t\n文",
        f"\n \n---\n{HEAD}‸---\n文",
        f"---\n{HEAD}‸---\u3000\n文",
    ],
    ids=[
        "no new line at the end",
        "no text",
        "blanks after the hyphens",
        "blank lines first",
        "a wide blank",
    ],
)
def test_the_lines_of_hyphens(text):
    assert_signs(text, f"reviews:\n  - {ENGLISH}\n")


def test_a_record_whose_keys_are_all_indented():
    text = "---\n" + "".join(f"  {line}\n" for line in HEAD.splitlines()) + "‸---\n"
    assert_signs(text, f"  reviews:\n    - {ENGLISH}\n")


def test_a_word_reviews_in_a_text_is_no_key():
    text = record("", tail="remarks: |\n  reviews: []\n  审核: 三次\n‸")
    assert_signs(text, f"reviews:\n  - {ENGLISH}\n")


def test_several_signatures_one_after_the_other():
    data = record("").encode()
    chain = [
        Review(stage, by, date(2026, 4, n), DIGEST)
        for n, (stage, by) in enumerate([("初审", "张三"), ("复审", "李四"), ("终审", "王敏")], start=1)
    ]
    for review in chain:
        data = add_review(data, review)
    assert read(data).reviews == tuple(chain)
    assert data.decode().count("\n  - {stage:") == 3


@pytest.mark.parametrize(
    "by",
    [
        "王敏",
        "阿依古丽·买买提",
        "O'Neill: A, {B}",
        "true",
        "null",
        "12",
        "-",
        "#1",
        "王 敏",
        "李\U00020bb7",
        "a:",
        "“王”",
    ],
)
def test_any_name_is_written_so_that_it_reads_back(by):
    signed(record("reviews: []\n"), Review("终审", by, date(2026, 4, 26), DIGEST))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("name: 李娜\n".encode("gbk"), "encoding"),
        ("\ufeff".encode("utf-16-le") + record("").encode("utf-16-le"), "encoding"),
        (b"", "front matter"),
        (HEAD.encode(), "front matter"),
        (f"---\n{HEAD}".encode(), "front matter"),
        (f"---\n{{{', '.join(HEAD.splitlines())}}}\n---\n".encode(), "front matter"),
        (record("reviews: [\n").encode(), "front matter"),
        (record("reviews: 三审通过\n").encode(), "front matter"),
        (record(f"reviews: {OLD}\n").encode(), "reviews"),
        (record("reviews: null\n").encode(), "reviews"),
        (record('reviews: ""\n').encode(), "reviews"),
        (record("").replace("\n", "\r").encode(), "front matter"),
    ],
)
def test_what_cant_be_written_safely_is_refused(data, why):
    with pytest.raises(UnwritableError, match=f"^{why}$"):
        add_review(data, REVIEW)


def test_a_name_that_the_record_would_read_otherwise_is_refused():
    with pytest.raises(UnwritableError, match="reviews"):
        add_review(record("reviews: []\n").encode(), Review("终审", " 王敏", date(2026, 4, 26), DIGEST))


# --- for any record --------------------------------------------------------------------------------

names = st.text(
    st.characters(categories=["Lo", "Ll", "Nd"]) | st.sampled_from("·'\":,{}[]#-& 王敏𠮷"), min_size=1
)
words = names.map(str.strip).filter(lambda word: word.strip("\u200b\u200c\u200d\u3000 ") != "")
comments = st.sampled_from(["", "", "  # 注, [释] {x: y}", " # reviews: []"])
lines_between = st.lists(
    st.sampled_from(["# reviews: [a, b]\n", "\n", "  # - {stage: 初审}\n", "#---\n"]), max_size=2
).map("".join)


@st.composite
def written_reviews(draw):
    """The lines of a `reviews:` in any style, with comments anywhere."""
    key = draw(st.sampled_from(["reviews", "审核"]))
    count = draw(st.integers(0, 3))
    items = [f"{{stage: 初审, by: 张{n}, date: 2026-04-2{n}, digest: '1:{n}'}}" for n in range(count)]
    note, after, gap = draw(comments), draw(comments), draw(lines_between)
    style = draw(st.sampled_from(["flow", "lines", "block"]))
    if style == "flow":
        comma = "," if items and draw(st.booleans()) else ""
        return f"{key}: [{', '.join(items)}{comma}]{note}\n{gap}"
    if style == "lines":
        comma = "," if items and draw(st.booleans()) else ""
        inner = f",{note}\n  ".join(items)
        return f"{key}: [{note}\n  {inner}{comma}{after}\n]{after}\n{gap}"
    indent = " " * draw(st.integers(0, 4))
    block = "".join(f"{indent}- {item}{after}\n{gap}" for item in items)
    return f"{key}:{note}\n{block}"


@given(
    reviews=st.just("") | written_reviews(),
    first=st.booleans(),
    between=lines_between,
    end=st.sampled_from(["---", "---\n", "---\n\n## 题\n\n---\n文\n"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    by=words,
)
@example("reviews: []\n", True, "", "---", "\n", "", "张:")
@settings(max_examples=300, deadline=None)
def test_for_any_record_the_result_says_the_same_and_one_review_more(
    reviews, first, between, end, newline, mark, by
):
    parts = [reviews, HEAD] if first else [HEAD, reviews]
    text = mark + ("---\n" + between.join(parts) + between + end).replace("\n", newline)
    assert is_insertion(text, signed(text, Review("终审", by, date(2026, 4, 26), DIGEST)))
