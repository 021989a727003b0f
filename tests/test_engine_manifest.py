"""One walk both hashes and explains."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, make_dataclass, replace
from datetime import date, datetime
from enum import Enum, StrEnum
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.engine.manifest import Change, Walk, difference, key, lines
from generator.engine.target import File, Files, Target


class Grade(Enum):
    FIRST = "一等奖"
    SECOND = "二等奖"


class Kind(StrEnum):
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Card:
    slug: str
    name: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    slug: str
    name: str = ""
    digest: str = ""


@dataclass(frozen=True)
class View:
    title: Any = ""
    cards: Any = ()
    more: Any = None


@dataclass
class Loose:
    text: str = ""


@dataclass(frozen=True)
class Empty:
    pass


@dataclass(frozen=True)
class Single:
    text: Any


class Pair(NamedTuple):
    left: str
    right: str


def page(view: Any, files: Files) -> bytes:
    return b""


def other_page(view: Any, files: Files) -> bytes:
    return b""


def target(view: Any, **rest: Any) -> Target:
    return Target("a.html", page, view, **rest)


plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.binary(),
    st.dates(),
    st.sampled_from([*Grade, *Kind]),
)
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.builds(Single, inner),
        st.builds(View, inner, inner, inner),
        st.builds(Card, st.text(max_size=3), st.text(max_size=3)),
    ),
    max_leaves=8,
)


def strictly(value: Any) -> Any:
    """The value with its types beside it, so that 1, True and 1.0 are not the same."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple, tuple(map(strictly, value))
    if hasattr(value, "__dataclass_fields__"):
        return type(value), tuple(strictly(getattr(value, name)) for name in value.__dataclass_fields__)
    return type(value), repr(value)


@given(values, values)
def test_two_views_share_a_key_only_if_they_are_the_same(one: Any, two: Any) -> None:
    assert (key(target(one), "c") == key(target(two), "c")) == (strictly(one) == strictly(two))


@given(values)
def test_a_walk_that_has_seen_much_gives_the_key_of_a_fresh_one(value: Any) -> None:
    walk = Walk("c")
    walk.key(target((value, value)))
    assert walk.key(target(value)) == key(target(value), "c")


def test_the_key_covers_recipe_code_and_files_but_no_place_on_disk() -> None:
    one = target(View("a"), files=(("photo.jpg", File(Path("/x/photo.jpg"), "d1")),))
    same = replace(
        one, files=(("photo.jpg", File(Path("/y/photo.jpg"), "d1")),), path="b.html", permits=("p",)
    )
    assert key(one, "c") == key(same, "c")
    different = [
        key(one, "c2"),
        key(replace(one, recipe=other_page), "c"),
        key(replace(one, files=(("photo.jpg", File(Path("/x/photo.jpg"), "d2")),)), "c"),
        key(replace(one, files=(("other.jpg", File(Path("/x/photo.jpg"), "d1")),)), "c"),
        key(replace(one, files=()), "c"),
    ]
    assert len({key(one, "c"), *different}) == 6


