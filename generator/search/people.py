"""What the search may know of each exemplar: asked of `Exhibits` alone, so that the gate holds."""

from __future__ import annotations

from collections.abc import Iterator

from generator.engine.target import digest_bytes
from generator.exhibits import Exhibit, Exhibits
from generator.search.numbers import ids_of
from generator.views import Image, SearchPerson, SearchText

IN_ROW, AS_BEST = 160, 564  # pixels across that a portrait needs in a row and as the best match, two a place


def by_id(exhibits: Exhibits) -> Iterator[tuple[int, Exhibit]]:
    """Everybody shown with the search's number for them, in its order."""
    shown = exhibits.by_slug
    return ((number, shown[slug]) for slug, number in ids_of(shown).items())


def people_of(exhibits: Exhibits) -> tuple[SearchPerson, ...]:
    """Everybody shown, by id."""
    return tuple(_person(exhibits, exhibit, number) for number, exhibit in by_id(exhibits))


def tokens_of(exhibits: Exhibits, exhibit: Exhibit) -> tuple[str, ...]:
    """What a file must be permitted that holds all that the search knows of one exemplar."""
    voices = (exhibits.voice_token(exhibit, voice) for voice in exhibits.voices(exhibit))
    return (*exhibit.tokens, *voices)


def _person(exhibits: Exhibits, exhibit: Exhibit, number: int) -> SearchPerson:
    card, text, words = exhibit.card, _text(exhibits, exhibit), exhibit.entry.reading.words
    portrait = _ladder(card.portrait)
    parts = (number, card.slug, card.path, card.year, card.collective, words, portrait, text.digest)
    return SearchPerson(
        digest=digest_bytes(repr(parts).encode()),
        id=number,
        slug=card.slug,
        path=card.path,
        year=card.year,
        collective=card.collective,
        words=words,
        portrait=portrait,
        text=text,
    )


def _ladder(portrait: Image | None) -> tuple[tuple[str, int], ...]:
    """What a row and the best match need."""
    if portrait is None:
        return ()
    steps = portrait.webp or ((portrait.path, portrait.width),)
    wide = [next((step for step in steps if step[1] >= least), steps[-1]) for least in (IN_ROW, AS_BEST)]
    return tuple(dict.fromkeys(wide))


def _text(exhibits: Exhibits, exhibit: Exhibit) -> SearchText:
    card, story, voices = exhibit.card, exhibit.entry.story, exhibits.voices(exhibit)
    categories = tuple(category.title for category in exhibit.categories)
    parts = (card.name, card.unit, card.post, categories, card.one_line, story.digest, voices)
    return SearchText(
        digest=digest_bytes(repr(parts).encode()),
        name=card.name,
        unit=card.unit,
        post=card.post,
        categories=categories,
        one_line=card.one_line,
        story=story,
        voices=voices,
    )
