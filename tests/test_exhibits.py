"""The exhibits: their order, their cards, and the tokens that say what a file shows."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import model
from generator.catalogue import Catalogue, Entry, SourcePicture
from generator.exhibits import Exhibits, year_of
from generator.model import (
    Consent,
    Exemplar,
    Honour,
    Kind,
    Notice,
    Photo,
    Picture,
    Scope,
    Settings,
    Source,
    Status,
    Term,
    Unit,
    Window,
)
from generator.photos import PhotoFacts
from generator.pinyin import read_name
from generator.renditions import Renditions
from generator.text import read_text
from generator.views import Voice

DAY = date(2026, 10, 12)
TEAM = Unit("yeban", "夜班线路队", ("gongjiao", "yeban"), ("公交集团", "夜班线路队"))
BUS = Unit("gongjiao", "公交集团", ("gongjiao",), ("公交集团",), units=(TEAM,))
SETTINGS = Settings(
    "荣誉专区",
    "集团",
    Source("site.yaml"),
    stages=(),
    units=(BUS,),
    categories=(Term("fuwu", "服务群众"), Term("chengxin", "诚信守责")),
    levels=(Term("sheng", "省级"), Term("shi", "市级"), Term("jituan", "集团级")),
)
FACTS = PhotoFacts(900, 1200, "JPEG", "RGB", False, 1, "#888888")


def source(name, digest):
    return SourcePicture(Path("exemplars") / name, digest * 32, FACTS)


def entry(slug, name="李娜", markdown="", pictures=None, **changes):
    facts = {"consent": Consent("本人同意", (Scope.WEB,)), "status": Status.APPROVED, **changes}
    exemplar = Exemplar(
        slug,
        name,
        facts.pop("kind", Kind.INDIVIDUAL),
        facts.pop("unit", ("公交集团", "夜班线路队")),
        facts.pop("categories", ("服务群众",)),
        source=Source(f"exemplars/{slug}/index.md"),
        markdown=markdown,
        **facts,
    )
    return Entry(exemplar, read_text(markdown), read_name(name), "1:today", pictures or {})


def exhibits(*entries, scope=Scope.WEB, preview=False):
    return Exhibits(Catalogue(SETTINGS, DAY, preview, entries), scope, Renditions())


def slugs(found):
    return [one.slug for one in found]


# --- years and order -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "year"),
    [
        ({"year": 2024, "honours": (Honour("甲", "2026-01"),)}, 2024),
        ({"honours": (Honour("甲", "2019"), Honour("乙", "2025-12-30"), Honour("丙", "2021"))}, 2025),
        ({"publish": Window(date(2023, 5, 1))}, 2023),
        ({"honours": (Honour("甲", "2019"),), "publish": Window(date(2023, 5, 1))}, 2019),
        ({}, 0),
    ],
)
def test_the_year_of_selection(changes, year):
    assert year_of(entry("li-na", **changes).exemplar) == year


def test_the_order_is_year_then_latest_honour_then_pinyin_then_slug():
    found = exhibits(
        entry("old", "安心", year=2020),
        entry("li-na-2", year=2026, honours=(Honour("甲", "2026-04"),)),
        entry("li-na-1", year=2026, honours=(Honour("甲", "2026-04"),)),
        entry("shan", "单宇清", year=2026, honours=(Honour("甲", "2026-04"),)),
        entry("may", "赵启明", year=2026, honours=(Honour("乙", "2026-05-01"), Honour("甲", "2019"))),
        entry("none", "安心", year=2026),
        entry("vague", "安心", year=2026, honours=(Honour("甲", "2026"),)),
    )
    assert slugs(found.shown) == ["may", "li-na-1", "li-na-2", "shan", "vague", "none", "old"]


dates = st.one_of(
    st.just(""),
    st.integers(2015, 2026).map(str),
    st.dates(date(2015, 1, 1), date(2026, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.dates(date(2015, 1, 1), date(2026, 12, 31)).map(date.isoformat),
)


@given(st.lists(st.tuples(st.sampled_from([2025, 2026]), dates), min_size=2, max_size=6), st.randoms())
@settings(deadline=None)
def test_lists_run_from_the_newest_to_the_oldest_whatever_the_order_of_folders(facts, random):
    entries = [
        entry(f"p{n}", year=year, honours=(Honour("甲", latest),) if latest else ())
        for n, (year, latest) in enumerate(facts)
    ]
    shown = exhibits(*entries).shown
    keys = [(one.year, one.exemplar.honours[0].date if one.exemplar.honours else "") for one in shown]
    assert keys == sorted(keys, reverse=True)
    random.shuffle(entries)
    assert slugs(exhibits(*entries).shown) == slugs(shown)


# --- cards -----------------------------------------------------------------------------------------


def test_a_card_says_what_lists_show():
    honours = (
        Honour("甲", "2026-04", level="集团级"),
        Honour("乙", "2025", level="sheng"),
        Honour("丙", "2024"),
    )
    (one,) = exhibits(
        entry(
            "li-na",
            unit=("gongjiao", "夜班线路队"),
            categories=("chengxin", "服务群众", "没有的"),
            honours=honours,
            post="驾驶员",
            one_line="一句。",
            pronoun="她",
        )
    ).shown
    card = one.card
    assert (card.slug, card.name, card.path) == ("li-na", "李娜", "exemplars/li-na/index.html")
    assert card.unit == ("公交集团", "夜班线路队")
    assert card.category == "诚信守责"
    assert card.levels == ("省级", "集团级")  # highest first
    assert (card.pinyin, card.initial) == ("lǐ nà", "L")
    assert (card.year, card.post, card.one_line, card.pronoun) == (2026, "驾驶员", "一句。", "她")
    assert not card.collective
    assert card.portrait is None
    assert [term.key for term in one.categories] == ["chengxin", "fuwu"]
    assert one.unit == TEAM


def test_a_unit_that_the_site_does_not_know_is_shown_as_written():
    (one,) = exhibits(entry("li-na", unit=("总部",))).shown
    assert (one.unit, one.card.unit) == (None, ("总部",))


def test_a_collective():
    assert exhibits(entry("team", "热线二组", kind=Kind.COLLECTIVE)).shown[0].card.collective


def test_one_in_public_notice_has_a_card_without_a_page():
    found = exhibits(entry("li-na"), entry("new", "单宇清", status=Status.NOTICE, notice=Notice(DAY)))
    assert slugs(found.shown) == ["li-na"]
    assert slugs(found.noticed) == ["new"]
    assert found.noticed[0].card.path == ""
    assert found.cards(["new", "li-na", "nobody"]) == (found.by_slug["li-na"].card,)


def test_the_portrait_is_cut_from_the_photo_and_needs_its_own_permit():
    photo = Photo("photo.jpg", "站台上的女驾驶员", "王敏 摄")
    found = exhibits(entry("li-na", photo=photo, pictures={"photo.jpg": source("photo.jpg", "a")}))
    (one,) = found.shown
    assert one.card.portrait.alt == "站台上的女驾驶员"
    assert one.card.portrait.path.startswith("exemplars/li-na/")
    token = f"web:li-na:photo:{'a' * 32}"
    assert one.tokens == ("web:li-na", token)
    assert found.renditions.targets
    assert {target.permits for target in found.renditions.targets} == {(token,)}


def test_other_bytes_of_a_photo_are_another_permit():
    photo = Photo("photo.jpg", "照片")
    permitted = [
        exhibits(entry("li-na", photo=photo, pictures={"photo.jpg": source("photo.jpg", mark)})).permitted
        for mark in "ab"
    ]
    assert permitted[0] != permitted[1]


# --- what may be shown within ----------------------------------------------------------------------

SAID = (
    model.Testimonial("她等过我。", "赵启明", "乘客", "热力公司", True),
    model.Testimonial("还没问。", "王敏"),
    model.Testimonial("不同意。", "邵勇", consent=False),
)
TEXT = "前\n\n![桥](bridge.jpg)\n\n![灯](lamp.jpg)\n\n![人](crowd.jpg)"
FOUND = {
    name: source(name, mark) for name, mark in [("bridge.jpg", "a"), ("lamp.jpg", "b"), ("crowd.jpg", "c")]
}
TOLD = (
    Picture("lamp.jpg", "夜里的灯", "凌晨两点", "王敏 摄"),
    Picture("crowd.jpg", "合影", people=("gone",), consent=True),
)
RICH = entry("li-na", markdown=TEXT, pictures=FOUND, testimonials=SAID)
RICH = replace(RICH, exemplar=replace(RICH.exemplar, pictures=TOLD))
GONE = entry("gone", "邵勇", status=Status.REVOKED)


def test_only_those_speak_who_agreed():
    found = exhibits(RICH, GONE)
    assert found.voices(found.shown[0]) == (Voice("她等过我。", "赵启明", "乘客", "热力公司"),)
    previewed = exhibits(RICH, GONE, preview=True)
    assert [voice.by for voice in previewed.voices(previewed.shown[0])] == ["赵启明", "王敏"]


def test_only_pictures_are_shown_in_which_everybody_agrees():
    found = exhibits(RICH, GONE)
    images = found.pictures(found.shown[0])
    assert list(images) == ["bridge.jpg", "lamp.jpg"]
    assert (images["bridge.jpg"].alt, images["lamp.jpg"].alt) == ("桥", "夜里的灯")
    assert (images["lamp.jpg"].caption, images["lamp.jpg"].credit) == ("凌晨两点", "王敏 摄")
    assert not any("c" * 32 in token for target in found.renditions.targets for token in target.permits)


def test_a_picture_whose_file_is_missing_is_left_out():
    found = exhibits(replace(RICH, pictures={"bridge.jpg": FOUND["bridge.jpg"]}), GONE)
    assert list(found.pictures(found.shown[0])) == ["bridge.jpg"]


def test_whatever_is_shown_is_permitted_and_nothing_else():
    found = exhibits(RICH, GONE)
    (one,) = found.shown
    (voice,) = found.voices(one)
    assert found.permitted == {
        "web:li-na",
        found.voice_token(one, voice),
        found.picture_token(one, "bridge.jpg"),
        found.picture_token(one, "lamp.jpg"),
    }
    assert found.tokens([one.card]) == ("web:li-na",)


def test_a_permit_names_the_edition():
    consent = Consent("本人同意", tuple(Scope))
    for scope in Scope:
        assert exhibits(entry("li-na", consent=consent), scope=scope).permitted == {f"{scope}:li-na"}


def test_a_testimonial_that_was_changed_or_withdrawn_loses_its_permit():
    found = exhibits(RICH, GONE)
    token = found.voice_token(found.shown[0], found.voices(found.shown[0])[0])
    for said in (replace(SAID[0], quote="她没等我。"), replace(SAID[0], consent=False)):
        changed = replace(RICH, exemplar=replace(RICH.exemplar, testimonials=(said,)))
        assert token not in exhibits(changed, GONE).permitted


def test_one_sent_back_to_public_notice_loses_the_permit_of_lists():
    noticed = replace(RICH, exemplar=replace(RICH.exemplar, status=Status.NOTICE, notice=Notice(DAY)))
    found = exhibits(noticed)
    assert found.permitted == {"web:li-na:notice"}
    assert found.tokens([found.noticed[0].card]) == ("web:li-na:notice",)


def test_the_hidden_have_no_permits():
    assert exhibits(GONE, entry("lead", status=Status.LEAD)).permitted == frozenset()
