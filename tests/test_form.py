"""The nomination form: all that the record says, what is private too, and nowhere but where it was asked for."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from print_case import (
    badly_broken,
    boxes_for_signs,
    collisions,
    images_of,
    info_of,
    lines_of,
    outside,
    pages_of,
    prose,
    qpdf_check,
    said_in,
    squeezed,
    text_of,
    unfit_fonts,
    words_of,
)
from site_builder import Files, build, clean_build, jpeg, record, settings, site_of, tree, write

from generator.cli import honour
from generator.editions import EDITIONS
from generator.fonts import Case

PRIVATE = {
    "电话": "13900007788",
    "出生年月": "1975-03",
    "性别": "女",
    "民族": "汉族",
    "身份证号": "000000197503010027",
    "备注": "爱人去年下岗，孩子在读大学，希望不写家里的事。",
}
HIDDEN = ("13900007788", "1975-03", "1975年3月", "汉族", "000000197503010027", "下岗")


def form(site: Path, slug: str, out: Path) -> Result:
    """`honour form`, in this process: fonts are read once."""
    return CliRunner().invoke(
        honour, ["--site", str(site), "form", slug, "--out", str(out)], standalone_mode=False
    )


def made(tmp_path: Path, body: str | None = None, said: dict[str, Any] | None = None, **facts: Any) -> Path:
    """The form of one record."""
    files = site_of(li_na=record(**({} if body is None else {"body": body}), **facts))
    files["site.yaml"] = settings(**(said or {}))
    if facts.get("photo"):
        files["exemplars/li-na/photo.jpg"] = jpeg()
    out = tmp_path / "推荐表.pdf"
    told = form(write(tmp_path / "site", files), "li-na", out)
    assert told.return_value == 0, told.output
    return out


# --- what it says ----------------------------------------------------------------------------------


def test_it_says_everything_that_the_record_says(tmp_path: Path) -> None:
    honour = {
        "title": "先进典型",
        "grade": "一等奖",
        "level": "市级",
        "by": "市总工会",
        "date": "2025-12-20",
        "document": "江工〔2025〕8号",
    }
    pdf = made(
        tmp_path,
        "## 窗口\n\n凌晨四点，她在窗口等最后一位用户。\n\n- 先记数\n\n| 年 | 数 |\n|---|---|\n| 2019 | 41 |\n",
        private=PRIVATE,
        post="窗口班长",
        identity="第三方",
        post_class="一线",
        line="客户服务",
        summary="她等到最后一个人。",
        honours=[honour],
        said={
            "post_classes": ["一线"],
            "lines": ["客户服务"],
            "review": {"stages": ["初审", "复审", "终审"]},
        },
    )
    said = squeezed(text_of(pdf, layout=True))
    for words in (
        "先进典型推荐表（个人）",
        "姓名李娜",
        "推荐类别服务群众",
        "水务集团营业所",
        "岗位窗口班长",
        "人员身份第三方",
        "岗位类别一线",
        "业务条线客户服务",
        "出生年月1975年3月",
        "联系电话13900007788",
        "性别女",
        "民族汉族",
        "身份证号000000197503010027",
        "备注爱人去年下岗，孩子在读大学，希望不写家里的事。",
        "事迹摘要她等到最后一个人。",
        "2025.12.20先进典型一等奖市级市总工会江工〔2025〕8号",
        "凌晨四点，她在窗口等最后一位用户。",
        "先记数",
        "201941",
        "内部资料注意保存",
        "第1页",
    ):
        assert words in said, words
    assert "13900007788" in {word.text for words in words_of(pdf) for word in words}


def test_there_is_a_box_to_seal_for_who_recommends_and_for_every_stage(tmp_path: Path) -> None:
    pdf = made(tmp_path, said={"review": {"stages": ["初审", "保密审查", "终审"]}})
    said = said_in(pdf)
    labels = {word.text: word.top for words in words_of(pdf) for word in words if word.text.endswith("意见")}
    assert [*sorted(labels, key=labels.__getitem__)] == ["意见", "初审意见", "保密审查意见", "终审意见"]
    assert "推荐单位意见" in said
    assert said.count("（签章）") == len(labels)
    assert (
        squeezed(text_of(pdf, layout=True)).count("年月日") == len(labels) + 1
    )  # and the day it is filled in


def test_without_stages_the_boxes_are_the_usual_ones(tmp_path: Path) -> None:
    said = said_in(made(tmp_path))
    assert all(words in said for words in ("推荐单位意见", "主管部门意见", "审批意见"))


def test_twelve_stages_run_over_the_page_and_not_over_its_edge(tmp_path: Path) -> None:
    pdf = made(tmp_path, said={"review": {"stages": [f"第{n}审" for n in range(1, 12)]}})
    assert said_in(pdf).count("（签章）") == 12
    assert outside(pdf, left=23, top=10, right=23, bottom=10) == []
    assert collisions(pdf) == []


def test_a_team_has_members_and_no_birthday(tmp_path: Path) -> None:
    pdf = made(
        tmp_path,
        kind="collective",
        name="抢修二班",
        members=["王敏", "赵启明"],
        private={"phone": "8120", "负责人": "王敏"},
    )
    said = said_in(pdf)
    for words in (
        "先进典型推荐表（集体）",
        "集体名称抢修二班",
        "集体成员王敏、赵启明",
        "联系电话8120",
        "负责人王敏",
    ):
        assert words in said
    assert "出生年月" not in said and "姓名" not in said


def test_the_photo_stands_in_its_box(tmp_path: Path) -> None:
    with_photo = made(tmp_path / "a", photo={"file": "photo.jpg", "alt": "正面"})
    without = made(tmp_path / "b")
    assert len(images_of(with_photo)) == 1 and "照片" not in said_in(with_photo)
    assert images_of(without) == [] and "照片" in said_in(without)


def test_it_is_no_example_unless_the_site_is_one(tmp_path: Path) -> None:
    assert "示例" not in said_in(made(tmp_path / "a"))
    assert "示例" in said_in(made(tmp_path / "b", said={"demonstration": True}))


TABLE = "\n| 年份 | 说明 |\n|---|---:|\n" + "".join(f"| {2015 + n} | 补进图里{n}处 |\n" for n in range(9))
HARD: dict[str, dict[str, Any]] = {
    "nothing": {"body": "", "one_line": None, "honours": []},
    "long": {"body": prose(4000, chapters=6) + TABLE},
    "medium": {"body": prose(1500, chapters=3), "private": PRIVATE, "summary": "一句话。" * 60},
    "names": {
        "name": "阿不都热合曼·买买提江·艾尔肯",
        "post": "城东片区管网运行维护与夜间应急抢修中心第二维护班组值班长",
    },
    "rare": {"name": "𬭎㛃𠅤"},
    "honours": {
        "honours": [
            {
                "title": f"第{n}届先进工作者标兵能手",
                "date": f"20{10 + n}-05",
                "grade": "一等奖",
                "by": "江城市公用事业管理局机关党委",
            }
            for n in range(12)
        ]
    },
    "team": {
        "kind": "collective",
        "name": "城东片区管网运行维护与夜间应急抢修中心第二维护班组暨青年突击队",
        "members": ["王敏", "赵启明", "阿依古丽·买买提"] * 8,
    },
}


@pytest.mark.parametrize("case", HARD)
def test_whatever_is_long_or_missing_stands_well(tmp_path: Path, case: str) -> None:
    facts = dict(HARD[case])
    body = facts.pop("body", None)
    pdf = made(tmp_path, body, said={"review": {"stages": ["初审", "复审", "终审"]}}, **facts)
    assert facts.get("name", "李娜") in said_in(pdf)
    assert badly_broken(pdf) == []
    assert collisions(pdf) == []
    assert outside(pdf, left=23, top=10, right=23, bottom=10) == []
    assert boxes_for_signs(pdf) == 0 and unfit_fonts(pdf) == []
    qpdf_check(pdf)
    boxes = [page for page in range(1, pages_of(pdf) + 1) if "（签章）" in said_in(pdf, page)]
    assert len(boxes) == 1, "the boxes stand together"


def test_every_character_of_long_deeds_is_there(tmp_path: Path) -> None:
    body = prose(4000, seed=3, chapters=6)
    wanted, found = Counter(squeezed(body.replace("#", ""))), Counter(said_in(made(tmp_path, body)))
    assert wanted - found == Counter()


def test_what_an_editor_writes_is_no_code(tmp_path: Path) -> None:
    pdf = made(tmp_path, private={"备注": '#eval("1") $x$', "#panic()": "*否*"}, post="#sys.inputs")
    said = said_in(pdf)
    assert all(words in said for words in ('#eval("1")$x$', "#panic()", "*否*", "#sys.inputs"))


# --- for whom --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["lead", "cultivating", "nominated", "notice", "approved", "legacy"])
def test_it_is_for_recommending_whatever_the_status(tmp_path: Path, status: str) -> None:
    notice = {"notice": {"from": "2026-03-01"}} if status == "notice" else {}
    pdf = made(
        tmp_path,
        status=status,
        said={"consent": {"required": True}, "review": {"stages": ["初审"]}},
        **notice,
    )
    assert "李娜" in said_in(pdf)


@pytest.mark.parametrize("status", ["suspended", "revoked"])
def test_whoever_was_withdrawn_is_not_recommended(tmp_path: Path, status: str) -> None:
    site = write(tmp_path / "site", site_of(li_na=record(status=status)))
    told = form(site, "li-na", tmp_path / "form.pdf")
    assert told.return_value == 1
    assert f"exemplars/li-na/index.md:7:9: 错误：“李娜”已被暂停或撤销（{status}）" in told.output
    assert not (tmp_path / "form.pdf").exists()


def test_no_address_and_no_other_record_are_needed(tmp_path: Path) -> None:
    files = site_of(li_na=record(), broken=b"---\nname: [\n---\n")
    files["site.yaml"] = settings(base_url=None)
    assert form(write(tmp_path / "site", files), "li-na", tmp_path / "form.pdf").return_value == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"---\nname: [\n---\n", "exemplars/li-na/index.md"),
        (record(name=None), "name"),
        (record(photo={"file": "gone.jpg", "alt": "正面"}), "gone.jpg"),
    ],
)
def test_an_unreadable_record_is_told(tmp_path: Path, data: bytes, code: str) -> None:
    told = form(write(tmp_path / "site", site_of(li_na=data)), "li-na", tmp_path / "form.pdf")
    assert told.return_value == 1
    assert code in told.output
    assert not (tmp_path / "form.pdf").exists()


def test_a_record_that_is_not_there_is_told_with_those_that_may_be_meant(tmp_path: Path) -> None:
    told = form(write(tmp_path / "site", site_of(li_na=record())), "lina", tmp_path / "form.pdf")
    assert told.return_value == 1
    assert "li-na" in told.output


def test_no_font_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Case, "_faces", ())
    told = form(write(tmp_path / "site", site_of(li_na=record())), "li-na", tmp_path / "form.pdf")
    assert told.return_value == 1
    assert "没有找到中文字体" in told.output
    assert not (tmp_path / "form.pdf").exists()


def test_a_private_character_without_a_shape_is_told_at_its_place(tmp_path: Path) -> None:
    told = form(
        write(tmp_path / "site", site_of(li_na=record(private={"备注": "\U0003fffd"}))),
        "li-na",
        tmp_path / "f.pdf",
    )
    assert told.return_value == 1
    assert "U+3FFFD" in told.output


# --- where -----------------------------------------------------------------------------------------


def test_it_must_be_said_where(tmp_path: Path) -> None:
    site = write(tmp_path / "site", site_of(li_na=record()))
    told = CliRunner().invoke(honour, ["--site", str(site), "form", "li-na"])
    assert told.exit_code == 2 and "--out" in told.output


@pytest.mark.parametrize("name", ["index.md", "form", "form.docx"])
def test_it_is_a_pdf(tmp_path: Path, name: str) -> None:
    """Imagine the record itself typed for its form."""
    site = write(tmp_path / "site", site_of(li_na=record()))
    before = tree(site)
    told = CliRunner().invoke(
        honour, ["--site", str(site), "form", "li-na", "--out", str(site / "exemplars/li-na" / name)]
    )
    assert told.exit_code == 2
    assert tree(site) == before


@pytest.mark.parametrize(
    "place", ["public/form.pdf", "public/exemplars/li-na/form.pdf", "preview/deep/er/form.pdf"]
)
def test_never_into_what_is_or_will_be_published(tmp_path: Path, place: str) -> None:
    """Before the first build as well: the folder need not be there yet."""
    site = write(tmp_path / "site", site_of(li_na=record(private=PRIVATE)))
    told = form(site, "li-na", site / place)
    assert told.return_value == 1 and "不能写进发布的文件夹" in told.output
    assert not (site / place).exists()


def test_never_into_another_output_folder(tmp_path: Path) -> None:
    site = write(tmp_path / "site", site_of(li_na=record(private=PRIVATE)))
    clean_build(site, out=tmp_path / "www", editions=("website",))
    before = tree(tmp_path / "www")
    (tmp_path / "link").symlink_to(tmp_path / "www")
    for place in ("www/form.pdf", "www/exemplars/li-na/form.pdf", "www/new/folder/form.pdf", "link/form.pdf"):
        told = form(site, "li-na", tmp_path / place)
        assert told.return_value == 1 and "不能写进发布的文件夹" in told.output
    assert tree(tmp_path / "www") == before


def test_never_over_a_published_file_through_a_link(tmp_path: Path) -> None:
    site = write(tmp_path / "site", site_of(li_na=record(private=PRIVATE)))
    clean_build(site, editions=("certificate",))
    published = site / "public" / "certificates" / "li-na-1.pdf"
    before = published.read_bytes()
    (tmp_path / "form.pdf").symlink_to(published)
    assert form(site, "li-na", tmp_path / "form.pdf").return_value == 1
    assert published.read_bytes() == before


def test_an_older_form_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "forms" / "form.pdf"
    out.parent.mkdir()
    out.write_bytes(b"an older one")
    site = write(tmp_path / "site", site_of(li_na=record()))
    assert form(site, "li-na", out).return_value == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert [file.name for file in out.parent.iterdir()] == ["form.pdf"]
    assert info_of(out)["Page size"].endswith("(A4)")
    assert lines_of(out)[0]


def test_the_same_form_has_the_same_bytes(tmp_path: Path) -> None:
    site = write(tmp_path / "site", site_of(li_na=record(private=PRIVATE)))
    for name in ("a.pdf", "b.pdf"):
        assert form(site, "li-na", tmp_path / name).return_value == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


# --- what is private stays private -----------------------------------------------------------------


def words_in(name: str, data: bytes) -> str:
    """Everything that can be read in a published file, of a zip in all that it holds."""
    if name.endswith((".zip", ".docx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(words_in(inner, archive.read(inner)) for inner in archive.namelist())
    return data.decode("utf-8", "replace")


def everybody() -> Files:
    """A site of which every edition has something to make."""
    facts: dict[str, Any] = {
        "private": PRIVATE,
        "pledge": {"promise": "把灯留到最后。", "post": "党员先锋岗"},
        "photo": {"file": "photo.jpg", "alt": "正面"},
        "honours": [{"title": "先进典型", "date": "2025-12-20"}],
        "consent": {"basis": "本人同意", "scope": ["web", "kiosk", "print", "media"]},
    }
    files = site_of(li_na=record(**facts), wang_min=record(name="王敏", status="nominated", private=PRIVATE))
    files["site.yaml"] = settings(slogans=["找身边的人，学做得到的事。"])
    files["exemplars/li-na/photo.jpg"] = jpeg()
    return files


@pytest.mark.parametrize("preview", [False, True])
def test_no_build_publishes_what_is_private(tmp_path: Path, preview: bool) -> None:
    site = write(tmp_path / "site", everybody())
    built = build(site, editions=tuple(EDITIONS), preview=preview)
    assert not [problem for problem in built.problems if problem.is_error], built.problems
    folder = site / ("preview" if preview else "public")
    published = tree(folder)
    assert {"press-kits/li-na.zip", "certificates/li-na-1.pdf", "bulletins/li-na.pdf"} <= published.keys()
    for name, data in published.items():
        read = said_in(folder / name) if name.endswith(".pdf") else words_in(name, data)
        assert not [words for words in HIDDEN if words in read], name
        assert not [words for words in HIDDEN if words.encode() in data], name
