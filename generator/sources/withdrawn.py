"""Reads withdrawn.yaml, and adds to it: its comments and every other byte stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator import model
from generator.model import Places, Withdrawn
from generator.problems import Place, Problem, error
from generator.sources.encoding import decode, read_bytes
from generator.sources.entries import DAY
from generator.sources.frontmatter import read_map
from generator.sources.nested import Entry, Several
from generator.sources.record_values import Slug
from generator.sources.shape import Field, Shape
from generator.sources.values import Matching

FILE = "withdrawn.yaml"
_HASH = Matching("[0-9a-f]{64}", "hash-form", "64 位十六进制", "64 hexadecimal digits")
_HEAD = (
    "# 已撤下的人。由 honour revoke 写入，不要手改；发布、回退时凭它把关。姓名和照片只存加密的指纹。\n"
    "# The withdrawn, written by honour revoke: keyed hashes of names and photos.\n"
    "withdrawn:\n"
)

# fmt: off
ENTRY = Shape(
    model.Withdrawn,
    (
        Field("slug", "文件夹", Slug(), "记录的文件夹名", "the record's folder", required=True, example="li-na"),
        Field("date", "日期", DAY, "撤下的日期", "the day of withdrawal", required=True, example="2026-11-25"),
        Field("name", "姓名", _HASH, "姓名的带密钥指纹", "keyed hash of the name", example="…"),
        Field("photos", "照片", Several(_HASH), "照片的带密钥指纹", "keyed hashes of photos", example="[…]"),
        Field("looks", "样貌", Several(_HASH), "照片样貌的带密钥指纹", "keyed perceptual hashes", example="[…]"),
    ),
)
SHAPE = Shape(
    dict,
    (Field("withdrawn", "撤下", Several(Entry(ENTRY)), "已撤下的人", "the withdrawn", example="[…]"),),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Register:
    """What withdrawn.yaml says, and where."""

    entries: tuple[Withdrawn, ...] = ()
    places: Places = ()

    def at(self, number: int) -> Place:
        """Where an entry stands."""
        return model.Source(FILE, self.places).at(f"withdrawn.{number}.slug")

    @property
    def slugs(self) -> frozenset[str]:
        """Whoever is listed."""
        return frozenset(entry.slug for entry in self.entries)


def read_register(site: Path) -> tuple[Register, tuple[Problem, ...]]:
    """The list in the site's folder, and its problems. One that can't be read is an error, and empty."""
    if not (site / FILE).exists():
        return Register(), ()
    data, problems = read_bytes(site, Path(FILE))
    if problems:
        return Register(), problems
    text, problems = decode(FILE, data)
    if text is None:
        return Register(), problems
    values, places, more = read_map(FILE, text, SHAPE)
    problems = (*problems, *more)
    if values is None or any(problem.is_error for problem in problems):
        return Register(), problems or (error(Place(FILE), "withdrawn-unreadable"),)
    return Register(tuple(values.get("withdrawn", ())), places), problems


def with_entry(before: bytes, entry: Withdrawn) -> bytes:
    """The bytes of the list with `entry` as its last."""
    text = before.decode("utf-8") if before.strip() else _HEAD
    if "withdrawn:" not in text and "撤下:" not in text:
        text = text.rstrip("\n") + "\nwithdrawn:\n"
    lines = [f"  - slug: {entry.slug}", f"    date: {entry.date.isoformat()}"]
    if entry.name:
        lines.append(f"    name: {entry.name}")
    for key, hashes in (("photos", entry.photos), ("looks", entry.looks)):
        if hashes:
            lines += [f"    {key}:", *(f"      - {one}" for one in hashes)]
    return (text if text.endswith("\n") else text + "\n").encode() + ("\n".join(lines) + "\n").encode()
