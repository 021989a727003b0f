"""A release is searched for whoever it may not show: every file, however it is packed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from generator.engine.parallel import Progress, Workers
from generator.engine.store import Store
from generator.model import Scope
from generator.withdrawal.hunt import Hunt, names_alone
from generator.withdrawal.looks import alike
from generator.withdrawal.opening import Held, open_up
from generator.withdrawal.secrets import Key
from generator.withdrawal.texts import close_form, forms_of

VERSION = "1"  # raise it when files are looked into in another way
_PRINTED = ("bulletins/", "boards/", "compendium/", "rolls/", "team-sheets/", "desk-cards/", "pledge-boards/",
            "certificates/", "slogans/")  # fmt: skip
_GRAMS = "search/grams-"  # two and three letters of texts that are searched themselves: no name


class Find(NamedTuple):
    """Something that was found: in which file, what kind of thing, whose (an index of the hunt's people), and
    the index of what was sought, -1 for pictures and keyed names."""

    path: str
    kind: str
    who: int
    sought: int = -1


@dataclass(frozen=True)
class Scanned:
    """What came of it. `unread` are (path, member) of what could not be looked into."""

    finds: tuple[Find, ...]
    unread: tuple[tuple[str, str], ...]
    files: int


class _Seen(NamedTuple):
    """What the texts and pictures of a file came to; plain data, for the store."""

    hits: tuple[int, ...]
    names: tuple[str, ...]
    pictures: tuple[tuple[str, tuple[int, ...]], ...]
    unread: tuple[str, ...]


def scan(
    folder: Path,
    hunt: Hunt,
    key: Key | None,
    store: Store,
    workers: Workers,
    progress: Progress | None = None,
) -> Scanned:
    """Look into every file of `folder`. What was looked into before, for the same, isn't again."""
    if not hunt.people:
        return Scanned((), (), 0)
    paths = list(_files(folder))
    digests = {path: _digest(folder / path) for path in paths}
    space = f"withdrawal {VERSION} {hunt.digest}"
    # By name as well: the same bytes may be packed as an archive or not, and grams are read otherwise.
    keys = {path: f"{digests[path]} {path.startswith(_GRAMS)} {path.rpartition('.')[2]}" for path in paths}
    known: dict[str, tuple[object, ...]] = store.memos(space, keys.values())
    opened: dict[str, tuple[object, ...]] = store.memos(f"withdrawal held {VERSION}", digests.values())
    fresh = list({keys[path]: path for path in paths if keys[path] not in known}.values())
    jobs = [(str(folder), path, opened.get(digests[path])) for path in fresh]
    found = workers.run(partial(_look_into, hunt), jobs, progress=progress)
    news, held = {}, {}
    for path, (seen, dear) in zip(fresh, found, strict=True):
        news[keys[path]] = tuple(seen)
        if dear is not None:
            held[digests[path]] = dear
    store.remember(space, news.items())
    store.remember(f"withdrawal held {VERSION}", held.items())
    known |= news
    finds: set[Find] = set()
    unread = []
    for path in paths:
        seen = _Seen(*known[keys[path]])  # type: ignore[arg-type]  # as _look_into gave it to the store
        finds.update(_of_file(path, seen, hunt, key))
        unread += [(path, member) for member in seen.unread]
    return Scanned(tuple(sorted(finds)), tuple(unread), len(paths))


def scope_of(path: str) -> Scope:
    """The edition's scope that a file of a release belongs to."""
    if path.startswith("kiosk/"):
        return Scope.KIOSK
    if path.startswith("press-kits/"):
        return Scope.MEDIA
    return Scope.PRINT if path.startswith(_PRINTED) else Scope.WEB


def _look_into(
    hunt: Hunt, job: tuple[str, str, tuple[object, ...] | None]
) -> tuple[_Seen, tuple[object, ...] | None]:
    """What one file holds of what is sought; and, if it was dear to open, what it holds at all."""
    folder, path, known = job
    dear = None
    if known is not None:
        held = Held(*known)  # type: ignore[arg-type]  # as open_up gave it to the store
    else:
        data = Path(folder, path).read_bytes()
        held = open_up(path, data)
        if held.pictures or data[:4] == b"%PDF" or data[:2] == b"PK":
            dear = tuple(held)
    forms = [form for text in held.texts for form in forms_of(text)]
    hits: set[int] = set()
    for form in forms:
        hits |= hunt.text_hits(form)
    if path.startswith(_GRAMS):
        hits = {number for number in hits if hunt.sought[number].kind != "name"}
    names = names_alone(forms) if hunt.keyed_names else ()
    return _Seen(tuple(sorted(hits)), tuple(sorted(names)), held.pictures, held.unread), dear


def _of_file(path: str, seen: _Seen, hunt: Hunt, key: Key | None) -> Iterable[Find]:
    scope = scope_of(path)
    wanted = {who for who, person in enumerate(hunt.people) if scope in person.scopes}
    hits = set(seen.hits)
    close = close_form(path)
    hits.update(n for n, one in enumerate(hunt.sought) if one.kind == "slug" and one.text in close)
    for number in hits:
        one = hunt.sought[number]
        if one.who in wanted:
            yield Find(path, one.kind, one.who, number)
    for digest, looks in seen.pictures:
        for photo, who in hunt.photos:
            if who in wanted and photo == digest:
                yield Find(path, "photo", who)
        for look, who in hunt.looks:
            if who in wanted and any(alike(look, one) for one in looks):
                yield Find(path, "photo", who)
        if key is not None and (hunt.keyed_photos or hunt.keyed_looks):
            yield from _of_keyed_picture(path, digest, looks, hunt, key)
    if key is not None and hunt.keyed_names:
        hashed = {key.of_name(name) for name in seen.names}
        yield from (Find(path, "name", who) for name, who in hunt.keyed_names if name in hashed)


def _of_keyed_picture(path: str, digest: str, looks: tuple[int, ...], hunt: Hunt, key: Key) -> Iterable[Find]:
    photo = key.of_photo(digest)
    mixed = [int(key.of_look(look), 16) for look in looks]
    for one, who in hunt.keyed_photos:
        if one == photo:
            yield Find(path, "photo", who)
    for look, who in hunt.keyed_looks:
        if any(alike(look, one) for one in mixed):
            yield Find(path, "photo", who)


def _files(folder: Path) -> Iterable[str]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield Path(parent, name).relative_to(folder).as_posix()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
