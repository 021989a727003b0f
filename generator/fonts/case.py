"""The type case (字盘): for each role of the theme the families at hand, their files, and the signs they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from generator.engine.store import Store
from generator.engine.target import File
from generator.fonts.coverage import Coverage, coverage_of, unprintable
from generator.fonts.outlines import Shape, shapes_of
from generator.problems import Place, Problem, error, hint

SAMPLE = ord("的")  # a font without it is no Chinese font, whatever it calls itself
HEAVIEST, BOLD = 900, 700


class Role(StrEnum):
    """What a font is for: names and text, labels, a person's own hand."""

    SERIF = "serif"
    SANS = "sans"
    KAI = "kai"


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a file: `index` is its place in a collection."""

    family: str
    weight: int
    path: Path
    index: int


class Case:
    """`stacks` are the families that the theme asks for in each role, the preferred first; `own` the font files
    of site.yaml. Nothing is looked at before somebody asks. Without `hints`, system fonts are taken silently."""

    def __init__(
        self,
        site: Path,
        own: tuple[str, ...],
        stacks: Mapping[str, tuple[str, ...]],
        store: Store,
        *,
        trust: bool = True,
        hints: bool = True,
    ) -> None:
        self._site = site
        self._own = own
        self._stacks = stacks
        self._store = store
        self._trust = trust
        self._hints = hints

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """A missing file of site.yaml, no Chinese font at all, or system fonts in use."""
        return tuple(self._problems())

    @property
    def usable(self) -> bool:
        """Whether a sheet can be printed at all."""
        return not any(problem.is_error for problem in self.problems)

    @cached_property
    def families(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """For each role the families to ask for, in order: its own first, then those of the other roles and what
        else site.yaml brings, so that a rare character of a name is found wherever it is."""
        own = {role: tuple(f for f in self._stacks.get(role, ()) if f in self._covering) for role in Role}
        every = (*(family for role in Role for family in own[role]), *self._covering)
        return tuple((role.value, tuple(dict.fromkeys((*own[role], *every)))) for role in Role)

    @cached_property
    def inputs(self) -> tuple[tuple[str, File], ...]:
        """The font files as inputs of a target: `font/<name>`, of the site's own `font/<path in the site>`."""
        used = {family for _, several in self.families for family in several}
        paths = sorted({face.path for face in self._faces if face.family in used})
        return tuple((f"font/{self._name_of(path)}", File(path, self._digests[path])) for path in paths)

    def unprintable(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that no family at hand has, each once, in order."""
        return unprintable(text, self._covering.values())

    def shapes(self, signs: Iterable[str], weight: int = BOLD) -> Mapping[str, Shape]:
        """The outlines of `signs` in the serif of about this weight; none for a sign that no font has."""
        chosen = {sign: face for sign in dict.fromkeys(signs) if (face := self._face_of(sign, weight))}
        keys = {sign: f"{self._digests[face.path]} {face.index} {sign}" for sign, face in chosen.items()}
        known: dict[str, bytes] = self._store.memos("shape", keys.values())
        for face in set(chosen.values()):
            missing = [sign for sign, own in chosen.items() if own == face and keys[sign] not in known]
            fresh = {
                keys[sign]: shape.packed()
                for sign, shape in shapes_of(face.path, face.index, missing).items()
            }
            self._store.remember("shape", fresh.items())
            known |= fresh
        return {sign: Shape.unpacked(known[keys[sign]]) for sign in chosen}

    def _face_of(self, sign: str, weight: int) -> Face | None:
        families = dict(self.families)[Role.SERIF.value]
        holding = (family for family in families if ord(sign[0]) in self._covering[family])
        family = next(holding, None)
        faces = [face for face in self._faces if face.family == family]
        return min(faces, key=lambda face: (abs(face.weight - weight), face.path, face.index), default=None)

    def _name_of(self, path: Path) -> str:
        site = self._site.resolve()
        return (
            path.resolve().relative_to(site).as_posix() if path.resolve().is_relative_to(site) else path.name
        )

    # --- what is here ------------------------------------------------------------------------------

    @cached_property
    def _wanted(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(family for role in Role for family in self._stacks.get(role, ())))

    @cached_property
    def _faces(self) -> tuple[Face, ...]:
        """The faces of the wanted families. Where site.yaml brings a family, the system's is not looked at."""
        import typst

        folders = sorted({str((self._site / file).parent) for file in self._own if self._is_here(file)})
        brought = {(self._site / file).resolve() for file in self._own}
        own = [
            face
            for face in _read(typst.Fonts(False, False, folders).fonts() if folders else ())
            if face.path.resolve() in brought
        ]
        named = {face.family for face in own}
        system = [face for face in _read(typst.Fonts(True, False, []).fonts()) if face.family not in named]
        wanted = {family.casefold(): family for family in (*self._wanted, *named)}
        return tuple(
            Face(wanted[face.family.casefold()], face.weight, face.path, face.index)
            for face in (*own, *system)
            if face.family.casefold() in wanted and face.weight <= HEAVIEST
        )

    @cached_property
    def _digests(self) -> Mapping[Path, str]:
        paths = {face.path for face in self._faces}
        return self._store.digests(sorted(paths), self._trust)

    @cached_property
    def _covering(self) -> Mapping[str, Coverage]:
        """The signs of each family at hand, Chinese or not, in the theme's order; what site.yaml brings and the
        theme doesn't name comes last. A family holds what all its faces hold: a name may be set bold."""
        keys = {
            face: f"{self._digests[face.path]} {face.index}"
            for face in self._faces
            if face.path in self._digests
        }
        known: dict[str, bytes] = self._store.memos("font", keys.values())
        fresh = {key: coverage_of(face.path, face.index) for face, key in keys.items() if key not in known}
        self._store.remember("font", fresh.items())
        known |= fresh
        found: dict[str, Coverage] = {}
        order = [*self._wanted, *(face.family for face in self._faces)]
        for family in dict.fromkeys(order):
            several = [Coverage(known[key]) for face, key in keys.items() if face.family == family]
            if several:
                found[family] = Coverage.common(several)
        return found

    def _is_here(self, file: str) -> bool:
        path = (self._site / file).resolve()
        return path.is_relative_to(self._site.resolve()) and path.is_file()

    def _problems(self) -> Iterator[Problem]:
        where = Place("site.yaml")
        for file in self._own:
            if not self._is_here(file):
                yield error(where, "font-missing", file=file)
        if not any(SAMPLE in signs for signs in self._covering.values()):
            yield error(where, "fonts-missing", families="、".join(self._wanted))
            return
        inside = self._site.resolve()
        foreign = sorted({f.family for f in self._faces if not f.path.resolve().is_relative_to(inside)})
        if foreign and self._hints:
            yield hint(where, "fonts-system", families="、".join(foreign))


def _read(found: Iterable[object]) -> Iterator[Face]:
    for face in found:
        path, style = getattr(face, "path", None), getattr(face, "style", "normal")
        if path and style == "normal":
            yield Face(face.family, face.weight, Path(path), face.index)  # type: ignore[attr-defined]  # typst's stub hides it
