"""The commands as their users and pipelines meet them: exit codes, JSON, languages, init, new, approve, preview."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from site_builder import (
    BODY,
    DAY,
    ROOT,
    Files,
    environment,
    honour,
    jpeg,
    record,
    settings,
    site_of,
    tree,
    write,
)

from generator import cli
from generator.commands.desk import Desk
from generator.problems import LANGUAGES, Place, error
from generator.sources.schema import RECORD

PROBLEM = {"file", "line", "column", "severity", "code", "message", "hint"}
BUILT = {"made", "reused", "pruned", "failed", "seconds", "problems"}
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("--site", site, "check")`: the command in this process."""

    def ran(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["honour", *map(str, words)])
        return Ran(cli.outcome(), *capsys.readouterr())

    return ran


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A site without any problem."""
    return write(tmp_path, site_of(li_na=record()))


def broken() -> Files:
    """One sound record, one whose colon is full-width."""
    return site_of(li_na=record(), wang_jie=record(name="王杰").replace(b"unit: ", "unit：".encode()))


# --- exit codes ------------------------------------------------------------------------------------


def test_a_sound_site_ends_with_0(sound: Path, run: Run) -> None:
    assert run("--site", sound, "check", "--date", DAY) == Ran(0, "检查完毕，1 份记录没有错误。\n", "")
    built = run("--site", sound, "build", "--date", DAY, "--jobs", 1)
    assert built.code == 0 and built.err == ""
    assert "，失败 0 个，" in built.out and "下一次自动变化：2026-03-03" in built.out


def test_an_authors_mistake_ends_with_1_and_no_traceback(tmp_path: Path, run: Run) -> None:
    site = write(tmp_path, broken())
    for words in (["check"], ["build", "--jobs", 1]):
        ran = run("--site", site, *words, "--date", DAY)
        assert ran.code == 1
        assert "exemplars/wang-jie/index.md:4:5: 错误：“unit”后面是中文冒号“：”" in ran.err
        assert "→ 改成英文冒号加一个空格：unit: …" in ran.err
        assert "共 1 个错误。" in ran.err
        assert "Traceback" not in ran.out + ran.err
    assert (site / "public/exemplars/li-na/index.html").is_file()
    assert not (site / "public/exemplars/wang-jie").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["build", "--editions", "webiste"],
        ["build", "--date", "2026-13-01"],
        ["build", "--jobs", "-1"],
        ["biuld"],
        ["check", "--lang"],
        ["approve", "li-na"],
    ],
)
def test_wrong_options_end_with_2(sound: Path, run: Run, words: list[str]) -> None:
    ran = run("--site", sound, *words)
    assert ran.code == 2
    assert words[-1] in ran.err or "--stage" in ran.err
    assert "Traceback" not in ran.err


def test_only_the_named_editions_are_built(sound: Path, run: Run) -> None:
    assert run("--site", sound, "build", "--date", DAY, "--editions", "website", "--jobs", 1).code == 0


def test_a_fault_of_ours_ends_with_3_and_a_named_log(
    sound: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(*arguments: object) -> None:
        raise ZeroDivisionError("a pipe burst")

    monkeypatch.setattr("generator.building.plan", burst)
    for words in (["build"], ["check", "--json"]):
        ran = run("--site", sound, *words, "--date", DAY)
        assert (ran.code, ran.out) == (3, "")
        assert "Traceback" not in ran.err and "a pipe burst" in ran.err
        found = re.search(r"(/\S+\.log|[A-Z]:\S+\.log)", ran.err)
        assert found is not None
        log = Path(found[1]).read_text("utf-8")
        assert "Traceback" in log and "ZeroDivisionError: a pipe burst" in log


def test_strict_takes_warnings_for_errors(tmp_path: Path, run: Run) -> None:
    site = write(tmp_path, site_of(li_na=record()) | {"site.yaml": settings(base_url=None)})
    assert run("--site", site, "build", "--date", DAY, "--jobs", 1).code == 0
    strict = run("--site", site, "build", "--date", DAY, "--strict", "--jobs", 1)
    assert strict.code == 1 and "警告：没有写 base_url" in strict.err


def test_a_folder_that_is_no_site_stays_as_it_was(tmp_path: Path, run: Run) -> None:
    for site in (tmp_path, tmp_path / "nowhere"):
        for words in (["check"], ["build"], ["new", "li-na"]):
            ran = run("--site", site, *words)
            assert ran.code == 1 and "没有 site.yaml" in ran.err and "共 1 个错误" in ran.err, words
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_leaves_is_no_fault(tmp_path: Path) -> None:
    """`honour check --json | head -1`"""
    write(tmp_path, {f"exemplars/p-{n}/readme.txt": b"" for n in range(2000)} | {"site.yaml": settings()})
    words = [sys.executable, "-m", "generator", "--site", str(tmp_path), "check", "--json"]
    with subprocess.Popen(
        words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert (process.wait(60), process.stderr.read()) == (1, b"")


# --- JSON ------------------------------------------------------------------------------------------


def test_check_json_is_as_promised(tmp_path: Path, run: Run) -> None:
    ran = run("--site", write(tmp_path, broken()), "--lang", "en", "check", "--json", "--date", DAY)
    assert ran.code == 1 and ran.err == ""
    assert ran.data.keys() == {"problems"}
    (problem,) = ran.data["problems"]
    assert problem.keys() == PROBLEM
    told = {key: problem[key] for key in ("file", "line", "column", "severity", "code")}
    assert told == {
        "file": "exemplars/wang-jie/index.md",
        "line": 4,
        "column": 5,
        "severity": "error",
        "code": "yaml-wide-colon",
    }


def test_build_json_is_as_promised(tmp_path: Path, run: Run) -> None:
    site = write(tmp_path, site_of(li_na=record()))
    words = ("--site", site, "build", "--json", "--date", DAY, "--jobs", 1)
    first = run(*words)
    assert (first.code, first.err) == (0, "")
    assert first.data.keys() == BUILT
    assert set(first.data["made"]) == tree(site / "public").keys() - {"manifest.json"}
    assert isinstance(first.data["seconds"], float) and first.data["problems"] == []
    write(site, {"site.yaml": settings()})
    second = run(*words).data
    assert (
        "exemplars/li-na/index.html" in second["pruned"] and "404.html" in second["reused"] + second["made"]
    )
    assert second["failed"] == []


NOTHING: dict[str, Any] = {"made": [], "reused": [], "pruned": [], "failed": []}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "settings-missing"),
        (b"title: [", None),
        (b"\xff\xfe\x00", None),
        (settings(theme="nowhere"), "theme-missing"),
        (settings(theme="mine"), "theme-circle"),
    ],
    ids=["missing", "broken", "no text", "no theme", "circle of themes"],
)
def test_json_keeps_its_shape_whatever_is_wrong(
    tmp_path: Path, run: Run, text: bytes | None, code: str | None
) -> None:
    files = {"content/about.md": "---\ntitle: 关于\n---\n".encode()}
    files["themes/mine/theme.yaml"] = b"name: mine\nextends: mine\n"
    write(tmp_path, files | ({"site.yaml": text} if text is not None else {}))
    checked = run("--site", tmp_path, "check", "--json", "--date", DAY)
    built = run("--site", tmp_path, "build", "--json", "--date", DAY, "--jobs", 1)
    assert (checked.code, built.code) == (1, 1)
    assert checked.err == built.err == ""
    assert checked.data.keys() == {"problems"} and built.data.keys() == BUILT
    assert {key: built.data[key] for key in NOTHING} == NOTHING
    for told in (checked.data["problems"], built.data["problems"]):
        assert all(problem.keys() == PROBLEM for problem in told)
        codes = [problem["code"] for problem in told if problem["severity"] == "error"]
        assert codes if code is None else code in codes


def test_json_of_a_refused_output_folder_tells_the_sites_own_problems_too(tmp_path: Path, run: Run) -> None:
    site = write(tmp_path, broken())
    ran = run("--site", site, "build", "--json", "--out", site / "exemplars", "--date", DAY, "--jobs", 1)
    assert ran.code == 1
    assert {problem["code"] for problem in ran.data["problems"]} == {"yaml-wide-colon", "out-unsafe"}


# --- language --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "written", "english"),
    [
        ([], "zh-CN", False),
        ([], "en", True),
        (["--lang", "en"], "zh-CN", True),
        (["--lang", "zh-CN"], "en", False),
    ],
)
def test_the_language_is_the_asked_else_the_sites(
    tmp_path: Path, run: Run, options: list[str], written: str, english: bool
) -> None:
    files = broken() | {"site.yaml": settings(language=written)}
    ran = run(*options, "--site", write(tmp_path, files), "check", "--date", DAY)
    assert ("error: " in ran.err) is english and ("错误：" in ran.err) is not english


@pytest.mark.parametrize(
    "text", [settings(language="en", titel="x"), settings(language="en", theme="nowhere"), b"language: en\n["]
)
def test_an_english_site_is_told_in_english_what_is_wrong_with_its_settings(
    tmp_path: Path, run: Run, text: bytes
) -> None:
    site = write(tmp_path, site_of(li_na=record()) | {"site.yaml": text})
    for words in (
        ["check"],
        ["build"],
        ["new", "wang-jie"],
        ["approve", "li-na", "--stage", "x", "--by", "y"],
    ):
        if words[0] in ("check", "build") or b"nowhere" not in text:
            ran = run("--site", site, *words)
            assert ran.code == 1 and "error: " in ran.err, words


# --- output ----------------------------------------------------------------------------------------


def test_nothing_but_text_goes_where_no_terminal_is(tmp_path: Path) -> None:
    """Also not what a record brings along: a colleague's terminal obeys nobody's biography."""
    wild = record(unit="\x1b[31m红\x07").replace(b"\\a", b"\\a")
    assert b"\\e" in wild
    site = write(tmp_path, site_of(li_na=record(), wang_jie=wild))
    for words in (["check"], ["build"], ["check", "--json"]):
        ran = honour("--site", site, *words, "--date", DAY)
        assert ran.returncode == 1
        assert not CONTROL.search(ran.stdout + ran.stderr), words


def test_problems_are_printed_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither markup, emoji names nor long paths may change what is printed."""
    file = f"exemplars/{'很长的文件夹名' * 9}/index.md"
    Desk(tmp_path, "en").show(
        [error(Place(file, 3, 7), "unit-unknown", unit="[bold]:warning:[/]", known="x")]
    )
    assert capsys.readouterr().err.startswith(f"{file}:3:7: error: ")
    Desk(tmp_path, "en").show(
        [error(Place(file, 3, 7), "unit-unknown", unit="[bold]:warning:[/]", known="x")]
    )
    assert "“[bold]:warning:[/]”" in capsys.readouterr().err


