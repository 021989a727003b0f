"""Fonts: which are here, what they can't print, and what is said when they are missing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typst
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from print_case import boxes_for_signs, fonts_of, sheets_in, text_of
from site_builder import Files, build, clean_build, document, honour, record, settings, site_of, tree, write

from generator.engine.store import Store
from generator.engine.target import File
from generator.engine.target import Files as Inputs
from generator.fonts import Case, Role, unprintable
from generator.fonts.coverage import Coverage, coverage_of
from generator.problems import Problem
from generator.typeset import fonts as typeset_fonts

NOBODY = {role.value: ("Nobody Has This Song", "Nor This") for role in Role}
STACKS = {"serif": ("Noto Serif CJK SC",), "sans": ("Noto Sans CJK SC",), "kai": ("LXGW WenKai",)}
PRIVATE = "\U0010fffd"  # the last private code point: no font has it
WORDS = "的李娜荣誉简报夜班"


@cache
def little_font(text: str = WORDS, family: str = "", weight: int = 400) -> bytes:
    """A font file that holds `text` alone, cut from LXGW WenKai, perhaps under another name."""
    found = next(font for font in typst.Fonts(True, False, []).fonts() if font.family == "LXGW WenKai")
    font = TTFont(found.path)
    options = subset.Options(name_IDs=["*"], notdef_outline=True, layout_features=[])
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    if family:
        for entry in list(font["name"].names):
            if entry.nameID in (1, 4, 6, 16):
                name = family.replace(" ", "") if entry.nameID == 6 else family
                font["name"].setName(name, entry.nameID, entry.platformID, entry.platEncID, entry.langID)
    font["OS/2"].usWeightClass = weight
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def case_of(site: Path, own: tuple[str, ...] = (), stacks: Mapping[str, tuple[str, ...]] = STACKS) -> Case:
    site.mkdir(exist_ok=True)
    with Store(site, "code") as store:
        case = Case(site, own, stacks, store)
        assert (
            case.families is not None and case.inputs is not None
        )  # everything is asked while the store is open
        return case


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


# --- what a font holds -----------------------------------------------------------------------------


def test_a_coverage_holds_what_its_font_maps(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(little_font())
    coverage = Coverage(coverage_of(tmp_path / "a.ttf", 0))
    assert all(ord(sign) in coverage for sign in WORDS)
    assert ord("不") not in coverage and 0x10FFFD not in coverage and 0 not in coverage


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0" * 40])
def test_a_file_that_is_no_font_holds_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.ttf").write_bytes(data)
    for name in ("a.ttf", "missing.ttf"):
        coverage = Coverage(coverage_of(tmp_path / name, 0))
        assert not any(point in coverage for point in range(0x3000))


def test_a_family_holds_what_all_its_faces_hold() -> None:
    bits = [Coverage(bytes([0b0110, 1])), Coverage(bytes([0b0011]))]
    common = Coverage.common(bits)
    assert [point for point in range(20) if point in common] == [1]


def test_unprintable_are_those_that_no_font_has_each_once_in_order() -> None:
    fonts = [Coverage(bytes(8) + bytes([0b10])), Coverage(bytes(8) + bytes([0b100]))]  # A, B
    assert unprintable("xABxBAy", fonts) == ("x", "y")
    assert unprintable("A", []) == ("A",)


@pytest.mark.parametrize(
    "unseen", [" ", "\u3000", "\n", "\t", "\u200b", "\u200d", "\u2028", "\ufe0f", "\U000e0100", "\ufeff"]
)
def test_nobody_misses_a_shape_of_what_is_not_seen(unseen: str) -> None:
    assert unprintable(unseen, [Coverage(b"")]) == ()


# --- the type case ---------------------------------------------------------------------------------


def test_each_role_asks_for_its_own_families_first_then_for_all(tmp_path: Path) -> None:
    families = dict(case_of(tmp_path).families)
    assert families["serif"] == ("Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai")
    assert families["kai"] == ("LXGW WenKai", "Noto Serif CJK SC", "Noto Sans CJK SC")


def test_what_is_not_here_is_passed_over(tmp_path: Path) -> None:
    stacks = {**STACKS, "serif": ("Nobody Has This Song", "noto serif cjk sc")}
    assert dict(case_of(tmp_path, stacks=stacks).families)["serif"][0] == "noto serif cjk sc"


def test_rare_signs_of_names_are_all_in_the_fonts_that_a_machine_should_have(tmp_path: Path) -> None:
    with Store(tmp_path, "code") as store:
        assert Case(tmp_path, (), STACKS, store).unprintable("𬭎㛃䶮𠅤𠮷") == ()


def test_system_fonts_are_used_with_a_hint(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    assert codes(case.problems) == ["fonts-system"] and case.usable
    assert "LXGW WenKai" in dict(case.problems[0].found)["families"]


def test_no_chinese_font_is_one_error(tmp_path: Path) -> None:
    case = case_of(tmp_path, stacks=NOBODY)
    assert codes(case.problems) == ["fonts-missing"] and not case.usable
    assert dict(case.problems[0].found)["families"] == "Nobody Has This Song、Nor This"
    assert case.inputs == () and case.unprintable("的") == ("的",)


def test_a_latin_font_is_no_chinese_font(tmp_path: Path) -> None:
    (tmp_path / "latin.ttf").write_bytes(little_font("ABC", "Only Latin"))
    case = case_of(tmp_path, ("latin.ttf",), {"serif": ("Only Latin",)})
    assert codes(case.problems) == ["fonts-missing"]


def test_the_files_of_the_site_come_first(tmp_path: Path) -> None:
    """The site's WenKai holds a few signs: the system's full one is no longer looked at."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/kai.ttf").write_bytes(little_font())
    case = case_of(tmp_path, ("fonts/kai.ttf",))
    inputs = dict(case.inputs)
    assert inputs["font/fonts/kai.ttf"].path.read_bytes() == little_font()
    assert not [name for name in inputs if "wenkai" in name.casefold()]
    assert "LXGW WenKai" not in dict(case.problems[0].found)["families"]


