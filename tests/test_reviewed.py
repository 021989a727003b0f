"""What reopens a review and what doesn't: every field of a record, one by one."""

import json
import unicodedata
from dataclasses import fields, replace
from datetime import date
from hashlib import blake2b, sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import model
from generator.engine.target import digest_bytes
from generator.model import (
    Consent,
    Exemplar,
    Honour,
    Kind,
    Lineage,
    Moment,
    Notice,
    Photo,
    Picture,
    Pledge,
    Practice,
    Review,
    Scope,
    Source,
    Status,
    Window,
)
from generator.reviewed import reviewed_content, reviewed_digest
from generator.sources.records import parse_record

PHOTO_DIGEST = "0123456789abcdef0123456789abcdef"
NIGHT_DIGEST = "fedcba9876543210fedcba9876543210"
PICTURES = {"photo.jpg": PHOTO_DIGEST, "night.jpg": NIGHT_DIGEST}

LI_NA = Exemplar(
    slug="li-na",
    name="李娜",
    kind=Kind.INDIVIDUAL,
    unit=("公交集团", "夜班线路队"),
    categories=("服务群众",),
    status=Status.APPROVED,
    source=Source("exemplars/li-na/index.md"),
    post="12路驾驶员",
    identity="正式员工",
    photo=Photo("photo.jpg", "站台上的女驾驶员", "王敏 摄"),
    pictures=(Picture("night.jpg", "末班车", "凌晨的总站", "赵启明 摄", ("li-na",)),),
    one_line="末班车晚发的四分钟。",
    summary="每天最后一班车，她多等四分钟。",
    citation="四分钟，\n一座城。",
    remarks="该等就等。",
    spirit="多等四分钟",
    honours=(
        Honour("先进典型（个人）", "2026-04-28", "一等奖", "集团级", "集团", "江公用党〔2026〕12号", "JC-7"),
    ),
    testimonials=(model.Testimonial("她等过我。", "赵启明", "乘客", "热力公司", True),),
    timeline=(Moment("2009-07", "进厂当学徒"),),
    practices=(Practice("四分钟", "到点不关门。"),),
    pledge=Pledge("不甩站", "全年无一次", "党员先锋岗"),
    members=("李娜",),
    markdown="## 四分钟\n\n雪夜，23:06。",
)
GOLDEN = "1:9dbb87759b1fb875014495fa9c1a3445"


def digest(exemplar=LI_NA, pictures=PICTURES):
    return reviewed_digest(exemplar, pictures)


def test_the_digest_of_version_1_stays_what_it_is():
    """If this fails, a review signed last year no longer holds: write a version 2 instead."""
    assert digest() == GOLDEN


