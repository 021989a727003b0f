"""Sheets in a build: the gate of paper, what is remade and what stays when something can't be printed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from print_case import images_of, pages_of, print_site, said_in, sheets_in, text_of
from site_builder import (
    DAY,
    Files,
    build,
    clean_build,
    document,
    honour,
    jpeg,
    record,
    settings,
    site_of,
    tree,
    write,
)

from generator.building import Built
from generator.problems import Problem

PHOTO = {"file": "photo.jpg", "alt": "正面"}
PRINT = {"basis": "本人同意", "scope": ["web", "print"]}
BOTH = ("website", "bulletin")


def sheets(site: Path) -> set[str]:
    """The sheets in the output folder, by path."""
    return {pdf.relative_to(site / "public").as_posix() for pdf in sheets_in(site / "public")}


def errors(built: Built) -> dict[str, Problem]:
    """The errors by the file they are reported against; of several against one file, any."""
    return {problem.where.file: problem for problem in built.problems if problem.is_error}


def two(**changes: Any) -> Files:
    """李娜 with `changes`, and 王杰."""
    return site_of(li_na=record(**changes), wang_jie=record(name="王杰"))


# --- the gate --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "closed",
    [
        {"consent": {"basis": "本人同意", "scope": ["web", "kiosk", "media"]}},
        {"consent": {"basis": "本人同意", "scope": ["web"], "until": "2026-03-01"}},
        {"status": "revoked"},
        {"status": "suspended"},
        {"status": "nominated"},
        {"publish": {"from": "2026-03-03"}},
        {"publish": {"from": "2025-03-03", "until": "2026-03-01"}},
    ],
    ids=["scope", "consent-ended", "revoked", "suspended", "nominated", "not-yet", "no-longer"],
)
def test_who_may_not_be_printed_has_no_sheet(tmp_path: Path, closed: dict[str, Any]) -> None:
    """And one printed before loses it at the next build, whatever closed the gate."""
    clean_build(write(tmp_path, two()), editions=BOTH)
    assert sheets(tmp_path) == {"bulletins/li-na.pdf", "bulletins/wang-jie.pdf"}
    report = build(write(tmp_path, two(**closed)), editions=BOTH).report
    assert report is not None
    assert sheets(tmp_path) == {"bulletins/wang-jie.pdf"}
    assert "bulletins/li-na.pdf" in report.pruned


def test_a_consent_for_the_website_alone_is_for_the_website_alone(tmp_path: Path) -> None:
    clean_build(write(tmp_path, two(consent={"basis": "本人同意", "scope": ["web"]})), editions=BOTH)
    assert (tmp_path / "public/exemplars/li-na/index.html").is_file()
    assert sheets(tmp_path) == {"bulletins/wang-jie.pdf"}


def test_a_consent_for_paper_alone_is_for_paper_alone(tmp_path: Path) -> None:
    clean_build(write(tmp_path, two(consent={"basis": "本人同意", "scope": ["print"]})), editions=BOTH)
    assert not (tmp_path / "public/exemplars/li-na").exists()
    assert sheets(tmp_path) == {"bulletins/li-na.pdf", "bulletins/wang-jie.pdf"}


def test_a_build_names_the_day_on_which_a_consent_for_paper_ends(tmp_path: Path) -> None:
    last = DAY + timedelta(days=20)
    write(tmp_path, two(consent={**PRINT, "until": last.isoformat()}))
    built = clean_build(tmp_path, editions=("bulletin",))
    assert built.changes == last + timedelta(days=1)
    assert clean_build(tmp_path, editions=("bulletin",), day=last).report.made == ()  # type: ignore[union-attr]
    build(tmp_path, editions=("bulletin",), day=last + timedelta(days=1))
    assert sheets(tmp_path) == {"bulletins/wang-jie.pdf"}


def test_a_withdrawn_sheet_goes_even_if_the_fonts_are_gone(tmp_path: Path) -> None:
    """What can't be printed keeps its old sheet, but never that of somebody who withdrew."""
    theme = {
        "themes/mine/theme.yaml": b"extends: honour\nfonts: {serif: [Nobody], sans: [Nobody], kai: [Nobody]}\n"
    }
    clean_build(write(tmp_path, two() | theme), editions=BOTH)
    files = two(status="revoked") | theme | {"site.yaml": settings(theme="mine")}
    built = build(write(tmp_path, files), editions=BOTH)
    assert built.report is not None and built.report.kept_old == ("bulletins/wang-jie.pdf",)
    assert sheets(tmp_path) == {"bulletins/wang-jie.pdf"}