def test_a_family_that_the_theme_does_not_name_serves_for_what_the_others_lack(tmp_path: Path) -> None:
    (tmp_path / "rare.ttf").write_bytes(little_font("龘的", "Rare Signs"))
    case = case_of(tmp_path, ("rare.ttf",), {"serif": ("Noto Serif CJK SC",)})
    assert dict(case.families)["serif"] == ("Noto Serif CJK SC", "Rare Signs")
    assert "font/rare.ttf" in dict(case.inputs)


@pytest.mark.parametrize("file", ["fonts/missing.ttf", "../outside.ttf", "fonts"])
def test_a_font_file_that_is_not_in_the_site_is_an_error(tmp_path: Path, file: str) -> None:
    site = tmp_path / "site"
    (site / "fonts").mkdir(parents=True)
    (tmp_path / "outside.ttf").write_bytes(little_font())
    case = case_of(site, (file,))
    assert codes(case.problems)[0] == "font-missing" and not case.usable
    assert dict(case.problems[0].found)["file"] == file


def test_a_font_is_read_once_for_all_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rare.ttf").write_bytes(little_font())
    case_of(tmp_path, ("rare.ttf",))

    def read_again(path: Path, index: int) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr("generator.fonts.case.coverage_of", read_again)
    assert case_of(tmp_path, ("rare.ttf",)).usable


def test_typst_sees_the_planned_files_and_no_neighbours(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(little_font("的", "Family A"))
    (tmp_path / "b.ttf").write_bytes(little_font("的", "Family B"))
    planned = (("font/a.ttf", File(tmp_path / "a.ttf", "")),)
    assert typeset_fonts.fonts_of(Inputs(planned)).families() == ["Family A"]


def test_without_links_typst_gets_the_folders_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path, target: Path) -> None:
        raise OSError("a required privilege is not held by the client")

    (tmp_path / "a").mkdir()
    (tmp_path / "a/a.ttf").write_bytes(little_font("的", "Family A"))
    monkeypatch.setattr(Path, "symlink_to", refused)
    planned = (("font/a.ttf", File(tmp_path / "a/a.ttf", "")),)
    assert typeset_fonts.fonts_of(Inputs(planned)).families() == ["Family A"]


