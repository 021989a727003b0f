"""The press kit, opened as a newsroom opens it: the zip, the Word document, the notes, the photos."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image
from print_case import prose
from site_builder import DAY, Files, build, clean_build, jpeg, record, settings, site_of, write

from generator.engine.target import Files as Inputs
from generator.fonts import Case
from generator.presskit import render_kit
from generator.presskit.archive import packed
from generator.views.parts import Voice
from generator.views.print.parts import Deeds
from generator.views.print.press_kit import PressKitView

EVERYWHERE = ["web", "kiosk", "print", "media"]
CONSENT = {"basis": "本人同意", "scope": EVERYWHERE, "date": "2026-01-01", "until": "2030-06-30"}
BODY = """凌晨四点，她在窗口等**最后**一位*用户*。注[^1]

![](night.jpg)

## 窗口

第一行
第二行，看[网站](https://www.example.cn/)。

1. 甲
2. 乙
   - 乙之一

中间。

5. 戊
6. 己

### 更小的一节

> 引用的话。

| 年份 | 次数 |
|---|---:|
| 2019 | 41 |

---

![](team.jpg)

[^1]: 脚注在这里。
"""


def turned(width: int, height: int) -> bytes:
    """A photo that lies on its side by its EXIF, says where it was taken, and is red on its left."""
    image = Image.new("RGB", (width, height), "#204060")
    image.paste("#c01010", (0, 0, width // 4, height))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "secret description"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif, comment=b"secret comment")
    return out.getvalue()


def files_of(**changes: Any) -> Files:
    """A site of one exemplar who has everything."""
    facts: dict[str, Any] = {
        "consent": CONSENT,
        "post": "窗口班长",
        "photo": {"file": "photo.jpg", "alt": "李娜的正面照", "credit": "王敏 摄"},
        "pictures": [
            {"file": "night.jpg", "alt": "夜里的窗口", "caption": "凌晨的窗口", "credit": "赵启明 摄"},
            {"file": "team.jpg", "alt": "全班合影", "caption": "全班", "consent": False},
        ],
        "citation": "四分钟，够下夜班的人\n走过一条马路。",
        "summary": "她等到最后一个人。",
        "remarks": "我没做什么大事。",
        "testimonials": [
            {
                "quote": "她先给我看数。",
                "by": "赵启明",
                "relation": "同事",
                "unit": "运营部",
                "consent": True,
            },
            {"quote": "没有问过的话。", "by": "钱进"},
        ],
        "honours": [
            {"title": "先进典型", "grade": "一等奖", "level": "市级", "by": "市总工会", "date": "2025-12-20"}
        ],
    }
    files = site_of(li_na=record(BODY, **(facts | changes)))
    files["site.yaml"] = settings(department="党群工作部", print={"contact": "党群工作部 8120"})
    files["exemplars/li-na/photo.jpg"] = turned(4400, 3300)
    files["exemplars/li-na/night.jpg"] = turned(800, 600)
    files["exemplars/li-na/team.jpg"] = jpeg(900, 600)
    return files


def opened(site: Path, slug: str = "li-na", folder: str = "public") -> dict[str, bytes]:
    """The files of a kit."""
    with zipfile.ZipFile(site / folder / "press-kits" / f"{slug}.zip") as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def made(folder: Path, files: Files, **wish: Any) -> dict[str, bytes]:
    """The files of the kit of li-na."""
    site = write(folder, files)
    clean_build(site, editions=("press-kit",), **wish)
    return opened(site, folder="preview" if wish.get("preview") else "public")


def word(kit: dict[str, bytes]) -> Any:
    return docx.Document(io.BytesIO(kit["li-na-deeds.docx"]))


def lines_of(document: Any) -> list[tuple[str, str]]:
    """The paragraphs that say something: style, words."""
    return [(line.style.name, line.text) for line in document.paragraphs if line.text.strip()]


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return made(tmp_path_factory.mktemp("kit"), files_of())


# --- the zip ---------------------------------------------------------------------------------------


def test_it_holds_what_a_newsroom_asks_for(kit: dict[str, bytes]) -> None:
    assert list(kit) == [
        "README.txt",
        "li-na-captions.txt",
        "li-na-citation.txt",
        "li-na-deeds.docx",
        "li-na-photo.jpg",
        "li-na-picture-1.jpg",
    ]


def test_names_are_shown_right_by_every_explorer(kit: dict[str, bytes]) -> None:
    """That of Windows 7 takes names beyond ASCII for those of its own code page."""
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", name) for name in kit)


def test_names_beyond_ascii_bear_the_mark_of_utf8() -> None:
    with zipfile.ZipFile(io.BytesIO(packed({"李娜.txt": b"", "li.txt": b""}))) as archive:
        assert [(info.filename, bool(info.flag_bits & 0x800)) for info in archive.infolist()] == [
            ("li.txt", False),
            ("李娜.txt", True),
        ]


def test_it_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name, day in (("a", DAY), ("b", date(2026, 7, 1))):
        site = write(tmp_path / name, files_of())
        clean_build(site, editions=("press-kit",), day=day)
    one, other = ((tmp_path / name / "public/press-kits/li-na.zip").read_bytes() for name in "ab")
    assert one == other


def test_no_clock_and_no_machine_is_in_it(tmp_path: Path) -> None:
    site = write(tmp_path, files_of())
    clean_build(site, editions=("press-kit",))
    data = (site / "public/press-kits/li-na.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inner = archive.read("li-na-deeds.docx")
        infos = archive.infolist() + zipfile.ZipFile(io.BytesIO(inner)).infolist()
    assert {(info.date_time, info.create_system) for info in infos} == {((1980, 1, 1, 0, 0, 0), 3)}
    assert infos[len(opened(site))].filename == "[Content_Types].xml"


# --- pictures --------------------------------------------------------------------------------------


def test_the_photo_is_whole_upright_large_and_bare(kit: dict[str, bytes]) -> None:
    with Image.open(io.BytesIO(kit["li-na-photo.jpg"])) as photo:
        assert photo.format == "JPEG"
        assert photo.size == (2250, 3000)
        assert dict(photo.getexif()) == {}
        assert not {"exif", "comment", "xmp", "icc_profile"} & photo.info.keys()
        top, bottom = photo.getpixel((1000, 100)), photo.getpixel((1000, 2900))
    assert top[0] > 150 > bottom[0], "what was left in the camera is above now"  # type: ignore[index]
    assert b"secret" not in kit["li-na-photo.jpg"]


def test_a_small_photo_is_not_blown_up(kit: dict[str, bytes]) -> None:
    with Image.open(io.BytesIO(kit["li-na-picture-1.jpg"])) as picture:
        assert picture.size == (600, 800)
        assert dict(picture.getexif()) == {}


def test_a_picture_that_somebody_refuses_is_nowhere(kit: dict[str, bytes]) -> None:
    assert "全班" not in kit["li-na-captions.txt"].decode() + kit["README.txt"].decode()
    document = word(kit)
    assert len(document.inline_shapes) == 1
    assert not any("全班" in text for _, text in lines_of(document))


# --- notes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["README.txt", "li-na-citation.txt", "li-na-captions.txt"])
def test_notepad_shows_the_notes(kit: dict[str, bytes], name: str) -> None:
    data = kit[name]
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") > 3


def test_the_readme_says_who_may_use_what_until_when(kit: dict[str, bytes]) -> None:
    said = kit["README.txt"].decode("utf-8-sig")
    for words in (
        "李娜",
        "新闻媒体",
        "授权到2030年6月30日为止",
        "https://honour.example.cn/exemplars/li-na/",
        "江城公用事业集团党群工作部",
        "联系与更正：党群工作部 8120",
    ):
        assert words in said
    for name in kit:
        assert name in said or name == "README.txt"
    assert "示例" not in said and "未审核" not in said


def test_a_consent_without_an_end_says_so(tmp_path: Path) -> None:
    kit = made(tmp_path, files_of(consent={**CONSENT, "until": None}))
    assert "没有写截止日期" in kit["README.txt"].decode()


def test_the_citation_stands_in_its_lines(kit: dict[str, bytes]) -> None:
    lines = kit["li-na-citation.txt"].decode("utf-8-sig").splitlines()
    at = lines.index("颁奖词")
    assert lines[at + 1 : at + 3] == ["四分钟，够下夜班的人", "走过一条马路。"]
    assert lines[lines.index("一句话事迹") + 1] == "她把窗口的灯留到最后一个人。"


def test_each_picture_has_its_caption(kit: dict[str, bytes]) -> None:
    said = kit["li-na-captions.txt"].decode("utf-8-sig").replace("\r\n", "\n")
    assert "li-na-photo.jpg\n像素：2250×3000\n来源：王敏 摄\n画面：李娜的正面照\n" in said
    assert "li-na-picture-1.jpg\n像素：600×800\n图注：凌晨的窗口\n来源：赵启明 摄\n画面：夜里的窗口\n" in said


# --- the Word document -----------------------------------------------------------------------------


def test_word_has_the_deeds_in_real_headings_lists_and_tables(kit: dict[str, bytes]) -> None:
    document = word(kit)
    assert lines_of(document) == [
        ("Title", "李娜"),
        ("Subtitle", "lǐ nà　水务集团 营业所　窗口班长"),
        ("Quote", "她把窗口的灯留到最后一个人。"),
        ("Body Text", "她等到最后一个人。"),
        ("Body Text", "凌晨四点，她在窗口等最后一位用户。注[1]"),
        ("Caption", "凌晨的窗口　赵启明 摄　（li-na-picture-1.jpg）"),
        ("Heading 1", "窗口"),
        ("Body Text", "第一行第二行，看网站（https://www.example.cn/）。"),
        ("List Number", "甲"),
        ("List Number", "乙"),
        ("List Bullet 2", "乙之一"),
        ("Body Text", "中间。"),
        ("List Number", "戊"),
        ("List Number", "己"),
        ("Heading 2", "更小的一节"),
        ("Quote", "引用的话。"),
        ("Normal", "＊　＊　＊"),
        ("Heading 2", "注"),
        ("Normal", "[1] 脚注在这里。"),
        ("Heading 1", "身边人说"),
        ("Quote", "“她先给我看数。”"),
        ("Body Text", "——赵启明　运营部，同事"),
        ("Heading 1", "自己的话"),
        ("Quote", "我没做什么大事。"),
        ("Heading 1", "所获荣誉"),
    ]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables == [
        [["年份", "次数"], ["2019", "41"]],
        [["时间", "荣誉", "级别", "授予单位"], ["2025年12月20日", "先进典型 一等奖", "市级", "市总工会"]],
    ]
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)


def test_paragraphs_are_indented_by_two_characters_and_set_in_chinese_fonts(kit: dict[str, bytes]) -> None:
    styles = word(kit).styles
    assert styles["Body Text"].element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    for name, font in (("Body Text", "宋体"), ("Heading 1", "黑体"), ("Title", "黑体"), ("Quote", "楷体")):
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert not [key for key in fonts.keys() if "Theme" in key or "theme" in key]  # noqa: SIM118 - no dict
    for number in (1, 2, 3):
        assert styles[f"Heading {number}"].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == str(
            number - 1
        )


def test_every_list_counts_from_its_own_start(kit: dict[str, bytes]) -> None:
    document = word(kit)
    used = [
        line._p.pPr.numPr.numId.val
        for line in document.paragraphs
        if line.style.name == "List Number" and line.text
    ]
    assert used[0] == used[1] != used[2] == used[3]
    numbering = document.part.numbering_part.element
    starts = [numbering.num_having_numId(number).lvlOverride_lst[0].startOverride.val for number in used[::2]]
    assert starts == [1, 5]


def test_emphasis_is_bold_or_in_another_hand(kit: dict[str, bytes]) -> None:
    line = next(line for line in word(kit).paragraphs if line.text.startswith("凌晨四点"))
    runs = {run.text: run for run in line.runs}
    assert runs["最后"].bold
    assert runs["用户"]._r.rPr.rFonts.get(qn("w:eastAsia")) == "楷体"
    assert runs["[1]"].font.superscript


def test_the_picture_has_its_words(kit: dict[str, bytes]) -> None:
    drawn = next(word(kit).element.body.iter(qn("wp:docPr")))
    assert drawn.get("descr") == "夜里的窗口"


def test_its_properties_are_the_offices_and_the_records(tmp_path: Path) -> None:
    review = {"stage": "初审", "by": "张三", "date": "2026-01-05", "digest": "1:0"}
    said = word(made(tmp_path, files_of(reviews=[review], publish={"from": "2026-01-20"}))).core_properties
    assert (said.title, said.author, said.last_modified_by) == ("李娜　媒体资料包", *["江城公用事业集团"] * 2)
    assert said.comments == ""
    assert said.created == said.modified
    assert (said.created.year, said.created.month, said.created.day) == (2026, 1, 5)


# --- what editors write is data --------------------------------------------------------------------

EVIL = "a\x00b\x08c\x0bd\ud800e\ufffef<w:t>&amp;\"']]>&lt;{ INCLUDETEXT \"c:\\\\x\" }=cmd|'/c calc'!A1"
PLAIN = "abcdef<w:t>&amp;\"']]>&lt;{ INCLUDETEXT \"c:\\\\x\" }=cmd|'/c calc'!A1"


def view_of(text: str) -> PressKitView:
    words = {
        key: key
        for key in ("title", "notes", "voices", "remarks", "honours", "citation", "sentence", "holds")
    }
    words |= {
        key: key for key in ("holds-deeds", "holds-citation", "use", "use-press", "use-open", "use-credit")
    }
    words |= {key: key for key in ("use-words", "reach", "address", "issuer", "contact")}
    return PressKitView(
        *("li-na", text, text, (text,), text, text, text, text, text, "", None, "zh-CN", False, False),
        *(
            text,
            text,
            (text,),
            Deeds(f"{text}\n\n| {text} |\n|---|\n| 1 |\n"),
            text,
            (Voice(text, text, text, text),),
        ),
        *((), None, (), tuple(words.items())),
    )


def test_whatever_is_written_is_text() -> None:
    """Control characters, markup, fields and formulas: Word opens it, and nothing of it is more than words."""
    with zipfile.ZipFile(io.BytesIO(render_kit(view_of(EVIL), Inputs(())))) as archive:
        data = archive.read("li-na-deeds.docx")
    document = docx.Document(io.BytesIO(data))
    texts = [text for _, text in lines_of(document)]
    assert texts[0] == PLAIN
    assert sum(PLAIN in text for text in texts) >= 6
    assert PLAIN in document.sections[0].header.paragraphs[0].text
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
        relations = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
    assert not re.search(rb"<w:(fldSimple|fldChar|instrText|hyperlink|object|altChunk)\b", xml)
    assert b'TargetMode="External"' not in relations
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", xml)


def test_long_deeds_lose_no_character(tmp_path: Path) -> None:
    body = prose(4000, seed=5, chapters=5)
    files = files_of()
    files["exemplars/li-na/index.md"] = record(body, consent=CONSENT)
    said = "".join(text for _, text in lines_of(word(made(tmp_path, files))))
    for line in body.splitlines():
        assert line.removeprefix("## ") in said


# --- who has one -----------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", [["web"], ["web", "print", "kiosk"]])
def test_without_consent_to_the_media_there_is_none(tmp_path: Path, scope: list[str]) -> None:
    site = write(tmp_path, files_of(consent={**CONSENT, "scope": scope}))
    build(site, editions=("press-kit",))
    assert not (site / "public/press-kits").exists()


def test_a_picture_of_somebody_who_spares_the_media_is_left_out(tmp_path: Path) -> None:
    """The website may show it; the kit may not."""
    pictures = [
        {"file": "night.jpg", "alt": "夜里", "people": ["wang-min"]},
        {"file": "team.jpg", "alt": "合影"},
    ]
    files = files_of(pictures=pictures)
    files["exemplars/wang-min/index.md"] = record(name="王敏", consent={**CONSENT, "scope": ["web"]})
    assert "li-na-picture-1.jpg" in made(tmp_path / "a", files_of())
    left = made(tmp_path / "b", files)
    assert [name for name in left if "picture" in name] == ["li-na-picture-1.jpg"]  # team.jpg, not night.jpg
    assert "夜里" not in left["li-na-captions.txt"].decode()


def test_a_withdrawn_consent_takes_the_kit_away(tmp_path: Path) -> None:
    site = write(tmp_path, files_of())
    clean_build(site, editions=("press-kit",))
    assert opened(site)
    write(tmp_path, files_of(status="revoked"))
    build(site, editions=("press-kit",))
    assert not (site / "public/press-kits").exists()


def test_the_next_day_that_differs_is_the_medias(tmp_path: Path) -> None:
    site = write(tmp_path, files_of())
    assert clean_build(site, editions=("press-kit",)).changes == date(2030, 7, 1)


def test_a_preview_says_that_nobody_may_use_it(tmp_path: Path) -> None:
    kit = made(tmp_path, files_of(status="nominated"), preview=True)
    for name in ("README.txt", "li-na-citation.txt", "li-na-captions.txt"):
        assert "未审核" in kit[name].decode("utf-8-sig").splitlines()[0]
    assert "新闻媒体" not in kit["README.txt"].decode()
    document = word(kit)
    assert "未审核" in document.paragraphs[0].text
    assert "未审核" in document.sections[0].header.paragraphs[0].text


def test_an_example_says_that_it_is_one(tmp_path: Path) -> None:
    files = files_of()
    files["site.yaml"] = settings(demonstration=True)
    kit = made(tmp_path, files)
    assert "示例" in kit["README.txt"].decode("utf-8-sig").splitlines()[0]
    assert "示例" in word(kit).sections[0].header.paragraphs[0].text


def test_no_font_and_no_address_are_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Case, "_faces", ())
    files = files_of()
    files["site.yaml"] = settings(base_url=None)
    kit = made(tmp_path, files)
    assert "永久地址" not in kit["README.txt"].decode()


def test_somebody_with_nothing_but_a_name_has_a_kit_too(tmp_path: Path) -> None:
    files = site_of(li_na=record("", consent=CONSENT, one_line=None, honours=[]))
    kit = made(tmp_path, files)
    assert list(kit) == ["README.txt", "li-na-deeds.docx"]
    assert lines_of(word(kit)) == [("Title", "李娜"), ("Subtitle", "lǐ nà　水务集团 营业所")]


def test_an_english_site_has_english_ones(tmp_path: Path) -> None:
    files = site_of(li_na=record("## The window\n\nShe waited.\n", name="Ann Lee", consent=CONSENT))
    files["site.yaml"] = settings(language="en")
    kit = made(tmp_path, files)
    assert "The consent ends after 30 Jun 2030." in kit["README.txt"].decode()
    assert ("Heading 1", "Honours") in lines_of(word(kit))
