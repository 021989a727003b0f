"""The catalogue: who is admitted, who is found by which name, what is left when files are refused."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from generator.catalogue import Catalogue, Document, Entry
from generator.lifecycle import may_show_picture
from generator.model import (
    Activity,
    Campaign,
    Circular,
    Consent,
    Exemplar,
    Kind,
    Notice,
    Page,
    Picture,
    Scope,
    Settings,
    Source,
    Status,
)
from generator.pinyin import read_name
from generator.text import read_text

DAY = date(2026, 10, 12)
SETTINGS = Settings("荣誉专区", "集团", Source("site.yaml"), stages=())
TEXT = read_text("")


def entry(slug, name="李娜", **changes):
    facts = {"consent": Consent("本人同意", (Scope.WEB,)), "status": Status.APPROVED, **changes}
    exemplar = Exemplar(
        slug,
        name,
        Kind.INDIVIDUAL,
        ("公交集团",),
        ("服务群众",),
        source=Source(f"exemplars/{slug}/index.md"),
        **facts,
    )
    return Entry(exemplar, TEXT, read_name(name), "1:today")


def documents(kind, *names):
    made = {
        Page: lambda name, source: Page(name, name, source),
        Activity: lambda name, source: Activity(name, name, DAY, source),
        Campaign: lambda name, source: Campaign(name, name, source),
        Circular: lambda name, source: Circular(name, name, DAY, source),
    }[kind]
    return tuple(Document(made(name, Source(f"content/{kind.__name__}/{name}.md")), TEXT) for name in names)


def catalogue(*entries, **changes):
    return Catalogue(SETTINGS, DAY, changes.pop("preview", False), entries, **changes)


def test_the_gate_is_asked_about_this_day_this_scope_and_this_content():
    late = entry("late", consent=Consent("本人同意", (Scope.WEB,), until=date(2026, 10, 11)))
    site = catalogue(entry("li-na"), late, entry("lead", status=Status.LEAD))
    assert [one.entry.exemplar.slug for one in site.admit(Scope.WEB)] == ["li-na"]
    assert site.admit(Scope.KIOSK) == ()
    earlier = replace(site, day=date(2026, 10, 11))
    assert [one.entry.exemplar.slug for one in earlier.admit(Scope.WEB)] == ["li-na", "late"]


def test_those_in_public_notice_are_admitted_with_a_notice_and_no_page():
    (one,) = catalogue(entry("li-na", status=Status.NOTICE, notice=Notice(DAY))).admit(Scope.WEB)
    assert (one.decision.page, one.decision.notice) == (False, True)


def test_a_preview_admits_more_and_the_public_sees_the_same_as_ever():
    site = catalogue(
        entry("li-na"), entry("lead", status=Status.LEAD), entry("gone", status=Status.REVOKED), preview=True
    )
    assert [one.entry.exemplar.slug for one in site.admit(Scope.WEB)] == ["li-na", "lead"]
    public = site.in_public()
    assert not public.preview
    assert [one.entry.exemplar.slug for one in public.admit(Scope.WEB)] == ["li-na"]
    assert site.preview


def test_people_are_found_by_slug_and_by_name_and_namesakes_together():
    first, second = entry("li-na"), entry("li-na-2")
    people = catalogue(first, second, entry("shan", "单宇清")).people
    assert people["李娜"] == (first.exemplar, second.exemplar)
    assert people["li-na-2"] == (second.exemplar,)
    assert people.keys() == {"李娜", "li-na", "li-na-2", "单宇清", "shan"}


def test_a_name_that_is_its_own_slug_counts_once():
    assert len(catalogue(entry("tony", "tony")).people["tony"]) == 1


def test_refused_files_are_left_out_everywhere():
    site = catalogue(
        entry("li-na"),
        entry("shan", "单宇清"),
        pages=documents(Page, "about", "help"),
        activities=documents(Activity, "a", "b"),
        campaigns=documents(Campaign, "c", "d"),
        circulars=documents(Circular, "e", "f"),
    )
    files = {
        "exemplars/shan/index.md",
        *(f"content/{name}.md" for name in ("Page/help", "Activity/a", "Campaign/d")),
    }
    rest = site.without({*files, "content/Circular/e.md"})
    assert [one.exemplar.slug for one in rest.entries] == ["li-na"]
    kinds = (rest.pages, rest.activities, rest.campaigns, rest.circulars)
    assert [[document.item.slug for document in kind] for kind in kinds] == [["about"], ["b"], ["c"], ["f"]]
    assert len(site.entries) == 2


def test_without_nothing_it_is_the_same():
    site = catalogue(entry("li-na"))
    assert site.without(()) is site


def test_one_whose_record_is_refused_is_still_asked_about_pictures():
    """Imagine a suspended exemplar whose record names a unit that no longer exists: the picture of the festival
    with him in it stays hidden."""
    gone = entry("gone", "邵勇", status=Status.SUSPENDED)
    picture = Picture("festival.jpg", "合影", people=("邵勇",), consent=True)
    site = catalogue(entry("li-na"), gone).without({"exemplars/gone/index.md"})
    assert [one.exemplar.slug for one in site.entries] == ["li-na"]
    assert site.admit(Scope.WEB)[0].entry.exemplar.slug == "li-na"
    assert site.people["邵勇"] == (gone.exemplar,)
    assert not may_show_picture(picture, site.people, SETTINGS, Scope.WEB, DAY)


def test_it_is_frozen():
    with pytest.raises(FrozenInstanceError):
        catalogue().day = DAY
