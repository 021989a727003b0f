"""The admitted exemplars as an edition hangs them: in order, each with its card, year, unit and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator import lifecycle
from generator.catalogue import Catalogue, Entry
from generator.engine.target import digest_bytes
from generator.lifecycle import Decision
from generator.model import Exemplar, Kind, Picture, Scope, Term, Unit, term
from generator.renditions import Renditions
from generator.views import Card, Image, Voice


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One admitted exemplar. `tokens` are what a file that shows its card must be permitted."""

    entry: Entry
    decision: Decision
    card: Card
    year: int
    unit: Unit | None
    categories: tuple[Term, ...]
    levels: tuple[Term, ...]  # highest first
    tokens: tuple[str, ...]

    @property
    def exemplar(self) -> Exemplar:
        return self.entry.exemplar

    @property
    def slug(self) -> str:
        return self.entry.exemplar.slug


def year_of(exemplar: Exemplar) -> int:
    """The year of selection: as written, else the latest honour's, else of publication; 0 if nothing says."""
    if exemplar.year is not None:
        return exemplar.year
    latest = max((honour.date for honour in exemplar.honours), default="")
    if latest[:4].isdigit():
        return int(latest[:4])
    return exemplar.publish.start.year if exemplar.publish.start else 0


class Exhibits:
    """Everybody an edition shows: `shown` in the order of lists, `noticed` those only in public notice."""

    def __init__(self, catalogue: Catalogue, scope: Scope, renditions: Renditions) -> None:
        self.catalogue = catalogue
        self.scope = scope
        self.renditions = renditions
        self._voices: dict[str, tuple[Voice, ...]] = {}
        admitted = catalogue.admit(scope)
        exhibits = [self._exhibit(one.entry, one.decision) for one in admitted]
        self.shown = tuple(sorted((e for e in exhibits if e.decision.page), key=_order))
        self.noticed = tuple(sorted((e for e in exhibits if e.decision.notice), key=_order))

    @cached_property
    def by_slug(self) -> Mapping[str, Exhibit]:
        return {exhibit.slug: exhibit for exhibit in self.shown}

    def cards(self, slugs: Iterable[str]) -> tuple[Card, ...]:
        """The cards of those of `slugs` who are shown; hidden ones are dropped."""
        return tuple(self.by_slug[slug].card for slug in slugs if slug in self.by_slug)

    def tokens(self, cards: Iterable[Card]) -> tuple[str, ...]:
        """What a file that shows `cards` must be permitted."""
        everyone = self._by_card
        return tuple(dict.fromkeys(token for card in cards for token in everyone[card.slug].tokens))

    @cached_property
    def _by_card(self) -> Mapping[str, Exhibit]:
        return {exhibit.slug: exhibit for exhibit in (*self.noticed, *self.shown)}

    @cached_property
    def permitted(self) -> frozenset[str]:
        """Every token that may be shown in this edition today."""
        people = (token for exhibit in self._by_card.values() for token in exhibit.tokens)
        details = (token for exhibit in self.shown for token in self._details(exhibit))
        return frozenset((*people, *details))

    def _details(self, exhibit: Exhibit) -> Iterable[str]:
        for voice in self.voices(exhibit):
            yield self.voice_token(exhibit, voice)
        for file in self.pictures(exhibit):
            yield self.picture_token(exhibit, file)

    def voice_token(self, exhibit: Exhibit, voice: Voice) -> str:
        said = digest_bytes(f"{voice.by}\n{voice.quote}".encode())
        return f"{self.scope}:{exhibit.slug}:said:{said}"

    def picture_token(self, exhibit: Exhibit, file: str) -> str:
        return f"{self.scope}:{exhibit.slug}:picture:{exhibit.entry.pictures[file].digest}"

    def voices(self, exhibit: Exhibit) -> tuple[Voice, ...]:
        """The testimonials that may be shown."""
        if exhibit.slug not in self._voices:
            self._voices[exhibit.slug] = tuple(self._asked_voices(exhibit))
        return self._voices[exhibit.slug]

    def _asked_voices(self, exhibit: Exhibit) -> Iterator[Voice]:
        preview = self.catalogue.preview
        return (
            Voice(said.quote, said.by, said.relation, said.unit)
            for said in exhibit.exemplar.testimonials
            if lifecycle.may_quote(said, preview=preview)
        )

    def pictures(self, exhibit: Exhibit) -> dict[str, Image]:
        """The pictures of the deeds that may be shown, by file name."""
        told = {picture.file: picture for picture in exhibit.exemplar.pictures}
        images: dict[str, Image] = {}
        for figure in exhibit.entry.text.figures:
            file, source = figure.file, exhibit.entry.pictures.get(figure.file)
            picture = told.get(file) or Picture(file, figure.alt, figure.caption)
            if source is None or not self.allows(picture):
                continue
            images[file] = self.renditions.whole(
                source,
                f"exemplars/{exhibit.slug}/",
                alt=picture.alt,
                caption=picture.caption,
                credit=picture.credit,
                permit=self.picture_token(exhibit, file),
                about=exhibit.exemplar.source.file,
            )
        return images

    def allows(self, picture: Picture) -> bool:
        """Whether everyone in `picture` lets this edition show it today."""
        return self.catalogue.allows(picture, self.scope)

    def _exhibit(self, entry: Entry, decision: Decision) -> Exhibit:
        exemplar, settings = entry.exemplar, self.catalogue.settings
        unit = settings.unit(exemplar.unit)
        categories = tuple(t for written in exemplar.categories if (t := term(settings.categories, written)))
        held = {honour.level for honour in exemplar.honours if honour.level}
        levels = tuple(level for level in settings.levels if held & {level.key, level.title})
        year = year_of(exemplar)
        # Imagine one sent back to public notice while a list fails: the old list must not keep its card.
        tokens = [f"{self.scope}:{exemplar.slug}{'' if decision.page else ':notice'}"]
        portrait = self._portrait(entry, tokens)
        card = Card(
            slug=exemplar.slug,
            name=exemplar.name,
            path=f"exemplars/{exemplar.slug}/index.html" if decision.page else "",
            collective=exemplar.kind is Kind.COLLECTIVE,
            one_line=exemplar.one_line,
            unit=unit.names if unit else exemplar.unit,
            post=exemplar.post,
            year=year,
            portrait=portrait,
            pinyin=entry.reading.marked,
            initial=entry.reading.initial,
            pronoun=exemplar.pronoun,
            category=categories[0].title if categories else "",
            levels=tuple(level.title for level in levels),
        )
        return Exhibit(entry, decision, card, year, unit, categories, levels, tuple(tokens))

    def _portrait(self, entry: Entry, tokens: list[str]) -> Image | None:
        photo = entry.exemplar.photo
        source = entry.pictures.get(photo.file) if photo else None
        if photo is None or source is None:
            return None
        token = f"{self.scope}:{entry.exemplar.slug}:photo:{source.digest}"
        tokens.append(token)
        return self.renditions.portrait(
            source,
            f"exemplars/{entry.exemplar.slug}/",
            alt=photo.alt,
            credit=photo.credit,
            focus=photo.focus,
            permit=token,
            about=entry.exemplar.source.file,
        )


def _order(exhibit: Exhibit) -> tuple[int, str, str, str]:
    """Year descending, latest honour descending, pinyin, slug."""
    latest = max((honour.date for honour in exhibit.exemplar.honours), default="")
    return (-exhibit.year, _descending(latest), exhibit.entry.reading.key, exhibit.slug)


def _descending(text: str) -> str:
    """A key that sorts digits backwards; an unwritten end ("2017" of "2017-12") comes after the written."""
    return "".join(chr(0x7F - ord(c)) if c.isascii() else c for c in text) + "\x7f"