# --- whole sites -----------------------------------------------------------------------------------


def themed(**fonts: list[str]) -> dict[str, bytes]:
    """A theme of the site's own that asks for these families."""
    return {
        "themes/mine/theme.yaml": document({"extends": "honour", "fonts": fonts}).removeprefix(b"---\n")[:-4]
    }


NO_FONTS = themed(serif=["Nobody Has This Song"], sans=["Nor This"], kai=["Nor That"])


def test_without_a_chinese_font_the_website_is_built_and_old_sheets_stay(tmp_path: Path) -> None:
    files = site_of(li_na=record(), wang_jie=record(name="王杰")) | NO_FONTS
    clean_build(write(tmp_path, files), editions=("website", "bulletin"))
    before = tree(tmp_path / "public/bulletins")
    assert len(before) == 2
    files["site.yaml"] = settings(theme="mine")
    files["exemplars/li-na/index.md"] = record(one_line="她把窗口的灯留到天亮。")
    built = build(write(tmp_path, files), editions=("website", "bulletin"))
    errors = {problem for problem in built.problems if problem.is_error}  # as a command tells them, each once
    assert codes(tuple(errors)) == ["fonts-missing"]
    assert built.report is not None
    assert set(built.report.kept_old) == {"bulletins/li-na.pdf", "bulletins/wang-jie.pdf"}
    assert tree(tmp_path / "public/bulletins") == before
    assert "天亮" in (tmp_path / "public/exemplars/li-na/index.html").read_text("utf-8")


def test_without_a_chinese_font_the_command_says_once_how_to_get_one(tmp_path: Path) -> None:
    files = site_of(li_na=record(), wang_jie=record(name="王杰")) | NO_FONTS
    files["site.yaml"] = settings(theme="mine")
    done = honour("--site", write(tmp_path, files), "build", "--editions", "website,bulletin")
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert told.count("没有找到中文字体") == 1
    assert "site.yaml" in told and "Nobody Has This Song" in told
    for remedy in ("apt-get install fonts-noto-cjk", "Windows", "macOS", "brew install"):
        assert remedy in told
    assert "Traceback" not in told
    assert (tmp_path / "public/exemplars/li-na/index.html").is_file()
    assert sheets_in(tmp_path / "public") == []


def test_a_sign_that_no_font_has_is_named_with_its_record_and_place(tmp_path: Path) -> None:
    body = f"## 窗口\n\n凌晨四点，她写下{PRIVATE}，又写一个{PRIVATE}。\n"
    files = site_of(li_na=record(body), wang_jie=record(name="王杰"), zhao=record(name=f"赵{PRIVATE}"))
    built = build(write(tmp_path, files), editions=("bulletin",))
    errors = {problem.where.file: problem for problem in built.problems if problem.is_error}
    assert set(errors) == {"exemplars/li-na/index.md", "exemplars/zhao/index.md"}
    text = files["exemplars/li-na/index.md"].decode().splitlines()
    found = errors["exemplars/li-na/index.md"]
    line = next(number for number, words in enumerate(text, 1) if PRIVATE in words)
    assert (found.where.line, found.where.column) == (line, text[line - 1].index(PRIVATE) + 1)
    told = dict(found.found)
    assert (told["name"], told["character"], told["point"]) == ("李娜", PRIVATE, "U+10FFFD")
    assert "Noto Serif CJK SC" in told["fonts"] and "LXGW WenKai" in told["fonts"]
    assert errors["exemplars/zhao/index.md"].where.line == 2
    assert [pdf.stem for pdf in sheets_in(tmp_path / "public")] == ["wang-jie"]


def test_a_sign_that_no_font_has_is_told_by_the_command(tmp_path: Path) -> None:
    files = site_of(zhao=record(name=f"赵{PRIVATE}"), wang_jie=record(name="王杰"))
    done = honour("--site", write(tmp_path, files), "build", "--editions", "bulletin")
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert "exemplars/zhao/index.md:2:7" in told and f"“赵{PRIVATE}”" in told and "U+10FFFD" in told
    assert "找过：Noto Serif CJK SC" in told


