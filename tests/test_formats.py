"""What `honour check --format` tells pipelines: each form as those who read it define it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from site_builder import DAY, honour, record, site_of, write

from generator.formats import FORMS
from generator.formats.finding import Finding

FINDING = st.builds(
    Finding,
    file=st.text(),
    path=st.text(min_size=1),
    line=st.integers(1, 10**6),
    column=st.integers(1, 10**6),
    severity=st.sampled_from(("error", "warning", "hint")),
    code=st.from_regex("[a-z]+(-[a-z]+)*", fullmatch=True),
    message=st.text(),
    hint=st.text(),
)
LIKE = Finding("a.md", "site/a,b:c.md", 1, 2, "error", "yaml-brace", "m", "h")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full-width colon in one record, a picture that isn't there in the other."""
    files = site_of(
        li_na=record("![](没有.jpg)\n"), wang_jie=record(name="王杰").replace(b"unit: ", "unit：".encode())
    )
    return write(tmp_path_factory.mktemp("formats"), files)


@cache
def told(site: Path, form: str) -> str:
    done = honour("--site", site, "--lang", "en", "check", "--date", DAY, "--format", form)
    assert done.returncode == 1 and done.stderr == "", done.stderr
    return done.stdout


def problems(site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(told(site, "json"))["problems"]
    assert len(found) >= 2
    return found


def test_json_is_what_it_was_under_its_old_name(site: Path) -> None:
    old = honour("--site", site, "--lang", "en", "check", "--date", DAY, "--json")
    assert old.stdout == told(site, "json") and old.returncode == 1


def test_text_is_the_usual(site: Path) -> None:
    usual = honour("--site", site, "check", "--date", DAY)
    asked = honour("--site", site, "check", "--date", DAY, "--format", "text")
    assert (usual.stderr, usual.stdout) == (asked.stderr, asked.stdout) and usual.stderr


def test_github_has_a_line_for_each(site: Path) -> None:
    lines = told(site, "github").splitlines()
    assert len(lines) == len(problems(site))
    (colon,) = (line for line in lines if "yaml-wide-colon" in line)
    assert colon.startswith(
        "::error file=exemplars/wang-jie/index.md,line=4,col=5,title=honour%3A yaml-wide-colon::"
    )
    assert "%0A→ Write an ASCII colon" in colon


def test_gitlab_has_an_entry_for_each(site: Path) -> None:
    entries = json.loads(told(site, "gitlab"))
    assert len(entries) == len(problems(site))
    (colon,) = (entry for entry in entries if entry["check_name"] == "yaml-wide-colon")
    assert colon["location"] == {"path": "exemplars/wang-jie/index.md", "lines": {"begin": 4}}
    assert colon["severity"] == "major" and "Write an ASCII colon" in colon["description"]


def test_junit_fails_for_errors_alone(site: Path) -> None:
    root = ElementTree.fromstring(told(site, "junit").encode())
    found = problems(site)
    errors = [problem for problem in found if problem["severity"] == "error"]
    assert root.get("tests") == str(len(found)) and root.get("failures") == str(len(errors))
    (failure,) = root.findall("testsuite/testcase/failure[@type='yaml-wide-colon']")
    assert "exemplars/wang-jie/index.md:4:5" in (failure.text or "")


def test_sarif_points_at_the_place(site: Path) -> None:
    said = json.loads(told(site, "sarif"))
    assert said["version"] == "2.1.0"
    (run,) = said["runs"]
    assert run["tool"]["driver"]["name"] == "honour" and run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(problems(site))
    (colon,) = (result for result in run["results"] if result["ruleId"] == "yaml-wide-colon")
    where = colon["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "exemplars/wang-jie/index.md"
    assert where["region"] == {"startLine": 4, "startColumn": 5} and colon["level"] == "error"
    assert run["tool"]["driver"]["rules"][colon["ruleIndex"]]["id"] == "yaml-wide-colon"


def test_paths_begin_where_the_pipeline_does(site: Path) -> None:
    done = honour("--site", site.name, "check", "--date", DAY, "--format", "gitlab", cwd=site.parent)
    paths = {entry["location"]["path"] for entry in json.loads(done.stdout)}
    assert f"{site.name}/exemplars/wang-jie/index.md" in paths


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_sound_site_has_none_and_ends_with_0(tmp_path: Path, form: str) -> None:
    site = write(tmp_path, site_of(li_na=record()))
    done = honour("--site", site, "check", "--date", DAY, "--format", form)
    assert done.returncode == 0 and done.stderr == ""
    none: dict[str, Any] = {"json": {"problems": []}, "gitlab": []}
    if form in none:
        assert json.loads(done.stdout) == none[form]
    elif form == "junit":
        assert ElementTree.fromstring(done.stdout.encode()).get("failures") == "0"
    elif form == "sarif":
        assert json.loads(done.stdout)["runs"][0]["results"] == []
    else:
        assert done.stdout.strip() == ""


def test_an_unknown_form_is_a_wrong_option(site: Path) -> None:
    assert honour("--site", site, "check", "--format", "xml").returncode == 2


@given(st.lists(FINDING, max_size=4))
@example(
    [
        replace(
            LIKE, message="花括号 {0} 和 {{1}}", hint="见[这里](javascript:alert(1)) ]]> 100%\r\n::error::x"
        )
    ]
)
@example([replace(LIKE, message="{", hint="}"), replace(LIKE, message="{", hint="}")])
def test_whatever_a_record_holds_no_form_breaks(findings: list[Finding]) -> None:
    lines = FORMS["github"](findings, "1").split("\n") if findings else []
    assert len(lines) == len(findings)
    for line, finding in zip(lines, findings, strict=True):
        match = re.fullmatch(
            r"::(error|warning|notice) file=([^,:]*),line=\d+,col=\d+,title=[^,:]*::(.*)", line
        )
        assert match, line
        assert unquote(match[3]) == finding.words
    entries = json.loads(FORMS["gitlab"](findings, "1"))
    assert len({entry["fingerprint"] for entry in entries}) == len(findings)
    root = ElementTree.fromstring(FORMS["junit"](findings, "1").encode())
    assert len(root.findall("testsuite/testcase")) == max(1, len(findings))
    (run,) = json.loads(FORMS["sarif"](findings, "1"))["runs"]
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]
    ]
    assert [unquote(uri, errors="surrogatepass") for uri in uris] == [finding.path for finding in findings]
    for result, finding in zip(run["results"], findings, strict=True):
        text = result["message"]["text"]
        assert not re.search(r"(?<!\{)(\{\{)*\{\d+\}", text) and not re.search(r"\[[^\]]*\]\(", text)
        text = text.replace("{{", "{").replace("}}", "}").replace("\u200b", "")
        assert text == finding.words.replace("\u200b", "")
    assert len(json.loads(FORMS["json"](findings, "1"))["problems"]) == len(findings)