def told_of(*people: str, consent: bool | None = None) -> Files:
    """李娜 with two pictures in her deeds, one of which shows `people`; 王杰 and 赵 are others of the site."""
    pictures: list[dict[str, Any]] = [
        {"file": "one.jpg", "alt": "灯", "caption": "营业所的灯。"},
        {"file": "two.jpg", "alt": "人", "caption": "他们站在窗口前。", "people": list(people)},
    ]
    if consent is not None:
        pictures[1]["consent"] = consent
    body = "## 窗口\n\n凌晨四点。\n\n![](one.jpg)\n\n她在窗口等。\n\n![](two.jpg)\n"
    files = two() | {"exemplars/li-na/index.md": record(body, pictures=pictures)}
    files["exemplars/zhao/index.md"] = record(name="赵宏", consent={"basis": "本人同意", "scope": ["web"]})
    return files | {f"exemplars/li-na/{name}.jpg": jpeg(900, 600, "#446688") for name in ("one", "two")}


@pytest.mark.parametrize(
    ("people", "consent", "shown"),
    [
        (["wang-jie"], None, True),
        (["zhao"], None, False),
        (["赵宏", "wang-jie"], None, False),
        ([], False, False),
    ],
)
def test_a_picture_of_somebody_who_may_not_be_printed_is_not(
    tmp_path: Path, people: list[str], consent: bool | None, shown: bool
) -> None:
    site = write(tmp_path, told_of(*people, consent=consent))
    build(site, editions=("bulletin",))
    pdf = tmp_path / "public/bulletins/li-na.pdf"
    assert len(images_of(pdf)) == 1 + shown
    assert ("他们站在窗口前。" in said_in(pdf)) is shown
    assert "营业所的灯。" in said_in(pdf)


def test_a_picture_goes_when_one_of_its_people_withdraws(tmp_path: Path) -> None:
    build(write(tmp_path, told_of("wang-jie")), editions=("bulletin",))
    assert len(images_of(tmp_path / "public/bulletins/li-na.pdf")) == 2
    files = told_of("wang-jie") | {"exemplars/wang-jie/index.md": record(name="王杰", status="revoked")}
    build(write(tmp_path, files), editions=("bulletin",))
    assert len(images_of(tmp_path / "public/bulletins/li-na.pdf")) == 1


def test_words_of_somebody_who_refused_or_was_not_asked_are_not_printed(tmp_path: Path) -> None:
    said = [
        {"quote": "他说可以印。", "by": "甲", "consent": True},
        {"quote": "他不同意印。", "by": "乙", "consent": False},
        {"quote": "还没有问他。", "by": "丙"},
    ]
    public = print_site(tmp_path, two(testimonials=said))
    text = said_in(public / "bulletins/li-na.pdf")
    assert "他说可以印。" in text
    assert "他不同意印。" not in text and "还没有问他。" not in text
    preview = print_site(tmp_path, two(testimonials=said), preview=True)
    text = said_in(preview / "bulletins/li-na.pdf")
    assert "还没有问他。" in text and "他不同意印。" not in text


def test_a_preview_lies_in_its_own_folder_and_bears_its_mark(tmp_path: Path) -> None:
    site = write(tmp_path, two(status="nominated"))
    clean_build(site, editions=("bulletin",))
    clean_build(site, editions=("bulletin",), preview=True)
    assert sheets(site) == {"bulletins/wang-jie.pdf"}
    assert {pdf.stem for pdf in sheets_in(site / "preview")} == {"li-na", "wang-jie"}
    assert all("审" in text_of(pdf) for pdf in sheets_in(site / "preview"))


# --- which sheets ----------------------------------------------------------------------------------


def test_the_usual_build_prints(tmp_path: Path) -> None:
    clean_build(write(tmp_path, two() | {"site.yaml": settings(editions=None)}), editions=())
    assert {"bulletins/li-na.pdf", "bulletins/wang-jie.pdf"} <= sheets(tmp_path)


