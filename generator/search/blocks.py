"""Index blocks: who of some hundred exemplars has which grams. A block is derived once and remembered, so that one
edit costs the reading of a hundred texts and not of ten thousand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from generator.search.folding import ALPHABET, SEVERAL, fold, pairs, shard_of, stretches, triples
from generator.search.plain import honours_of, plain_of
from generator.views import SearchText

# The first of the characters that stand for members: 0x100 and up is no separator and below the surrogates.
FIRST = 0x100
LEAST_BLOCKS = 64

LEVELS = 4  # begins the name, elsewhere in it; unit, post, categories and honours; texts


@dataclass(frozen=True)
class BlockJob:
    """The members of a block, (id, text) by id. `start` is the least id it may hold, `shards` into how many
    parts its grams are sorted."""

    start: int
    shards: int
    people: tuple[tuple[int, SearchText], ...]


@dataclass(frozen=True)
class Block:
    """A text for each shard: a line for each gram, with it and the members that have it, by level.

    A member is the character `FIRST` and as many as it is behind the block's start: a newcomer shifts nobody. Of a
    triple the digit of what follows it there stands after each. `frequent` says of each shard, by "1", whether
    more than half of the members have one of its grams."""

    slices: tuple[str, ...]
    frequent: str


def block_of(job: BlockJob) -> Block:
    """The block of some exemplars."""
    short: list[defaultdict[str, str]] = [defaultdict(str) for _ in range(LEVELS)]
    long: list[defaultdict[str, list[str]]] = [defaultdict(list) for _ in range(LEVELS)]
    for number, text in job.people:
        sign = chr(FIRST + number - job.start)
        followed = {digit: sign + digit for digit in ALPHABET}
        for held, triply, level in zip(short, long, levels_of(text), strict=True):
            for gram in level.pairs:
                held[gram] += sign
            for gram, digit in level.triples:
                triply[gram].append(followed[digit])
    lines: list[list[str]] = [[] for _ in range(job.shards)]
    frequent = bytearray(b"0" * job.shards)
    half = len(job.people) / 2

    def file(gram: str, members: list[str], many: float) -> None:
        shard = shard_of(gram, job.shards)
        lines[shard].append("\t".join((gram, *members)))
        if max(map(len, members)) > many:
            frequent[shard] = ord("1")

    for gram in set().union(*short):
        file(gram, [held.get(gram, "") for held in short], half)
    for gram in set().union(*long):
        file(gram, [_followed(triply.get(gram, [])) for triply in long], 2 * half)
    return Block(tuple("\n".join(sorted(shard)) for shard in lines), frequent.decode())


def _followed(found: list[str]) -> str:
    """Members, each with its digit, from as many of both as there are places."""
    different = set(found)
    digits = {both[0]: both[1] for both in different}
    if len(digits) < len(different):
        for both in different:
            if digits[both[0]] != both[1]:
                digits[both[0]] = SEVERAL
    return "".join([member + digits[member] for member in sorted(digits)])


class Level(NamedTuple):
    """The grams of some texts, as folding.py gives them."""

    pairs: set[str]
    triples: Iterable[tuple[str, str]]


def levels_of(text: SearchText) -> tuple[Level, ...]:
    """Each level's grams."""
    name = "".join(stretches(fold(text.name)))
    begun, threes = {name[:1], name[:2]} - {""}, list(triples([name]))
    told = stretches(fold("\n".join(("".join(text.unit), text.post, *text.categories, *honours_of(text)))))
    said = (part for voice in text.voices for part in (voice.quote, voice.by, voice.unit, voice.relation))
    read = stretches(fold("\n".join((text.one_line, plain_of(text.story.html), *said))))
    return (
        Level(begun, threes[:1]),
        Level(pairs([name]) - begun, threes[1:]),
        Level(pairs(told), triples(told)),
        Level(pairs(read), triples(read)),
    )
