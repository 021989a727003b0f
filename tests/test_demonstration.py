"""The demonstration site shows whom it should, whole, and hides whom it must from every file."""

from __future__ import annotations

import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image
from published_case import (
    HIDDEN,
    PICTURES,
    SHOWN,
    letters,
    paragraphs,
    published_pictures,
    records,
    same_picture,
    sentences,
    where,
)
from site_case import DAY, ROOT, files_of, pages_of, read_page, run

from generator.model import Exemplar, Status

# --- who is there ----------------------------------------------------------------------------------


def test_the_site_has_no_errors(demonstration: Path) -> None:
    site = demonstration.parent / "site"
    done = run(site, "check", "--json", "--date", DAY)
    problems = json.loads(done.stdout)["problems"]
    assert [problem for problem in problems if problem["severity"] == "error"] == []
    assert done.returncode == 0


def test_enough_people_of_every_kind_are_shown(demonstration: Path) -> None:
    assert len(SHOWN) >= 24
    assert sum(exemplar.kind == "collective" for exemplar in SHOWN) == 4
    assert len({exemplar.year for exemplar in SHOWN}) >= 6
    assert len({exemplar.line for exemplar in SHOWN}) == 3
    assert {"第三方", "毕业生", "退休"} <= {exemplar.identity for exemplar in SHOWN}
    assert any(exemplar.status == Status.LEGACY for exemplar in SHOWN)
    assert any(exemplar.lineage.mentors or exemplar.lineage.students for exemplar in SHOWN)
    pages = {
        path.split("/")[1]
        for path in files_of(demonstration)
        if re.fullmatch(r"exemplars/[^/]+/index.html", path)
    }
    old = {slug for exemplar in SHOWN for slug in exemplar.formerly}
    assert old
    assert pages == {exemplar.slug for exemplar in SHOWN} | old


def test_every_reason_to_hide_has_its_case() -> None:
    assert {exemplar.status for exemplar in HIDDEN} >= {
        Status.CULTIVATING,
        Status.NOTICE,
        Status.SUSPENDED,
        Status.REVOKED,
        Status.APPROVED,
    }
    assert any(exemplar.private for exemplar in HIDDEN)


@pytest.mark.parametrize("exemplar", SHOWN, ids=lambda exemplar: exemplar.slug)
def test_whoever_is_shown_is_shown_whole(demonstration: Path, exemplar: Exemplar) -> None:
    page = read_page(demonstration, f"exemplars/{exemplar.slug}/index.html")
    told = letters(page.text)
    assert letters(exemplar.name) in told
    missing = [
        text
        for text in (*paragraphs(exemplar), exemplar.one_line, exemplar.remarks)
        if letters(text) not in told
    ]
    assert missing == []
    for said in exemplar.testimonials:
        assert (letters(said.quote) in told) == bool(said.consent), said
    assert all(letters(honour.title) in told for honour in exemplar.honours)


@pytest.mark.parametrize("exemplar", HIDDEN, ids=lambda exemplar: exemplar.slug)
def test_whoever_is_hidden_is_nowhere(demonstration: Path, exemplar: Exemplar) -> None:
    allowed = {"notices/index.html"} if exemplar.status == Status.NOTICE else set()
    open_texts = {
        letters(part)
        for text in (exemplar.one_line, exemplar.summary)
        for part in re.split("[。！？；：]", text)
    }
    shared = set().union(*(sentences(other) for other in SHOWN))
    own = sentences(exemplar) - shared
    assert len(own) >= 10
    assert len(sentences(exemplar) & shared) <= 3
    leaks = {
        part: set(where(demonstration, part)) - (allowed if part in open_texts else set()) for part in own
    }
    assert {part: files for part, files in leaks.items() if files} == {}
    assert set(where(demonstration, exemplar.name)) == allowed
    assert where(demonstration, exemplar.slug) == []
    for key, value in exemplar.private:
        for part in re.split(r"[。！？；，]", value):
            assert len(letters(part)) < 4 or where(demonstration, part) == [], key
    paths = [path for path in files_of(demonstration) if exemplar.slug in path]
    assert paths == []