def test_without_a_permanent_address_the_usual_build_prints_nothing(tmp_path: Path) -> None:
    clean_build(write(tmp_path, two() | {"site.yaml": settings(base_url=None, editions=None)}), editions=())
    assert sheets(tmp_path) == set()
    assert (tmp_path / "public/index.html").is_file()


def test_sheets_asked_for_without_a_permanent_address_are_refused(tmp_path: Path) -> None:
    built = build(write(tmp_path, two() | {"site.yaml": settings(base_url=None)}), editions=BOTH)
    assert {problem.code for problem in errors(built).values()} == {"print-address"}
    assert sheets(tmp_path) == set() and (tmp_path / "public/index.html").is_file()


def test_site_yaml_says_which_editions_are_made(tmp_path: Path) -> None:
    clean_build(write(tmp_path, two() | {"site.yaml": settings(editions=["website"])}), editions=())
    assert sheets(tmp_path) == set()


# --- bad input -------------------------------------------------------------------------------------


def pictured(photo: bytes | None) -> Files:
    files = two(photo=PHOTO)
    return files | {"exemplars/li-na/photo.jpg": photo} if photo is not None else files


@pytest.mark.parametrize(
    ("photo", "code"),
    [
        (None, "picture-missing"),
        (b"", "photo-broken"),
        (jpeg(900, 1200)[:3000], "photo-broken"),
        (b"not a photo at all", "photo-unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo-drawing"),
    ],
    ids=["missing", "empty", "cut", "text", "drawing"],
)
def test_a_photo_that_cannot_be_used_is_told_at_its_line_and_the_others_are_printed(
    tmp_path: Path, photo: bytes | None, code: str
) -> None:
    built = build(write(tmp_path, pictured(photo)), editions=BOTH)
    (found,) = {problem for problem in built.problems if problem.is_error}
    assert found.code == code and found.where.file == "exemplars/li-na/index.md"
    lines = (tmp_path / "exemplars/li-na/index.md").read_text("utf-8").splitlines()
    assert found.where.line is not None and "photo.jpg" in lines[found.where.line - 1]
    assert sheets(tmp_path) == {"bulletins/wang-jie.pdf"}
    assert (tmp_path / "public/index.html").is_file()


def themed(template: str, source: str) -> Files:
    """Two records under a theme of the site's own that brings one print template."""
    theme = {"themes/mine/theme.yaml": b"extends: honour\n", f"themes/mine/print/{template}": source.encode()}
    return two() | theme | {"site.yaml": settings(theme="mine")}


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('#import "lib.typ": *\n\n#let a = 1 +\n', 3),
        ('#import "lib.typ": *\n#unheard-of(1)\n', 2),
        ('#import "lib.typ": *\n\n\n#panic("so nicht")\n', 4),
        ("#image(bytes((1, 2, 3)))\n", 1),
    ],
    ids=["syntax", "unknown", "panic", "image"],
)
def test_an_error_of_a_template_is_told_with_its_line_and_old_sheets_stay(
    tmp_path: Path, source: str, line: int
) -> None:
    clean_build(write(tmp_path, two()), editions=BOTH)
    before = tree(tmp_path / "public/bulletins")
    built = build(write(tmp_path, themed("bulletin.typ", source)), editions=BOTH)
    found = errors(built)
    assert set(found) == {"exemplars/li-na/index.md", "exemplars/wang-jie/index.md"}
    for problem in found.values():
        assert problem.code == "print-refused"
        assert dict(problem.found)["template"] == f"bulletin.typ:{line}"
    assert built.report is not None
    assert set(built.report.kept_old) == {"bulletins/li-na.pdf", "bulletins/wang-jie.pdf"}
    assert tree(tmp_path / "public/bulletins") == before
    assert (tmp_path / "public/exemplars/li-na/index.html").is_file()


def test_an_error_of_a_template_is_told_by_the_command(tmp_path: Path) -> None:
    files = themed("bulletin.typ", '#import "lib.typ": *\n#panic("so nicht")\n')
    done = honour("--site", write(tmp_path, files), "build", "--editions", "website,bulletin", "--date", DAY)
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert "exemplars/li-na/index.md:1:1" in told and "so nicht" in told and "bulletin.typ:2" in told
    assert "Traceback" not in told


