"""Who may not be seen in which part of a release, and by what they would be known there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue import Catalogue, Entry, Pictures
from generator.checks.mentions import words
from generator.lifecycle import WITHDRAWN
from generator.model import Exemplar, Scope
from generator.problems import Place
from generator.sources.encoding import decode, read_bytes
from generator.withdrawal.texts import bare_form, close_form

SHORTEST = 12  # characters of a sentence, its marks counted
_LEAST = 8  # letters and digits of it: a date between two dashes is nobody's own
EVERYWHERE = frozenset(Scope)
_LEAST_SECRET = 11  # letters and digits of a private value, as a mobile telephone's number has
_ENDS = re.compile(r"[。！？；!?;\n|]+|\.\s")
_SYNTAX = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)|^\s*(?:[#>*+-]+|\d+\.)\s+|[*_`~]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of a record, its letters and digits alone, and where it stands."""

    bare: str
    place: Place


@dataclass(frozen=True, slots=True)
class Hidden:
    """Somebody whom parts of a release may not show. `gone` are the withdrawn and those whose consent has ended:
    others may not speak of them either. `name` is empty where the record can't be read."""

    slugs: tuple[str, ...]
    name: str
    place: Place
    gone: bool
    scopes: frozenset[Scope]
    phrases: tuple[Phrase, ...]
    secrets: tuple[Phrase, ...]
    pictures: tuple[tuple[Path, tuple[float, float] | None], ...]


_FRONT = re.compile(r"\A\ufeff?---[^\n]*\n.*?^---[^\n]*$", re.DOTALL | re.MULTILINE)
_PROSE = re.compile(
    r"\s*(?:one_line|summary|citation|remarks|spirit|一句话事迹|摘要|颁奖词|推荐语|精神)\s*[:：](.*)"
)


def hidden_in(catalogue: Catalogue, site: Path) -> tuple[Hidden, ...]:
    """Everybody whom the gate keeps out of some edition, with those whose records are refused or unreadable."""
    found = []
    for entry in catalogue.entries:
        answers = {scope: catalogue.decide(entry, scope) for scope in Scope}
        scopes = frozenset(scope for scope, said in answers.items() if not (said.page or said.notice))
        if scopes:
            gone = entry.exemplar.status in WITHDRAWN or "consent-ended" in answers[Scope.WEB].missing
            found.append(_hidden(site, entry.exemplar, entry.pictures, gone=gone, scopes=scopes))
    for exemplar in catalogue.aside:
        gone = exemplar.status in WITHDRAWN
        found.append(_hidden(site, exemplar, {}, gone=gone, scopes=EVERYWHERE))
    for file in sorted(catalogue.unreadable):
        if file.startswith("exemplars/"):
            found.append(_unreadable(site, file))
    return tuple(found)


def visible_words(catalogue: Catalogue) -> Iterator[tuple[Place, str]]:
    """(where it begins, text) of everything that will be read somewhere."""
    for source, key, line, text in words(catalogue, visible_slugs(catalogue)):
        yield (source.at(key) if key else Place(source.file, line)), text


def visible_slugs(catalogue: Catalogue) -> set[str]:
    """Whoever is shown in some edition."""
    return {entry.exemplar.slug for entry in catalogue.entries if _is_shown(catalogue, entry)}


def visible_names(catalogue: Catalogue) -> frozenset[str]:
    """Names by which others may be called: those shown, whoever speaks of them, members, units with those above
    them, liaisons; in close form."""
    found: set[str] = set()
    for entry in catalogue.entries:
        if _is_shown(catalogue, entry):
            exemplar = entry.exemplar
            found |= {exemplar.name, *exemplar.members, "".join(exemplar.unit)}
            found |= {said.by for said in exemplar.testimonials if said.consent}
    settings = catalogue.settings
    for top in settings.units:
        for unit in top.walk():
            found |= {unit.name, unit.liaison}
    found |= {settings.title, settings.organisation, settings.department}
    return frozenset(close_form(name) for name in found if name)


def read_by_all(catalogue: Catalogue) -> str:
    """Those words: letters and digits alone, a line for each text."""
    return "\n".join(bare_form(close_form(text)) for _, text in visible_words(catalogue))