def test_the_key_is_the_same_in_another_process_with_another_hash_seed(tmp_path: Path) -> None:
    program = (
        "from test_engine_manifest import *\n"
        "view = View('李', (Card('a'), frozenset({'x', 'y', Grade.FIRST})), date(2026, 1, 2))\n"
        "print(key(target(view), 'c'))"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert len(said) == 1 and len(said.pop()) == 32


def test_a_promised_digest_stands_for_the_whole_value() -> None:
    one = key(target(View(cards=(Card("a", "李", "d1"),))), "c")
    assert one == key(target(View(cards=(Card("a", "王", "d1"),))), "c")
    assert one != key(target(View(cards=(Card("a", "李", "d2"),))), "c")
    assert one != key(target(View(cards=(Other("a", "李", "d1"),))), "c")
    assert one != key(target(View(cards=(Card("a", "李"),))), "c")


def test_a_card_that_stands_in_many_views_is_walked_once() -> None:
    card = Card("a", "李")
    walk = Walk("c")
    before = walk.key(target(View(cards=(card,))))
    object.__setattr__(card, "name", "王")  # nobody may; it shows that the walk didn't look again
    assert walk.key(target(View(cards=(card,)))) == before
    assert Walk("c").key(target(View(cards=(card,)))) != before


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (View(cards=(Card("a"), [1])), "a.html: view.cards[1] is a list"),
        (View(title={"a": 1}), "a.html: view.title is a dict"),
        (View(more={1}), "a.html: view.more is a set"),
        (View(more=Loose()), "a.html: view.more is a Loose"),
        (View(more=Single(Path("x"))), "a.html: view.more.text is a PosixPath"),
        (View(title=page), "a.html: view.title is a function"),
        (View(title=datetime(2026, 1, 1)), "a.html: view.title is a datetime"),
        (View(title=Pair("a", "b")), "a.html: view.title is a Pair"),
        ([1], "a.html: view is a list"),
    ],
)
def test_a_view_holds_only_frozen_plain_data(value: Any, where: str) -> None:
    with pytest.raises(TypeError) as caught:
        key(target(value), "c")
    assert str(caught.value).replace("WindowsPath", "PosixPath").startswith(where)
    assert "a view holds only frozen plain data" in str(caught.value)


@pytest.mark.parametrize("recipe", [lambda view, files: b"", partial(page, None), print, Single("x")])
def test_a_recipe_is_a_function_at_the_top_of_a_module(recipe: Callable[..., bytes]) -> None:
    with pytest.raises(TypeError, match="function at the top of a module"):
        key(Target("a.html", recipe, View()), "c")


def test_dataclasses_of_one_field_and_of_none() -> None:
    assert len({key(target(v), "c") for v in (Empty(), Single("a"), Single(("a",)), Single("b"))}) == 4


def test_lines_name_every_field_and_file() -> None:
    said = dict(
        lines(
            target(
                View("李", (Card("li", "李娜"), Card("wang", "王敏")), Single(Grade.FIRST)),
                files=(("base.html", File(Path("x"), "d1")),),
            ),
            "c",
        )
    )
    assert said["recipe"] == "test_engine_manifest.page"
    assert said["code"] == "c"
    assert said["view.title"] == "'李'"
    assert said["view.cards[li].name"] == "'李娜'"
    assert said["view.more.text"].endswith("Grade.FIRST")
    assert said["file:base.html"] == "d1"


def test_a_long_value_shows_as_a_digest() -> None:
    (token,) = (token for name, token in lines(target(View("长" * 500)), "c") if name == "view.title")
    assert len(token) == 16


def test_equal_first_fields_are_told_apart_by_place() -> None:
    names = [name for name, _ in lines(target(View(cards=(Card("a"), Card("a")))), "c")]
    assert "view.cards[0].slug" in names and "view.cards[1].slug" in names


def test_difference_names_the_parts_and_not_their_wholes() -> None:
    old = lines(target(View("甲", (Card("li", "李娜"), Card("old")))), "c")
    new = lines(target(View("甲", (Card("new"), Card("li", "李 娜")))), "c")
    changes = difference(old, new)
    assert Change("view.cards[li].name", "'李娜'", "'李 娜'") in changes
    assert {change.kind for change in changes if change.name.startswith("view.cards[new]")} == {"added"}
    assert {change.kind for change in changes if change.name.startswith("view.cards[old]")} == {"removed"}
    assert not {"view", "view.cards", "view.title"} & {change.name for change in changes}
    assert difference(old, old) == ()


@given(values, values)
def test_what_differs_in_key_differs_in_lines(one: Any, two: Any) -> None:
    first, second = target(View(one)), target(View(two))
    assert (key(first, "c") == key(second, "c")) == (not difference(lines(first, "c"), lines(second, "c")))


def test_a_mutable_dataclass_made_at_run_time_is_refused() -> None:
    kind = make_dataclass("Made", ["text"])
    with pytest.raises(TypeError, match="is a Made"):
        key(target(View(kind("a"))), "c")


def test_dates_and_text_of_a_date_differ() -> None:
    assert key(target(date(2026, 1, 1)), "c") != key(target("2026-01-01"), "c")
