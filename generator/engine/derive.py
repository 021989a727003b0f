"""Values that are derived from others: kept from run to run by the digest of what they derive from, and the
missing ones worked out in parallel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from generator.engine.parallel import Workers
from generator.engine.store import Store

Item = TypeVar("Item")
Value = TypeVar("Value")


class Derive(Protocol):
    """`derive(namespace, function, wanted)`: what `function` makes of each item of `wanted`, by its key.

    `function` is pure and stands at the top of a module; a key covers all that its value depends on."""

    def __call__(
        self, namespace: str, function: Callable[[Item], Value], wanted: Mapping[str, Item]
    ) -> dict[str, Value]: ...


def afresh(namespace: str, function: Callable[[Item], Value], wanted: Mapping[str, Item]) -> dict[str, Value]:
    """A `Derive` that keeps nothing."""
    return {key: function(item) for key, item in wanted.items()}


@dataclass(frozen=True)
class Remembered:
    """A `Derive` that asks the store first."""

    store: Store
    workers: Workers

    def __call__(
        self, namespace: str, function: Callable[[Item], Value], wanted: Mapping[str, Item]
    ) -> dict[str, Value]:
        known: dict[str, Any] = self.store.memos(namespace, wanted)
        fresh = [key for key in wanted if key not in known]
        made = dict(zip(fresh, self.workers.run(function, [wanted[key] for key in fresh]), strict=True))
        self.store.remember(namespace, made.items())
        return known | made