def test_every_command_says_what_it_is_for(run: Run) -> None:
    told = run("--help")
    assert told.code == 0
    for name in ("init", "new", "check", "build", "serve", "approve"):
        assert re.search(rf"^  {name} +\S", told.out, re.MULTILINE)
        assert run(name, "--help").code == 0


# --- the output folder -----------------------------------------------------------------------------


@pytest.mark.parametrize("out", [".", "exemplars", "content/out", ".honour/x", "site.yaml"])
def test_sources_are_never_an_output_folder(sound: Path, run: Run, out: str) -> None:
    before = tree(sound)
    ran = run("--site", sound, "build", "--date", DAY, "--out", sound / out, "--jobs", 1)
    assert ran.code == (2 if out == "site.yaml" else 1)
    after = {name: data for name, data in tree(sound).items() if not name.startswith(".honour/")}
    assert after == before


def test_a_strangers_folder_is_not_built_into(sound: Path, run: Run) -> None:
    stranger = sound / "photos" / "holiday.jpg"
    write(sound / "photos", {"holiday.jpg": b"sea"})
    ran = run("--site", sound, "build", "--date", DAY, "--out", sound / "photos", "--jobs", 1)
    assert ran.code == 1 and "不是本程序生成" in ran.err
    assert stranger.read_bytes() == b"sea" and len(list((sound / "photos").iterdir())) == 1


