"""Derived values kept from one run to the next, by the digest of what they derive from."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import is_dataclass
from enum import Enum
from hashlib import blake2b
from typing import Any

from generator.engine.database import Database

_BATCH = 500  # keys in one question; SQLite's oldest limit is 999
_SPARE = 2000  # rows beyond those in use that a namespace may hold before the unused go
_SPARE_BYTES = 64 << 20  # and bytes: a block of the search index has a third of a megabyte
_OURS = "generator"
_PLAIN = frozenset({("datetime", "date"), ("datetime", "datetime"), ("builtins", "frozenset")})


class Memo:
    """Pickled values in a database. A change of `code`, a damaged or a foreign value is a miss."""

    def __init__(self, database: Database, code: str) -> None:
        self._database = database
        self._code = code.encode()
        self._asked: dict[str, set[str]] = {}

    def get(self, namespace: str, keys: Iterable[str]) -> dict[str, Any]:
        """The values found, by key."""
        asked = list(dict.fromkeys(keys))
        self._asked.setdefault(namespace, set()).update(asked)
        found: dict[str, Any] = {}
        for at in range(0, len(asked), _BATCH):
            batch = asked[at : at + _BATCH]
            marks = ",".join("?" * len(batch))
            question = f"select key, seal, value from memo where namespace = ? and key in ({marks})"  # noqa: S608  # only marks
            for key, seal, value in self._database.rows(question, (namespace, *batch)):
                if isinstance(value, bytes) and seal == self._seal(namespace, key, value):
                    _load_into(found, key, value)
        return found

    def put(self, namespace: str, pairs: Iterable[tuple[str, Any]]) -> None:
        """Store values of frozen plain data under their keys. Raises what pickle raises for anything else."""
        rows = []
        for key, value in pairs:
            blob = pickle.dumps(value, protocol=5)
            rows.append((namespace, key, self._seal(namespace, key, blob), blob))
        self._asked.setdefault(namespace, set()).update(row[1] for row in rows)
        self._database.change("insert or replace into memo values (?, ?, ?, ?)", rows)

    def trim(self) -> None:
        """Drop what this run didn't ask for, in every namespace that holds twice what it asked for."""
        sizes = "select count(*), coalesce(sum(length(value)), 0) from memo where namespace = ?"
        for namespace, asked in self._asked.items():
            for count, size in self._database.rows(sizes, (namespace,)):
                if count <= 2 * len(asked) + min(_SPARE, _SPARE_BYTES * count // max(size, 1)):
                    continue
                found = self._database.rows("select key from memo where namespace = ?", (namespace,))
                gone = ((namespace, key) for (key,) in found if key not in asked)
                self._database.change("delete from memo where namespace = ? and key = ?", gone)

    def _seal(self, namespace: str, key: str, blob: bytes) -> bytes:
        seal = blake2b(blob, digest_size=8, key=self._code[:64])
        seal.update(f"{namespace}\n{key}".encode())
        return seal.digest()


class _Loader(pickle.Unpickler):
    """Builds our own frozen values and nothing else.

    Imagine a merge request that brings its own `.honour/` folder: an ordinary unpickler would run whatever is
    written there, on the machine that publishes."""

    def find_class(self, module: str, name: str) -> Any:
        known = _CLASSES.get((module, name))
        if known is None:
            known = _CLASSES[module, name] = self._allowed(module, name)
        return known

    def _allowed(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.split(".")[0] == _OURS:
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


_CLASSES: dict[tuple[str, str], Any] = {}


def _load_into(found: dict[str, Any], key: str, blob: bytes) -> None:
    with suppress(Exception):  # damaged bytes can raise anything, and all of it means "not stored"
        found[key] = _Loader(io.BytesIO(blob)).load()
