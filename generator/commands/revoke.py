"""`honour revoke`: somebody leaves the public for good, and the site remembers enough to keep them out."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path

from generator import building, withdrawal
from generator import releases as room
from generator.admission import admission
from generator.building import PUBLIC, Wish
from generator.commands.desk import Desk, folders_like
from generator.engine.lock import HeldError, Lock
from generator.engine.store import FOLDER
from generator.loading import read_entry
from generator.model import Settings, Status, Withdrawn
from generator.problems import GeneratorError, Place, Problem, error
from generator.releases import Destination
from generator.sources.revoking import revoke as with_status
from generator.sources.settings import read_settings
from generator.sources.signing import UnwritableError
from generator.sources.slugs import fault_of
from generator.sources.withdrawn import FILE, read_register, with_entry


def revoke(desk: Desk, slug: str, *, reason: str, to: str, purge: str, day: date | None) -> int:
    """0 once the record says it, the list has it and, with `purge`, no older release there holds them."""
    settings, problems = read_settings(desk.site)
    if settings is None:
        raise GeneratorError(problems)
    desk.speak(settings)
    register, problems = read_register(desk.site)
    if any(problem.is_error for problem in problems):
        raise GeneratorError(problems)
    if fault_of(slug):
        raise GeneratorError(
            [error(Place(f"exemplars/{slug}"), "record-absent", slug=slug, known=folders_like(desk, slug))]
        )
    today = day or building.today(settings)
    if slug not in register.slugs:
        _enter(desk, settings, slug, to or purge, today)
        desk.say("revoke-listed", slug=slug, file=FILE)
    told = _write(desk, slug, reason, today)
    desk.show(told)
    if purge:
        _purge(desk, purge)
        _clean(desk)
    desk.say("revoke-next")
    desk.say("revoke-beyond", slug=slug)
    return int(bool(told))


def _enter(desk: Desk, settings: Settings, slug: str, to: str, today: date) -> None:
    folder = desk.site / "exemplars" / slug
    places = [] if folder.is_dir() else [desk.site / PUBLIC, *_published(desk, to or settings.publishing.to)]
    known = [place for place in places if (place / "exemplars" / slug).is_dir()]
    if not folder.is_dir() and not known:
        where = Place(f"exemplars/{slug}/index.md")
        raise GeneratorError([error(where, "record-absent", slug=slug, known=folders_like(desk, slug))])
    try:
        key = withdrawal.make_key(desk.site)
        entry, _ = read_entry(desk.site, slug) if folder.is_dir() else (None, ())
        made = (
            withdrawal.entry_of(entry.exemplar, folder, key, today)
            if entry is not None
            else withdrawal.entry_from_release(slug, known, key, today)
        )
        _append(desk.site / FILE, made)
    except OSError as cause:
        raise GeneratorError(
            [error(Place(FILE), "revoke-unwritable", reason=cause.strerror or cause)]
        ) from cause


def _published(desk: Desk, to: str) -> list[Path]:
    """The release that is shown there, in a folder of this machine: it still knows whose record is gone."""
    if not to:
        return []
    destination = room.open_destination(to, site=desk.site, built=Wish(desk.site).folder)
    shown = destination.current()
    return [destination.copy_of(shown)] if shown else []


def _append(file: Path, entry: Withdrawn) -> None:
    partial = file.with_name(f".{FILE}.honour-tmp")
    partial.write_bytes(with_entry(file.read_bytes() if file.exists() else b"", entry))
    partial.replace(file)


def _write(desk: Desk, slug: str, reason: str, today: date) -> list[Problem]:
    """Put the status into the record; what kept it from being written, the list has them all the same."""
    file = desk.site / "exemplars" / slug / "index.md"
    where = Place(f"exemplars/{slug}/index.md")
    if not file.is_file():
        return []
    entry, problems = read_entry(desk.site, slug)
    if entry is None:
        return [error(where, "revoke-by-hand", reason="—"), *problems]
    if entry.exemplar.status is Status.REVOKED:
        return []
    note = f"{today.isoformat()} {reason}" if reason else today.isoformat()
    try:
        new = with_status(file.read_bytes(), note)
        partial = file.with_name(".index.md.honour-tmp")
        partial.write_bytes(new)
        partial.replace(file)
    except UnwritableError as cause:
        return [error(where, "revoke-by-hand", reason=cause)]
    except OSError as cause:
        raise GeneratorError([error(where, "revoke-unwritable", reason=cause.strerror or cause)]) from cause
    desk.say("revoked", slug=slug)
    return []


def _purge(desk: Desk, dest: str) -> None:
    """Delete every release at a destination that holds anybody who may not be seen today, but the shown one."""
    destination = room.open_destination(dest, site=desk.site, built=Wish(desk.site).folder)
    with (
        room.held(
            destination,
            60,
            lambda who: desk.say("publish-waits", host=who.host, user=who.user, pid=who.pid, since=who.since),
        ),
        admission(desk.site, None, desk.stage) as asked,
    ):
        shown = destination.current()
        holding = [one for one in sorted(destination.releases()) if asked.guard(destination.copy_of(one))]
        _remove(desk, destination, [one for one in holding if one != shown])
        if shown in holding:
            desk.say("purge-current", id=shown[:8], dest=dest)


def _remove(desk: Desk, destination: Destination, old: list[str]) -> None:
    destination.remove(old)
    left = destination.releases() & set(old)
    desk.say("purged", count=len(old) - len(left))
    if left:
        raise GeneratorError(
            [error(Place(destination.name), "purge-left", id=release[:8]) for release in sorted(left)]
        )


def _clean(desk: Desk) -> None:
    """Empty the store: it keeps texts and pictures of whoever was ever built. The next build begins anew."""
    folder = desk.site / FOLDER
    try:
        lock = Lock(folder / "lock")
    except HeldError as held:
        raise GeneratorError([error(Place(FOLDER), "build-locked", pid=held.pid)]) from None
    except FileNotFoundError:
        return
    try:
        for path in folder.iterdir():
            if path.name in ("lock", ".gitignore"):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()
    finally:
        lock.release()
    desk.say("purged-store", folder=FOLDER)
