"""Says in an author's words why a text isn't YAML: at which line and column, and what to write there.

Two ways: `scan` finds every line that a Chinese input method or Word has made unreadable and mends it, so
that the reading can go on; `explain` translates the one error at which the YAML library stopped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from yaml import MarkedYAMLError, YAMLError

from generator.problems import Place, Problem, error

# "  - 姓名：张三" in its parts: indentation and dash, the key, what stands after it.
_KEY = re.compile(
    r"(?P<lead>[ \t\u3000\xa0]*(?:-[ \t]+)*)"
    r"(?P<key>[^\s:：\"'\[\]{},，#-][^:：\"'\[\]{},，]{0,30}?)[ \t]*"
    r"(?P<rest>[:：].*)?$"
)
_BLOCK = re.compile(r"[:-][ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$")
# "{file: a.jpg，alt：张三}": what stands before a key within braces, the key, and its colon.
_FLOW_KEY = re.compile(
    r"(?P<before>[{,，])[ \u3000]*(?P<key>[A-Za-z_\u4e00-\u9fff]{1,16})[ ]*(?P<colon>[:：])[ \u3000]*"
)


def scan(
    file: str, lines: list[str], first_line: int, known: Collection[str]
) -> tuple[list[Problem], list[str]]:
    """The problems of `lines` that need no parser to be seen, and the lines with those mended.

    `known` are the keys that can stand there: only before one of these is `：` taken for a colon. The texts
    below `key: |` are left alone.
    """
    problems: list[Problem] = []
    mended: list[str] = []
    block = -1  # the indentation of the key whose `|` text we are in
    for number, line in enumerate(lines, first_line):
        indentation = len(line) - len(line.lstrip(" \t"))
        if block >= 0 and (not line.strip() or indentation > block):
            mended.append(line)
            continue
        found, better = _mend(Place(file, number), line, known)
        problems += found
        mended.append(better)
        block = indentation if _BLOCK.search(better) else -1
    return problems, mended


@dataclass(frozen=True, slots=True)
class _Mend:
    """What is wrong between two columns of a line (from 0), and what should stand there."""

    start: int
    end: int
    code: str
    better: str
    key: str = ""


def _mend(place: Place, line: str, known: Collection[str]) -> tuple[list[Problem], str]:
    mends = [*_in_indentation(line), *_after_key(line, known), *_in_braces(line, known)]
    mends.sort(key=lambda mend: mend.start)
    problems = []
    for mend in mends:
        found = {"key": mend.key} if mend.key else {}
        problems.append(error(Place(place.file, place.line, mend.start + 1), mend.code, **found))
    for mend in reversed(mends):
        line = line[: mend.start] + mend.better + line[mend.end :]
    return problems, line


def _in_indentation(line: str) -> Iterator[_Mend]:
    end = len(line) - len(line.lstrip())
    start = end - len(line[:end].lstrip(" "))
    if start < end < len(line):
        spaces = "".join(" " if character in " \xa0" else "  " for character in line[start:end])
        yield _Mend(start, end, "yaml-tab" if line[start] == "\t" else "yaml-wide-indent", spaces)


def _after_key(line: str, known: Collection[str]) -> Iterator[_Mend]:
    match = _KEY.match(line)
    if match is None or match["key"] not in known or not match["rest"]:
        return
    start, rest = match.start("rest"), match["rest"]
    if rest[0] == "：":
        end = start + len(rest) - len(rest[1:].lstrip())
        yield _Mend(start, end, "yaml-wide-colon", ": ", match["key"])
    elif rest[1:2] not in ("", " ", "\t"):
        yield _Mend(start, start + 1, "yaml-colon-space", ": ", match["key"])


def _in_braces(line: str, known: Collection[str]) -> Iterator[_Mend]:
    """The commas and colons between the keys of a map in braces."""
    if "{" not in line or line.lstrip().startswith("#"):
        return
    for match in _FLOW_KEY.finditer(line, line.index("{")):
        if match["key"] in known:
            if match["before"] == "，":
                yield _Mend(match.start(), match.start("key"), "yaml-wide-comma", ", ")
            if match["colon"] == "：":
                yield _Mend(match.start("colon"), match.end(), "yaml-wide-colon", ": ", match["key"])


def explain(file: str, lines: list[str], first_line: int, cause: YAMLError) -> Problem:
    """The error for what stopped the YAML library, at the place an author has to change."""
    if not isinstance(cause, MarkedYAMLError) or cause.problem_mark is None:
        return error(Place(file, first_line), "yaml-syntax", reason=cause)
    said = cause.problem or ""
    at = _within(lines, cause.problem_mark.line, cause.problem_mark.column)
    context = cause.context_mark
    began = _within(lines, context.line, context.column) if context else at
    (line, column), code, found = _explained(lines, said, cause.context or "", at, began)
    return error(Place(file, first_line + line, column + 1), code, **found)


_Spot = tuple[int, int]  # line and column, from 0
_Answer = tuple[_Spot, str, dict[str, str]]


def _explained(lines: list[str], said: str, context: str, at: _Spot, began: _Spot) -> _Answer:
    opened = _open_quote(lines)
    if opened and ("quoted scalar" in context or "expected key" in said or "not allowed" in said):
        return opened, "yaml-quote-open", {}
    if "quoted scalar" in context and "unexpected" in said:
        return began, "yaml-quote-open", {}
    if "flow node" in context:
        return began, "yaml-bracket-gap", {"character": _character(lines, began)}
    if "flow" in context:
        return began, "yaml-bracket-open", {"bracket": _character(lines, began)}
    if "expected ':'" in said:
        return _first_ink(lines, began[0]), "yaml-no-colon", {"text": _short(lines[began[0]])}
    if "mapping values" in said:
        return _second_colon(lines, at)
    if "expected key" in said and lines[at[0]][: at[1]].rstrip()[-1:] in ('"', "'"):
        return at, "yaml-after-quote", {}
    for words, code in _PLAIN_CODES.items():
        if words in said:
            return at, code, {}
    if any(words in said or words in context for words in _SPECIAL_START):
        character = _character(lines, began)
        return began, "yaml-tab" if character == "\t" else "yaml-special-start", {"character": character}
    if any(words in said for words in ("expected key", "'-' indicator", "<document start>")):
        return _first_ink(lines, at[0]), "yaml-indentation", {}
    return at, "yaml-syntax", {"reason": said}


# What libyaml says (scanner.c, parser.c) and what is the matter.
_PLAIN_CODES = {
    "violates indentation": "yaml-tab",
    "escape": "yaml-escape",
    "block sequence entries": "yaml-list-same-line",
}
_SPECIAL_START = (
    "cannot start any token",
    "alphabetic or numeric",
    "block scalar",
    "directive",
    "node content",
    "tag",
)


def _within(lines: list[str], line: int, column: int) -> _Spot:
    """The spot, or the end of the text for one that lies behind it."""
    return (line, column) if line < len(lines) else (len(lines) - 1, len(lines[-1]))


def _character(lines: list[str], spot: _Spot) -> str:
    return lines[spot[0]][spot[1] : spot[1] + 1]


def _second_colon(lines: list[str], at: _Spot) -> _Answer:
    """`: ` where none may stand: in a value, on a line indented by mistake, or after a line without one."""
    if re.search(r":(?:[ \t]|$)", lines[at[0]][: at[1]]):
        return at, "yaml-colon-in-value", {}
    above = next((n for n in range(at[0] - 1, -1, -1) if lines[n].strip()), None)
    if above is not None and not re.search(r":(?:[ \t]|$)", lines[above]):
        return _first_ink(lines, above), "yaml-no-colon", {"text": _short(lines[above])}
    return _first_ink(lines, at[0]), "yaml-indentation", {}


def _open_quote(lines: list[str]) -> _Spot | None:
    """The first value that begins with a quotation mark, on a line that holds no second one."""
    for number, line in enumerate(lines):
        match = re.search(r"(?:^|[:\-\[{,])[ \t]+(?P<mark>[\"'])", line)
        if match and match["mark"] not in line[match.end() :]:
            return number, match.start("mark")
    return None


def _first_ink(lines: list[str], number: int) -> _Spot:
    return number, len(lines[number]) - len(lines[number].lstrip())


def _short(line: str) -> str:
    line = line.strip()
    return line if len(line) <= 20 else line[:20] + "…"