def test_a_page_that_would_take_an_address_of_ours_is_refused_alone(tmp_path: Path, run: Run) -> None:
    text = "---\ntitle: 名单\n---\n自己写的名单。\n".encode()
    site = write(tmp_path, site_of(li_na=record()) | {"content/exemplars.md": text})
    for words in (["check"], ["build", "--jobs", 1]):
        ran = run("--site", site, *words, "--date", DAY)
        assert ran.code == 1 and "content/exemplars.md:1:1: 错误：" in ran.err
    page = (site / "public/exemplars/index.html").read_text("utf-8")
    assert "li-na" in page and "自己写的名单" not in page


# --- preview ---------------------------------------------------------------------------------------


def gated() -> Files:
    """Somebody for every state of the gate, each recognisable by a word of their own."""
    consent = {"basis": "本人同意", "scope": ["web"], "date": "2026-01-01"}
    said = [
        {"quote": "说好的话。", "by": "甲", "consent": True},
        {"quote": "没问过的话。", "by": "乙"},
        {"quote": "拒绝的话。", "by": "丙", "consent": False},
    ]
    people = {
        "lead": {"status": "lead"},
        "cultivating": {"status": "cultivating"},
        "notice": {"status": "notice", "notice": {"from": "2026-03-01", "contact": "8120"}},
        "approved": {"testimonials": said},
        "suspended": {"status": "suspended"},
        "revoked": {"status": "revoked"},
        "ended": {"consent": consent | {"until": "2026-02-01"}},
        "later": {"publish": {"from": "2026-09-01"}},
    }
    files = {
        f"exemplars/{slug}/index.md": record(
            f"这一份是{slug}的。\n", name=f"人{slug}", **{"consent": consent, **changes}
        )
        for slug, changes in people.items()
    }
    return files | {"site.yaml": settings(review=None, consent={"required": True})}


