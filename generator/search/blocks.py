"""Index blocks: who of some hundred exemplars has which grams. A block is derived once and remembered, so that one
edit costs the reading of a hundred texts and not of ten thousand."""

from __future__ import annotations

from dataclasses import dataclass

from generator.search.folding import fold, grams, shard_of, stretches
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

    A member is the character `FIRST` and as many as it is behind the block's start: a newcomer shifts nobody.
    `frequent` says of each shard, by "1", whether more than half of the members have one of its grams."""

    slices: tuple[str, ...]
    frequent: str


def block_of(job: BlockJob) -> Block:
    """The block of some exemplars."""
    found: dict[str, list[str]] = {}
    for number, text in job.people:
        sign = chr(FIRST + number - job.start)
        for level, level_grams in enumerate(levels_of(text)):
            for gram in level_grams:
                held = found.get(gram)
                if held is None:
                    held = found[gram] = [""] * LEVELS
                held[level] += sign
    lines: list[list[str]] = [[] for _ in range(job.shards)]
    frequent = bytearray(b"0" * job.shards)
    half = len(job.people) / 2
    for gram in sorted(found):
        shard, held = shard_of(gram, job.shards), found[gram]
        lines[shard].append("\t".join((gram, *held)))
        if max(map(len, held)) > half:
            frequent[shard] = ord("1")
    return Block(tuple("\n".join(shard) for shard in lines), frequent.decode())


def levels_of(text: SearchText) -> tuple[set[str], ...]:
    """The grams of each level."""
    name = "".join(stretches(fold(text.name)))
    start = {name[:1], name[:2]} - {""}
    told = "\n".join(("".join(text.unit), text.post, *text.categories, *honours_of(text)))
    said = (part for voice in text.voices for part in (voice.quote, voice.by, voice.unit, voice.relation))
    read = "\n".join((text.one_line, plain_of(text.story.html), *said))
    return start, grams(name) - start, grams(fold(told)), grams(fold(read))
