"""The digest of the generator's own code."""

from __future__ import annotations

from pathlib import Path

from generator.engine.code import code_digest


def package(folder: Path, **sources: bytes) -> Path:
    folder.mkdir(parents=True)
    for name, text in sources.items():
        (folder / f"{name}.py").write_bytes(text)
    return folder


def test_place_line_ends_and_other_files_do_not_matter(tmp_path: Path) -> None:
    one = package(tmp_path / "one", a=b"x\ny\n", b=b"z\n")
    two = package(tmp_path / "deep" / "two", b=b"z\n", a=b"x\r\ny\r\n")
    (two / "a.pyc").write_bytes(b"compiled")
    assert code_digest([one], {"jinja2": "3.1"}) == code_digest([two], {"jinja2": "3.1"})


def test_contents_names_and_versions_matter(tmp_path: Path) -> None:
    digests = [
        code_digest([package(tmp_path / "1", a=b"x", b=b"y")], {"m": "1", "n": "1"}),
        code_digest([package(tmp_path / "2", a=b"x", b=b"z")], {"m": "1", "n": "1"}),
        code_digest([package(tmp_path / "3", a=b"x", c=b"y")], {"m": "1", "n": "1"}),
        code_digest([package(tmp_path / "4", a=b"xb.py 1\ny")], {"m": "1", "n": "1"}),
        code_digest([tmp_path / "1"], {"m": "1", "n": "2"}),
        code_digest([tmp_path / "1"], {"m": "1"}),
    ]
    assert len(set(digests)) == len(digests)
    assert code_digest([tmp_path / "1"], {"n": "1", "m": "1"}) == digests[0]
