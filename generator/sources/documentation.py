"""Writes the reference of every key from the same lists that the files are read with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.sources.nested import schema_of
from generator.sources.page_schema import ACTIVITY, BULLETIN, CAMPAIGN, CIRCULAR, COMPENDIUM, PAGE
from generator.sources.schema import RECORD
from generator.sources.settings_schema import SETTINGS
from generator.sources.shape import Field, Shape

# The tables of docs/records.md, by the name in their marker.
TABLES: dict[str, Shape] = {
    "record": RECORD,
    "page": PAGE,
    "activity": ACTIVITY,
    "campaign": CAMPAIGN,
    "notice": CIRCULAR,
    "bulletin": BULLETIN,
    "compendium": COMPENDIUM,
    "site": SETTINGS,
}

_HEADS = {
    "zh-CN": ("键", "中文键", "写什么", "必填", "含义", "例子"),
    "en": ("key", "Chinese key", "what to write", "required", "meaning", "example"),
}
_YES = {"zh-CN": "是", "en": "yes"}
_MARKED = re.compile(r"(<!-- table: (?P<name>\w+) -->\n).*?(<!-- /table -->)", re.DOTALL)


def reference(language: str) -> str:
    """Markdown with a section for every kind of file and its tables. `language` is zh-CN or en."""
    return "\n".join(f"## {name}\n\n{tables(shape, language)}" for name, shape in TABLES.items())


def refreshed(page: str, language: str) -> str:
    """The Markdown `page` with what stands between `<!-- table: NAME -->` and `<!-- /table -->` made anew."""
    return _MARKED.sub(lambda mark: f"{mark[1]}\n{tables(TABLES[mark['name']], language)}\n{mark[3]}", page)


def tables(shape: Shape, language: str) -> str:
    """The table of `shape`, then one for each map within it, headed by its key."""
    heads: dict[str, list[str]] = {}  # by table, for lines, categories, levels … are written alike
    for path, entry, inner in _below(shape, ""):
        heads.setdefault(_table(inner, language), []).append(f"`{path}`（{entry.chinese}）")
    written = [f"#### {'、'.join(head)}\n\n{table}" for table, head in heads.items()]
    return "\n".join([_table(shape, language), *written])


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record, for programs that check YAML as it is typed."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "exemplars/<slug>/index.md",
        **schema_of(RECORD),
        "$defs": {inner.make.__name__: schema_of(inner) for _, _, inner in _below(RECORD, "")},
    }


def _below(shape: Shape, above: str) -> Iterator[tuple[str, Field, Shape]]:
    for entry, inner in shape.below():
        path = f"{above}{entry.key}"
        yield path, entry, inner
        yield from _below(inner, f"{path}.")


def _table(shape: Shape, language: str) -> str:
    rows = [_HEADS[language], ("---",) * len(_HEADS[language])]
    for entry in shape.fields:
        meaning = entry.zh if language == "zh-CN" else entry.en
        required = _YES[language] if entry.required else ""
        kind = entry.reader.described(language)
        rows.append((f"`{entry.key}`", entry.chinese, kind, required, meaning, f"`{entry.example}`"))
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in rows)
