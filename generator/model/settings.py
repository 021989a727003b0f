"""What site.yaml says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.kiosk import Kiosk
from generator.model.printing import Printing
from generator.model.source import Source
from generator.model.withdrawn import AllowedName


@dataclass(frozen=True)
class Term:
    """An entry of a list the office defines: a category, business line, level or post class."""

    key: str
    title: str
    intro: str = ""


@dataclass(frozen=True)
class Unit:
    """A node of the unit tree. `path` is its keys from the top; `names` likewise; `staff` 0 is unknown."""

    key: str
    name: str
    path: tuple[str, ...]
    names: tuple[str, ...]
    staff: int = 0
    liaison: str = ""
    units: tuple[Unit, ...] = ()

    def walk(self) -> Iterator[Unit]:
        """This unit, then every unit below it, in the order of site.yaml."""
        yield self
        for unit in self.units:
            yield from unit.walk()


@dataclass(frozen=True)
class Channel:
    """One way to reach the office: any of these may be empty."""

    url: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Feedback:
    nominate: Channel | None = None
    correct: Channel | None = None
    mailbox: str = ""


@dataclass(frozen=True)
class Limits:
    """Most characters of each text, counted as readers count: without white space."""

    deeds: int = 1500
    one_line: int = 140
    summary: int = 300


@dataclass(frozen=True)
class Publishing:
    """Where releases go if nobody says, how many stay there, and the private key that signs them, if any."""

    to: str = ""
    keep: int = 5
    key: str = ""


@dataclass(frozen=True)
class Settings:
    """site.yaml. `signers` pairs a review stage with the names that may sign it; empty means anybody."""

    title: str
    organisation: str
    source: Source
    department: str = ""
    base_url: str = ""
    language: str = "zh-CN"
    timezone: str = "Asia/Shanghai"
    theme: str = "honour"
    demonstration: bool = False
    party: bool = False
    units: tuple[Unit, ...] = ()
    lines: tuple[Term, ...] = ()
    categories: tuple[Term, ...] = ()
    levels: tuple[Term, ...] = ()  # highest first
    post_classes: tuple[Term, ...] = ()
    stages: tuple[str, ...] = ("初审", "复审", "终审")
    signers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    consent_required: bool = True
    notice_required: bool = False
    notice_days: int = 5
    notice_contact: str = ""
    holidays: tuple[date, ...] = ()  # site.yaml's `calendar:`, before what chinesecalendar says
    workdays: tuple[date, ...] = ()
    limits: Limits = Limits()
    slogans: tuple[str, ...] = ()
    feedback: Feedback = Feedback()
    editions: tuple[str, ...] = ()  # what a build makes; () leaves it to the program
    printing: Printing = Printing()
    kiosk: Kiosk = Kiosk()
    publishing: Publishing = Publishing()
    fonts: tuple[str, ...] = ()  # files in the site's folder
    allowed_names: tuple[AllowedName, ...] = ()

    def unit(self, path: tuple[str, ...]) -> Unit | None:
        """The unit that a record's `unit:` names, by names or keys from the top; None if there is none."""
        below = self.units
        found: Unit | None = None
        for part in path:
            found = next((unit for unit in below if part in (unit.name, unit.key)), None)
            if found is None:
                return None
            below = found.units
        return found


def term(terms: tuple[Term, ...], written: str) -> Term | None:
    """The term that `written` names by key or by title; None if there is none."""
    return next((entry for entry in terms if written in (entry.key, entry.title)), None)
