"""Reads site.yaml into Settings, or says everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.model import Feedback, Kiosk, Limits, Printing, Publishing, Settings, Source, Term, Unit
from generator.problems import LANGUAGES, Place, Problem, error
from generator.sources.encoding import MOST_BYTES, decode, read_bytes
from generator.sources.frontmatter import read_map
from generator.sources.settings_schema import SETTINGS
from generator.sources.slugs import key_of

FILE = "site.yaml"
_ENGLISH = re.compile(r"^(?:language|语言)\s*[:：]\s*[\"']?(?:en|英文)\b", re.MULTILINE)

_TERMS = ("lines", "categories", "levels", "post_classes")
_AS_WRITTEN = (
    "title",
    "organisation",
    "department",
    "language",
    "timezone",
    "theme",
    "demonstration",
    "party",
    "slogans",
    "editions",
    "fonts",
    "allowed_names",
)


def read_settings(site_dir: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings in the site's folder and their problems; None if any is an error."""
    try:
        missing = not (site_dir / FILE).is_file()
    except OSError:  # a folder closed to us: reading says so
        missing = False
    if missing:
        return None, (error(Place(FILE), "settings-missing"),)
    data, problems = read_bytes(site_dir, Path(FILE))
    return (None, problems) if problems else parse_settings(data)


def written_language(site_dir: Path) -> str:
    """The language that site.yaml seems to ask for, be it readable or not; Chinese if it doesn't say."""
    try:
        if not (site_dir / FILE).is_file():  # a pipe would never answer
            return LANGUAGES[0]
        with (site_dir / FILE).open("rb") as stream:
            text = stream.read(MOST_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return LANGUAGES[0]
    return LANGUAGES[1] if _ENGLISH.search(text) else LANGUAGES[0]


def parse_settings(data: bytes) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings that the bytes of site.yaml hold, and their problems; None if any is an error."""
    text, problems = decode(FILE, data)
    if text is None:
        return None, problems
    values, places, more = read_map(FILE, text, SETTINGS)
    problems += more
    if values is None or any(problem.is_error for problem in problems):
        return None, problems
    source = Source(FILE, places)
    faults: list[Problem] = []
    units = _units(values.get("units", ()), source, "units", (), (), faults)
    terms: dict[str, Any] = {name: _terms(values.get(name, ()), source, name, faults) for name in _TERMS}
    review = _review(values.get("review", {}), source, faults)
    problems = tuple(sorted((*problems, *faults), key=lambda problem: problem.where))
    if faults:
        return None, problems
    plain = {name: values[name] for name in _AS_WRITTEN if name in values}
    settings = Settings(source=source, units=units, **plain, **terms, **review, **_rules(values))
    return settings, problems


def _rules(values: Mapping[str, Any]) -> dict[str, Any]:
    """What site.yaml says in small maps and the model in single fields; what isn't said is left out."""
    notice, calendar = values.get("notice", {}), values.get("calendar", {})
    rules = {
        "base_url": values["base_url"].rstrip("/") + "/" if "base_url" in values else None,
        "consent_required": values.get("consent", {}).get("required"),
        "notice_required": notice.get("required"),
        "notice_days": notice.get("days"),
        "notice_contact": notice.get("contact"),
        "holidays": calendar.get("holidays"),
        "workdays": calendar.get("workdays"),
        "limits": values.get("limits", Limits()),
        "feedback": values.get("feedback", Feedback()),
        "printing": values.get("printing", Printing()),
        "kiosk": values.get("kiosk", Kiosk()),
        "publishing": values.get("publish", Publishing()),
    }
    return {name: value for name, value in rules.items() if value is not None}


def _units(
    written: tuple[dict[str, Any], ...],
    source: Source,
    at: str,
    path: tuple[str, ...],
    names: tuple[str, ...],
    faults: list[Problem],
) -> tuple[Unit, ...]:
    keys = _keys([(unit["name"], unit.get("key")) for unit in written], source, at, faults)
    units = []
    for number, (unit, key) in enumerate(zip(written, keys, strict=True)):
        here, called = (*path, key), (*names, unit["name"])
        below = _units(unit.get("units", ()), source, f"{at}.{number}.units", here, called, faults)
        liaison = unit.get("liaison", {}).get("name", "")
        units.append(Unit(key, unit["name"], here, called, unit.get("staff", 0), liaison, below))
    return tuple(units)


def _terms(
    written: tuple[dict[str, Any], ...], source: Source, at: str, faults: list[Problem]
) -> tuple[Term, ...]:
    keys = _keys([(term["title"], term.get("key")) for term in written], source, at, faults)
    return tuple(
        Term(key, term["title"], term.get("intro", "")) for term, key in zip(written, keys, strict=True)
    )


def _keys(named: list[tuple[str, str | None]], source: Source, at: str, faults: list[Problem]) -> list[str]:
    """The keys of what stands side by side: as written, or made from the name. Two alike are an error."""
    taken: dict[str, int] = {}
    keys = []
    for number, (name, written) in enumerate(named):
        key = written or key_of(name)
        where = source.at(f"{at}.{number}.key")
        if not key:
            faults.append(error(where, "key-needed", name=name))
        for token in dict.fromkeys((key, name)):
            if token and token in taken:
                other = taken[token]
                first = source.at(f"{at}.{other}").line
                faults.append(
                    error(where, "key-collision", key=token, name=name, other=named[other][0], first=first)
                )
                break
            taken[token] = number
        keys.append(key)
    return keys


def _review(written: Mapping[str, Any], source: Source, faults: list[Problem]) -> dict[str, Any]:
    review = {name: written[name] for name in ("stages", "signers") if name in written}
    stages = written.get("stages", Settings.__dataclass_fields__["stages"].default)
    for number, stage in enumerate(stages):
        if stage in stages[:number]:
            faults.append(error(source.at(f"review.stages.{number}"), "stage-twice", stage=stage))
    known = "、".join(dict.fromkeys(stages)) or "—"
    for stage, _ in written.get("signers", ()):
        if stage not in stages:
            faults.append(
                error(source.at(f"review.signers.{stage}"), "signers-stage", stage=stage, stages=known)
            )
    return review