def test_the_search_for_words_finds_those_that_are_there(demonstration: Path) -> None:
    for exemplar in SHOWN:
        page = f"exemplars/{exemplar.slug}/index.html"
        kept = [said.quote for said in exemplar.testimonials if not said.consent]
        kept += [text for honour in exemplar.honours for text in (honour.document, honour.number)]
        missed = [part for part in sentences(exemplar) if page not in where(demonstration, part)]
        assert [part for part in missed if not any(part in letters(text) for text in kept)] == [], (
            exemplar.slug
        )


@pytest.mark.parametrize("exemplar", [e for e in HIDDEN if e.photo], ids=lambda exemplar: exemplar.slug)
def test_no_picture_of_somebody_hidden_is_published(demonstration: Path, exemplar: Exemplar) -> None:
    assert same_picture(demonstration, exemplar) == []


def test_the_search_for_pictures_finds_those_that_are_there(demonstration: Path) -> None:
    for exemplar in SHOWN:
        if exemplar.photo:
            found = same_picture(demonstration, exemplar)
            assert any(path.startswith(f"exemplars/{exemplar.slug}/") for path in found), exemplar.slug


def test_who_is_in_public_notice_stands_there_with_a_card_and_the_days_left(demonstration: Path) -> None:
    (noticed,) = (exemplar for exemplar in HIDDEN if exemplar.status == Status.NOTICE)
    told = read_page(demonstration, "notices/index.html").text
    assert letters(noticed.name) in letters(told)
    assert letters(noticed.one_line) in letters(told)
    assert "8120" in told
    assert re.search(r"2\s*个工作日后结束", told)


def test_no_original_and_no_metadata_is_published(demonstration: Path) -> None:
    originals = {
        hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in ("exemplars", "content")
        for file in (ROOT / folder).rglob("*")
        if file.suffix.lower() in PICTURES
    }
    assert len(originals) > 20
    for path in published_pictures(demonstration):
        data = (demonstration / path).read_bytes()
        assert hashlib.sha256(data).hexdigest() not in originals, path
        with Image.open(io.BytesIO(data)) as image:
            assert not image.getexif(), path
            assert not {"exif", "xmp", "comment", "photoshop", "icc_profile"} & set(image.info), path


def test_private_words_unspoken_consent_and_camera_data_stay_out_of_every_file(
    tiny: Path, preview: Path
) -> None:
    """tests/sites/tiny: somebody who is shown, with a telephone, a refused testimonial and a located photo."""
    source = tiny.parent / "site" / "exemplars" / "li-hua"
    assert b"Secret Photographer" in (source / "photo.jpg").read_bytes()
    assert "exemplars/li-hua/index.html" in where(tiny, "他交班时总要多站五分钟")
    for secret in ("13900001234", "母亲长年住院", "这句话没有得到同意", "孙立", "这一段不能出现"):
        assert where(tiny, secret) == []
    for path in files_of(tiny):
        data = (tiny / path).read_bytes()
        assert b"Secret Photographer" not in data and b"taken at home" not in data, path
    for exemplar in records().values():
        for _, value in exemplar.private:
            assert where(preview, value) == []


# --- the preview -----------------------------------------------------------------------------------


def test_the_preview_shows_who_is_not_approved_yet_marked_on_every_page(preview: Path) -> None:
    assert json.loads((preview / "manifest.json").read_bytes())["preview"] is True
    for path in pages_of(preview):
        html = (preview / path).read_text("utf-8")
        assert re.search(r'<meta name="robots" content="[^"]*noindex', html), path
        assert "未审核" in html, path
    unapproved = {Status.LEAD, Status.CULTIVATING, Status.NOMINATED, Status.NOTICE}
    for exemplar in HIDDEN:
        there = (preview / "exemplars" / exemplar.slug / "index.html").exists()
        assert there == (exemplar.status in unapproved), exemplar.slug
        if not there:
            assert where(preview, exemplar.name) == []
