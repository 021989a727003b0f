"""A release into which something of somebody hidden was smuggled never passes, whatever it is packed in."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import brotli
import docx
import pikepdf
import pytest
import typst
from site_builder import write
from withdrawal_case import NAME, SECRET, bytes_of, codes, guard_of, one_hidden, photo, portrait

WORDS = {"name": NAME, "sentence": SECRET}


def _pdf(text: str) -> bytes:
    source = f'#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC"))\n{text}'
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


def _pdf_title(text: str) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = text
        data = io.BytesIO()
        pdf.save(data)
    return data.getvalue()


def _zip(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


def _docx(text: str) -> bytes:
    """Word cuts a sentence into runs as it likes."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for start in range(0, len(text), 3):
        paragraph.add_run(text[start : start + 3]).bold = bool(start % 2)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _xlsx(text: str) -> bytes:
    return _zip("xl/sharedStrings.xml", f"<sst><si><t>{text}</t></si></sst>".encode())


def _escaped(text: str) -> str:
    return json.dumps(text)[1:-1]


FORMS = {
    "page.html": lambda text: f"<p>某天，{text}。</p>".encode(),
    "tags.html": lambda text: f"<p>{text[:2]}<b>{text[2:3]}</b><wbr>{text[3:]}</p>".encode(),
    "ruby.html": lambda text: f"<ruby>{text[0]}<rt>pīn</rt></ruby>{text[1:]}".encode(),
    "entities.html": lambda text: "".join(f"&#x{ord(sign):x};" for sign in text).encode(),
    "attribute.html": lambda text: f'<img alt="{text}" src="a.webp">'.encode(),
    "comment.html": lambda text: f"<!-- {text} -->".encode(),
    "json-in-attribute.html": lambda text: f'<p data-x="{html.escape(json.dumps([text]))}">'.encode(),
    "data.json": lambda text: json.dumps({"text": text}, ensure_ascii=False).encode(),
    "escaped.json": lambda text: json.dumps({"text": text}).encode(),
    "kiosk/person-0.js": lambda text: (
        f"P({json.dumps(json.dumps([f'<p>{text[:2]}<i>{text[2:]}</i>']))})".encode()
    ),
    "search/text-0-abcdef.js": lambda text: f'S["t"]=[{{"x":"{_escaped(text)}"}}];'.encode(),
    "list.csv": lambda text: f"\ufeff姓名,话\r\n一,{text}\r\n".encode(),
    "gb.csv": lambda text: f"姓名,{text}\r\n".encode("gb18030"),
    "wide.txt": lambda text: text.encode("utf-16"),
    "feed.xml": lambda text: f"<entry><![CDATA[{text}]]></entry>".encode(),
    "drawing.svg": lambda text: f"<svg><text>{text}</text></svg>".encode(),
    "address.html": lambda text: f'<a href="?q={quote(text)}">x</a>'.encode(),
    "spaced.html": lambda text: f"<p>{'　'.join(text)}</p>".encode(),
    "unseen.html": lambda text: f"<p>{chr(0x200B).join(text)}</p>".encode(),
    "page.html.gz": lambda text: gzip.compress(f"<p>{text}</p>".encode()),
    "page.html.br": lambda text: brotli.compress(f"<p>{text}</p>".encode()),
    "sheet.pdf": _pdf,
    "title.pdf": _pdf_title,
    "kit.zip": lambda text: _zip("text.txt", text.encode()),
    "member.zip": lambda text: _zip(f"{text}.txt", b"x"),
    "deep.zip": lambda text: _zip("inner.zip", _zip("a.docx", _docx(text))),
    "text.docx": _docx,
    "table.xlsx": _xlsx,
    "nothing": lambda text: text.encode(),
}

SOURCE = portrait(2)
PICTURES = {
    "same.jpg": lambda: photo(2),
    "photo-0.webp": lambda: bytes_of(SOURCE.resize((320, 427)), "WEBP", quality=70),
    "small.jpg": lambda: bytes_of(SOURCE.resize((160, 213)), "JPEG", quality=60),
    "grown.png": lambda: bytes_of(SOURCE.resize((900, 1200)), "PNG"),
    "kit.zip": lambda: _zip("photo.jpg", bytes_of(SOURCE.resize((400, 533)), "JPEG")),
    "sheet.pdf": lambda: bytes_of(SOURCE.resize((450, 600)), "PDF"),
    "kiosk/picture-0.js": lambda: b'P("%s")' % base64.b64encode(bytes_of(SOURCE.resize((640, 853)), "WEBP")),
    "style.css": lambda: b"a{background:url(data:image/jpeg;base64,%s)}" % base64.b64encode(photo(2)),
    "named.txt": lambda: photo(2),
}


@pytest.fixture(scope="module")
def guard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    site = write(tmp_path_factory.mktemp("smuggling") / "site", one_hidden())
    with guard_of(site) as made:
        yield made


def _with(folder: Path, name: str, data: bytes) -> Path:
    (folder / "index.html").write_text("<p>李娜在窗口。</p>", "utf-8")
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return folder


def test_what_holds_nobody_passes(guard, tmp_path):
    assert guard(_with(tmp_path, "photo.jpg", photo(3))) == ()


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("name", FORMS)
def test_words_are_found(guard, tmp_path, name, kind):
    found = guard(_with(tmp_path, name, FORMS[name](WORDS[kind])))
    assert f"withdrawn-{kind}" in codes(found)
    assert any(dict(problem.found)["path"] == name for problem in found)


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_found(guard, tmp_path, name):
    assert codes(guard(_with(tmp_path, name, PICTURES[name]()))) == {"withdrawn-photo"}


@pytest.mark.parametrize(
    "name", ["exemplars/ouyang/index.html", "bulletins/ouyang.pdf", "boards/ouyang-a3.pdf"]
)
def test_paths_are_found(guard, tmp_path, name):
    data = _pdf_title("x") if name.endswith("pdf") else b"<p>moved</p>"
    assert codes(guard(_with(tmp_path, name, data))) == {"withdrawn-slug"}


def test_a_link_is_found(guard, tmp_path):
    assert codes(guard(_with(tmp_path, "a.html", b'<a href="../exemplars/ouyang/">x</a>'))) == {
        "withdrawn-slug"
    }
    assert guard(_with(tmp_path, "a.html", b'<a href="../exemplars/ouyang-jr/">x</a>')) == ()


@pytest.mark.parametrize("name", ["broken.pdf", "broken.zip", "broken.gz", "broken.br"])
def test_what_cannot_be_opened_does_not_pass(guard, tmp_path, name):
    head = {"pdf": b"%PDF-1.7", "zip": b"PK\x03\x04", "gz": b"\x1f\x8b", "br": b"\xff"}[
        name.partition(".")[2]
    ]
    assert codes(guard(_with(tmp_path, name, head + b"x" * 50))) == {"withdrawn-unread"}