def test_the_preview_shows_all_but_those_it_must_not(tmp_path: Path, run: Run) -> None:
    site = write(tmp_path, gated())
    ran = run("--site", site, "build", "--preview", "--date", DAY, "--jobs", 1)
    assert ran.code == 1  # nobody's reviews are complete, and a pipeline should know
    files = tree(site / "preview")
    for slug in ("lead", "cultivating", "notice", "approved", "later"):
        assert f"这一份是{slug}的".encode() in files[f"exemplars/{slug}/index.html"]
    everything = b"\n".join(files.values())
    for word in ("人suspended", "人revoked", "人ended", "拒绝的话", "拒绝的话。"):
        assert word.encode() not in everything, word
    assert "没问过的话".encode() in everything and "说好的话".encode() in everything
    for name, data in files.items():
        if name.endswith(".html") and b'http-equiv="refresh"' not in data:
            assert "未审核".encode() in data and b'name="robots" content="noindex' in data, name
    assert json.loads(files["manifest.json"])["preview"] is True
    assert not (site / "public").exists()


def test_a_public_build_leaves_nothing_of_the_preview(tmp_path: Path, run: Run) -> None:
    """And the other way round, in one and the same folder."""
    site, out = write(tmp_path, gated()), tmp_path / "preview"
    approve_all(run, site, "approved", "--date", DAY)
    wanted = {}
    for preview in ([], ["--preview"]):
        folder = tmp_path / f"fresh{len(preview)}"
        run("--site", site, "build", *preview, "--out", folder, "--date", DAY, "--jobs", 1)
        wanted[bool(preview)] = tree(folder)
    assert "exemplars/approved/index.html" in wanted[False]
    assert "没问过的话".encode() not in b"".join(wanted[False].values())
    for preview in (["--preview"], [], ["--preview"], []):
        run("--site", site, "build", *preview, "--out", out, "--date", DAY, "--jobs", 1)
        assert tree(out) == wanted[bool(preview)]
        assert json.loads((out / "manifest.json").read_text("utf-8"))["preview"] is bool(preview)
    assert "未审核".encode() not in b"".join(tree(out).values())


