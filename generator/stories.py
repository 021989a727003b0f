"""What a record says for everybody to read, made once when the record is read and kept with it."""

from __future__ import annotations

from dataclasses import replace

from generator.engine.target import digest_bytes
from generator.model import Exemplar
from generator.pinyin import slug_of
from generator.views import DatedText, HonourLine, PledgeView, Story, TitledText

# A citation is set vertically while it fits its panel: at most 60 characters in lines of at most 10.
VERTICAL_CITATION = 60
VERTICAL_LINE = 10

ORDINARY = "正式员工"  # what most people are needs no saying


def story_of(exemplar: Exemplar, html: str) -> Story:
    """The story of `exemplar`, whose deeds are the safe `html`. No consent is asked here: what needs one, a
    picture or a testimonial, is no part of it."""
    citation = tuple(line.strip() for line in exemplar.citation.splitlines() if line.strip())
    pledge = exemplar.pledge
    story = Story(
        html=html,
        summary=exemplar.summary,
        citation=citation,
        citation_vertical=_is_vertical(citation),
        spirit=exemplar.spirit,
        remarks=exemplar.remarks,
        identity=exemplar.identity if exemplar.identity != ORDINARY else "",
        honours=tuple(
            HonourLine(h.date, h.title, h.grade, h.level, h.by, h.document, slug_of(h.title))
            for h in sorted(exemplar.honours, key=lambda h: h.date, reverse=True)
        ),
        timeline=tuple(DatedText(moment.date, moment.text) for moment in exemplar.timeline),
        practices=tuple(TitledText(practice.title, practice.text) for practice in exemplar.practices),
        pledge=PledgeView(pledge.promise, pledge.kept, pledge.post) if pledge else None,
        members=exemplar.members,
    )
    return replace(story, digest=digest_bytes(repr(story).encode()))


def _is_vertical(lines: tuple[str, ...]) -> bool:
    return sum(map(len, lines)) <= VERTICAL_CITATION and all(len(line) <= VERTICAL_LINE for line in lines)
