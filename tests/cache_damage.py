"""What can happen to a site's `.honour/`: each way takes the folder and a source of chance, and harms it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

Damage = Callable[[Path, Random], None]
HEAD = 100  # bytes of SQLite's own header, where one bit decides how the whole file is read


def files_of(store: Path) -> list[Path]:
    return sorted(path for path in store.rglob("*") if path.is_file() and not path.is_symlink())


def flip_bits(store: Path, chance: Random) -> None:
    """One bit of every file, or twenty, or one in a thousand bytes."""
    for file in files_of(store):
        data = bytearray(file.read_bytes())
        for _ in range(chance.choice((1, 20, 1 + len(data) // 1000)) if data else 0):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)


def flip_heads(store: Path, chance: Random) -> None:
    """A bit in the first bytes of every file."""
    for file in files_of(store):
        data = bytearray(file.read_bytes())
        if data:
            data[chance.randrange(min(HEAD, len(data)))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)


def truncate(store: Path, chance: Random) -> None:
    """Every file cut somewhere, some to nothing."""
    for file in files_of(store):
        os.truncate(file, chance.choice((0, chance.randrange(file.stat().st_size + 1))))


def zero_pages(store: Path, chance: Random) -> None:
    """Stretches of nothing, as a file system leaves them after the power went off."""
    for file in files_of(store):
        data = bytearray(file.read_bytes())
        for _ in range(1 + len(data) // 50_000):
            at = chance.randrange(len(data) + 1) // 512 * 512
            data[at : at + 4096] = bytes(len(data[at : at + 4096]))
        file.write_bytes(data)


def mix_pages(store: Path, chance: Random) -> None:
    """Pages of the database swapped among themselves: each is whole, and in a wrong place."""
    file = store / "store.sqlite"
    data = file.read_bytes()
    pages = [data[at : at + 4096] for at in range(0, len(data), 4096)]
    for _ in range(chance.choice((1, 5, 20))):
        one, other = chance.randrange(1, len(pages)), chance.randrange(1, len(pages))
        pages[one], pages[other] = pages[other], pages[one]
    file.write_bytes(b"".join(pages))


def lose_rows(store: Path, chance: Random) -> None:
    """Rows gone from every table, all of the others sound."""
    with sqlite3.connect(store / "store.sqlite") as database:
        for table in ("ledger", "memo", "scan", "story"):
            database.execute(f"delete from {table} where abs(random()) % 100 < ?", (chance.choice((5, 50)),))
    database.close()


def mix_kept(store: Path, chance: Random) -> None:
    """Kept bytes under one another's names: each is whole, and another's."""
    kept = [file for file in files_of(store) if file.parent.parent.name == "kept"]
    bytes_of = [file.read_bytes() for file in kept]
    chance.shuffle(bytes_of)
    for file, data in zip(kept, bytes_of, strict=True):
        file.write_bytes(data)


def fill_with_noise(store: Path, chance: Random) -> None:
    for file in files_of(store):
        file.write_bytes(chance.randbytes(chance.randrange(20_000)))


def folders_for_files(store: Path, chance: Random) -> None:
    """A folder where a file should be, of some files; nothing where others should be."""
    for file in files_of(store):
        if chance.random() < 0.5:
            file.unlink()
            if chance.random() < 0.5:
                (file / "inside").mkdir(parents=True)


def strangers_journal(store: Path, chance: Random) -> None:
    """What SQLite would undo or replay when it next opens the database."""
    for end in ("-journal", "-wal", "-shm"):
        data = chance.choice((b"", chance.randbytes(5000), (store / "store.sqlite").read_bytes()[:9000]))
        (store / f"store.sqlite{end}").write_bytes(data)


DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        flip_bits,
        flip_heads,
        truncate,
        zero_pages,
        mix_pages,
        lose_rows,
        mix_kept,
        fill_with_noise,
        folders_for_files,
        strangers_journal,
    )
}


def replace_store(site: Path, store: Path) -> None:
    """Put a copy of another store in the place of the site's."""
    shutil.rmtree(site / ".honour", ignore_errors=True)
    shutil.copytree(store, site / ".honour")
