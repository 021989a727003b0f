"""The law of rebuilding for the index: an incremental one is a clean one, and only shards that an edit touches
are made anew. Which those are is reckoned here from the texts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from search_case import Told, alike, corpus, site_files
from site_builder import Files, clean_build, record, tree, write

from generator.engine.make import Report
from generator.search.folding import pairs, shard_of, stretches, triples
from generator.search.numbers import ids_of

PEOPLE = corpus(30)
GRAM_SHARDS = 32


def index_in(site: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(site / "public").items() if path.startswith("search/")}


def rebuilt(site: Path, files: Files) -> Report:
    """The report of building `files` in `site`, whose index must be what a clean build makes."""
    report = clean_build(write(site, files)).report
    assert report is not None
    fresh = site.parent / f"clean-{len(list(site.parent.iterdir()))}"
    fresh.mkdir()
    clean_build(write(fresh, files))
    assert index_in(site) == index_in(fresh)
    return report


def keys(paths: Iterable[str]) -> set[str]:
    """grams-1f for search/grams-1f-0a1b2c.js; what isn't of the index is left out."""
    names = (path.removeprefix("search/").removesuffix(".js") for path in paths if path.startswith("search/"))
    return {"-".join(name.split("-")[:2]) if name.count("-") == 2 else name.split("-")[0] for name in names}


def grams_of(texts: Iterable[str]) -> set[tuple[str, str]]:
    """Every gram, a triple with what follows it."""
    several = [stretch for text in texts for stretch in stretches(alike(text))]
    return {(gram, "") for gram in pairs(several)} | set(triples(several))


def shards_of(several: Iterable[tuple[str, str]]) -> set[str]:
    return {f"grams-{shard_of(gram, GRAM_SHARDS):x}" for gram, _ in several}


def text_of(told: Told) -> str:
    return f"text-{ids_of([told.slug])[told.slug]:x}"


def all_but_directory(report: Report) -> set[str]:
    made = keys(report.made)
    assert "directory" in made
    return made - {"directory", "index.html"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    clean_build(write(tmp_path / "site", site_files(PEOPLE)))
    return tmp_path / "site"


def test_nothing_is_made_twice(site: Path) -> None:
    report = clean_build(site).report
    assert report is not None and report.made == ()


@pytest.mark.parametrize(("old", "new"), [("的", "𠮷"), ("12路", "88路"), ("夜班", "爨班")])
def test_an_edit_of_the_deeds_touches_the_shards_of_the_words_that_came_or_went(
    site: Path, old: str, new: str
) -> None:
    told = next(told for told in PEOPLE if old in told.deeds[1])
    deeds = (told.deeds[0], told.deeds[1].replace(old, new, 1), told.deeds[2])
    files = site_files(PEOPLE)
    path = f"exemplars/{told.slug}/index.md"
    files[path] = files[path].replace(told.deeds[1].encode(), deeds[1].encode())
    rest = (told.one_line, told.quote, told.by)
    was, now = grams_of((*told.deeds, *rest)), grams_of((*deeds, *rest))
    assert was != now
    report = rebuilt(site, files)
    assert all_but_directory(report) == shards_of(was ^ now) | {text_of(told), "marks"}
    assert keys(report.pruned) == keys(report.made) - {"directory"}


def test_a_new_name_touches_its_shards_its_letters_and_its_texts(site: Path) -> None:
    told = PEOPLE[3]
    files = site_files(PEOPLE)
    path = f"exemplars/{told.slug}/index.md"
    files[path] = files[path].replace(told.name.encode(), "翟婷芳".encode())
    made = all_but_directory(rebuilt(site, files))
    was, now = grams_of([told.name]), grams_of(["翟婷芳"])
    touched = shards_of(was | now)  # a sign may stand at another place of the name
    assert shards_of(was ^ now) <= {key for key in made if key.startswith("grams-")} <= touched
    letters = {f"names-{told.syllables[0][0]}", "names-z", "names-t"}
    assert letters <= {key for key in made if key.startswith("names-")}
    assert {text_of(told), "marks"} <= made


def test_a_year_touches_the_columns_and_no_gram(site: Path) -> None:
    told = PEOPLE[5]
    files = site_files(PEOPLE)
    path = f"exemplars/{told.slug}/index.md"
    files[path] = files[path].replace(f"year: {told.year}".encode(), b"year: 2019")
    made = all_but_directory(rebuilt(site, files))
    assert made == {"columns", "marks", text_of(told)}


def test_a_newcomer_touches_the_shards_of_her_own_words_alone(site: Path) -> None:
    files = site_files(PEOPLE)
    told = {"unit": "热力公司/河西换热站", "categories": ["传帮带"], "one_line": "在。", "honours": []}
    files["exemplars/xin-ren/index.md"] = record("她。\n", name="丁", **told)
    report = rebuilt(site, files)
    grams_made = {key for key in all_but_directory(report) if key.startswith("grams-")}
    assert grams_made == shards_of(grams_of(("丁", "热力公司河西换热站", "传帮带", "在。", "她。")))
    assert len(grams_made) < GRAM_SHARDS
    assert {key for key in keys(report.made) if key.startswith("names-")} == {"names-d"}
    assert {"columns", "filters", "marks"} <= keys(report.made)


def test_whoever_leaves_takes_along_only_what_was_said_of_them(site: Path) -> None:
    gone = PEOPLE[7]
    report = rebuilt(site, site_files([told for told in PEOPLE if told is not gone]))
    texts = {key for key in keys(report.pruned) if key.startswith("text-")}
    assert texts == {text_of(gone)}
    assert {key for key in keys(report.pruned) if key.startswith("names-")} == {
        f"names-{word[0]}" for word in (gone.syllables[0], gone.syllables[-1 if len(gone.name) == 2 else -2])
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_edits_the_index_is_a_clean_one(site: Path, seed: int) -> None:
    chance = Random(seed)
    everybody = corpus(60)
    for _ in range(4):
        people = chance.sample(everybody, chance.randint(20, 60))
        files = site_files(people, language=chance.choice(("zh-CN", "en")))
        for path in chance.sample([path for path in files if path != "site.yaml"], 5):
            files[path] = (
                files[path].replace("的".encode(), "地".encode()).replace(b"consent: true", b"consent: false")
            )
        rebuilt(site, files)