def test_the_definition_of_the_manual_gives_the_same():
    """docs/records.md, said again without any line of reviewed.py."""
    content = {
        "citation": LI_NA.citation,
        "files": PICTURES,
        "honours": [
            {
                "by": "集团",
                "date": "2026-04-28",
                "document": "江公用党〔2026〕12号",
                "grade": "一等奖",
                "level": "集团级",
                "number": "JC-7",
                "title": "先进典型（个人）",
            }
        ],
        "identity": "正式员工",
        "kind": "individual",
        "markdown": LI_NA.markdown,
        "members": ["李娜"],
        "name": "李娜",
        "one_line": "末班车晚发的四分钟。",
        "photo": {"alt": "站台上的女驾驶员", "credit": "王敏 摄", "file": "photo.jpg"},
        "pictures": [
            {
                "alt": "末班车",
                "caption": "凌晨的总站",
                "credit": "赵启明 摄",
                "file": "night.jpg",
                "people": ["li-na"],
            }
        ],
        "pledge": {"kept": "全年无一次", "post": "党员先锋岗", "promise": "不甩站"},
        "post": "12路驾驶员",
        "practices": [{"text": "到点不关门。", "title": "四分钟"}],
        "remarks": "该等就等。",
        "spirit": "多等四分钟",
        "summary": "每天最后一班车，她多等四分钟。",
        "testimonials": [{"by": "赵启明", "quote": "她等过我。", "relation": "乘客", "unit": "热力公司"}],
        "timeline": [{"date": "2009-07", "text": "进厂当学徒"}],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest() == "1:" + sha256(text.encode("utf-8")).hexdigest()[:32]


def test_the_example_in_the_manual_is_right():
    page = (Path(__file__).parents[1] / "docs" / "records.md").read_text(encoding="utf-8")
    section = page.split("<!-- digest -->")[1].split("\n## ")[0]
    text = section.split("```json\n")[1].split("\n```")[0]
    record = replace(
        Exemplar("li-na", "李娜", Kind.INDIVIDUAL, (), (), Status.LEAD, Source("x")),
        post="12路驾驶员",
        honours=(Honour("优秀共产党员", "2017-12"),),
        photo=Photo("photo.jpg", "站台上的女驾驶员", focus=(0.2, 0.2)),
        markdown="## 四分钟\r\n\r\n雪夜，23:06。\r\n",
    )
    pictures = {"photo.jpg": PHOTO_DIGEST}
    assert json.loads(text) == reviewed_content(record, pictures)
    assert f"`{digest(record, pictures)}`" in section
    assert digest(record, pictures) == "1:" + sha256(text.encode("utf-8")).hexdigest()[:32]


def test_the_digest_of_a_picture_is_blake2b_of_16_bytes():
    """It is a part of the definition: another function in the engine would reopen every review."""
    assert digest_bytes(b"photo") == blake2b(b"photo", digest_size=16).hexdigest()
    assert digest_bytes(b"") == "cae66941d9efbd404e4d88758ea67670"


# --- field by field --------------------------------------------------------------------------------

READ = {
    "name": "李娜娜",
    "kind": Kind.COLLECTIVE,
    "post": "队长",
    "identity": "退休",
    "members": ("李娜", "王敏"),
    "one_line": "另一句。",
    "summary": "另一段。",
    "citation": "另一首。",
    "remarks": "另一句。",
    "spirit": "另一种",
    "honours": (),
    "testimonials": (),
    "timeline": (),
    "practices": (),
    "pledge": None,
    "photo": None,
    "pictures": (),
    "markdown": "## 四分钟\n\n雪夜，23:07。",
}
NOT_READ = {
    "slug": "li-na-2",
    "unit": ("公交公司",),
    "categories": ("诚信守责",),
    "status": Status.LEGACY,
    "source": Source("exemplars/li-na-2/index.md", (("name", 2, 7),)),
    "pinyin": "lǐ nà",
    "line": "管理",
    "pronoun": "她",
    "post_class": "一线",
    "tags": ("夜班",),
    "year": 2026,
    "lineage": Lineage(("zheng-yufang",)),
    "campaign": "2026-shenbian",
    "reviews": (Review("初审", "张三", date(2026, 4, 1), "1:00"),),
    "consent": Consent("本人同意", (Scope.WEB,)),
    "publish": Window(date(2026, 5, 1)),
    "notice": Notice(date(2026, 4, 1)),
    "followed_up": date(2026, 6, 1),
    "minor": True,
    "guardian_consent": True,
    "formerly": ("li-na-old",),
    "private": (("phone", "8120"),),
    "body_line": 40,
}


def test_every_field_of_a_record_is_either_read_by_reviewers_or_not():
    """A new field fails here until somebody decides; one that is not in the digest reopens no review."""
    assert READ.keys() | NOT_READ.keys() == {field.name for field in fields(Exemplar)}
    assert not READ.keys() & NOT_READ.keys()


@pytest.mark.parametrize("name", READ)
def test_a_change_of_what_reviewers_read_reopens_the_review(name):
    assert digest(replace(LI_NA, **{name: READ[name]})) != digest()


@pytest.mark.parametrize("name", NOT_READ)
def test_a_change_of_anything_else_does_not(name):
    assert getattr(LI_NA, name) != NOT_READ[name]
    assert digest(replace(LI_NA, **{name: NOT_READ[name]})) == digest()


INNER = {
    "photo": ({"file": "x.jpg", "alt": "x", "credit": "x"}, {"focus": (0.1, 0.1)}),
    "pictures": (
        {"file": "x.jpg", "alt": "x", "caption": "x", "credit": "x", "people": ("x",)},
        {"consent": True},
    ),
    "honours": (
        {"title": "x", "date": "2025", "grade": "x", "level": "x", "by": "x", "document": "x", "number": "x"},
        {},
    ),
    "testimonials": ({"quote": "x", "by": "x", "relation": "x", "unit": "x"}, {"consent": False}),
    "timeline": ({"date": "2010", "text": "x"}, {}),
    "practices": ({"title": "x", "text": "x"}, {}),
    "pledge": ({"promise": "x", "kept": "x", "post": "x"}, {}),
}


def inner_change(name, **change):
    """The record with a field of its photo, of its first honour … changed."""
    value = getattr(LI_NA, name)
    if isinstance(value, tuple):
        return replace(LI_NA, **{name: (replace(value[0], **change), *value[1:])})
    return replace(LI_NA, **{name: replace(value, **change)})


@pytest.mark.parametrize("name", INNER)
def test_every_field_within_is_either_read_or_not(name):
    value = getattr(LI_NA, name)
    part = value[0] if isinstance(value, tuple) else value
    assert INNER[name][0].keys() | INNER[name][1].keys() == {field.name for field in fields(part)}


@pytest.mark.parametrize(("name", "inner"), [(name, inner) for name in INNER for inner in INNER[name][0]])
def test_a_change_within_reopens_the_review(name, inner):
    assert digest(inner_change(name, **{inner: INNER[name][0][inner]})) != digest()


@pytest.mark.parametrize(("name", "inner"), [(name, inner) for name in INNER for inner in INNER[name][1]])
def test_the_focus_of_a_crop_and_a_consent_within_do_not(name, inner):
    assert digest(inner_change(name, **{inner: INNER[name][1][inner]})) == digest()


def test_a_testimonial_counts_whether_or_not_its_speaker_agrees():
    for consent in (True, None, False):
        said = model.Testimonial("她等过我。", "赵启明", "乘客", "热力公司", consent)
        assert digest(replace(LI_NA, testimonials=(said,))) == digest()


def test_the_order_of_honours_counts():
    two = (Honour("甲", "2025"), Honour("乙", "2026"))
    assert digest(replace(LI_NA, honours=two)) != digest(replace(LI_NA, honours=two[::-1]))


# --- pictures --------------------------------------------------------------------------------------


def test_other_bytes_of_a_picture_reopen_the_review():
    assert digest(pictures=PICTURES | {"photo.jpg": NIGHT_DIGEST}) != digest()


def test_a_picture_that_comes_or_goes_reopens_the_review():
    assert digest(pictures={"photo.jpg": PHOTO_DIGEST}) != digest()
    assert digest(pictures=PICTURES | {"dawn.jpg": PHOTO_DIGEST}) != digest()


def test_the_order_in_which_pictures_are_found_does_not_count():
    assert digest(pictures=dict(reversed(PICTURES.items()))) == digest()


# --- the same words, written another way -----------------------------------------------------------

TEXTS = [name for name in READ if isinstance(getattr(LI_NA, name), str) and name != "kind"]


@pytest.mark.parametrize("name", TEXTS)
def test_line_ends_and_unicode_forms_do_not_count(name):
    composed, decomposed = "Café\n二\n三", "Cafe\u0301\n二\n三"
    assert unicodedata.normalize("NFC", decomposed) == composed != decomposed
    one = digest(replace(LI_NA, **{name: composed}))
    for same in (decomposed, composed.replace("\n", "\r\n"), composed.replace("\n", "\r")):
        assert digest(replace(LI_NA, **{name: same})) == one
    assert digest(replace(LI_NA, **{name: composed.replace("\n", " ")})) != one


def test_a_file_name_counts_in_either_unicode_form():
    """Imagine a photo é.jpg copied through a Mac, which stores names decomposed."""
    assert digest(pictures={"e\u0301.jpg": PHOTO_DIGEST}) == digest(pictures={"\u00e9.jpg": PHOTO_DIGEST})


def test_blank_lines_around_the_text_do_not_count():
    assert digest(replace(LI_NA, markdown=f"\n\n\u3000{LI_NA.markdown} \n\n")) == digest()
    assert digest(replace(LI_NA, markdown=LI_NA.markdown.replace("\n\n", "\n\n\n"))) != digest()


def test_what_is_empty_is_as_good_as_absent():
    bare = Exemplar("li-na", "李娜", Kind.INDIVIDUAL, (), (), Status.APPROVED, Source("x"))
    assert reviewed_content(bare, {}) == {"name": "李娜", "kind": "individual"}
    short = replace(bare, honours=(Honour("甲", "2025"),), pledge=Pledge("不甩站"))
    assert reviewed_content(short, {}) == {
        "name": "李娜",
        "kind": "individual",
        "honours": [{"title": "甲", "date": "2025"}],
        "pledge": {"promise": "不甩站"},
    }


def test_a_checkout_with_windows_line_ends_keeps_the_reviews():
    text = (
        "---\nname: 李娜\nkind: individual\nunit: 公交集团\ncategories: [服务群众]\nstatus: approved\n"
        "citation: |\n  四分钟，\n  一座城。\n---\n\n## 四分钟\n\n雪夜。\n"
    )
    written = [text, text.replace("\n", "\r\n"), "\ufeff" + text, text.replace("unit:", "# 注\n单位:")]
    read = [parse_record("li-na", "exemplars/li-na/index.md", one.encode())[0] for one in written]
    assert len({digest(exemplar) for exemplar in read}) == 1


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
@settings(deadline=None)
def test_different_words_have_different_digests_and_no_text_is_too_strange(one, other):
    def canonical(text):
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))

    digests = [digest(replace(LI_NA, remarks=text)) for text in (one, other)]
    assert (digests[0] == digests[1]) is (canonical(one) == canonical(other))