def test_a_text_that_no_attempt_fits_is_told(tmp_path: Path) -> None:
    never = '#import "lib.typ": *\n#set page(width: 210mm)\n#unfit("all", attempt-of("all", 0) + 1)\n'
    built = build(write(tmp_path, themed("bulletin.typ", never)), editions=("bulletin",))
    assert {problem.code for problem in errors(built).values()} == {"print-overfull"}


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    built = build(write(tmp_path, themed("bulletin.typ", '#import "missing.typ": *\n')), editions=BOTH)
    (problem,) = errors(built).values()
    assert problem.code == "template-missing" and dict(problem.found)["template"] == "missing.typ"
    assert "bulletin.typ" in problem.where.file


def test_what_an_editor_writes_is_never_code(tmp_path: Path) -> None:
    """Marks of Typst, JSON, XML and the shell stand on paper as they were written."""
    odd = '#panic("a") $x^2$ *b* _c_ `d` @e <f> \\g "h" \'i\' #[j] {{k}} {% l %} </script> \\u{41} ~ -- ---'
    body = "## 标题 #panic() $1$\n\n凌晨\\#panic()四点 \\$y\\$ \\<z\\>。\n"
    said = [{"quote": odd, "by": "#eval()", "consent": True}]
    public = print_site(tmp_path, two(one_line=odd, remarks=odd, testimonials=said, post="#x", body=None) | {
        "exemplars/zhao/index.md": record(body, name="赵#宏", one_line=odd, remarks=odd, testimonials=said),
    })  # fmt: skip
    for slug in ("li-na", "zhao"):
        text = said_in(public / f"bulletins/{slug}.pdf")
        assert '#panic("a")$x^2$*b*_c_`d`@e<f>\\g"h"' in text.replace("“", '"').replace("”", '"')
        assert "#eval()" in text and "{{k}}{%l%}</script>\\u{41}~-----" in text
    assert "赵#宏" in said_in(public / "bulletins/zhao.pdf")
    assert "凌晨#panic()四点$y$<z>。" in said_in(public / "bulletins/zhao.pdf")


# --- no more than needed ---------------------------------------------------------------------------


def test_a_second_build_prints_nothing(tmp_path: Path) -> None:
    site = write(tmp_path, pictured(jpeg(900, 1200)))
    clean_build(site, editions=BOTH)
    report = clean_build(site, editions=BOTH).report
    assert report is not None and report.made == ()


@pytest.mark.parametrize("editions", [("bulletin",), ("bulletin", "board", "team-sheet")])
def test_one_edit_reprints_the_sheets_of_that_record_alone(tmp_path: Path, editions: tuple[str, ...]) -> None:
    site = write(tmp_path, two())
    first = clean_build(site, editions=editions).report
    write(site, two(one_line="她把窗口的灯留到天亮。", summary="她守着一盏灯。"))
    report = clean_build(site, editions=editions).report
    assert first is not None and report is not None
    own = {path for path in first.made if "li-na" in path}
    assert set(report.made) <= own and "bulletins/li-na.pdf" in report.made
    assert "天亮" in said_in(tmp_path / "public/bulletins/li-na.pdf")


def test_an_edit_that_no_sheet_shows_prints_nothing(tmp_path: Path) -> None:
    site = write(tmp_path, two())
    clean_build(site, editions=("bulletin",))
    report = clean_build(write(site, two(tags=["夜班"])), editions=("bulletin",)).report
    assert report is not None and report.made == ()


def test_another_photo_reprints_its_sheet(tmp_path: Path) -> None:
    clean_build(write(tmp_path, pictured(jpeg(900, 1200))), editions=("bulletin",))
    report = clean_build(write(tmp_path, pictured(jpeg(900, 1201, "#225588"))), editions=("bulletin",)).report
    assert report is not None and report.made == ("bulletins/li-na.pdf",)


def test_a_record_that_leaves_takes_its_sheets_along(tmp_path: Path) -> None:
    clean_build(write(tmp_path, two()), editions=("bulletin", "board"))
    clean_build(write(tmp_path, site_of(wang_jie=record(name="王杰"))), editions=("bulletin", "board"))
    assert not [path for path in sheets(tmp_path) if "li-na" in path]
    assert [path for path in sheets(tmp_path) if "wang-jie" in path]


