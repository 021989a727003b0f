"""What a release is searched for, in a form that is sent to workers: texts, looks, keyed hashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from generator.catalogue import Catalogue
from generator.engine.target import digest_bytes
from generator.model import Scope, Withdrawn
from generator.photos import WHOLE, portrait_crop
from generator.photos.decode import lies_on_its_side, opened, orientation
from generator.problems import Place
from generator.sources.withdrawn import Register
from generator.withdrawal.hidden import (
    Hidden,
    hidden_in,
    known_to_all,
    read_by_all,
    visible_names,
    visible_slugs,
)
from generator.withdrawal.looks import looks_of
from generator.withdrawal.secrets import Key
from generator.withdrawal.texts import Forms, close_form

MOST_CERTIFICATES = 20  # of one person
_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_ALONE = re.compile(rf"(?<![{_HAN}])[{_HAN}]{{2,4}}(?![{_HAN}])")
_LATIN = re.compile(r"[a-z]")


class Sought(NamedTuple):
    """One thing to find. `kind` is slug, name, sentence, private or photo; `who` the index of whose it is."""

    kind: str
    who: int
    text: str
    place: Place


@dataclass(frozen=True)
class Person:
    """Whom something belongs to: their record's file or the list, and which parts may not show them."""

    slug: str
    name: str
    place: Place
    scopes: frozenset[Scope]


@dataclass(frozen=True)
class Hunt:
    """Everything to find. `covers` are longer names in which a hidden one may stand. `looks` and `photos` are
    (value, index of the person); those of the list are keyed, in hexadecimal, by `key`."""

    people: tuple[Person, ...]
    sought: tuple[Sought, ...]
    covers: tuple[str, ...]
    photos: tuple[tuple[str, int], ...]
    looks: tuple[tuple[int, int], ...]
    keyed_names: tuple[tuple[str, int], ...] = ()
    keyed_photos: tuple[tuple[str, int], ...] = ()
    keyed_looks: tuple[tuple[int, int], ...] = ()

    @property
    def digest(self) -> str:
        """Changes with whatever is sought in texts."""
        said = (self.sought, self.covers, self.keyed_names)
        return digest_bytes(repr(said).encode("utf-8", "surrogatepass"))

    def text_hits(self, forms: Forms) -> set[int]:
        """The indexes of `sought` that one text holds."""
        close, bare = _automata(self.sought)
        found: set[int] = set()
        if bare is not None:
            for _, numbers in bare.iter(forms.bare):
                found.update(numbers)
        if close is not None:
            for end, numbers in close.iter(forms.close):
                found.update(n for n in numbers if self._counts(n, forms.close, end))
        return found

    def _counts(self, number: int, text: str, end: int) -> bool:
        """Whether what ends at `end` is meant: not within a longer name of somebody shown."""
        sought = self.sought[number]
        start = end - len(sought.text) + 1
        if sought.kind == "slug":
            return (
                end + 1 >= len(text) or not re.match(r"[a-z0-9-]", text[end + 1]) or sought.text[-1] in "/."
            )
        if _LATIN.search(sought.text):
            return not (_LATIN.match(text[start - 1 : start]) or _LATIN.match(text[end + 1 : end + 2]))
        for cover in self.covers:
            at = cover.find(sought.text)
            while at >= 0:
                if start >= at and text.startswith(cover, start - at):
                    return False
                at = cover.find(sought.text, at + 1)
        return True


def names_alone(forms: Iterable[Forms]) -> set[str]:
    """What stands by itself like a name, in those texts: two to four Chinese characters between others."""
    return {found for form in forms for found in _ALONE.findall(form.close)}


def hunt_for(catalogue: Catalogue, site: Path, register: Register, key: Key | None = None) -> Hunt:
    """What no release of this site may hold today. Without the `key`, of the list only the slugs."""
    hidden = hidden_in(catalogue, site)
    allowed = {close_form(one.name) for one in catalogue.settings.allowed_names} | visible_names(catalogue)
    people: list[Person] = []
    sought: list[Sought] = []
    photos: list[tuple[str, int]] = []
    looks: list[tuple[int, int]] = []
    for who, one in enumerate(hidden):
        people.append(Person(one.slugs[0], one.name, one.place, one.scopes))
        sought += [Sought("slug", who, text, one.place) for slug in one.slugs for text in slug_forms(slug)]
        if one.gone and (name := close_form(one.name)) and name not in allowed:
            sought.append(Sought("name", who, name, one.place))
        sought += [Sought("sentence", who, phrase.bare, phrase.place) for phrase in one.phrases]
        sought += [Sought("private", who, phrase.bare, phrase.place) for phrase in one.secrets]
        for path, focus in one.pictures:
            digest, seen = fingerprints(path, focus)
            photos.append((digest, who))
            looks += [(look, who) for look in seen]
    shared = _everybodys(catalogue, hidden, sought)
    kept = tuple(one for one in sought if one not in shared)
    mine = _pictures_of_the_visible(catalogue)
    own = {who for who, one in enumerate(hidden) if not one.gone}
    spared = {digest for digest, who in photos if who in own and digest in mine}
    away = _of_the_list(register, catalogue, hidden, len(people))
    return Hunt(
        (*people, *(person for person, _ in away)),
        (*kept, *(one for _, several in away for one in several)),
        tuple(sorted(name for name in allowed if len(name) > 2)),
        tuple(one for one in photos if one[0] not in spared),
        tuple(one for one in looks if not spared or one[1] not in own),
        *_keyed(register, [person.slug for person, _ in away], len(people), allowed, key),
    )


