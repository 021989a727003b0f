"""Nobody who may not be shown is named in somebody else's words."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.lifecycle import WITHDRAWN
from generator.model import Activity, Campaign, Compendium, Exemplar, Page, Scope, Source
from generator.problems import Place, Problem, error, hint


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The withdrawn are errors, those not published yet warnings. A name that somebody shown also bears, or
    that their words happen to hold, can't be told apart by a program: two people may be called 李娜."""
    answers = [(entry.exemplar, catalogue.decide(entry, Scope.WEB)) for entry in catalogue.entries]
    shown = {exemplar.name for exemplar, answer in answers if answer.page or answer.notice}
    hidden = {
        e.name: e for e, answer in answers if not (answer.page or answer.notice) and e.name not in shown
    }
    hidden |= {exemplar.name: exemplar for exemplar in catalogue.aside if exemplar.name not in shown}
    if not hidden:
        return
    gone = {e.slug for e, answer in answers if e.status in WITHDRAWN or "consent-ended" in answer.missing}
    visible = {exemplar.slug for exemplar, answer in answers if answer.page or answer.notice}
    for source, key, line, text in words(catalogue, visible):
        for name, exemplar in hidden.items():
            if name in text:
                where = source.at(key) if key else _spot(source.file, line, text, text.index(name))
                say, code = (error, "hidden-name") if exemplar.slug in gone else (hint, "pending-name")
                yield say(where, code, name=name, record=exemplar.source.file)


def _spot(file: str, line: int, text: str, at: int) -> Place:
    """The place of character `at` of a text that begins on `line`."""
    return Place(file, line + text.count("\n", 0, at), at - text.rfind("\n", 0, at))


def words(catalogue: Catalogue, visible: set[str]) -> Iterator[tuple[Source, str, int, str]]:
    """(source, key or "", first line, text) of everything that will be read."""
    for entry in catalogue.entries:
        exemplar = entry.exemplar
        if exemplar.slug in visible:
            for key, text in (*exemplar.words(), *_names(exemplar)):
                yield exemplar.source, key, 0 if key else exemplar.body_line, text
    for document in catalogue.documents:
        item = document.item
        yield item.source, "", item.body_line, item.markdown
        yield item.source, "title", 0, item.title
        if isinstance(item, Page | Activity | Campaign):
            yield item.source, "summary", 0, item.summary
        if isinstance(item, Compendium):
            yield item.source, "subtitle", 0, item.subtitle
        if isinstance(item, Activity):
            yield item.source, "place", 0, item.place
        if isinstance(item, Campaign):
            for number, phase in enumerate(item.phases):
                yield item.source, f"phases.{number}", 0, f"{phase.title}\n{phase.text}"


def _names(exemplar: Exemplar) -> Iterator[tuple[str, str]]:
    """(key, names) of others whom the record names."""
    yield "members", "\n".join(exemplar.members)
    for number, said in enumerate(exemplar.testimonials):
        yield f"testimonials.{number}.by", said.by
