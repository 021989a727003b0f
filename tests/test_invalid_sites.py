"""Whole little sites with one mistake each: the very problems of expected.json are told, in both languages, and
the rest of the site is built. What editors hand in that is no mistake stands in test_handed_in.py.

`python tests/test_invalid_sites.py` writes expected.json where there is none yet, to be read by a person, and takes
over messages that were reworded; that a problem is another, or elsewhere, it never takes over."""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from site_builder import DAY, jpeg

from generator import cli
from generator.problems import LANGUAGES

SITES = Path(__file__).parent / "sites" / "invalid"
CASES = [site for site in sorted(SITES.iterdir()) if site.is_dir()]

# Pictures that a case needs beside its files: made here, for a repository is no place for broken photos.
PICTURES: dict[str, dict[str, Callable[[], bytes]]] = {
    "photo-thumbnail": {"photo.jpg": lambda: jpeg(120, 160)},
    "photo-truncated": {"photo.jpg": lambda: jpeg(900, 1200, quality=95)[:6000]},
    "photo-in-other-case": {"Photo.JPG": lambda: jpeg(960, 1280)},
    "photo-of-word": {"photo.docx": lambda: b"PK\x03\x04" + b"word/document.xml" * 40},
    "picture-without-alt": {"night.jpg": lambda: jpeg(960, 640)},
}
# A record that nothing is wrong with.
NEIGHBOUR = """---
姓名: 赵启明
类型: 个人
单位: 运维中心
类别: [履职尽责]
状态: 通过
授权: {依据: 本人同意, 范围: [web], 日期: 2026-01-01}
---
他把备用钥匙挂在了门后。
"""


def copy(case: Path, to: Path) -> Path:
    """The case with its pictures."""
    shutil.copytree(case, to)
    for name, made in PICTURES.get(case.name, {}).items():
        (to / "exemplars" / "zhang-wei" / name).write_bytes(made())
    return to


def run(*words: object) -> tuple[int, str, str]:
    """Exit code and output of the command."""
    out, err, given = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["honour", *map(str, words)]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = cli.outcome()
    finally:
        sys.argv = given
    return code, out.getvalue(), err.getvalue()


def told(site: Path) -> tuple[int, list[dict[str, Any]]]:
    """Exit code of `honour check --json` and its problems, message and hint by language."""
    code, problems = 0, dict[str, list[dict[str, Any]]]()
    for language in LANGUAGES:
        code, out, err = run("--site", site, "--lang", language, "check", "--json", "--date", DAY)
        assert err == ""
        problems[language] = json.loads(out)["problems"]
    both = []
    for several in zip(*problems.values(), strict=True):
        words = {
            part: dict(zip(LANGUAGES, (p.pop(part) for p in several), strict=True))
            for part in ("message", "hint")
        }
        assert all(problem == several[0] for problem in several)
        both.append(several[0] | words)
    return code, both


def expected(case: Path) -> list[dict[str, Any]]:
    problems: list[dict[str, Any]] = json.loads((case / "expected.json").read_text("utf-8"))["problems"]
    return problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_very_problems_are_reported(case: Path, tmp_path: Path) -> None:
    code, problems = told(copy(case, tmp_path / "site"))
    assert problems == expected(case)
    assert code == any(problem["severity"] == "error" for problem in problems)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_rest_of_the_site_is_built(case: Path, tmp_path: Path) -> None:
    site = copy(case, tmp_path / "site")
    write_neighbour(site)
    words = ("--json", "--date", DAY, "--jobs", 1, "--editions", "website")
    code, out, err = run("--site", site, "build", *words)
    built, problems = json.loads(out), expected(case)
    assert err == "" and built["failed"] == []
    codes = [p["code"] for p in built["problems"] if "zhao-qiming" not in p["file"]]
    asked = "withdrawn-unlisted"  # check and publish remind of the list, a build doesn't
    assert codes == [problem["code"] for problem in problems if problem["code"] != asked]
    assert code == any(problem["severity"] == "error" for problem in problems)
    if any(p["file"] == "site.yaml" and p["severity"] == "error" for p in problems):
        assert built["made"] == [] and not (site / "public").exists()
        return
    neighbour = (site / "public/exemplars/zhao-qiming/index.html").read_text("utf-8")
    assert "他把备用钥匙挂在了门后" in neighbour
    hidden = {
        p["file"].split("/")[1] for p in problems if p["severity"] == "error" and p["code"] != "hidden-name"
    }
    for slug in hidden:
        assert not (site / "public/exemplars" / slug / "index.html").exists(), slug


def write_neighbour(site: Path) -> None:
    """zhao-qiming, signed where the case's site asks for it."""
    file = site / "exemplars/zhao-qiming/index.md"
    file.parent.mkdir()
    file.write_text(NEIGHBOUR, "utf-8")
    if "signers" in (site / "site.yaml").read_text("utf-8") and "复审" not in (site / "site.yaml").read_text(
        "utf-8"
    ):
        for stage, name in (("初审", "张三"), ("终审", "王五")):
            words = ("--stage", stage, "--by", name, "--date", "2026-02-01")
            assert run("--site", site, "approve", "zhao-qiming", *words)[0] == 0


def test_every_mistake_has_a_remedy_of_its_own() -> None:
    """A hint that says the same as its message, or keeps a brace unfilled, helps nobody."""
    for case in CASES:
        for problem in expected(case):
            for language in LANGUAGES:
                message, hint = problem["message"][language], problem["hint"][language]
                assert hint and hint != message, case.name


def bare(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The problems without their words."""
    return [{key: p[key] for key in ("file", "line", "column", "severity", "code")} for p in problems]


if __name__ == "__main__":
    for site in CASES:
        with tempfile.TemporaryDirectory() as folder:
            found = told(copy(site, Path(folder) / "site"))[1]
        if (site / "expected.json").exists() and bare(found) != bare(expected(site)):
            print(f"{site.name}: other problems than expected; delete its expected.json if they are right")
            continue
        text = json.dumps({"problems": found}, ensure_ascii=False, indent=2)
        (site / "expected.json").write_text(text + "\n", "utf-8", newline="\n")