@pytest.mark.parametrize(
    "changes",
    [
        {"one_line": f"她{PRIVATE}。"},
        {"honours": [{"title": f"先进{PRIVATE}", "level": "市级", "date": "2025-12-20"}]},
        {"testimonials": [{"quote": f"好{PRIVATE}", "by": "王", "consent": True}]},
        {"remarks": f"我{PRIVATE}。"},
        {"post": f"班长{PRIVATE}"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_every_field_that_is_printed_is_looked_through(tmp_path: Path, changes: dict[str, Any]) -> None:
    built = build(write(tmp_path, site_of(li_na=record(**changes))), editions=("bulletin",))
    (found,) = {problem for problem in built.problems if problem.is_error}
    (key,) = changes
    text = (tmp_path / "exemplars/li-na/index.md").read_text("utf-8").splitlines()
    assert found.code == "print-character"
    assert found.where.line is not None
    assert any(word in "\n".join(text[found.where.line - 1 :][:2]) for word in (key, PRIVATE))


def test_what_is_not_printed_may_hold_any_sign(tmp_path: Path) -> None:
    """A testimonial that was refused, a note of the office: neither stands on any sheet."""
    said = [{"quote": f"好{PRIVATE}", "by": "王", "consent": False}]
    files = site_of(li_na=record(testimonials=said, tags=[f"夜班{PRIVATE}"]))
    clean_build(write(tmp_path, files), editions=("bulletin",))


def test_a_sign_in_the_words_of_site_yaml_is_told_at_its_key(tmp_path: Path) -> None:
    files = site_of(li_na=record())
    files["site.yaml"] = settings(print={"masthead": f"榜样{PRIVATE}"})
    built = build(write(tmp_path, files), editions=("bulletin",))
    found = [problem for problem in built.problems if problem.code == "print-character"]
    assert {problem.where.file for problem in found} == {"site.yaml"}
    assert sheets_in(tmp_path / "public") == []


def site_with_fonts(**changes: Any) -> Files:
    """A site that brings a font of its own for a sign that the theme's fonts may lack."""
    files = site_of(li_na=record(f"## 窗口\n\n她认得{PRIVATE}这个字。\n"))
    return files | {
        "site.yaml": settings(fonts=["fonts/rare.ttf"], **changes),
        "fonts/rare.ttf": private_font(),
    }


@cache
def private_font() -> bytes:
    """A font whose only sign is the private one."""
    font = TTFont(io.BytesIO(little_font("的", "Office Signs")))
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {ord(PRIVATE): font.getBestCmap()[ord("的")]}
    font["cmap"].tables = [table]
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def test_a_font_of_the_site_prints_what_no_other_can(tmp_path: Path) -> None:
    clean_build(write(tmp_path, site_with_fonts()), editions=("bulletin",))
    (pdf,) = sheets_in(tmp_path / "public")
    assert f"她认得{PRIVATE}这个字" in "".join(text_of(pdf).split())
    assert boxes_for_signs(pdf) == 0
    assert any("OfficeSigns" in font.name or "Office" in font.name for font in fonts_of(pdf))


def test_a_missing_font_file_is_told_and_nothing_is_printed(tmp_path: Path) -> None:
    files = site_with_fonts()
    del files["fonts/rare.ttf"]
    built = build(write(tmp_path, files), editions=("website", "bulletin"))
    errors = {problem.code for problem in built.problems if problem.is_error}
    assert "font-missing" in errors
    assert sheets_in(tmp_path / "public") == []
    assert (tmp_path / "public/index.html").is_file()


def test_another_font_file_remakes_the_sheets(tmp_path: Path) -> None:
    files = site_of(li_na=record())
    files |= {"site.yaml": settings(fonts=["fonts/kai.ttf"]), "fonts/kai.ttf": little_font()}
    clean_build(write(tmp_path, files), editions=("bulletin",))
    assert clean_build(tmp_path, editions=("bulletin",)).report.made == ()  # type: ignore[union-attr]  # it is made
    files["fonts/kai.ttf"] = little_font(WORDS + "灯")
    report = clean_build(write(tmp_path, files), editions=("bulletin",)).report
    assert report is not None and report.made == ("bulletins/li-na.pdf",)
