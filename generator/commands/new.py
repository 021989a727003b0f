"""`honour new`: a record with every field explained, its terms taken from the site's own settings."""

from __future__ import annotations

import json
from importlib import resources

import yaml

from generator import building
from generator.commands.desk import Desk
from generator.model import Settings
from generator.problems import GeneratorError, Place, error
from generator.sources.records import slug_problems
from generator.sources.settings import read_settings

_KINDS = {"zh-CN": ("个人", "集体"), "en": ("individual", "collective")}


def new(desk: Desk, slug: str, name: str, *, collective: bool) -> int:
    """Write exemplars/<slug>/index.md; refuse a slug that can't be an address, or that exists."""
    settings, problems = read_settings(desk.site)
    if settings is None:
        raise GeneratorError(problems)
    desk.speak(settings)
    file = desk.site / "exemplars" / slug / "index.md"
    where = f"exemplars/{slug}/index.md"
    if wrong := slug_problems(slug, where):
        raise GeneratorError(wrong)
    if file.parent.exists():
        raise GeneratorError([error(Place(where), "record-exists", slug=slug)])
    template = resources.files("generator") / "starter" / f"record.{desk.language}.md"
    text = template.read_text(encoding="utf-8").format(**_words(desk, settings, name, collective=collective))
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    desk.say("created", file=where)
    return 0


def _words(desk: Desk, settings: Settings, name: str, *, collective: bool) -> dict[str, str]:
    day = building.today(settings)
    individual_word, collective_word = _KINDS[desk.language]

    def first(terms: tuple[str, ...]) -> str:
        return terms[0] if terms else "…"

    units = [unit for top in settings.units for unit in top.walk() if not unit.units]
    words = {
        "name": name or desk.word("new-name"),
        "kind": collective_word if collective else individual_word,
        "unit": "/".join(units[0].names) if units else "…",
        "line": first(tuple(term.title for term in settings.lines)),
        "category": first(tuple(term.title for term in settings.categories)),
        "level": first(tuple(term.title for term in settings.levels[-1:])),
        "post_class": first(tuple(term.title for term in settings.post_classes)),
    }
    return {key: _scalar(word) for key, word in words.items()} | {
        "year": str(day.year),
        "day": day.isoformat(),
        "until": day.replace(year=day.year + 5, day=min(day.day, 28)).isoformat(),
    }


def _scalar(text: str) -> str:
    """`text` so that YAML reads it back, in a list too: a name with a colon or a comma stands in quotes."""
    try:
        plain = yaml.safe_load(f"[{text}]") == [text]
    except yaml.YAMLError:
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)