# --- init and new ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_site_builds_at_once(tmp_path: Path, run: Run, language: str) -> None:
    site = tmp_path / "site"
    assert run("--lang", language, "init", site).code == 0
    built = run("--site", site, "build", "--json", "--strict", "--jobs", 1)
    assert (built.code, built.data["problems"]) == (0, [])
    (sample,) = (site / "exemplars").iterdir()
    assert f"exemplars/{sample.name}/index.html" in built.data["made"]
    html = (site / "public/index.html").read_text("utf-8")
    assert f'<html lang="{language}"' in html
    ignored = (site / ".gitignore").read_text("utf-8").split()
    assert {"/.honour/", "/public/", "/preview/"} <= set(ignored)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_record_filled_in_and_approved_is_published(tmp_path: Path, run: Run, language: str) -> None:
    site = tmp_path / "site"
    run("--lang", language, "init", site)
    assert run("--site", site, "new", "li-na", "--name", "李娜").code == 0
    file = site / "exemplars/li-na/index.md"
    text = file.read_text("utf-8")
    assert run("--site", site, "check").code == 0  # as it stands: nothing of it is published yet
    status, consent = (
        ("状态: 培养", "# 授权:") if language == "zh-CN" else ("status: cultivating", "# consent:")
    )
    assert status in text and consent in text
    text = text.replace(status, status.split()[0] + (" 通过" if language == "zh-CN" else " approved"))
    text = text.replace(consent, consent[2:])
    file.write_text(text, "utf-8")
    untouched = run("--site", site, "build", "--json", "--jobs", 1)
    assert {problem["code"] for problem in untouched.data["problems"]} == {"template-left"}
    front = re.sub(
        r"^(一句话事迹|one_line): .*$", r"\1: 四分钟。", text.split("\n---\n")[0], flags=re.MULTILINE
    )
    file.write_text(f"{front}\n---\n## 二十三点零六分\n\n下雨。\n", "utf-8")
    built = run("--site", site, "build", "--json", "--jobs", 1)
    assert {problem["code"] for problem in built.data["problems"]} == {"review-missing"}
    approve_all(run, site, "li-na")
    built = run("--site", site, "build", "--json", "--jobs", 1)
    assert (built.code, built.data["problems"]) == (0, [])
    assert "exemplars/li-na/index.html" in built.data["made"]
    text = file.read_text("utf-8")
    file.write_text(text.replace("## ", "## 改", 1), "utf-8")
    again = run("--site", site, "build", "--json", "--jobs", 1)
    assert again.code == 1 and "exemplars/li-na/index.html" in again.data["pruned"]
    assert {problem["code"] for problem in again.data["problems"]} == {"review-outdated"}


def stages_of(site: Path) -> list[str]:
    written = yaml.safe_load((site / "site.yaml").read_text("utf-8"))
    return (written.get("review") or {}).get("stages") or ["初审", "复审", "终审"]


def approve_all(run: Run, site: Path, slug: str, *options: object) -> None:
    for stage, name in zip(stages_of(site), ("赵一", "钱二", "孙三"), strict=True):
        ran = run("--site", site, "approve", slug, "--stage", stage, "--by", name, *options)
        assert ran.code == 0, ran.err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("collective", [False, True])
def test_a_new_record_explains_every_field_and_each_comes_to_life(
    tmp_path: Path, run: Run, language: str, collective: bool
) -> None:
    """Take the # from any line of the front matter, and from all of them at once: it reads."""
    site = tmp_path / "site"
    run("--lang", language, "init", site)
    run("--site", site, "new", "li-na", *(["--collective"] if collective else []))
    file = site / "exemplars/li-na/index.md"
    front, _, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    names = [(field.key, field.chinese) for field in RECORD.fields]
    for pair in names:
        if pair[0] == "reviews":
            assert re.search("^# (审核|reviews?)\\W.*honour approve", front, re.MULTILINE | re.IGNORECASE)
            continue
        assert any(re.search(rf"^(?:# )?{name}:", front, re.MULTILINE) for name in pair), pair
    known = "|".join(name for pair in names for name in pair)
    # A commented field, with the lines that continue it.
    field = re.compile(rf"^# (?:{known}):[^\n]*(?:\n#   [^\n]*)*", re.MULTILINE)
    commented = [found.group() for found in field.finditer(front)]
    assert len(commented) >= 15
    for live in (*([one] for one in commented), commented):
        text = front
        for one in live:
            text = text.replace(one, "\n".join(line[2:] for line in one.split("\n")))
        file.write_text(f"---\n{text}\n---\n{body}", "utf-8")
        told = run("--site", site, "check", "--json").data["problems"]
        # The pictures of the examples aren't there, nor are their people; everything else must be right.
        rest = [
            p for p in told if p["code"] not in ("picture-missing", "exemplar-unknown", "campaign-unknown")
        ]
        rest = [p for p in rest if p["severity"] == "error"]
        assert rest == [], live


@pytest.mark.parametrize(
    ("slug", "code"),
    [("Li-Na", "li-na"), ("李娜", "li-na"), ("con", "con-1"), ("../li-na", "li-na"), ("li-na", "已经有了")],
)
def test_new_refuses_what_is_no_address(sound: Path, run: Run, slug: str, code: str) -> None:
    before = tree(sound)
    ran = run("--site", sound, "new", slug)
    assert ran.code == 1 and code in ran.err
    assert tree(sound) == before


