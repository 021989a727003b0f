"""The privacy report says what is published and nothing else: compared with the bytes of a build."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from conftest import Once
from site_builder import DAY, Files, build, document, honour, jpeg, record, settings, site_of, write
from test_contracts import examples, shape

EDITIONS = ("website", "kiosk", "press-kit")
EVERYWHERE = ["web", "kiosk", "print", "media"]


def full(mark: str, **changes: Any) -> bytes:
    """A record all of whose texts no other record has."""
    values = {
        "name": f"{mark}姓名",
        "pinyin": None,
        "post": f"{mark}岗位上的人",
        "identity": "退休",
        "one_line": f"{mark}这是一句话事迹。",
        "summary": f"{mark}这里写的是摘要。",
        "citation": f"{mark}颁奖词头一句",
        "remarks": f"{mark}感言说给大家。",
        "spirit": f"{mark}精神提炼一句",
        "honours": [{"title": f"{mark}荣誉的称号", "level": "市级", "date": "2025-12-20"}],
        "timeline": [{"date": "2009-07", "text": f"{mark}足迹从这里起"}],
        "practices": [{"title": f"{mark}做法有三条路"}],
        "pledge": {"promise": f"{mark}承诺一句话到"},
        "testimonials": [
            {"quote": f"{mark}原话照录在此。", "by": f"{mark}说话人", "consent": True},
            {"quote": f"{mark}没有问过的话。", "by": f"{mark}没问的人"},
        ],
        "consent": {"basis": "本人同意", "scope": EVERYWHERE, "date": "2026-01-01", "until": "2030-06-30"},
    }
    body = f"## 一\n\n{mark}事迹写在这一行里，很长。\n\n![现场]({mark}.jpg)\n"
    return record(body, **(values | changes))


def site() -> Files:
    """People published in every edition, in one, in none; a minor with and one without a guardian's consent."""
    web = {"basis": "本人同意", "scope": ["web"]}
    scene = {
        "file": "甲.jpg",
        "alt": "现场",
        "people": ["甲姓名", "路人甲"],
        "consent": True,
        "credit": "甲摄影者",
    }
    photo = {"file": "photo.jpg", "alt": "甲", "credit": "甲肖像者"}
    files = site_of(
        jia=full("甲", photo=photo, pictures=[scene]),
        yi=full("乙", consent=web, minor=True, guardian_consent=True),
        bing=full("丙", minor=True),
        ding=full("丁", status="suspended"),
        wu=full("戊", status="cultivating", consent=None),
        ji=record(
            "己事迹写在这一行里，很长。",
            name="己姓名",
            one_line="己这是一句话事迹。",
            kind="collective",
            members=["己成员甲"],
            consent=None,
            status="legacy",
            honours=[],
        ),
    )
    for mark, slug in (("甲", "jia"), ("乙", "yi"), ("丙", "bing"), ("丁", "ding"), ("戊", "wu")):
        files[f"exemplars/{slug}/{mark}.jpg"] = jpeg(640, 480)
    channel = {"phone": "8120-7731", "email": "gengzheng@honour.example"}
    return files | {
        "exemplars/jia/photo.jpg": jpeg(),
        "site.yaml": settings(feedback={"correct": channel}, editions=[*EDITIONS]),
        "content/notices/tong-bao.md": document(
            {"title": "通报", "date": "2026-01-01", "exemplars": ["jia"]}
        ),
    }


@pytest.fixture(scope="module")
def built(once: Once) -> Path:
    """The site as built, its editions in folders of their own."""

    def make(folder: Path) -> None:
        write(folder / "site", site())
        for edition in EDITIONS:
            clean_build_of(folder / "site", folder / edition, edition)

    return once("privacy", make)


def clean_build_of(site: Path, out: Path, edition: str) -> None:

    told = build(site, out=out, editions=(edition,))
    assert told.report is not None and told.report.complete
    assert {problem.code for problem in told.problems if problem.is_error} == {"guardian-missing"}


def reported(site: Path, *words: str) -> Any:
    done = honour("--site", site, "privacy", "--json", "--date", DAY, *words)
    assert done.returncode == 1 and "Traceback" not in done.stderr  # 丙's guardian is missing
    return json.loads(done.stdout)


def text_of(folder: Path) -> str:
    """All that stands in the files of an edition, without the tags between its words."""
    parts: list[str] = []

    def add(name: str, data: bytes) -> None:
        if name.endswith((".zip", ".docx")):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for inside in packed.namelist():
                    add(inside, packed.read(inside))
        elif name.endswith((".html", ".js", ".json", ".xml", ".txt", ".csv")):
            parts.append(unescape(re.sub(r"<[^>]*>", "", data.decode("utf-8"))))

    for path in folder.rglob("*"):
        if path.is_file():
            add(path.name, path.read_bytes())
    return re.sub(r"\\n|\s", "", "\n".join(parts))