def slug_forms(slug: str) -> list[str]:
    """How a slug stands in paths and addresses of a release, and in its data; li-na is not li-na-2."""
    sheets = [f"{folder}/{slug}.pdf" for folder in ("bulletins", "team-sheets", "desk-cards")]
    boards = [f"boards/{slug}-{size}.pdf" for size in ("a3", "60x90", "80x180")]
    certificates = [f"certificates/{slug}-{number}.pdf" for number in range(1, MOST_CERTIFICATES + 1)]
    data = f'"{slug}"' if "-" in slug else f'"slug":"{slug}"'
    pages = [f"exemplars/{slug}/", f'exemplars/{slug}"', f"press-kits/{slug}.zip"]
    return [*pages, *sheets, *boards, *certificates, data]


def fingerprints(path: Path, focus: tuple[float, float] | None) -> tuple[str, tuple[int, ...]]:
    """The SHA-256 of a photo and the looks of what is shown of it: the whole, and the portrait cut from it."""
    data = path.read_bytes()
    looks: tuple[int, ...] = ()
    with suppress(Exception):  # a record may hold anything; what is no picture has no look
        with opened(data) as image:
            width, height = image.size
            if lies_on_its_side(orientation(image)):
                width, height = height, width
        crops = [WHOLE, portrait_crop(width, height)]
        if focus is not None:
            crops.append(portrait_crop(width, height, focus))
        looks = looks_of(data, dict.fromkeys(crops))
    return sha256(data).hexdigest(), tuple(dict.fromkeys(looks))


def _everybodys(catalogue: Catalogue, hidden: Sequence[Hidden], sought: Iterable[Sought]) -> set[Sought]:
    """What proves nothing: sentences of drafts that somebody shown says word for word, as an editor began with a
    copy of their record, and private values that are a unit's or somebody's name or how to reach the office.

    Sentences of the withdrawn are refused wherever they stand, and so is what is private of anybody."""
    drafts = [one for one in sought if one.kind == "sentence" and not hidden[one.who].gone]
    private = [one for one in sought if one.kind == "private"]
    read = read_by_all(catalogue) if drafts else ""
    known = known_to_all(catalogue) if private else ""
    return {one for one in drafts if one.text in read} | {one for one in private if one.text in known}


def _pictures_of_the_visible(catalogue: Catalogue) -> set[str]:
    shown = visible_slugs(catalogue)
    several = [entry.pictures for entry in catalogue.entries if entry.exemplar.slug in shown]
    several += [document.pictures for document in catalogue.documents]
    return {
        sha256(one.path.read_bytes()).hexdigest()
        for own in several
        for one in own.values()
        if one.path.is_file()
    }


def _of_the_list(
    register: Register, catalogue: Catalogue, hidden: Sequence[Hidden], first: int
) -> list[tuple[Person, list[Sought]]]:
    """Those of withdrawn.yaml whose record is gone; what is still there speaks for itself."""
    here = {slug for one in hidden for slug in one.slugs} | visible_slugs(catalogue)
    found: list[tuple[Person, list[Sought]]] = []
    for number, entry in enumerate(register.entries):
        if entry.slug not in here:
            place, who = register.at(number), first + len(found)
            person = Person(entry.slug, "", place, frozenset(Scope))
            found.append((person, [Sought("slug", who, text, place) for text in slug_forms(entry.slug)]))
    return found


def _keyed(
    register: Register, slugs: list[str], first: int, allowed: set[str], key: Key | None
) -> tuple[tuple[tuple[Any, int], ...], ...]:
    """(names, photos, looks) of those whose record is gone. A name that somebody shown bears proves nothing."""
    if key is None:
        return (), (), ()
    theirs = {key.of_name(name) for name in allowed}
    entries: list[tuple[Withdrawn, int]] = [
        (entry, first + slugs.index(entry.slug)) for entry in register.entries if entry.slug in slugs
    ]
    return (
        tuple((entry.name, who) for entry, who in entries if entry.name and entry.name not in theirs),
        tuple((photo, who) for entry, who in entries for photo in entry.photos),
        tuple((int(look, 16), who) for entry, who in entries for look in entry.looks),
    )


@lru_cache(maxsize=4)
def _automata(sought: tuple[Sought, ...]) -> tuple[Any, Any]:
    """(of close forms, of bare forms); None for what has nothing to find."""
    import ahocorasick

    made: list[Any] = []
    for kinds in (("slug", "name"), ("sentence", "private")):
        numbers: dict[str, list[int]] = {}
        for number, one in enumerate(sought):
            if one.kind in kinds:
                numbers.setdefault(one.text, []).append(number)
        if not numbers:
            made.append(None)
            continue
        automaton = ahocorasick.Automaton()
        for text, several in numbers.items():
            automaton.add_word(text, tuple(several))
        automaton.make_automaton()
        made.append(automaton)
    return made[0], made[1]