@pytest.mark.parametrize(
    "name", ["一班: 夜班", "#1 机组", "[甲]", "“引号”", 'a"b', "null", "李娜, 王杰", "{x}"]
)
def test_any_name_can_be_given_to_a_new_record(tmp_path: Path, run: Run, name: str) -> None:
    terms = {"categories": ["#守信"], "levels": ["[市]级"], "lines": ["a: b"]}
    site = write(tmp_path, site_of() | {"site.yaml": settings(**terms)})
    assert run("--site", site, "new", "li-na", "--name", name, "--collective").code == 0
    assert run("--site", site, "check", "--json").data["problems"] == []
    front = (site / "exemplars/li-na/index.md").read_text("utf-8").split("---")[1]
    assert yaml.load(front, Loader=yaml.BaseLoader)["姓名"] == name


def test_init_fills_an_empty_folder_or_a_fresh_repository_only(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"full/letter.txt": b"dear", "fresh/.git/HEAD": b"ref: refs/heads/main\n"})
    ran = run("init", tmp_path / "full")
    assert ran.code == 1 and "不是空文件夹" in ran.err
    assert tree(tmp_path / "full") == {"letter.txt": b"dear"}
    assert run("init", tmp_path / "fresh").code == 0
    assert (tmp_path / "fresh/site.yaml").is_file()


# --- approve ---------------------------------------------------------------------------------------

SIGNED = {"stages": ["初审", "终审"], "signers": {"初审": ["张三", "李四"], "终审": ["李四", "王五"]}}


@pytest.fixture
def pending(tmp_path: Path) -> Path:
    """A record waiting for two reviews, with comments and an order of its own."""
    text = record().decode().replace("kind:", "# 她本人看过\nkind:").replace("---\n## ", "# 完\n---\n## ")
    return write(tmp_path, site_of(li_na=text.encode()) | {"site.yaml": settings(review=SIGNED)})


def approve(run: Run, site: Path, stage: str, by: str, day: str = "2026-03-01") -> Ran:
    return run("--site", site, "approve", "li-na", "--stage", stage, "--by", by, "--date", day)


def test_reviews_are_written_and_nothing_else_changes(pending: Path, run: Run) -> None:
    file = pending / "exemplars/li-na/index.md"
    before = file.read_text("utf-8").split("\n")
    first = approve(run, pending, "初审", "张三")
    assert first.code == 0 and "下一步：终审" in first.out
    second = approve(run, pending, "终审", "王五", "2026-03-02")
    assert second.code == 0 and "下一步" not in second.out
    after = file.read_text("utf-8").split("\n")
    added = [line for line in after if line not in before]
    assert [line for line in after if line not in added] == before
    assert added[0] == "reviews:" and len(added) == 3
    digests = set(re.findall(r"1:[0-9a-f]{32}", "".join(added)))
    assert len(digests) == 1 and digests.pop() in second.out
    assert run("--site", pending, "check", "--date", DAY).code == 0
    assert not list(pending.rglob("*.honour-tmp"))


def test_an_edit_after_the_last_review_closes_the_gate(pending: Path, run: Run) -> None:
    approve(run, pending, "初审", "张三")
    approve(run, pending, "终审", "王五")
    file = pending / "exemplars/li-na/index.md"
    assert run("--site", pending, "build", "--date", DAY, "--jobs", 1).code == 0
    file.write_text(file.read_text("utf-8").replace("凌晨四点", "凌晨五点"), "utf-8")
    ran = run("--site", pending, "build", "--date", DAY, "--jobs", 1)
    assert ran.code == 1 and "在初审（张三）之后又改过" in ran.err and "在终审（王五）之后又改过" in ran.err
    assert not (pending / "public/exemplars/li-na").exists()
    assert approve(run, pending, "终审", "王五").code == 1  # the chain begins anew
    for stage, name in (("初审", "张三"), ("终审", "王五")):
        assert approve(run, pending, stage, name).code == 0
    assert run("--site", pending, "build", "--date", DAY, "--jobs", 1).code == 0
    assert file.read_text("utf-8").count("stage: 初审") == 2  # history stays


