"""Which paths targets may have, and which folders a build may write to."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_case import at
from hypothesis import given
from hypothesis import strategies as st

from generator.engine.paths import check_out, check_paths, fold, is_safe
from generator.problems import GeneratorError


def codes(*paths: str) -> list[str]:
    try:
        check_paths([at(path) for path in paths])
    except GeneratorError as error:
        return [problem.code for problem in error.problems]
    return []


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "exemplars/li-na/index.html",
        "a/.nojekyll",
        "a b.html",
        "事迹/李.html",
        "console.html",
        "com.html",
        "nul-1",
        "x" * 240,
        "a..b",
        "lpt/com10",
    ],
)
def test_usable_paths(path: str) -> None:
    assert codes(path) == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "..",
        "../a",
        "a/../b",
        ".",
        "./a",
        "a/.",
        "a\\b",
        "C:a",
        "a:b",
        "a?b",
        "a*",
        'a"b',
        "<a",
        "a>",
        "a|b",
        "a.",
        "a ",
        "a /b",
        "a./b",
        "con",
        "CON.txt",
        "a/aux",
        "nul.html/b",
        "com1",
        "lpt9.x",
        "COM¹.x",
        "a\nb",
        "a\x00b",
        "con .txt",
        "conin$",
        "x" * 241,
    ],
)
def test_unusable_paths(path: str) -> None:
    assert codes(path) == ["path-unsafe"]
    assert not is_safe(path)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a.html", "a.html"),
        ("Li/index.html", "li/index.html"),
        ("caf\u00e9.html", "cafe\u0301.html"),
        ("STRASSE", "straße"),
        ("a", "a/b"),
        ("a/b/c", "A"),
        ("x.html", "manifest.json"),
    ],
)
def test_two_targets_of_one_path_are_an_error_naming_both(one: str, two: str) -> None:
    first, second = at(one, about="exemplars/one/index.md"), at(two, about="exemplars/two/index.md")
    if two == "manifest.json":
        assert codes(two) == ["path-twice"]
        return
    for pair in ([first, second], [second, first]):
        with pytest.raises(GeneratorError) as caught:
            check_paths(pair)
        (problem,) = caught.value.problems
        assert problem.code == "path-twice"
        for language in ("zh-CN", "en"):
            said = f"{problem.where} {problem.message(language)} {problem.hint(language)}"
            assert all(
                text in said for text in (one, two, "exemplars/one/index.md", "exemplars/two/index.md")
            )


def test_all_problems_come_at_once() -> None:
    assert codes("a", "A", "b?", "c/d", "c") == ["path-twice", "path-unsafe", "path-twice"]


def test_a_seal_in_a_folder_is_another_file() -> None:
    assert codes("kiosk/manifest.json") == []


@given(st.text(max_size=6))
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "out",
    [
        ".",
        "..",
        "../..",
        "content",
        "content/pages",
        "exemplars/li/out",
        "themes",
        "generator/x",
        ".honour",
        ".git/x",
        "site.yaml",
    ],
)
def test_a_build_never_goes_where_people_write(tmp_path: Path, out: str) -> None:
    site = tmp_path / "deep" / "site"
    site.mkdir(parents=True)
    (site / "site.yaml").write_text("title: x")
    with pytest.raises(GeneratorError) as caught:
        check_out(site, site / out)
    assert [problem.code for problem in caught.value.problems] == ["out-unsafe"]


def test_a_link_to_the_site_is_the_site(tmp_path: Path) -> None:
    (tmp_path / "site" / "content").mkdir(parents=True)
    try:
        (tmp_path / "link").symlink_to(tmp_path / "site")
    except OSError:
        pytest.skip("this account may make no links")
    with pytest.raises(GeneratorError):
        check_out(tmp_path / "site", tmp_path / "link" / "content")


@pytest.mark.parametrize("out", ["public", "build/public", "../elsewhere", "contents"])
def test_any_other_folder_will_do(tmp_path: Path, out: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    check_out(site, site / out)
