"""Nothing of a camera, a place or a file's name is published: read back with exiftool, whatever holds a picture."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pillow_heif
import pytest
from conftest import program
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from site_builder import Files, build, document, record, settings, site_of, write
from site_case import DAY as DEMONSTRATION_DAY
from site_case import build as build_by_command
from site_case import copy_demonstration

MARK = "QIDIAN7391"  # stands in every field of the metadata and in every file's name
EDITIONS = (
    "website", "kiosk", "bulletin", "board", "compendium", "roll", "team-sheet", "desk-card", "pledge-board",
    "press-kit",
)  # fmt: skip
# What exiftool tells of any picture: its format and size, and what it adds up from these.
PLAIN = re.compile(
    r"SourceFile|(ExifTool|System|Composite):.*|JFIF:(JFIFVersion|ResolutionUnit|[XY]Resolution)"
    r"|File:(FileType|FileTypeExtension|MIMEType|ImageWidth|ImageHeight|EncodingProcess|BitsPerSample|ColorComponents"
    r"|YCbCrSubSampling)|RIFF:(VP8Version|HorizontalScale|VerticalScale|ImageWidth|ImageHeight)"
)
FIELDS = {
    "EXIF": "Artist Copyright ImageDescription Make Model Software UserComment OwnerName SerialNumber LensModel",
    "XMP": "Creator Description Location Subject Title PersonInImage Label Nickname PreservedFileName",
    "IPTC": "By-line Caption-Abstract City Contact Keywords OriginalTransmissionReference",
}


@pytest.fixture(scope="session")
def exiftool() -> str:
    return program("exiftool", "install it (Debian: libimage-exiftool-perl)")


# --- photos that tell everything -------------------------------------------------------------------


def face(shade: int) -> Image.Image:
    return Image.new("RGB", (960, 1280), (shade, 60, 70))


def talkative(kind: str, shade: int) -> bytes:
    """A photo with a maker note, a thumbnail of its own and texts of its format."""
    image, out = face(shade), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = f"{MARK} described"
    exif.get_ifd(0x8769)[0x927C] = f"{MARK} maker note".encode() * 20
    told: dict[str, Any] = {"exif": exif}
    if kind == "JPEG":
        told |= {"comment": f"{MARK} comment".encode()}
    if kind == "PNG":
        told["pnginfo"] = PngInfo()
        told["pnginfo"].add_text("Author", f"{MARK} author")
        told["pnginfo"].add_itxt(
            "XML:com.adobe.xmp", f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{MARK}</x:xmpmeta>"
        )
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(out, exif=exif.tobytes(), xmp=f"<x>{MARK}</x>".encode())
    else:
        image.save(out, kind, **told)
    return out.getvalue()


def laden(exiftool: str, paths: list[Path]) -> None:
    """Write into files whatever exiftool can write: places, people, names, a thumbnail."""
    thumbnail = paths[0].with_name("thumbnail")
    face(9).resize((120, 160)).save(thumbnail, "JPEG", comment=f"{MARK} thumbnail".encode())
    words = [f"-{group}:{tag}={MARK} {tag}" for group, tags in FIELDS.items() for tag in tags.split()]
    place = [
        "-GPSLatitude=31.86",
        "-GPSLatitudeRef=N",
        "-GPSLongitude=117.28",
        "-GPSLongitudeRef=E",
        "-GPSAltitude=30",
    ]
    time = ["-AllDates=2025:04:18 04:10:00", "-OffsetTime=+08:00", f"-ThumbnailImage<={thumbnail}"]
    done = subprocess.run(
        [exiftool, "-q", "-q", "-m", "-overwrite_original", *words, *place, *time, *map(str, paths)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    thumbnail.unlink()
    assert done.returncode == 0, done.stderr


def told_by(exiftool: str, paths: list[Path]) -> list[dict[str, Any]]:
    """Everything that exiftool finds, unknown and double tags as well, by group and name."""
    arguments = paths[0].with_name("arguments")
    arguments.write_text("\n".join(map(str, paths)), "utf-8")
    done = subprocess.run(
        [exiftool, "-q", "-json", "-a", "-u", "-U", "-ee", "-G1", "-@", str(arguments)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(found) == len(paths)
    return found


# --- whatever was published ------------------------------------------------------------------------


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is published, and what lies inside of it: files of zips and documents, streams of PDFs, parcels."""
    yield name, data
    if name.endswith((".zip", ".docx")):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for inside in packed.infolist():
                yield from unpacked(f"{name}!{inside.filename}", packed.read(inside))
    elif name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for number, thing in enumerate(pdf.objects):
                if isinstance(thing, pikepdf.Stream):
                    is_jpeg = thing.get("/Filter") == "/DCTDecode"
                    raw = thing.read_raw_bytes() if is_jpeg else thing.read_bytes()
                    yield f"{name}!{number}{'.jpg' if is_jpeg else ''}", raw
    elif "/picture-" in name and (parcel := re.search(rb',"([A-Za-z0-9+/=]+)"\)$', data)):
        yield f"{name}!{'a.jpg' if parcel[1].startswith(b'/9j/') else 'a.webp'}", base64.b64decode(parcel[1])