@pytest.mark.parametrize(
    ("stage", "by", "day", "said"),
    [
        ("终审", "王五", "2026-03-01", "初审还没有通过"),
        ("初审", "王五", "2026-03-01", "可由这些人签：张三、李四"),
        ("复审", "张三", "2026-03-01", "site.yaml 里的环节有：初审、终审"),
    ],
)
def test_reviews_out_of_order_or_by_others_are_refused(
    pending: Path, run: Run, stage: str, by: str, day: str, said: str
) -> None:
    before = (pending / "exemplars/li-na/index.md").read_bytes()
    ran = approve(run, pending, stage, by, day)
    assert ran.code == 1 and said in ran.err
    assert (pending / "exemplars/li-na/index.md").read_bytes() == before


def test_nobody_signs_two_stages_and_none_before_the_one_below(pending: Path, run: Run) -> None:
    approve(run, pending, "初审", "李四", "2026-03-01")
    twice = approve(run, pending, "终审", "李四")
    assert twice.code == 1 and "一个人只能签一审" in twice.err
    early = approve(run, pending, "终审", "王五", "2026-02-28")
    assert early.code == 1 and "早于它的前一审" in early.err
    assert run("--site", pending, "approve", "nobody", "--stage", "初审", "--by", "张三").code == 1


def test_a_record_that_can_not_be_read_is_not_signed(tmp_path: Path, run: Run) -> None:
    text = record(photo={"file": "gone.jpg", "alt": "她"})
    site = write(tmp_path, site_of(li_na=text) | {"site.yaml": settings(review=SIGNED)})
    ran = approve(run, site, "初审", "张三")
    assert ran.code == 1 and "找不到图片 gone.jpg" in ran.err
    site = write(
        tmp_path, site_of(li_na=record().decode().encode("gbk")) | {"site.yaml": settings(review=SIGNED)}
    )
    ran = approve(run, site, "初审", "张三")
    assert ran.code == 1 and "UTF-8" in ran.err


# --- Windows ---------------------------------------------------------------------------------------

UNIX_ONLY = {
    "fork",
    "forkpty",
    "symlink",
    "symlink_to",
    "hardlink_to",
    "getuid",
    "setsid",
    "mkfifo",
    "chmod",
}


# What works there as well, and why.
ELSEWHERE_TOO = {
    ("engine/durable.py", "hardlink_to"): "NTFS has hard links; what can't be linked is copied",
    ("typeset/fonts.py", "symlink_to"): "where no link can be made, Typst gets the folders themselves",
    ("mirror/home.py", "symlink_to"): "asked for elsewhere only; Windows has a pointer file instead",
}


def test_no_module_needs_what_windows_lacks() -> None:
    """Everything else is tried by the `spawn` of every pool, on every system."""
    for file in sorted((ROOT / "generator").rglob("*.py")):
        module = ast.parse(file.read_text("utf-8"))
        guarded = {
            id(n) for branch in ast.walk(module) if _asks_for_windows(branch) for n in ast.walk(branch)
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Attribute) and node.attr in UNIX_ONLY and id(node) not in guarded:
                place = file.relative_to(ROOT / "generator").as_posix()
                assert (place, node.attr) in ELSEWHERE_TOO, f"{file}:{node.lineno}: {node.attr}"
            if isinstance(node, ast.Import) and {"fcntl", "pwd", "grp", "resource"} & {
                a.name for a in node.names
            }:
                assert id(node) in guarded, f"{file}:{node.lineno}"
            if isinstance(node, ast.Constant) and node.value in ("fork", "forkserver"):
                raise AssertionError(f"{file}:{node.lineno}: {node.value}")


def _asks_for_windows(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "win32" in ast.dump(node.test)


def test_worker_processes_are_spawned_by_the_command_itself(tmp_path: Path) -> None:
    """Enough work that two workers start: `python -m generator` must survive being imported by them."""
    files = site_of(li_na=record()) | {
        f"exemplars/p{n}/index.md": record(BODY * 3, name=f"第{n}人", photo={"file": "p.jpg", "alt": "人"})
        for n in range(24)
    }
    files |= {f"exemplars/p{n}/p.jpg": jpeg(1000 + n, 1400) for n in range(24)}
    site = write(tmp_path, files)
    words = ("--site", site, "build", "--date", DAY, "--editions", "website")
    ran = honour(*words, "--jobs", 2, env=environment(PYTHONWARNINGS="error"))
    assert ran.returncode == 0, ran.stderr
    alone = honour(*words, "--jobs", 1, "--out", tmp_path / "alone", "--json")
    assert json.loads(alone.stdout)["failed"] == []
    assert tree(site / "public") == tree(tmp_path / "alone")
