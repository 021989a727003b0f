"""A published kiosk is brought here whole, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator import signature
from generator.mirror.fallback import shows_more
from generator.mirror.filling import Filling, Progress
from generator.mirror.home import Home
from generator.mirror.listing import LONGEST, Listing, listing
from generator.mirror.source import Folder, Source, UnlikeError, patiently, read_seal
from generator.problems import GeneratorError, Place, error

ROUNDS = 3  # how often the source may be published anew while it is being read


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did. `new`: another version is shown than before. `fetched` files came from the source,
    `reused` were here. `size` is that of all, in bytes."""

    id: str
    date: str
    new: bool
    fetched: int
    reused: int
    size: int


def pull(
    source: Source,
    dest: Path,
    *,
    keep: int = 2,
    signers: Path | None = None,
    progress: Progress | None = None,
) -> Pulled:
    """Bring what `source` shows to `dest` and show it; leave the `keep` last versions there. With `signers`, only
    what one of them signed.

    Raises GeneratorError, and what was shown before still is."""
    check_apart(source, dest)
    wanted = ask(source, signers)
    try:
        with Home(dest) as home:
            for _ in range(ROUNDS - 1):
                try:
                    return _bring(source, home, wanted, keep, progress)
                except UnlikeError:
                    newer = ask(source, signers)
                    if newer.id == wanted.id:
                        raise
                    wanted = newer
                    home.sweep()
            return _bring(source, home, wanted, keep, progress)
    except OSError as cause:
        raise not_written(dest, cause) from cause


def ask(source: Source, signers: Path | None = None) -> Listing:
    """What the source shows now. Raises GeneratorError if it shows nothing that may be shown here, and, where
    there are `signers`, if none of them signed it."""
    found = listing(source.name, patiently(lambda: read_seal(source, LONGEST)))
    if signers is not None:
        try:
            _check_signature(source, found, signers)
        except GeneratorError:
            found = listing(
                source.name, patiently(lambda: read_seal(source, LONGEST))
            )  # published in between?
            _check_signature(source, found, signers)
    return found


def _check_signature(source: Source, found: Listing, signers: Path) -> None:
    data = bytearray()
    try:
        for chunk in source.chunks(signature.FILE):
            data += chunk
            if len(data) > signature.LONGEST:
                break
    except UnlikeError:
        raise GeneratorError([error(Place(source.name), "signature-missing", path=signature.FILE)]) from None
    signature.verify(source.name, found.data, bytes(data), signers)


def check_apart(source: Source, dest: Path) -> None:
    """Raise GeneratorError `mirror-inside` if one of two folders lies in the other."""
    if isinstance(source, Folder):
        one, other = source.folder.resolve(), dest.resolve()
        if one.is_relative_to(other) or other.is_relative_to(one):
            raise GeneratorError([error(Place(source.name), "mirror-inside", dest=dest)])


def not_written(dest: Path, cause: OSError) -> GeneratorError:
    """What to say when the disk or the stick doesn't take it."""
    return GeneratorError([error(Place(str(dest)), "mirror-write", reason=cause.strerror or str(cause))])


def _bring(source: Source, home: Home, wanted: Listing, keep: int, progress: Progress | None) -> Pulled:
    """Make the version, or mend the one that is here, and show it."""
    place, was = home.version(wanted.id), home.current()
    here = place.is_dir()
    filling = Filling(source, place if here else home.new, home.others(wanted.id), progress)
    filling.fill(wanted)
    if not here:
        home.admit(wanted.id)
    if was != wanted.id:
        home.show(wanted.id)
    home.drop(old for old in home.others(wanted.id) if shows_more(old, home.version(wanted.id)))
    home.keep(keep)
    home.note(wanted.id, wanted.date)
    return Pulled(wanted.id, wanted.date, was != wanted.id, filling.fetched, filling.reused, wanted.size)