PROBES = {
    "name": "姓名",
    "post": "岗位上的人",
    "one_line": "这是一句话事迹",
    "summary": "这里写的是摘要",
    "citation": "颁奖词头一句",
    "remarks": "感言说给大家",
    "spirit": "精神提炼一句",
    "honours": "荣誉的称号",
    "timeline": "足迹从这里起",
    "practices": "做法有三条路",
    "pledge": "承诺一句话到",
    "deeds": "事迹写在这一行里",
}


def test_it_says_what_the_files_hold_and_nothing_else(built: Path) -> None:
    """Every datum of every person in every edition: in the report if and only if in the bytes."""
    told = reported(built / "site")
    said = {
        (person["name"][0], one["edition"], key)
        for person in told["people"]
        for one in person["published"]
        for key in one["data"]
    }
    for edition in EDITIONS:
        whole = text_of(built / edition)
        for mark in "甲乙丙丁戊己":
            for key, probe in PROBES.items():
                assert (f"{mark}{probe}" in whole) == ((mark, edition, key) in said), (mark, edition, key)
            named = {o["name"] for p in told["people"] for o in p["others"] if edition in o["editions"]}
            for name in ("说话人", "没问的人", "摄影者", "成员甲"):
                assert (f"{mark}{name}" in whole) == (f"{mark}{name}" in named), (mark, name, edition)
            # The credit of a portrait goes to every template that gets the portrait; not every one prints it.
            assert f"{mark}肖像者" not in whole or f"{mark}肖像者" in named
        assert ("8120-7731" in whole) == any(edition in one["editions"] for one in told["office"])
    assert {mark for mark, _, _ in said} == {"甲", "乙", "己"}
    assert {edition for mark, edition, _ in said if mark == "乙"} == {"website"}


def test_photos_are_found_by_their_bytes(built: Path) -> None:
    people = {person["slug"]: person for person in reported(built / "site")["people"]}
    shown = {slug: {key for one in p["published"] for key in one["data"]} for slug, p in people.items()}
    assert {"photo", "pictures"} <= shown["jia"] and "photo" not in shown["yi"] and "pictures" in shown["yi"]
    assert {"role": "pictured", "name": "路人甲", "consent": True, "editions": [*EDITIONS]} in people["jia"][
        "others"
    ]


def test_consent_and_what_to_heed(built: Path) -> None:
    people = {person["slug"]: person for person in reported(built / "site")["people"]}
    assert people["jia"]["consent"] == {
        "basis": "本人同意", "scope": EVERYWHERE, "date": "2026-01-01", "until": "2030-06-30",
    }  # fmt: skip
    assert people["jia"]["heed"] == []
    assert people["yi"]["heed"] == ["no-day", "no-end", "minor"] and people["yi"]["guardian_consent"]
    assert people["ji"]["heed"] == ["no-consent", "legacy", "other-unasked"]
    assert "bing" not in people  # a minor whose guardian has not consented is published nowhere


def test_its_json_is_as_promised(built: Path) -> None:
    told = reported(built / "site", "--editions", "website")
    jia = next(person for person in told["people"] if person["slug"] == "jia")
    promised = examples()["privacy"]
    assert shape(told | {"people": [jia | {"heed": ["no-end"]}]}) == shape(promised)


@pytest.mark.parametrize(("language", "words"), [("zh-CN", "监护人：已同意"), ("en", "Guardian: consents")])
def test_people_can_read_and_print_it(built: Path, language: str, words: str) -> None:
    done = honour("--site", built / "site", "--lang", language, "privacy", "--date", DAY)
    assert (
        words in done.stdout and "甲姓名　exemplars/jia/index.md" in done.stdout and "丙" not in done.stdout
    )
    assert "exemplars/bing/index.md" in done.stderr
    page = honour("--site", built / "site", "--lang", language, "privacy", "--html", "--date", DAY).stdout
    for line in done.stdout.splitlines()[1:]:
        assert not line or all(
            part in unescape(page) for part in re.split("[：:] ?", line.strip(), maxsplit=1)
        ), line


def test_its_page_runs_nothing(tmp_path: Path) -> None:
    files = site_of(li_na=record(name="<script>alert(1)</script>", post='"><img src=x onerror=alert(1)>'))
    page = honour("--site", write(tmp_path, files), "privacy", "--html", "--date", DAY).stdout
    assert "&lt;script&gt;" in page and "<script" not in page and "<img" not in page
    assert "default-src 'none'" in page
