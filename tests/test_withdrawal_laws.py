"""Whoever is withdrawn is in no byte of the next release: sites at random, looked through by means of its own."""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import brotli
import hypothesis.strategies as st
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as rules
from PIL import Image, ImageChops, ImageStat
from site_builder import SETTINGS, Files, document, write
from site_builder import settings as site_yaml
from withdrawal_case import person, photo, portrait, run

# Two rare signs each: no word of the theme, nor of another person, holds them.
NAMES = ("鼂鼐", "龢龤", "麤麹", "鸑鷟", "鱻魦")
SLUGS = ("chao-nai", "he-xie", "cu-qu", "yue-zhuo", "xian-sha")
EDITIONS = ["website", "kiosk", "bulletin", "press-kit", "team-sheet", "roll"]
WAYS = ("command", "status", "suspended", "ended", "deleted")
DAY = "2026-03-02"
ALIKE = 12.0  # grey levels; two portraits of tests/withdrawal_case.py differ by 40 and more


def sentence(number: int) -> str:
    return f"{NAMES[number]}在第{number}号阀门前守了整整一夜没有离开"


@st.composite
def plans(draw: st.DrawFn) -> tuple[int, dict[int, str], bool]:
    """(people, who goes in which way, whether they are entangled with others)."""
    many = draw(st.integers(2, len(NAMES)))
    gone = draw(
        st.dictionaries(st.integers(0, many - 1), st.sampled_from(WAYS), min_size=1, max_size=many - 1)
    )
    return many, gone, draw(st.booleans())


def site_of(many: int, *, entangled: bool) -> Files:
    files: Files = {"site.yaml": site_yaml(editions=EDITIONS, units=SETTINGS["units"])}
    for n in range(many):
        others = [SLUGS[m] for m in range(many) if m != n]
        changes: dict[str, object] = {
            "consent": {"basis": "signed", "scope": ["web", "kiosk", "print", "media"]}
        }
        if entangled:
            changes |= {"lineage": {"mentors": others[:1]}}
        files[f"exemplars/{SLUGS[n]}/index.md"] = person(NAMES[n], sentence(n), **changes)
        files[f"exemplars/{SLUGS[n]}/photo.jpg"] = photo(n)
    everybody = list(SLUGS[:many])
    files["content/activities/hui.md"] = document(
        {"title": "报告会", "date": "2026-01-10", "exemplars": everybody}, "来了很多人。\n"
    )
    return files


def withdraw(site: Path, number: int, way: str) -> None:
    file = site / "exemplars" / SLUGS[number] / "index.md"
    text = file.read_text("utf-8")
    if way in ("command", "deleted"):
        assert run(site, "revoke", SLUGS[number], "--date", DAY).return_value == 0
    elif way == "ended":
        file.write_text(text.replace("  basis: signed\n", "  basis: signed\n  until: 2026-02-01\n"), "utf-8")
    else:
        status = "revoked" if way == "status" else "suspended"
        file.write_text(text.replace("status: approved", f"status: {status}"), "utf-8")
    assert way == "deleted" or file.read_text("utf-8") != text
    if way == "deleted":
        shutil.rmtree(file.parent)


def every_text(name: str, data: bytes) -> Iterator[bytes]:
    """The bytes themselves and whatever is packed in them, PDFs as their text without line ends."""
    yield name.encode() + b"\n" + data
    if name.endswith(".gz"):
        yield gzip.decompress(data)
    elif name.endswith(".br"):
        yield brotli.decompress(data)
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from every_text(member, archive.read(member))
    elif data[:5] == b"%PDF-":
        document = pypdfium2.PdfDocument(data)
        text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
        yield "".join(text.split()).encode()
        document.close()


def every_picture(name: str, data: bytes) -> Iterator[Image.Image]:
    if name.endswith((".webp", ".jpg", ".png")):
        yield Image.open(io.BytesIO(data)).convert("L")
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from every_picture(member, archive.read(member))
    elif data[:5] == b"%PDF-":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            for one in streams:
                if one.get("/Subtype") == "/Image" and int(one.Width) > 60:
                    yield pikepdf.PdfImage(one).as_pil_image().convert("L")


def is_of(image: Image.Image, number: int) -> bool:
    small = (24, 32)
    theirs = portrait(number).convert("L").resize(small)
    return float(ImageStat.Stat(ImageChops.difference(image.resize(small), theirs)).mean[0]) < ALIKE


def look_for(release: Path, number: int) -> list[str]:
    """Where in a release somebody still is."""
    words = [word.encode() for word in (NAMES[number], sentence(number)[2:], SLUGS[number])]
    words += [NAMES[number].encode("unicode_escape"), ascii(sentence(number)[2:])[1:-1].encode()]
    found = []
    for path in sorted(one for one in release.rglob("*") if one.is_file()):
        name, data = path.relative_to(release).as_posix(), path.read_bytes()
        if any(word in text for text in every_text(name, data) for word in words):
            found.append(name)
        elif any(is_of(image, number) for image in every_picture(name, data)):
            found.append(f"{name} (picture)")
    return found


def check(plan: tuple[int, dict[int, str], bool]) -> None:
    many, gone, entangled = plan
    folder = Path(tempfile.mkdtemp())
    try:
        site = write(folder / "site", site_of(many, entangled=entangled))
        web = folder / "web"
        done = run(site, "publish", web, "--date", DAY, "--jobs", 1)
        assert done.return_value == 0, done.stderr
        for number in range(many):
            assert len(look_for(web / "current", number)) > 5  # the search itself finds whoever is there
        if entangled:  # a record names a mentor: that goes first, as the check demands
            for number in range(many):
                file = site / "exemplars" / SLUGS[number] / "index.md"
                if SLUGS[0 if number else 1] in {SLUGS[n] for n, way in gone.items() if way == "deleted"}:
                    text = file.read_text("utf-8")
                    file.write_text(text[: text.index("lineage:")] + text[text.index("---\n## ") :], "utf-8")
            if any(way == "deleted" for way in gone.values()):
                (site / "content/activities/hui.md").unlink()
        elif any(way == "deleted" for way in gone.values()):
            (site / "content/activities/hui.md").unlink()
        for number, way in gone.items():
            withdraw(site, number, way)
        done = run(site, "publish", web, "--date", DAY, "--jobs", 1)
        assert done.return_value == 0, done.stderr
        left = {NAMES[number]: look_for(web / "current", number) for number in gone}
        assert not any(left.values()), left
        for number in set(range(many)) - set(gone):
            assert len(look_for(web / "current", number)) > 5
        assert run(site, "rollback", "--to", web).return_value == 1
    finally:
        shutil.rmtree(folder)


RULES = {
    "deadline": None,
    "database": None,
    "phases": (Phase.generate,),
    "suppress_health_check": list(HealthCheck),
}


@seed(20261125)
@rules(max_examples=2, **RULES)
@given(plans())
def test_nobody_withdrawn_is_in_the_release(plan):
    check(plan)


@pytest.mark.soak
@rules(max_examples=60, **RULES)
@given(plans())
def test_nobody_withdrawn_is_in_any_release(plan):
    check(plan)
