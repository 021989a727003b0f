"""Who is to be entered in withdrawn.yaml, and who vanished without it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

from generator.catalogue import Catalogue
from generator.model import Exemplar, Scope, Status, Withdrawn
from generator.problems import Place, Problem, error, hint
from generator.sources.withdrawn import Register
from generator.withdrawal.hunt import fingerprints
from generator.withdrawal.looks import looks_of
from generator.withdrawal.secrets import Key

_PAGE = re.compile(r"exemplars/([^/]+)/index\.html|bulletins/([^/]+)\.pdf|press-kits/([^/]+)\.zip")


def published_slugs(paths: Iterable[str]) -> frozenset[str]:
    """Whoever has a page or a sheet of their own among the files of a release."""
    found = (_PAGE.fullmatch(path) for path in paths)
    return frozenset(match[match.lastindex or 1] for match in found if match)


def vanished(paths: Iterable[str], dest: str, catalogue: Catalogue, register: Register) -> Iterator[Problem]:
    """An error for whoever the release at `dest` shows and whose folder is gone, neither renamed nor withdrawn."""
    known = {slug for one in _all(catalogue) for slug in (one.slug, *one.formerly)}
    known |= {Path(file).parent.name for file in catalogue.unreadable} | register.slugs
    for slug in sorted(published_slugs(paths) - known):
        yield error(Place(f"exemplars/{slug}/index.md"), "withdrawn-vanished", slug=slug, dest=dest)


def unlisted(catalogue: Catalogue, register: Register) -> Iterator[Problem]:
    """A hint for whoever was revoked by hand or whose consent has ended, and who isn't in the list: should the
    folder go one day, nothing would remember them."""
    for exemplar in _gone(catalogue):
        if exemplar.slug not in register.slugs:
            yield hint(
                exemplar.source.at("status"), "withdrawn-unlisted", name=exemplar.name, slug=exemplar.slug
            )


def buried(catalogue: Catalogue, register: Register) -> frozenset[str]:
    """The slugs whose addresses answer 410: listed, or withdrawn by hand, and shown nowhere today."""
    shown = {
        entry.exemplar.slug
        for entry in catalogue.entries
        if any(
            catalogue.decide(entry, scope).page or catalogue.decide(entry, scope).notice for scope in Scope
        )
    }
    gone = {slug for exemplar in _gone(catalogue) for slug in (exemplar.slug, *exemplar.formerly)}
    return (register.slugs | gone) - shown


def entry_of(exemplar: Exemplar, folder: Path, key: Key, day: date) -> Withdrawn:
    """What the list keeps of a record that is still there, with the pictures in its `folder`."""
    files = {folder / picture.file: None for picture in exemplar.pictures} | (
        {folder / exemplar.photo.file: exemplar.photo.focus} if exemplar.photo else {}
    )
    photos, looks = [], []
    for path, focus in files.items():
        if path.is_file():
            digest, seen = fingerprints(path, focus)
            photos.append(key.of_photo(digest))
            looks += [key.of_look(look) for look in seen]
    return Withdrawn(
        exemplar.slug, day, key.of_name(exemplar.name), tuple(photos), tuple(dict.fromkeys(looks))
    )


def entry_from_release(slug: str, folders: Iterable[Path], key: Key, day: date) -> Withdrawn:
    """What the list keeps of somebody whose folder is gone: what a build or a release still knows of them."""
    name, photos, looks = "", [], []
    for folder in folders:
        with suppress(OSError, ValueError, KeyError, TypeError):
            people = json.loads((folder / "exemplars.json").read_bytes())["exemplars"]
            name = name or next((str(one["name"]) for one in people if one["slug"] == slug), "")
        for path in sorted((folder / "exemplars" / slug).glob("photo-*.*")):
            with suppress(Exception):  # a damaged picture has no look
                data = path.read_bytes()
                photos.append(key.of_photo(sha256(data).hexdigest()))
                looks += [key.of_look(look) for look in looks_of(data)]
    hashed = key.of_name(name) if name else ""
    return Withdrawn(slug, day, hashed, tuple(dict.fromkeys(photos)), tuple(dict.fromkeys(looks)))


def _all(catalogue: Catalogue) -> Iterator[Exemplar]:
    yield from (entry.exemplar for entry in catalogue.entries)
    yield from catalogue.aside


def _gone(catalogue: Catalogue) -> Iterator[Exemplar]:
    for exemplar in _all(catalogue):
        until = exemplar.consent.until if exemplar.consent else None
        if exemplar.status is Status.REVOKED or (until is not None and catalogue.day > until):
            yield exemplar
