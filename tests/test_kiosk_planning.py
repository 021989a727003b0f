"""What stands in the kiosk's folder: who, under which names, and nobody else in any byte."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import site_builder
from kiosk_case import FAST, build, face, person, site, version_of
from PIL import Image
from published_case import ALIKE, ROOT, fingerprint, letters, portrait_crop, records, sentences

from generator.model import Exemplar, Scope, Status

FIXED = {"index.html", "version.js", "manifest.json"}
PARCEL = re.compile(r'HONOUR_KIOSK_PARCEL\("([^"]+)","([0-9a-f]{8})",(.*)\)', re.DOTALL)


def parcels(kiosk: Path) -> dict[str, str]:
    """What each parcel carries, by its name; each is checked as a browser checks it."""
    found = {}
    for file in kiosk.glob("*.js"):
        told = PARCEL.fullmatch(file.read_text("utf-8"))
        if told is None:
            continue
        name, said, carried = told.groups()
        content: str = json.loads(carried) if carried.startswith('"') else carried
        assert name == file.name
        assert said == f"{zlib.crc32(content.encode()):08x}", name
        found[name] = content
    return found


def kind(name: str) -> str:
    return name.split("-")[0]


def deck_of(kiosk: Path) -> dict[str, Any]:
    (text,) = (content for name, content in parcels(kiosk).items() if kind(name) == "deck")
    deck: dict[str, Any] = json.loads(text)
    return deck


def words_in(kiosk: Path) -> str:
    """Everything that can be read in the folder, in one text; pictures aside."""
    texts = [content for name, content in parcels(kiosk).items() if kind(name) != "picture"]
    return "\n".join((*texts, *(file.read_bytes().decode("utf-8", "replace") for file in kiosk.iterdir())))


# --- names and versions ----------------------------------------------------------------------------


def test_a_version_is_the_list_of_its_parcels(tmp_path: Path) -> None:
    kiosk = build(tmp_path, site(3))
    version = version_of(kiosk)
    names = set(parcels(kiosk)) | {file.name for file in kiosk.glob("boot-*.js")}
    assert set(version["files"]) == names
    assert {kind(name) for name in names} == {
        "boot",
        "code",
        "style",
        "shell",
        "deck",
        "letters",
        "person",
        "picture",
    }
    page = (kiosk / "index.html").read_text("utf-8")
    assert version["id"] in page
    assert all(name in page for name in names if kind(name) in ("boot", "code", "style", "shell", "deck"))


def test_one_edit_renames_what_it_touches(tmp_path: Path) -> None:
    before = set(version_of(build(tmp_path, site(4)))["files"])
    files = site(4)
    files["exemplars/p01/index.md"] = person(1, post="班长")
    after = set(version_of(build(tmp_path, files))["files"])
    assert sorted(kind(name) for name in after - before) == ["deck", "person"]
    files["exemplars/p02/photo.jpg"] = face(9)
    again = set(version_of(build(tmp_path, files))["files"])
    assert {kind(name) for name in again - after} == {"deck", "picture"}


def test_a_day_changes_the_deck_alone(tmp_path: Path) -> None:
    """By the day a kiosk knows whether its clock can be believed."""
    before = version_of(build(tmp_path, site(3)))
    after = version_of(build(tmp_path, site(3), day=date(2026, 3, 3)))
    assert [kind(name) for name in set(after["files"]) - set(before["files"])] == ["deck"]
    assert after["id"] != before["id"]


def test_incremental_is_clean(tmp_path: Path) -> None:
    build(tmp_path / "one", site(3))
    files = site(4)
    files["exemplars/p00/index.md"] = person(0, status="revoked")
    one, other = build(tmp_path / "one", files), build(tmp_path / "other", files)
    assert site_builder.tree(one) == site_builder.tree(other)


def test_the_form_is_known_by_its_bytes() -> None:
    """Names are made of inputs: if the same inputs shall become other bytes, `parcels.FORM` must be raised."""
    from generator.parcels import FORM, parcel

    assert (FORM, parcel("kiosk/a-0.js", "“字”\n\u2028")) == (
        "1",
        'HONOUR_KIOSK_PARCEL("a-0.js","165209e9","“字”\\n\\u2028")'.encode(),
    )


# --- whole or not at all ---------------------------------------------------------------------------

# Runs each file cut at every `stride`th byte, and says which of them still speaks.
CUTS = """
const { readFileSync } = require("node:fs"), vm = require("node:vm");
const [stride, ...files] = process.argv.slice(1);
let tried = 0, spoke = false;
const speak = () => { spoke = true; };
const calls = { HONOUR_KIOSK_PARCEL: speak, HONOUR_KIOSK_VERSION: speak };
const world = vm.createContext({ window: { HONOUR_KIOSK: {}, ...calls }, ...calls });
for (const file of files) {
  const bytes = readFileSync(file);
  const speaks = (size) => {
    spoke = false;
    try {
      new vm.Script(bytes.subarray(0, size).toString()).runInContext(world);
    } catch (cut) { /* as it should be */ }
    return spoke;
  };
  const sizes = [0, bytes.length - 1, bytes.length - 2];
  for (let size = 1; size < bytes.length - 2; size += Number(stride)) sizes.push(size);
  for (const size of sizes) { tried += 1; if (speaks(size)) console.log(file + " cut at " + size); }
  if (!speaks(bytes.length)) console.log(file + " itself");
}
console.error(tried);
"""


@pytest.mark.parametrize("stride", [211, pytest.param(1, marks=pytest.mark.soak)])
def test_a_parcel_cut_anywhere_says_nothing(node: str, tmp_path: Path, stride: int) -> None:
    kiosk = build(tmp_path, site(16))
    files = [kiosk / name for name in version_of(kiosk)["files"]] + [kiosk / "version.js"]
    assert len(files) >= 36
    done = subprocess.run(
        [node, "-e", CUTS, str(stride), *map(str, files)], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    assert int(done.stderr) >= sum(file.stat().st_size for file in files) // stride


# --- who -------------------------------------------------------------------------------------------


def test_slides_say_when_they_end(tmp_path: Path) -> None:
    files = site(3, consent={"required": True})
    consent = {"basis": "本人同意", "scope": ["kiosk"], "date": "2025-01-01"}
    files["exemplars/p00/index.md"] = person(0, consent=consent | {"until": "2026-03-10"})
    files["exemplars/p01/index.md"] = person(
        1, consent=consent | {"until": "2027-01-01"}, publish={"from": "2025-01-01", "until": "2026-05-01"}
    )
    files["exemplars/p02/index.md"] = person(2, consent=consent | {"scope": ["web"]})
    people = deck_of(build(tmp_path, files))["people"]
    assert {one["slug"]: one["until"] for one in people} == {"p00": "2026-03-10", "p01": "2026-05-01"}


def test_whoever_is_withdrawn_leaves_at_the_next_build(tmp_path: Path) -> None:
    files = site(3)
    kiosk = build(tmp_path, files)
    before = set(kiosk.iterdir())
    assert "孙大海" in words_in(kiosk)
    files["exemplars/p02/index.md"] = person(2, status="suspended")
    kiosk = build(tmp_path, files)
    assert "孙大海" not in words_in(kiosk) and "第2" not in words_in(kiosk)
    assert sorted(kind(file.name) for file in before - set(kiosk.iterdir())) == [
        "deck",
        "letters",
        "person",
        "picture",
    ]


def test_a_code_for_telephones_leads_only_where_the_website_shows_them(tmp_path: Path) -> None:
    files = site(2, consent={"required": True})
    consent = {"basis": "本人同意", "scope": ["kiosk", "web"], "date": "2025-01-01"}
    files["exemplars/p00/index.md"] = person(0, consent=consent)
    files["exemplars/p01/index.md"] = person(1, consent=consent | {"scope": ["kiosk"]})
    told = words_in(build(tmp_path, files))
    assert "https://honour.example.cn/exemplars/p00/" in told and "exemplars/p01/" not in told
    files["site.yaml"] = site_builder.settings(kiosk=FAST | {"handoff": False}, editions=["kiosk"])
    assert "exemplars/p00/" not in words_in(build(tmp_path, files))


def test_nobody_hidden_is_named_in_others_words(tmp_path: Path) -> None:
    """赵一鸣 lets the website show her and not the kiosk; others speak of her."""
    files = site(4, consent={"required": True})
    consent = {"basis": "本人同意", "scope": ["kiosk", "web"], "date": "2025-01-01"}
    files["exemplars/p00/index.md"] = person(0, consent=consent | {"scope": ["web"]})
    files["exemplars/p01/index.md"] = person(1, consent=consent, lineage={"mentors": ["p00"]}).replace(
        "凌晨四点，".encode(), "凌晨四点，赵一鸣叫他来。".encode()
    )
    said = [
        {"quote": "他像赵一鸣。", "by": "马师傅", "consent": True},
        {"quote": "稳。", "by": "赵一鸣", "consent": True},
    ]
    files["exemplars/p02/index.md"] = site_builder.record(
        name="孙大海", one_line="他和赵一鸣同一个班。", testimonials=said, consent=consent
    )
    files["exemplars/p03/index.md"] = person(3, consent=consent, members=["李文静", "赵一鸣"])
    files["content/activities/2026-03-05-a.md"] = site_builder.document(
        {"title": "赵一鸣讲一堂课", "date": "2026-03-05"}
    )
    files["content/activities/2026-03-06-b.md"] = site_builder.document(
        {"title": "报告会", "date": "2026-03-06"}
    )
    kiosk = build(tmp_path, files)
    told = words_in(kiosk)
    assert "赵一鸣" not in told
    assert "凌晨四点，一位同事叫他来。" in told
    assert "他和一位同事同一个班" in letters_apart(told)
    assert "稳。" not in told and "他像" not in told
    assert [one["title"] for one in deck_of(kiosk)["happenings"]] == ["报告会"]


def letters_apart(told: str) -> str:
    return re.sub(r"<[^>]*>", "", told)


def test_a_name_within_the_name_of_somebody_shown_stays(tmp_path: Path) -> None:
    files = site(0)
    files["exemplars/a/index.md"] = site_builder.record(name="李娜")
    files["exemplars/b/index.md"] = site_builder.record(name="李娜娜", one_line="李娜娜和李娜。")
    files["exemplars/c/index.md"] = site_builder.record(name="林夏", status="lead")
    files["exemplars/d/index.md"] = site_builder.record(name="林夏生", one_line="林夏生教过林夏。")
    told = letters_apart(words_in(build(tmp_path, files)))
    assert "李娜娜和李娜。" in told
    assert "林夏生教过一位同事。" in told


def test_nothing_leads_out(tmp_path: Path) -> None:
    files = site(1)
    body = "## 一\n\n见[网站](https://elsewhere.example/a)和<b>粗</b>。\n"
    files["exemplars/p00/index.md"] = site_builder.record(body)
    told = words_in(build(tmp_path, files))
    assert "elsewhere" not in told and "<a " not in told and "见网站和" in told


# --- the demonstration -----------------------------------------------------------------------------


def is_shown(exemplar: Exemplar) -> bool:
    consent = exemplar.consent
    open_ = consent and Scope.KIOSK in consent.scope and (not consent.until or consent.until.year > 2026)
    return bool(open_) and exemplar.status in (Status.APPROVED, Status.LEGACY)


SHOWN = [exemplar for exemplar in records().values() if is_shown(exemplar)]
HIDDEN = [exemplar for exemplar in records().values() if not is_shown(exemplar)]


def test_the_demonstration_shows_whom_it_may(lobby: Path) -> None:
    people = deck_of(lobby)["people"]
    assert {one["slug"] for one in people} == {exemplar.slug for exemplar in SHOWN}
    assert len(SHOWN) >= 24 and len(HIDDEN) >= 4


@pytest.mark.parametrize("exemplar", HIDDEN, ids=lambda exemplar: exemplar.slug)
def test_whoever_is_hidden_is_in_no_byte(lobby: Path, exemplar: Exemplar) -> None:
    told = letters(letters_apart(words_in(lobby)))
    shared = set().union(*(sentences(other) for other in SHOWN))
    assert exemplar.name not in told
    assert exemplar.slug.replace("-", "") not in told
    assert [part for part in sentences(exemplar) - shared if part in told] == []


def test_no_picture_of_somebody_hidden_is_there(lobby: Path) -> None:
    published = []
    for name, content in parcels(lobby).items():
        if kind(name) == "picture":
            with Image.open(io.BytesIO(base64.b64decode(content))) as image:
                published.append(fingerprint(image))
    assert len(published) >= len(SHOWN)

    def alike(exemplar: Exemplar) -> bool:
        assert exemplar.photo is not None
        with Image.open(ROOT / "exemplars" / exemplar.slug / exemplar.photo.file) as picture:
            left, top, right, bottom = portrait_crop(*picture.size, exemplar.photo.focus)
            width, height = picture.size
            box = (round(left * width), round(top * height), round(right * width), round(bottom * height))
            mine = fingerprint(picture.crop(box))
        return any(bin(mine ^ other).count("1") <= ALIKE for other in published)

    assert [e.slug for e in HIDDEN if e.photo and alike(e)] == []
    assert all(alike(e) for e in SHOWN if e.photo)
