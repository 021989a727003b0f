"""Divides a file into its front matter, between two lines `---`, and its Markdown, and reads the former."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from generator.model import Places
from generator.problems import Place, Problem, error
from generator.sources import diagnosis, positions
from generator.sources.encoding import decode
from generator.sources.shape import Reading, Shape

# What input methods and Word make of three hyphens.
_DASHES = re.compile("[-－—–―─‐‑−]{1,6}")
_KEY_LINE = re.compile(r"[^\s:：#]{1,20}[ ]*[:：]")
_HEADING = re.compile(r"#{1,6}[ \u3000]*\S")


@dataclass(frozen=True, slots=True)
class Document:
    """A file read: `values` by the model's names, or None if there is any error among the problems."""

    values: dict[str, Any] | None
    places: Places
    problems: tuple[Problem, ...]
    markdown: str = ""
    body_line: int = 1


def read_document(file: str, data: bytes, shape: Shape) -> Document:
    """The front matter of `data`, read by `shape`, and the Markdown below it."""
    text, problems = decode(file, data)
    if text is None:
        return Document(None, (), problems)
    lines = text.split("\n")
    split, trouble = _split(file, lines)
    problems += trouble
    if split is None:
        return Document(None, (), problems)
    first, end, body = split
    values, places, more = read_map(file, "\n".join(lines[first:end]), shape, first + 1)
    problems = tuple(sorted((*problems, *more), key=lambda problem: problem.where))
    while body < len(lines) and not lines[body].strip():
        body += 1
    if any(problem.is_error for problem in problems):
        values = None
    return Document(values, places, problems, "\n".join(lines[body:]).rstrip(), min(body, len(lines) - 1) + 1)


def read_map(
    file: str, text: str, shape: Shape, first_line: int = 1
) -> tuple[dict[str, Any] | None, Places, tuple[Problem, ...]]:
    """The values of the YAML map `text`, where each of its keys stands, and every problem.

    Where a Chinese input method has made lines unreadable, these are named and mended, and the rest is read
    all the same, so that one run shows everything.
    """
    reading, values, broken = _attempt(file, text, shape, first_line)
    if not reading.errors:
        return values, tuple(reading.places), tuple(reading.problems)
    lines = text.split("\n")
    findings, mended = diagnosis.scan(file, lines, first_line, shape.names)
    if findings:
        again, _, still_broken = _attempt(file, "\n".join(mended), shape, first_line)
        if broken or again.errors < reading.errors:
            told = {problem.where.line for problem in findings}
            rest = [] if still_broken else [p for p in again.problems if p.where.line not in told]
            return None, tuple(again.places), (*findings, *rest)
    return None, tuple(reading.places), tuple(reading.problems)


def _attempt(
    file: str, text: str, shape: Shape, first_line: int
) -> tuple[Reading, dict[str, Any] | None, bool]:
    """One reading of `text`; the last value says whether it was no map of YAML at all."""
    reading = Reading(file)
    try:
        tree, problems = positions.parse(text, file, first_line)
    except yaml.YAMLError as cause:
        reading.problems.append(diagnosis.explain(file, text.split("\n"), first_line, cause))
        reading.errors = 1
        return reading, None, True
    reading.problems.extend(problems)
    reading.errors = len(problems)
    if tree is None and not problems:
        tree = positions.Node({}, max(1, first_line - 1), 1)
    if tree is None:
        return reading, None, False
    if isinstance(tree.value, dict):
        return reading, shape.values(tree, reading), False
    reading.refuse(tree, "front-matter-no-keys", example=shape.fields[0].key)
    return reading, None, True


_Split = tuple[int, int, int]  # indices of the first line of the settings, of their end, of the Markdown


def _split(file: str, lines: list[str]) -> tuple[_Split | None, tuple[Problem, ...]]:
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return None, (error(Place(file), "file-empty"),)
    problems: list[Problem] = []
    if _is_delimiter(file, first, lines[first], problems):
        begin = first + 1
    elif _KEY_LINE.match(lines[first]):
        problems.append(error(Place(file, first + 1), "front-matter-no-opening"))
        begin = first
    else:
        return None, (error(Place(file, first + 1), "front-matter-missing"),)
    for number in range(begin, len(lines)):
        if _is_delimiter(file, number, lines[number], problems):
            return (begin, number, number + 1), tuple(problems)
    end = _probable_end(lines, begin)
    problems.append(error(Place(file, end + 1), "front-matter-no-closing"))
    return (begin, end, end), tuple(problems)


def _is_delimiter(file: str, number: int, line: str, problems: list[Problem]) -> bool:
    if line.rstrip() == "---":
        return True
    written = line.strip()
    if written and written[0] in "-－—–―─‐‑−" and _DASHES.fullmatch(written) and written != "-":
        problems.append(error(Place(file, number + 1), "front-matter-dashes", written=written))
        return True
    return False


def _probable_end(lines: list[str], begin: int) -> int:
    """Where the Markdown seems to begin in a file whose settings nobody closed."""
    for number in range(begin, len(lines)):
        line = lines[number]
        after_gap = number > begin and not lines[number - 1].strip()
        if _HEADING.match(line) and line.startswith("##"):
            return number
        if after_gap and line.strip() and not line.startswith((" ", "-", "\t")) and not _KEY_LINE.match(line):
            return number
    return len(lines) - 1
