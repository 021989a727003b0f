"""Before the first page: every character of every name and text has a shape in the fonts at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.fonts import Case
from generator.model import Exemplar, Settings, Source
from generator.model.content import Bulletin, Compendium
from generator.problems import Place, Problem, error

Words = tuple[str, str]  # (key of the record, text)


class Preflight:
    """Asks the type case about each record once."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._tried = "、".join(dict.fromkeys(family for _, several in case.families for family in several))
        self._known: dict[str, tuple[Problem, ...]] = {}

    def exemplar(self, exemplar: Exemplar) -> tuple[Problem, ...]:
        """An error for each character of a record that no font at hand has."""
        if exemplar.slug not in self._known:
            faults = self._faults(exemplar.name, exemplar.source, _words(exemplar))
            text = self._text(exemplar.name, exemplar.source.file, exemplar.markdown, exemplar.body_line)
            self._known[exemplar.slug] = (*faults, *text)
        return self._known[exemplar.slug]

    def private(self, exemplar: Exemplar) -> tuple[Problem, ...]:
        """The same of what the nomination form alone shows."""
        words = (("private", text) for pair in exemplar.private for text in pair)
        return tuple(self._faults(exemplar.name, exemplar.source, words))

    def document(self, item: Bulletin | Compendium) -> tuple[Problem, ...]:
        """The same of an issue's or a book's own words."""
        words = [("title", item.title)]
        if isinstance(item, Compendium):
            words += [("subtitle", item.subtitle), ("colophon", item.colophon)]
        faults = self._faults(item.slug, item.source, words)
        return (*faults, *self._text(item.slug, item.source.file, item.markdown, item.body_line))

    def settings(self, settings: Settings, keys: Iterable[Words]) -> tuple[Problem, ...]:
        """The same of words of site.yaml."""
        return tuple(self._faults("site.yaml", settings.source, keys))

    def _faults(self, name: str, source: Source, words: Iterable[Words]) -> Iterator[Problem]:
        told: set[str] = set()
        for key, text in words:
            for sign in self._case.unprintable(text):
                if sign not in told:
                    told.add(sign)
                    yield self._fault(source.at(key), name, sign)

    def _text(self, name: str, file: str, markdown: str, line: int) -> Iterator[Problem]:
        for sign in self._case.unprintable(markdown):
            at = markdown.index(sign)
            column = at - markdown.rfind("\n", 0, at)
            yield self._fault(Place(file, line + markdown.count("\n", 0, at), column), name, sign)

    def _fault(self, where: Place, name: str, sign: str) -> Problem:
        return error(
            where, "print-character", name=name, character=sign, point=f"U+{ord(sign):04X}", fonts=self._tried
        )


def _words(exemplar: Exemplar) -> Iterator[Words]:
    """Whatever of a record may be drawn on paper, but its Markdown."""
    refused = {
        f"testimonials.{n}.quote" for n, said in enumerate(exemplar.testimonials) if said.consent is False
    }
    for key in ("name", "post"):
        yield key, getattr(exemplar, key)
    yield "unit", "".join(exemplar.unit)
    for number, honour in enumerate(exemplar.honours):
        words = (honour.title, honour.grade, honour.level, honour.by, honour.document, honour.number)
        yield f"honours.{number}", "".join(words)
    for key, text in exemplar.words():
        if key and key not in refused and not key.endswith(".alt"):
            yield key, text
    for number, said in enumerate(exemplar.testimonials):
        if said.consent is not False:
            yield f"testimonials.{number}", f"{said.by}{said.relation}{said.unit}"
    for number, picture in enumerate(exemplar.pictures):
        yield f"pictures.{number}", picture.credit
    yield "members", "".join(exemplar.members)
