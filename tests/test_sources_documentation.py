"""docs/records*.md and docs/record.schema.json are what the schema says.

After a change of a field, `python tests/test_sources_documentation.py` writes them anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.problems import LANGUAGES
from generator.sources.documentation import TABLES, json_schema, reference, refreshed
from generator.sources.schema import RECORD

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"records.md": "zh-CN", "records.en.md": "en"}


def schema_text() -> str:
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_the_tables_are_up_to_date(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert all(f"<!-- table: {table} -->" in page for table in TABLES)
    assert refreshed(page, PAGES[name]) == page


def test_the_json_schema_is_up_to_date() -> None:
    assert (DOCS / "record.schema.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_names_every_key_in_both_languages(language: str) -> None:
    text = reference(language)
    for shape in TABLES.values():
        for entry in shape.fields:
            assert f"| `{entry.key}` | {entry.chinese} |" in text
            meaning = entry.zh if language == "zh-CN" else entry.en
            assert meaning.replace("|", "\\|") in text


def test_the_json_schema_asks_for_what_the_reader_asks_for() -> None:
    schema = json_schema()
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(RECORD.by_name)
    assert set(schema["$defs"]["Honour"]["properties"]) >= {"title", "名称"}
    required = [{option["required"][0] for option in pair["anyOf"]} for pair in schema["allOf"]]
    assert required == [{entry.key, entry.chinese} for entry in RECORD.fields if entry.required]


if __name__ == "__main__":
    for name, language in PAGES.items():
        page = (DOCS / name).read_text(encoding="utf-8")
        (DOCS / name).write_text(refreshed(page, language), encoding="utf-8", newline="\n")
    (DOCS / "record.schema.json").write_text(schema_text(), encoding="utf-8", newline="\n")
