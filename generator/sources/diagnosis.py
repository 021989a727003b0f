"""Says in an author's words why a text isn't YAML: at which line and column, and what to write there.

Two ways: `scan` finds every line that a Chinese input method or Word has made unreadable and mends it, so
that the reading can go on; `explain` translates the one error at which the YAML library stopped."""

from __future__ import annotations

import re
from collections.abc import Collection

from yaml import MarkedYAMLError, YAMLError

from generator.problems import Place, Problem, error

# "  - 姓名：张三" in its parts: indentation and dash, the key, what stands after it.
_KEY = re.compile(
    r"(?P<lead>[ \t\u3000\xa0]*(?:-[ \t]+)*)"
    r"(?P<key>[^\s:：\"'\[\]{},，#-][^:：\"'\[\]{},，]{0,30}?)[ \t]*"
    r"(?P<rest>[:：].*)?$"
)
_BLOCK = re.compile(r"[:-][ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$")
_FLOW_COMMA = re.compile(r"，[ \u3000]*(?=[A-Za-z_\u4e00-\u9fff]{1,16}[ ]*[:：])")
_FLOW_COLON = re.compile(r"(?P<before>[{,][ ]*)(?P<key>[A-Za-z_\u4e00-\u9fff]{1,16})[ ]*：[ \u3000]*")


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


def _mend(place: Place, line: str, known: Collection[str]) -> tuple[list[Problem], str]:
    problems = []
    indentation = line[: len(line) - len(line.lstrip())]
    if line.strip() and (odd := next((c for c in indentation if c != " "), "")):
        column = indentation.index(odd) + 1
        code = "yaml-tab" if odd == "\t" else "yaml-wide-indent"
        problems.append(error(Place(place.file, place.line, column), code))
        line = indentation.replace("\t", "  ").replace("\u3000", "  ").replace("\xa0", " ") + line.lstrip()
    match = _KEY.match(line)
    if match and match["key"] in known and match["rest"]:
        column = match.start("rest") + 1
        rest = match["rest"]
        if rest[0] == "：":
            problems.append(error(Place(place.file, place.line, column), "yaml-wide-colon", key=match["key"]))
            line = line[: column - 1] + ": " + rest[1:].lstrip()
        elif rest[1:2] not in ("", " ", "\t"):
            problems.append(
                error(Place(place.file, place.line, column), "yaml-colon-space", key=match["key"])
            )
            line = line[:column] + " " + rest[1:]
    if "{" in line and not line.lstrip().startswith("#"):
        more, line = _mend_flow(place, line, known)
        problems += more
    return problems, line


def _mend_flow(place: Place, line: str, known: Collection[str]) -> tuple[list[Problem], str]:
    """A map in braces, `{file: photo.jpg，alt：…}`: the commas and colons between its keys."""
    problems = []
    brace = line.index("{")
    if comma := _FLOW_COMMA.search(line, brace):
        problems.append(error(Place(place.file, place.line, comma.start() + 1), "yaml-wide-comma"))
        line = line[:brace] + _FLOW_COMMA.sub(", ", line[brace:])
    for colon in _FLOW_COLON.finditer(line, brace):
        if colon["key"] in known:
            place = Place(place.file, place.line, colon.end("key") + 1)
            problems.append(error(place, "yaml-wide-colon", key=colon["key"]))
            line = line.replace(colon.group(), f"{colon['before']}{colon['key']}: ", 1)
    return problems, line


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
    if "block scalar" in context or any(words in said for words in _SPECIAL_START):
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
_SPECIAL_START = ("cannot start any token", "alphabetic or numeric", "tag")


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