def pictures_of(public: Path, folder: Path) -> tuple[list[Path], Counter[str]]:
    """Every published picture as a file of its own in `folder`, and where they came from. No byte of anything
    published may hold the mark."""
    folder.mkdir()
    pictures: list[Path] = []
    sources: Counter[str] = Counter()
    for path in sorted(path for path in public.rglob("*") if path.is_file()):
        for name, data in unpacked(path.relative_to(public).as_posix(), path.read_bytes()):
            assert MARK.encode() not in data and MARK not in name, name
            assert MARK.encode("utf-16-be") not in data and MARK.encode("utf-16-le") not in data, name
            suffix = Path(name).suffix
            if suffix in (".jpg", ".jpeg", ".png", ".webp", ".heic", ".avif", ".gif", ".tif"):
                pictures.append(folder / f"{len(pictures)}{suffix}")
                pictures[-1].write_bytes(data)
                sources[re.sub(r"^(kiosk|.*\.(?:docx|pdf|zip)!|).*", r"\1", name).rpartition(".")[2]] += 1
    return pictures, sources


def assert_silent(exiftool: str, public: Path, folder: Path) -> Counter[str]:
    pictures, sources = pictures_of(public, folder)
    assert pictures
    for told in told_by(exiftool, pictures):
        assert [key for key in told if not PLAIN.fullmatch(key)] == [], told
    return sources


def site(folder: Path, exiftool: str) -> Files:
    """Three people and an activity whose photos and pictures tell all they can, in every format."""
    names = [f"IMG_{MARK}_{n}.{ending}" for n, ending in enumerate(("jpg", "heic", "png", "webp", "tif"))]
    kinds = ("JPEG", "HEIF", "PNG", "WEBP", "TIFF")
    folder.mkdir()
    for n, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        (folder / name).write_bytes(talkative(kind, 40 * n))
    laden(exiftool, [folder / name for name in names])
    photos = {name: (folder / name).read_bytes() for name in names}
    assert all(data.count(MARK.encode()) > 5 for data in photos.values())
    files: Files = {}
    everywhere = {"basis": "本人同意", "scope": ["web", "kiosk", "print", "media"]}
    for n, slug in enumerate(("li-na", "wang-jie", "sun-fang")):
        own, scene = names[n], names[(n + 3) % 5]
        files |= {f"exemplars/{slug}/{name}": photos[name] for name in (own, scene)}
        files[f"exemplars/{slug}/index.md"] = record(
            "## 窗口\n\n"
            + "凌晨四点，她在窗口等最后一位用户。" * 30
            + f"\n\n![]({scene})\n\n"
            + "她把灯留着。" * 40,
            name=("李娜", "王洁", "孙芳")[n],
            photo={"file": own, "alt": "照片"},
            pictures=[{"file": scene, "alt": "窗口", "caption": "凌晨", "consent": True}],
            consent=everywhere,
            pledge={"promise": "抢修不过夜"},
        )
    shown = {
        "title": "报告会",
        "date": "2026-02-01",
        "pictures": [{"file": names[0], "alt": "会场", "consent": True}],
    }
    files["content/activities/hui.md"] = document(shown, f"![]({names[0]})\n")
    files[f"content/activities/{names[0]}"] = photos[names[0]]
    return site_of() | files | {"site.yaml": settings(slogans=["今天读一个。"])}


def test_no_published_picture_tells_anything(exiftool: str, tmp_path: Path) -> None:
    files = site(tmp_path / "photos", exiftool)
    # exiftool can tell: of each source it reads a place, a maker note or text, and names.
    for told in told_by(exiftool, sorted((tmp_path / "photos").iterdir())):
        groups = {key.partition(":")[0] for key in told}
        assert {"GPS", "IFD0"} <= groups and any(group.startswith("XMP") for group in groups), told
    built = build(write(tmp_path / "site", files), editions=EDITIONS)
    assert built.report is not None and built.report.complete, built.problems
    sources = assert_silent(exiftool, built_in(tmp_path), tmp_path / "found")
    assert {*sources} >= {"", "kiosk", "zip!", "docx!", "pdf!"}, sources


def built_in(folder: Path) -> Path:
    return folder / "site/public"


@pytest.mark.soak
def test_neither_does_the_demonstration(exiftool: str, tmp_path: Path) -> None:
    """Every picture of every edition, from sources that exiftool has written all it can into."""
    site = copy_demonstration(tmp_path / "site")
    photos = [path for path in site.rglob("*") if path.suffix in (".jpg", ".png", ".webp", ".heic")]
    laden(exiftool, photos)
    assert all(MARK.encode() in path.read_bytes() for path in photos)
    settings_of = site / "site.yaml"  # reviewers have signed the photos as they were
    told = re.sub(r"(?m)^review:\n(?: .*\n)+", "review: {stages: []}\n", settings_of.read_text("utf-8"))
    settings_of.write_text(told, "utf-8")
    build_by_command(site, built_in(tmp_path), day=DEMONSTRATION_DAY, editions=",".join(EDITIONS))
    sources = assert_silent(exiftool, built_in(tmp_path), tmp_path / "found")
    assert sum(sources.values()) > 500, sources
    shutil.rmtree(tmp_path / "found")
