"""Records that would keep a careless program busy for hours, and a run of the generator over each of them.

    python tests/pathological.py        JSON: for each record processor seconds, and if it was refused

A record that takes KILL seconds ends the run with a traceback of where it was."""

from __future__ import annotations

import faulthandler
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import site_builder

KILL = 20  # seconds
MARKDOWN = 190_000  # characters: just below what is still read as Markdown
WHOLE = 1_000_000  # bytes: just below what is still read as a record

HEAD = "name: 李娜\nkind: individual\nunit: 水务集团/营业所\ncategories: [服务群众]\nstatus: approved\n"


SHORT = (
    "[ ![ ]( []( [a]( ![a](b [^1] < <b <!-- & &# ` `` * ** _ __ *a _a_ a* \\ | |- - > # 1. ] ) 。 1 （ “ a"
    " ～ —— 《 <https:// a@b. http://a. {{ e\u0301 👨\u200d👩\u200d \u200d\u200c"
)
LONG = (
    *(
        "\n\n",
        "    ",
        "\t",
        "- ",
        "> ",
        "# ",
        "1. ",
        "~~~\n",
        "```\n",
        "a\n===\n",
        "| a |\n|---|\n",
        "[a]: b\n",
    ),
    *("- a\n\n", "> - ", "[^1]: ", "*a **b"),
)
MARKS = (*SHORT.split(" "), *LONG)


def repeated(part: str, size: int = MARKDOWN) -> str:
    return part * (size // len(part.encode()))


def texts() -> Iterator[tuple[str, str]]:
    """Markdown: every mark, opened without end, nested, side by side."""
    for mark in MARKS:
        yield f"text of {mark!r}", repeated(mark)
        yield f"lines of {mark!r}", repeated(f"{mark}字\n")
    yield "brackets within brackets", "[" * 60_000 + "字" + "]" * 60_000
    yield "links within links", repeated("[a](", 90_000) + repeated(")", 90_000)
    yield "lists within lists", "".join("  " * n + "- 字\n" for n in range(400))
    yield "quotations within quotations", "".join(">" * n + " 字\n" for n in range(500))
    yield "a table of many rows", "| 甲 | 乙 |\n|---|---|\n" + repeated("| 1 | 2 |\n")
    yield "a table of many columns", "|甲" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|1" * 20_000 + "|"
    yield (
        "footnotes that mention each other",
        "".join(f"[^{n}]: 字[^{n + 1}]\n\n" for n in range(8000)) + "[^0]",
    )
    yield "one heading many times", repeated("## 同名\n\n字\n\n")


def settings() -> Iterator[tuple[str, str]]:
    """YAML: deep, wide, long, bombs, and values that are read further."""
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9) if n else 'x'}]\n" for n in range(12))
    yield "aliases of aliases", levels + HEAD
    yield (
        "a merge of merges",
        "".join(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}\n" for n in range(1, 30)) + HEAD,
    )
    for opening in (
        "[",
        "{",
        "{a: ",
        "[{a: ",
        "- ",
        "? ",
        "&a ",
        "!!a ",
        "- - ",
        "'",
        '"',
        "|\n",
        ">\n",
        "# ",
        "%",
        "--- ",
        "\\x41",
    ):
        yield f"yaml of {opening!r}", f"{HEAD}tags: {repeated(opening, WHOLE)}\n"
        yield f"lines of {opening!r}", HEAD + repeated(f"{opening}\n", WHOLE)
    yield "many unknown keys", HEAD + "".join(f"keyy{n}: 1\n" for n in range(60_000))
    yield "one key many times", HEAD + repeated("post: 甲\n", WHOLE)
    yield "wide colons", HEAD + repeated("岗位：甲\n", WHOLE)
    yield "tabs", HEAD + repeated("\tpost: 甲\n", WHOLE)
    yield "deeper and deeper", HEAD + "".join("  " * n + f"k{n}:\n" for n in range(900))
    yield "a list of many", f"{HEAD}tags: [{repeated('甲, ', 900_000)}]\n"
    yield (
        "many testimonials",
        f"{HEAD}testimonials:\n" + "  - {quote: 他从来不说累。, by: 王敏, consent: 是}\n" * 2500,
    )
    yield (
        "many honours",
        f"{HEAD}honours:\n" + "  - {title: 先进典型, date: 2025-12-20, level: 市级}\n" * 2500,
    )
    for key in ("name", "one_line", "citation", "remarks", "spirit", "post", "summary"):
        for sign in ("字", "1", "a ", "。", "，", "“", "2019年", "🇨🇳", "-", "·", "龘"):
            head = HEAD.replace("name: 李娜\n", "") if key == "name" else HEAD
            yield f"{key} of {sign!r}", f"{head}{key}: 始{repeated(sign, 300_000)}终\n"


def records() -> dict[str, bytes]:
    """Every record, by what it is."""
    found = {name: f"---\n{HEAD}---\n{text}\n" for name, text in texts()}
    found |= {name: f"---\n{front}---\n字\n" for name, front in settings()}
    return {name: text.encode() for name, text in found.items()}


def run(every: int = 1) -> dict[str, tuple[float, str]]:
    """Processor seconds and `read` or `refused`, of each (or of some) of the records, in a website of its own."""
    told = {}
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        site_builder.write(site, site_builder.site_of(li_na=site_builder.record()))
        site_builder.build(site)  # libraries load once
        for name, data in list(records().items())[::every]:
            faulthandler.dump_traceback_later(KILL, exit=True)
            (site / "exemplars/li-na/index.md").write_bytes(data)
            began = time.process_time()
            built = site_builder.build(site)
            took = time.process_time() - began
            assert built.report is not None and not built.report.failed, (name, built.problems[:3])
            refused = any(problem.is_error for problem in built.problems)
            shown = (site / "public/exemplars/li-na/index.html").exists()
            assert shown != refused, name
            told[name] = (round(took, 2), "refused" if refused else "read")
        faulthandler.cancel_dump_traceback_later()
    return told


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1), ensure_ascii=False))
