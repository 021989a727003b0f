from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.slugs import fault_of, is_reserved, key_of, suggest


@pytest.mark.parametrize("slug", ["li-na", "2017-paitoubing", "a", "x--y", "console", "com10", "a" * 64])
def test_slugs_that_are_fit(slug: str) -> None:
    assert fault_of(slug) is None


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("con", "slug-reserved"),
        ("NUL", "slug-reserved"),
        ("lpt1", "slug-reserved"),
        ("a" * 65, "slug-long"),
        ("-li", "slug-form"),
        ("li-", "slug-form"),
        ("Li-Na", "slug-form"),
        ("李娜", "slug-form"),
        ("li_na", "slug-form"),
        ("li na", "slug-form"),
        ("li-na\n", "slug-form"),
        ("", "slug-form"),
    ],
)
def test_slugs_that_are_not(slug: str, code: str) -> None:
    assert fault_of(slug) == code


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("李建国", "li-jianguo"),
        ("欧阳建国", "ouyang-jianguo"),
        ("热线二组", "rexian-erzu"),
        ("阿依古丽·买买提", "ayiguli-maimaiti"),
        ("赵𬭎", "zhao-hong"),
        ("Li Na", "li-na"),
        ("con", "con-1"),
        ("☆", ""),
    ],
)
def test_a_slug_is_suggested_as_an_editor_would_write_it(name: str, slug: str) -> None:
    assert suggest(name) == slug


def test_a_device_keeps_its_name_with_any_ending() -> None:
    assert is_reserved("Con.jpg")
    assert not is_reserved("contact.jpg")


def test_a_key_joins_the_syllables() -> None:
    assert key_of("夜班线路队") == "yebanxianludui"
    assert key_of("QC小组 3") == "qcxiaozu-3"


@given(st.text(max_size=100))
def test_a_suggestion_is_itself_fit_or_nothing(name: str) -> None:
    slug = suggest(name)
    assert slug == "" or fault_of(slug) is None