def test_words_of_site_yaml_reprint_all(tmp_path: Path) -> None:
    clean_build(write(tmp_path, two()), editions=("bulletin",))
    files = two() | {"site.yaml": settings(print={"masthead": "江城榜样"})}
    report = clean_build(write(tmp_path, files), editions=("bulletin",)).report
    assert report is not None and len(report.made) == 2


def test_a_colour_of_the_theme_reprints_all_and_is_seen(tmp_path: Path) -> None:
    files = two() | {"site.yaml": settings(theme="mine"), "themes/mine/theme.yaml": b"extends: honour\n"}
    clean_build(write(tmp_path, files), editions=("bulletin",))
    before = (tmp_path / "public/bulletins/li-na.pdf").read_bytes()
    files["themes/mine/theme.yaml"] = b'extends: honour\ncolours: {red: "#7A1015"}\n'
    report = clean_build(write(tmp_path, files), editions=("bulletin",)).report
    assert report is not None and len(report.made) == 2
    assert (tmp_path / "public/bulletins/li-na.pdf").read_bytes() != before


def test_a_word_of_the_theme_is_changed_without_code(tmp_path: Path) -> None:
    theme = {
        "themes/mine/theme.yaml": b"extends: honour\n",
        "themes/mine/translations/zh-CN.yaml": "print.masthead: 江城榜样\n".encode(),
    }
    public = print_site(tmp_path, two() | theme | {"site.yaml": settings(theme="mine")})
    assert "江城榜样" in said_in(public / "bulletins/li-na.pdf", 1)[:60] or all(
        sign in said_in(public / "bulletins/li-na.pdf", 1) for sign in "江城榜样"
    )


def test_explain_says_what_reprinted_a_sheet(tmp_path: Path) -> None:
    site = write(tmp_path, two())
    command = ("--site", site, "build", "--date", DAY, "--jobs", 1, "--editions", "bulletin")
    assert honour(*command).returncode == 0
    write(site, two(one_line="她把窗口的灯留到天亮。"))
    told = honour(*command, "--explain", "public/bulletins/li-na.pdf").stdout
    why = told[told.index("bulletins/li-na.pdf：") :]
    assert "person（改变）" in why
    assert "frame" not in why and "font" not in why
    told = honour(*command, "--explain", "public/bulletins/wang-jie.pdf").stdout
    assert "bulletins/wang-jie.pdf：" in told and "font:" not in told.replace("    font:", "")


def test_the_json_of_a_build_names_its_sheets(tmp_path: Path) -> None:
    done = honour(
        "--site", write(tmp_path, two()), "build", "--date", DAY, "--editions", "bulletin", "--json"
    )
    told = json.loads(done.stdout)
    assert set(told["made"]) == {"bulletins/li-na.pdf", "bulletins/wang-jie.pdf"}


def test_an_issue_follows_its_people(tmp_path: Path) -> None:
    issue = document({"date": "2026-02-27", "number": 3, "exemplars": ["wang-jie", "li-na"]}, "按语一句。\n")
    files = two() | {"content/bulletins/2026-03.md": issue}
    clean_build(write(tmp_path, files), editions=("bulletin",))
    pdf = tmp_path / "public/bulletins/issues/2026-03.pdf"
    assert pages_of(pdf) == 2 and "李娜" in text_of(pdf).replace(" ", "")
    gone = files | {"exemplars/li-na/index.md": record(status="revoked")}
    report = build(write(tmp_path, gone), editions=("bulletin",)).report
    assert report is not None and "bulletins/issues/2026-03.pdf" in report.made
    assert pages_of(pdf) == 1 and "李娜" not in text_of(pdf).replace(" ", "")
    nobody = gone | {"exemplars/wang-jie/index.md": record(name="王杰", status="revoked")}
    build(write(tmp_path, nobody), editions=("bulletin",))
    assert sheets(tmp_path) == set()


def test_the_day_is_in_no_sheet(tmp_path: Path) -> None:
    site = write(tmp_path, two())
    clean_build(site, editions=("bulletin",))
    report = clean_build(site, editions=("bulletin",), day=date(2026, 9, 9)).report
    assert report is not None and report.made == ()
