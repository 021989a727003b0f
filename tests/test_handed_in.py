"""What editors really hand in (records.md) and what must simply work: photos as they come, text as it is pasted,
names as people bear them."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from site_builder import build, clean_build, jpeg, picture, record, site_of, tree, write

PHOTO = {"file": "photo.jpg", "alt": "李娜在窗口"}


def page_of(folder: Path, slug: str = "li-na") -> str:
    return (folder / "public/exemplars" / slug / "index.html").read_text("utf-8")


def main_of(html: str) -> str:
    """What a reader reads of a page, white space between tags as written."""
    return unescape(re.sub(r"<[^>]+>", "", html[html.index("<main") : html.index("</main>")]))


def built_photos(folder: Path) -> list[Image.Image]:
    """Every rendition of li-na, narrowest first."""
    names = sorted((folder / "public/exemplars/li-na").glob("photo-*"), key=lambda path: path.name)
    return sorted(
        (Image.open(io.BytesIO(path.read_bytes())) for path in names), key=lambda image: image.width
    )


def with_photo(folder: Path, data: bytes, name: str = "photo.jpg") -> list[str]:
    """Builds a site whose record has this photo; the codes of its problems."""
    text = record(photo=PHOTO | {"file": name})
    write(folder, site_of(li_na=text) | {f"exemplars/li-na/{name}": data})
    return [problem.code for problem in clean_build(folder).problems]


# --- photos ----------------------------------------------------------------------------------------


def test_a_telephones_heic_is_a_photo_like_any_other(tmp_path: Path) -> None:
    image = pillow_heif.from_pillow(Image.new("RGB", (1080, 1440), "#a3151b"))
    data = io.BytesIO()
    image.save(data, quality=60)
    assert with_photo(tmp_path, data.getvalue(), "IMG_0412.HEIC") == []
    shown = built_photos(tmp_path)
    assert {image.format for image in shown} == {"WEBP", "JPEG"} and shown[-1].size == (1080, 1440)
    pixel = shown[-1].convert("RGB").getpixel((500, 700))
    assert isinstance(pixel, tuple) and pixel[0] > 140 > 60 > pixel[1]


@pytest.mark.parametrize(
    ("turn", "corner"), [(6, (0.9, 0.1)), (8, (0.1, 0.9)), (3, (0.9, 0.9)), (1, (0.1, 0.1))]
)
def test_a_photo_on_its_side_stands_upright(tmp_path: Path, turn: int, corner: tuple[float, float]) -> None:
    """The camera's upper left corner is white; EXIF says where it belongs. Whoever looks sees it there."""
    lying = turn in (6, 8)
    stored = Image.new("RGB", (1280, 960) if lying else (960, 1280), "black")
    stored.paste("white", (0, 0, stored.width // 3, stored.height // 3))
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010F] = "Secretcam 7"
    assert with_photo(tmp_path, picture(stored, "JPEG", exif=exif.tobytes(), quality=95)) == []
    for image in built_photos(tmp_path):
        assert image.width / image.height == pytest.approx(3 / 4, abs=0.01)
        grey = image.convert("L")
        bright = grey.getpixel((int(corner[0] * image.width), int(corner[1] * image.height)))
        assert isinstance(bright, int) and bright > 200
        assert not image.getexif()
    assert b"Secretcam" not in b"".join(tree(tmp_path / "public").values())


def test_a_scan_of_60_megapixels_works(tmp_path: Path) -> None:
    assert with_photo(tmp_path, jpeg(6700, 9000, quality=50)) == []
    assert built_photos(tmp_path)[-1].size == (1280, 1707)


# --- pasted text -----------------------------------------------------------------------------------


def test_a_paste_from_word_reads_clean(tmp_path: Path) -> None:
    body = (
        "　　凌晨四点，\u201c灯还亮着\u201d，她说\u2018再等等\u2019。\n\n"
        "　　第\xa0二\xa0天\u3000她又来了。\n\n\xa0\xa0她走了\u2014\u2014没有回头\u2026\u2026\n"
    )
    write(tmp_path, site_of(li_na=record(body)))
    assert clean_build(tmp_path).problems == ()
    html = page_of(tmp_path)
    assert re.search(r"<p[^>]*>凌晨四点，", html) and re.search(r"<p[^>]*>她走了", html)
    assert "<pre" not in html  # an indented paragraph is no program
    text = main_of(html)
    assert "“灯还亮着”" in text and "‘再等等’" in text
    assert "\xa0" not in text[text.index("凌晨") : text.index("回头")]


def test_a_list_right_after_a_line_is_a_list(tmp_path: Path) -> None:
    body = "主要事迹：\n- 先记满\n- 再说话\n\n做法：\n1. 一查\n2. 二看\n"
    write(tmp_path, site_of(li_na=record(body)))
    assert clean_build(tmp_path).problems == ()
    html = page_of(tmp_path)
    assert re.search(r"<ul[^>]*>\s*<li[^>]*>\s*(<p>)?先记满", html)
    assert re.search(r"<ol[^>]*>\s*<li[^>]*>\s*(<p>)?一查", html)
    assert "- 先记满" not in main_of(html)


def test_headings_have_addresses_that_mean_something(tmp_path: Path) -> None:
    body = "## 凌晨四点的表\n\n甲。\n\n## 十一年\n\n乙。\n\n## 十一年\n\n丙。\n"
    write(tmp_path, site_of(li_na=record(body)))
    clean_build(tmp_path)
    ids = re.findall(r'<h[2-4][^>]* id="([^"]+)"', page_of(tmp_path))
    assert not [name for name in ids if re.fullmatch(r"_\d*|", name)]
    assert len(set(ids)) == len(ids) and "十一年" in "".join(ids)


def test_lines_of_a_chinese_paragraph_join_without_a_space(tmp_path: Path) -> None:
    body = "凌晨四点，\n她在窗口\n等最后一位。用户姓 Li\nNa，说 thank\nyou。\n"
    write(tmp_path, site_of(li_na=record(body)))
    clean_build(tmp_path)
    assert "凌晨四点，她在窗口等最后一位。" in main_of(page_of(tmp_path))
    assert "Li Na，说 thank you。" in main_of(page_of(tmp_path))


def test_underscores_next_to_chinese_are_strong(tmp_path: Path) -> None:
    write(tmp_path, site_of(li_na=record("她__一分钟__也没走。**“好。”**他说。\n")))
    clean_build(tmp_path)
    html = page_of(tmp_path)
    assert "<strong>一分钟</strong>" in html and "<strong>“好。”</strong>" in html
    assert "__" not in main_of(html) and "**" not in main_of(html)


# --- names -----------------------------------------------------------------------------------------


def test_rare_characters_stand_wherever_a_name_does(tmp_path: Path) -> None:
    names = {"a": "王𬭎", "b": "李㛃", "c": "龚䶮", "d": "刘𠅤", "e": "𠮷田"}
    write(tmp_path, site_of(**{slug: record(name=name) for slug, name in names.items()}))
    clean_build(tmp_path)
    data = json.loads((tmp_path / "public/exemplars.json").read_text("utf-8"))["exemplars"]
    listed = {entry["slug"]: entry["name"] for entry in data}
    assert listed == names
    assert all(re.search("[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", entry["pinyin"]) for entry in data)
    people = main_of((tmp_path / "public/names/index.html").read_text("utf-8"))
    for slug, name in names.items():
        assert name in page_of(tmp_path, slug)
        assert name in re.sub(r"\s|\u2060|\u3000", "", people)
        assert f'"{name}"' in (tmp_path / "public/data/people.js").read_text("utf-8")


def test_two_of_one_name_have_pages_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, site_of(li_na=record("一。\n", post="司机"), li_na_2=record("二。\n", post="会计")))
    assert [problem.code for problem in clean_build(tmp_path).problems] == ["same-name"]
    assert "司机" in page_of(tmp_path) and "会计" in page_of(tmp_path, "li-na-2")


def test_folders_that_differ_by_case_only_are_told_apart(tmp_path: Path) -> None:
    """On Windows they can't exist side by side; from a Linux desk they reach everybody's checkout."""
    (tmp_path / "A").mkdir()
    if (tmp_path / "a").exists():
        return  # this file system can't hold the mistake
    files = site_of(li_na=record("小写的。\n")) | {"exemplars/Li-Na/index.md": record("大写的。\n")}
    built = build(write(tmp_path, files))
    assert [(p.where.file, p.code) for p in built.problems] == [("exemplars/Li-Na/index.md", "slug-form")]
    assert "小写的" in page_of(tmp_path)
    assert "大写的".encode() not in b"".join(tree(tmp_path / "public").values())
