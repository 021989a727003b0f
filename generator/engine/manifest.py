"""The manifest of a target: a line for all that its bytes depend on. Its hash is the key of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, partial
from operator import attrgetter
from types import FunctionType, NoneType
from typing import Any

from generator.engine.target import Recipe, Target, digest_bytes

Lines = tuple[tuple[str, str], ...]

PLAIN = frozenset({str, int, float, bool, NoneType, bytes, date})
_DEPTH = 3  # how far below the view a line is still worth reading
_LONGEST = 48  # characters of a value that a line shows as it is; longer ones show as a digest
_WIDEST = 64  # elements of a tuple that get lines of their own


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the walk needs to know of a dataclass."""

    name: str
    fields: tuple[str, ...]
    values: Callable[[Any], tuple[Any, ...]]
    has_digest: bool


_shapes: dict[type, _Shape | None] = {}


def _shape(kind: type) -> _Shape | None:
    """The shape of a frozen dataclass; None if `kind` is anything else."""
    try:
        return _shapes[kind]
    except KeyError:
        shape = _shapes[kind] = _shape_of(kind)
        return shape


def _shape_of(kind: type) -> _Shape | None:
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # typeshed leaves it out
        return None
    names = tuple(field.name for field in fields(kind))
    several = len(names) > 1  # for one name, attrgetter gives no tuple
    read = attrgetter(*names) if several else partial(_few, names)
    return _Shape(f"{kind.__module__}.{kind.__qualname__}", names, read, "digest" in names)


def _few(names: tuple[str, ...], value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in names)


