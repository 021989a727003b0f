from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Severity
from generator.sources.encoding import MOST_BYTES, decode, read_bytes

TEXT = "姓名: 张伟\n单位: 运维中心\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (TEXT.encode("utf-8-sig"), "encoding-bom"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "encoding-other"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "encoding-other"),
        (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "encoding-other"),
        (TEXT.encode("gbk"), "encoding-other"),
    ],
)
def test_other_encodings_are_read_and_named(data: bytes, code: str) -> None:
    text, (problem,) = decode("a.md", data)
    assert text == TEXT
    assert (problem.code, problem.severity) == (code, Severity.WARNING)


def test_rare_characters_of_gb18030_survive() -> None:
    assert decode("a.md", "姓名: 赵𬭎、㛃、𠮷\n".encode("gb18030"))[0] == "姓名: 赵𬭎、㛃、𠮷\n"


def test_utf_8_is_silent_and_line_ends_become_lf() -> None:
    assert decode("a.md", "甲\r\n乙\r丙\n".encode()) == ("甲\n乙\n丙\n", ())


def test_damaged_utf_8_is_not_read_as_nonsense_in_gbk() -> None:
    data = "姓名: 张伟\r\n单位: 运维中心\n".encode()
    bad = data.index("维".encode())
    text, (problem,) = decode("a.md", data[:bad] + data[bad + 1 :])
    assert text is None
    assert (problem.code, problem.where.line, problem.where.column) == ("encoding-undecodable", 2, 6)


def test_bytes_of_no_encoding_are_an_error() -> None:
    text, (problem,) = decode("a.md", b"\x81\x20\xff\xff")
    assert text is None
    assert problem.code == "encoding-undecodable"


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x85", "\u2028", "\ufeff", "\ufffe"])
def test_invisible_characters_are_named_at_their_place(character: str) -> None:
    text, (problem,) = decode("a.md", f"甲\n乙𠮷{character}丙".encode())
    assert text is None
    assert (problem.where.line, problem.where.column) == (2, 3)
    assert problem.code == ("encoding-nul" if character == "\0" else "character-invisible")


def test_a_file_of_200_mb_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as stream:
        stream.truncate(200 * 2**20)
    data, (problem,) = read_bytes(tmp_path, Path("a.md"))
    assert data == b""
    assert problem.code == "file-too-large"
    assert dict(problem.found)["megabytes"] == "200.0"


def test_the_limit_is_one_of_bytes() -> None:
    assert decode("a.md", b"a" * MOST_BYTES)[1] == ()
    assert decode("a.md", b"a" * (MOST_BYTES + 1))[1][0].code == "file-too-large"


def test_a_file_that_is_gone_is_a_problem(tmp_path: Path) -> None:
    data, (problem,) = read_bytes(tmp_path, tmp_path / "exemplars" / "li-na" / "index.md")
    assert (data, problem.code, problem.where.file) == (b"", "file-unreadable", "exemplars/li-na/index.md")


@given(st.text(alphabet=st.characters(codec="gb18030", exclude_categories=["C", "Z"]), min_size=20))
def test_whatever_text_is_saved_as_utf_8_comes_back(text: str) -> None:
    assert decode("a.md", text.encode()) == (text, ())


@given(st.binary())
def test_any_bytes_are_text_or_a_problem(data: bytes) -> None:
    text, problems = decode("a.md", data)
    assert (text is None) == any(problem.is_error for problem in problems)
