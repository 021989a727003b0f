"""Finds become problems: which file of the release, what stands there, which source says it, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue import Catalogue
from generator.engine.parallel import Progress, Workers
from generator.engine.store import Store
from generator.problems import Place, Problem, error
from generator.sources.withdrawn import FILE, Register
from generator.withdrawal.hidden import visible_words
from generator.withdrawal.hunt import Hunt, hunt_for
from generator.withdrawal.scanning import Find, scan
from generator.withdrawal.secrets import FILE as KEY_FILE
from generator.withdrawal.secrets import read_key
from generator.withdrawal.texts import bare_form, close_form

Words = Sequence[tuple[Place, str]]


@dataclass(frozen=True)
class Guard:
    """Looks at a release folder before it is shown; whatever it finds refuses the switch.

    Holds what the site hides on its catalogue's day, so it judges older releases by today's rules."""

    site: Path
    catalogue: Catalogue
    register: Register
    store: Store
    workers: Workers
    progress: Progress | None = None

    def __call__(self, folder: Path) -> tuple[Problem, ...]:
        key = read_key(self.site)
        if self.register.entries and key is None:
            return (error(Place(KEY_FILE), "withdrawn-key", list=FILE),)
        hunt = hunt_for(self.catalogue, self.site, self.register, key)
        scanned = scan(folder, hunt, key, self.store, self.workers, self.progress)
        found = list(_told(scanned.finds, hunt, self.catalogue))
        found += [
            error(Place(path), "withdrawn-unread", path=path, member=member)
            for path, member in scanned.unread
        ]
        return tuple(dict.fromkeys(found))


def holds(folder: Path, guard: Callable[[Path], tuple[Problem, ...]]) -> bool:
    """Whether a release holds anybody who may not be seen today."""
    return bool(guard(folder))


def _told(finds: Sequence[Find], hunt: Hunt, catalogue: Catalogue) -> Iterator[Problem]:
    """One problem for each thing and person, with the first file and how many more."""
    words: Words = tuple(visible_words(catalogue)) if finds else ()
    grouped: dict[tuple[str, int, int], list[str]] = {}
    for find in finds:
        number = find.sought if find.kind in ("name", "sentence", "private") else -1
        paths = grouped.setdefault((find.kind, find.who, number), [])
        if find.path not in paths:
            paths.append(find.path)
    for (kind, who, number), paths in grouped.items():
        person = hunt.people[who]
        said = {"path": paths[0], "more": len(paths) - 1, "record": person.place.file, "slug": person.slug}
        if number < 0:
            yield error(
                person.place, f"withdrawn-{kind}" if kind != "name" else "withdrawn-keyed-name", **said
            )
            continue
        sought = hunt.sought[number]
        place = _spoken(words, sought.text, bare=kind != "name") or sought.place
        shown = {"name": person.name, "sentence": sought.text[:20]}.get(kind, "")  # what is private in no log
        yield error(place, f"withdrawn-{kind}", words=shown, **said)


def _spoken(words: Words, text: str, *, bare: bool) -> Place | None:
    """Which source says it; None if none does, and only the release holds it."""
    for place, written in words:
        lines = written.split("\n")
        forms = [bare_form(close_form(line)) if bare else close_form(line) for line in lines]
        for offset, line in enumerate(forms):
            if text in line:
                at = 1 if bare else max(1, lines[offset].find(text) + 1)
                return Place(
                    place.file, place.line + offset, at if offset or place.column == 1 else place.column
                )
        if text in "".join(forms):
            return place
    return None