class Walk:
    """One run's walk over targets.

    A frozen dataclass that stands in many views (a card) is walked once: its token is remembered by identity,
    and the value with it, so that no later value can take its identity over. A frozen dataclass with a
    non-empty `digest: str` is taken at that digest: its maker promises that it covers every field.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self._known: dict[int, tuple[object, str]] = {}

    def key(self, target: Target) -> str:
        """32 hex digits that change when anything does that the bytes of `target` depend on.

        Raises TypeError naming the field if the view holds anything but frozen plain data, or if the recipe
        isn't a function at the top of a module."""
        return digest_bytes("\n".join(self._tokens(target)).encode())

    def lines(self, target: Target) -> Lines:
        """What the key is made of, readable: ("view.person.name", "'李娜'"), ("file:base.html", "6f1c…")."""
        view = target.view
        found = [("recipe", _named(target.recipe)), ("code", _short(self.code))]
        shape = _shape(type(view))
        if shape is None:
            found += self._below("view", view, 1)
        else:
            for name, value in zip(shape.fields, shape.values(view), strict=True):
                found += self._below(f"view.{name}", value, 1)
        return (*found, *((f"file:{name}", _short(file.digest)) for name, file in target.files))

    def _tokens(self, target: Target) -> list[str]:
        view = target.view
        tokens = [_named(target.recipe), self.code]
        try:
            shape = _shape(type(view))
            if shape is None:
                tokens.append(self.token(view))
            else:
                tokens.append(shape.name)
                tokens += self._each(shape.values(view))
        except _NotPlainError as unfit:
            raise TypeError(_where_unfit(view, f"{target.path}: view") or str(unfit)) from None
        for name, file in target.files:
            tokens.append(f"{name!r} {file.digest}")
        return tokens

    def _each(self, values: tuple[Any, ...]) -> list[str]:
        if PLAIN.issuperset(map(type, values)):
            return list(map(repr, values))
        return [repr(value) if type(value) in PLAIN else self.token(value) for value in values]

    def token(self, value: Any) -> str:
        """One line of text that differs whenever `value` does, in type or content."""
        kind = type(value)
        if kind in PLAIN:
            return repr(value)
        if kind is tuple and PLAIN.issuperset(map(type, value)):
            return repr(value)
        if kind is frozenset:
            return f"{{{', '.join(sorted(self.token(part) for part in value))}}}"
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        if isinstance(value, Enum):
            return f"{kind.__module__}.{kind.__qualname__}.{value.name}"
        token = f"({', '.join(self._each(value))})" if kind is tuple else self._whole(value, _shape(kind))
        self._known[id(value)] = (value, token)
        return token

    def _whole(self, value: Any, shape: _Shape | None) -> str:
        if shape is None:
            raise _NotPlainError(type(value).__name__)
        promise = _promise(value, shape)
        if promise:
            return f"{shape.name}~{promise}"
        return f"{shape.name}#{digest_bytes(chr(10).join(self._each(shape.values(value))).encode())}"

    def _below(self, name: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
        yield name, _short(self.token(value))
        if depth >= _DEPTH:
            return
        shape = _shape(type(value))
        if shape is not None:
            for part, inner in zip(shape.fields, shape.values(value), strict=True):
                yield from self._below(f"{name}.{part}", inner, depth + 1)
        elif type(value) is tuple and len(value) <= _WIDEST and any(_shape(type(part)) for part in value):
            for label, part in zip(_labels(value), value, strict=True):
                yield from self._below(f"{name}[{label}]", part, depth + 1)


def _promise(value: Any, shape: _Shape) -> str:
    """The digest that the maker of `value` gave it, if any."""
    return value.digest if shape.has_digest and isinstance(value.digest, str) else ""


def key(target: Target, code: str) -> str:
    """The store key of a single target; see `Walk.key`."""
    return Walk(code).key(target)


def lines(target: Target, code: str) -> Lines:
    """The manifest lines of a single target; see `Walk.lines`."""
    return Walk(code).lines(target)


@dataclass(frozen=True, slots=True)
class Change:
    """A line that differs between two manifests; `before` or `after` is empty where it has no line."""

    name: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


def difference(old: Lines, new: Lines) -> tuple[Change, ...]:
    """What changed from `old` to `new`, in that order; a whole is left out where its part is named."""
    before, after = dict(old), dict(new)
    names = [name for name in after if before.get(name) != after[name]]
    names += [name for name in before if name not in after]
    wholes = {whole for name in names for whole in _wholes(name)}
    return tuple(
        Change(name, before.get(name, ""), after.get(name, "")) for name in names if name not in wholes
    )


def _wholes(name: str) -> Iterator[str]:
    """view.cards[li].name → view.cards[li], view.cards, view. File names are taken whole."""
    if name.startswith("view"):
        for at, sign in enumerate(name):
            if sign in ".[":
                yield name[:at]


def _labels(parts: tuple[Any, ...]) -> list[str]:
    """What to call each element: its first field if that is a short text and its own, else its place.

    Imagine a list page to which a card is added at the front: by place, all 24 cards would have changed."""
    names = []
    for part in parts:
        shape = _shape(type(part))
        first = getattr(part, shape.fields[0]) if shape is not None and shape.fields else None
        names.append(first if isinstance(first, str) and 0 < len(first) <= _LONGEST else "")
    if "" in names or len(set(names)) < len(names):
        return [str(place) for place in range(len(parts))]
    return names


def _short(token: str) -> str:
    return token if len(token) <= _LONGEST else digest_bytes(token.encode())[:16]


@cache
def _named(recipe: Recipe) -> str:
    name = getattr(recipe, "__qualname__", "")
    if type(recipe) is not FunctionType or "<" in name:
        raise TypeError(f"a recipe is a function at the top of a module, not {recipe!r}")
    return f"{recipe.__module__}.{name}"


class _NotPlainError(TypeError):
    """A view holds something that can change or that has no stable text."""


def _where_unfit(value: Any, name: str) -> str:
    """A sentence naming the first field below `value` that isn't frozen plain data; empty if all is well."""
    kind = type(value)
    shape = _shape(kind)
    if kind in PLAIN or isinstance(value, Enum) or (shape is not None and _promise(value, shape)):
        return ""
    parts: list[tuple[str, Any]]
    if shape is not None:
        parts = [(f"{name}.{part}", getattr(value, part)) for part in shape.fields]
    elif kind is tuple or kind is frozenset:
        parts = [(f"{name}[{place}]", part) for place, part in enumerate(value)]
    else:
        return f"{name} is a {kind.__name__}; a view holds only frozen plain data"
    return next(filter(None, (_where_unfit(part, part_name) for part_name, part in parts)), "")
