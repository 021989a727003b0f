"""The personal data of a record, each with the texts by which it is recognised in what is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue import Entry
from generator.exhibits import year_of
from generator.model import Exemplar, Settings
from generator.search.plain import plain_of
from generator.text import read_text
from generator.text.plain import block_lines

LEAST = 8  # characters of a text that nothing else says by chance
# The keys of a record that may be published, in the order of a report; `deeds` is the Markdown.
ORDER = (
    *(
        "name",
        "pinyin",
        "photo",
        "unit",
        "post",
        "identity",
        "year",
        "one_line",
        "summary",
        "deeds",
        "pictures",
    ),
    *("citation", "remarks", "spirit", "honours", "timeline", "practices", "pledge"),
)

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody else whom a record names: a `speaker`, `photographer`, `pictured`, `member` or `reviewer`.

    `consent` is what the record says of theirs, None for nothing."""

    role: str
    name: str
    consent: bool | None
    values: Values


def own(entry: Entry, settings: Settings) -> Iterator[tuple[str, Values]]:
    """Each datum of the exemplar, by its key in the record; photos are found by their bytes instead."""
    exemplar, unit = entry.exemplar, settings.unit(entry.exemplar.unit)
    pledge = exemplar.pledge
    texts: dict[str, Values] = {
        "name": (exemplar.name,),
        "pinyin": (entry.reading.marked,),
        "unit": unit.names if unit else exemplar.unit,
        "post": (exemplar.post,),
        "identity": (exemplar.identity,),
        "year": (str(year_of(exemplar)),),
        "one_line": (exemplar.one_line,),
        "summary": (exemplar.summary,),
        "citation": entry.story.citation,
        "remarks": (exemplar.remarks,),
        "spirit": (exemplar.spirit,),
        "honours": tuple(honour.title for honour in exemplar.honours),
        "timeline": tuple(moment.text for moment in exemplar.timeline),
        "practices": tuple(practice.title for practice in exemplar.practices),
        "pledge": (pledge.promise, pledge.kept) if pledge else (),
        "deeds": (exemplar.markdown, entry.story.html, *_lines(entry)),
    }
    for key, values in texts.items():
        if said := tuple(dict.fromkeys(value for value in values if value)):
            yield key, said


def _lines(entry: Entry) -> Iterator[str]:
    """Lines of the deeds as they come out where names of others are left out of them or words are set apart."""
    plain = plain_of(entry.story.html).split("\n")
    blocks = block_lines(read_text(entry.exemplar.markdown).blocks)
    return (line for line in (*plain, *blocks) if len(line) >= LEAST)


def mentions(exemplar: Exemplar) -> Iterator[Mention]:
    """Everybody else whom the record names, once for each thing that is said of or by them."""
    for said in exemplar.testimonials:
        yield Mention("speaker", said.by, said.consent, (said.quote,))
    if exemplar.photo and exemplar.photo.credit:
        yield Mention("photographer", exemplar.photo.credit, None, (exemplar.photo.credit,))
    for picture in exemplar.pictures:
        for person in picture.people:
            if person not in (exemplar.slug, exemplar.name):
                yield Mention("pictured", person, picture.consent, ())
        if picture.credit:
            yield Mention("photographer", picture.credit, None, (picture.credit,))
    for member in exemplar.members:
        yield Mention("member", member, None, (member,))
    for review in exemplar.reviews:
        yield Mention("reviewer", review.by, None, (review.by,))