def known_to_all(catalogue: Catalogue) -> str:
    """Those names, and how the office may be reached as pages say: the same."""
    feedback = catalogue.settings.feedback
    channels = (feedback.nominate, feedback.correct)
    found = {text for channel in channels if channel for text in (channel.phone, channel.email)}
    shown = (entry.exemplar for entry in catalogue.entries if _is_shown(catalogue, entry))
    found |= {exemplar.notice.contact for exemplar in shown if exemplar.notice}
    return "\n".join(bare_form(name) for name in visible_names(catalogue) | {*map(close_form, found)})


def phrases_of(exemplar: Exemplar) -> tuple[Phrase, ...]:
    """Every sentence of its texts that is long enough to be nobody else's."""
    found: dict[str, Place] = {}
    source = exemplar.source
    for key, text in exemplar.words():
        for offset, sentence in sentences(text):
            found.setdefault(
                sentence, source.at(key) if key else Place(source.file, exemplar.body_line + offset)
            )
    return tuple(Phrase(bare, place) for bare, place in found.items())


def secrets_of(exemplar: Exemplar) -> tuple[Phrase, ...]:
    """Its private values that are long enough to be nobody else's: numbers of identity cards, of telephones."""
    found = {
        bare_form(close_form(value)): exemplar.source.at(f"private.{key}") for key, value in exemplar.private
    }
    return tuple(Phrase(bare, place) for bare, place in found.items() if len(bare) >= _LEAST_SECRET)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """(lines before it, its letters and digits) of each sentence of SHORTEST characters and more."""
    start = 0
    for end in (*(found for found in _ENDS.finditer(text)), None):
        stop = end.end() if end else len(text)
        raw = text[start:stop]
        plain = _SYNTAX.sub(lambda found: found[1] or "", raw)
        close = close_form(plain)
        bare = bare_form(close)
        if len(close) >= SHORTEST and len(bare) >= _LEAST:
            lead = len(raw) - len(raw.lstrip())
            yield text.count("\n", 0, start + lead), bare
        start = stop


def _is_shown(catalogue: Catalogue, entry: Entry) -> bool:
    answers = (catalogue.decide(entry, scope) for scope in Scope)
    return any(said.page or said.notice for said in answers)


def _hidden(
    site: Path, exemplar: Exemplar, pictures: Pictures, *, gone: bool, scopes: frozenset[Scope]
) -> Hidden:
    """Those without examined pictures are known by what lies in the folder under the names they give."""
    folder = (site / exemplar.source.file).parent
    shown = exemplar.photo
    files: dict[Path, tuple[float, float] | None] = {one.path: None for one in pictures.values()}
    for picture in exemplar.pictures:
        files.setdefault(folder / picture.file, None)
    if shown is not None:
        files[folder / shown.file] = shown.focus
    return Hidden(
        (exemplar.slug, *exemplar.formerly),
        exemplar.name,
        exemplar.source.at("status"),
        gone,
        scopes,
        phrases_of(exemplar),
        secrets_of(exemplar),
        tuple((path, focus) for path, focus in files.items() if path.is_file()),
    )


def _prose_alone(front: re.Match[str]) -> str:
    """The front matter, line for line, with only texts left: a unit's or a category's name is everybody's."""
    lines = (_PROSE.match(line) for line in front[0].split("\n"))
    return "\n".join(line[1].strip(" \"'") if line else "" for line in lines)


def _unreadable(site: Path, file: str) -> Hidden:
    """Of a file with an error in it, what can be taken from its bytes: a typo mustn't keep anybody online."""
    data, _ = read_bytes(site, Path(file))
    text, _ = decode(file, data)
    prose = _FRONT.sub(_prose_alone, text or "", count=1)
    found = tuple(Phrase(bare, Place(file, 1 + line)) for line, bare in sentences(prose))
    pictures = tuple((path, None) for path in sorted((site / file).parent.iterdir()) if path.suffix != ".md")
    slug = Path(file).parent.name
    return Hidden((slug,), "", Place(file), False, EVERYWHERE, found, (), pictures)
