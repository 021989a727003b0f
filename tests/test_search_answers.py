"""In a browser: what the search answers, against a plain comparison of a thousand records with the question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import Once, Serve
from pages_case import theme
from playwright.sync_api import Browser, Page
from search_case import Told, ask, corpus, index_of, made, put, questions, site_files

from generator.engine.target import Files
from generator.search.folding import ALPHABET, ENDS, fold, pairs, shard_of, stretches, triples
from generator.theme import render_script

PEOPLE = corpus(1000)
QUERIES = questions(PEOPLE, 200)
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'"
BLANK = """<!DOCTYPE html>
<meta charset="utf-8"><title>x</title><link rel="icon" href="../icon.svg"><script src="../engine.js"></script>
"""


@pytest.fixture(scope="session")
def thousand(once: Once) -> Path:
    """The index of a thousand people, and a page that has nothing but the script that asks it."""

    return once("thousand", lambda folder: publish(folder / "public", folder / "site", PEOPLE)) / "public"


def publish(folder: Path, site: Path, people: list[Told]) -> Path:
    """The index of `people` in `folder`, and nothing else that was there."""
    index = dict(made(index_of(put(site, site_files(people).items()))))
    engine = tuple(file for file in theme().folder("search") if file[0].endswith("/10-engine.js"))
    index |= {
        "engine.js": render_script(None, Files(engine)),
        "names/page.html": BLANK.encode(),
        "icon.svg": b"",
    }
    return put(folder, index.items())


@pytest.fixture(params=["http", "file"])
def opened(request: pytest.FixtureRequest, page: Page, thousand: Path, serve: Serve) -> Iterator[Page]:
    """A page below the root, from a server with a strict policy and from a folder."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    address = (thousand / "names/page.html").as_uri()
    if request.param == "http":
        address = serve(thousand, policy=POLICY) + "names/page.html"
    page.goto(address)
    yield page
    assert refused == []


def test_two_hundred_questions(opened: Page) -> None:
    found = ask(opened, "../", QUERIES)
    right = wrong = missed = 0
    for query, slugs in found.items():
        wanted = {told.slug for told in PEOPLE if told.answers(query)}
        assert wanted, query
        assert len(set(slugs)) == len(slugs), query
        right += len(wanted & set(slugs))
        wrong += len(set(slugs) - wanted)
        missed += len(wanted - set(slugs))
    assert missed == 0
    assert right / (right + wrong) >= 0.99


def test_the_questions_are_of_every_kind() -> None:
    named = {told.name for told in PEOPLE}
    assert sum(query in named for query in QUERIES) >= 20
    assert sum(len(query) == 1 for query in QUERIES) >= 10
    assert sum(query.isascii() and len(query) > 4 for query in QUERIES) >= 20
    assert sum(any(sign in "，。" for sign in query) for query in QUERIES) >= 5
    assert len(QUERIES) == len(set(QUERIES)) == 200


def test_the_script_and_the_program_cut_words_alike(opened: Page) -> None:
    chance = Random(3)
    signs = "李娜𬭎𠮷12路ＫＰｉ，。 ·\u3000\u200b\u00ad①ǐüÄß-_'’a\U000e0100é\u0301ｱ"
    texts = ["".join(chance.choices(signs, k=chance.randint(1, 12))) for _ in range(300)]
    script = "texts => texts.map(text => { const f = HonourSearch.fold(text); return [f, HonourSearch.grams(f)]; })"
    for text, (folded, looked) in zip(texts, opened.evaluate(script, texts), strict=True):
        assert folded == fold(text), ascii(text)
        # The script looks up the longest that a stretch has; the index has its single signs and pairs too.
        short = {stretch for stretch in stretches(folded) if len(stretch) < 3}
        known = set(triples(stretches(folded)))
        assert {each["gram"] for each in looked} == short | {gram for gram, _ in known}, ascii(text)
        assert short <= pairs(stretches(folded))
        for each in looked:
            after = ENDS if each["after"] is None else ALPHABET[each["after"]]
            assert each["gram"] in short or (each["gram"], after) in known, ascii(text)
    several = [gram for text in texts for gram in pairs([fold(text)])] + [fold(text)[:3] for text in texts]
    numbers = opened.evaluate("grams => grams.map(gram => HonourSearch.shardOf(gram, 256))", several)
    assert numbers == [shard_of(gram, 256) for gram in several]


# --- order and groups ------------------------------------------------------------------------------

GROUPS = """
([query, filters]) => new Promise((resolve, reject) => {
  new HonourSearch("../").query(query, filters, (failed, found) => {
    if (failed) return reject(failed);
    const groups = found.groups.map(({ kind, count, sure }) => [kind, count, sure]);
    const { total } = found;
    const brief = ({ person, kind }) => ({ slug: person.slug, name: person.name, year: person.year, kind });
    found.next(1000, (wrong, results) => wrong ? reject(wrong) : found.count((no, counts) => no ? reject(no)
      : resolve({ groups, total, counts, after: found.total, results: results.map(brief) })));
  });
})
"""


def grouped(page: Page, query: str, **filters: str) -> Any:
    """What the script answers: its groups, total and counts at first, then every result."""
    return page.evaluate(GROUPS, [query, filters])


def slugs(found: Any) -> set[str]:
    return {result["slug"] for result in found["results"]}


def test_names_come_before_units_and_units_before_texts(opened: Page) -> None:
    order = ["name", "told", "text"]
    for query, expected in (("明", {"name", "text"}), ("12路", {"told", "text"}), ("组", {"text"})):
        results = grouped(opened, query)["results"]
        kinds = [result["kind"] for result in results]
        assert kinds == sorted(kinds, key=order.index)
        assert set(kinds) == expected
        for kind in ("told", "text"):
            years = [result["year"] for result in results if result["kind"] == kind]
            assert years == sorted(years, reverse=True)


def test_a_surname_comes_before_the_same_sign_in_a_given_name(opened: Page) -> None:
    results = [result for result in grouped(opened, "明")["results"] if result["kind"] == "name"]
    assert len(results) > 10 and all("明" in result["name"] for result in results)
    starts = [result["name"].startswith("高") for result in grouped(opened, "高")["results"]]
    assert starts == sorted(starts, reverse=True) and starts[0]


def test_a_whole_name_comes_before_names_that_have_it(opened: Page) -> None:
    told = next(
        one for one in PEOPLE if any(one.name != other.name and one.name in other.name for other in PEOPLE)
    )
    results = grouped(opened, told.name)["results"]
    assert results[0]["name"] == told.name
    assert len(results) > 1 and told.name in results[1]["name"]


def test_three_characters_side_by_side_are_more_than_their_pairs(opened: Page) -> None:
    """承担负担 has every pair of 担负担负 and not the four in a row."""
    query = next(
        query
        for query in ("担负担", "负担负", "责任务", "间隔间")
        if any(
            all(any(pair in text for text in told.texts) for pair in (query[:2], query[1:]))
            for told in PEOPLE
            if not told.answers(query)
        )
    )
    found = grouped(opened, query)
    wanted = {told.slug for told in PEOPLE if told.answers(query)}
    assert slugs(found) == wanted
    assert found["total"] == len(wanted)  # known at once, no text asked
    assert all(sure for _, _, sure in found["groups"])


def test_what_follows_three_keeps_away_whoever_has_four_only_in_parts(
    browser: Browser, tmp_path: Path, serve: Serve
) -> None:
    """Ten have 甲乙丙 and 乙丙丁 apart; of one the index knows only that 甲乙丙 goes on in two ways."""
    parts, whole, both = "甲乙丙子，乙丙丁。", "甲乙丙丁。", "甲乙丙子，甲乙丙丑，乙丙丁。"
    assert (
        len({digit for gram, digit in triples(["甲乙丙子", "甲乙丙丑", "甲乙丙丁"]) if gram == "甲乙丙"}) == 3
    )
    deeds = [*[parts] * 9, both, whole]
    people = [replace(told, deeds=(deed,)) for told, deed in zip(corpus(11), deeds, strict=True)]
    opened = browser.new_page()
    opened.goto(serve(publish(tmp_path / "public", tmp_path / "site", people)) + "names/page.html")
    found = grouped(opened, "甲乙丙丁")
    assert slugs(found) == {people[-1].slug}
    assert (found["total"], found["after"]) == (2, 1)
    assert slugs(grouped(opened, "甲乙丙")) == {told.slug for told in people}
    opened.close()


def test_of_a_long_query_the_texts_decide(opened: Page) -> None:
    """Whoever has its beginning and its end, far apart, is asked for and not shown."""
    told = PEOPLE[4]
    begins = next(told.deeds[0][at : at + 4] for at in range(40) if told.deeds[0][at : at + 4].isalnum())
    ends = next(told.deeds[1][at : at + 3] for at in range(40) if told.deeds[1][at : at + 3].isalnum())
    found = grouped(opened, begins + ends)
    wanted = {other.slug for other in PEOPLE if other.answers(begins + ends)}
    assert told.slug not in wanted
    assert slugs(found) == wanted
    assert found["total"] > found["after"] == len(wanted)
    assert not all(sure for _, _, sure in found["groups"])


def test_several_words_must_all_be_there(opened: Page) -> None:
    told = PEOPLE[12]
    query = f"{told.name[0]}　{told.unit[1]}  {told.category}"
    wanted = {other.slug for other in PEOPLE if other.answers(query)}
    found = slugs(grouped(opened, query))
    assert told.slug in found and found == wanted


def test_filters_narrow_and_count(opened: Page) -> None:
    everyone = [told for told in PEOPLE if told.answers("夜班")]
    found = grouped(opened, "夜班", year="2024", unit="gongjiaojituan")
    wanted = [told for told in everyone if told.year == 2024 and told.unit[0] == "公交集团"]
    assert slugs(found) == {told.slug for told in wanted}
    counts = found["counts"]
    in_unit = [told for told in everyone if told.unit[0] == "公交集团"]
    assert counts["year"] == {str(y): sum(told.year == y for told in in_unit) for y in range(2020, 2027)}
    assert counts["kind"] == {"individual": len(wanted)}


def test_filters_alone_list_everybody_they_let_through(opened: Page) -> None:
    found = grouped(opened, "", year="2021")
    assert found["groups"] == [["all", sum(told.year == 2021 for told in PEOPLE), True]]
    assert grouped(opened, "")["groups"] == []
    assert grouped(opened, "，。")["groups"] == []


def test_where_nothing_is_found_names_alike_are_told(opened: Page) -> None:
    told = next(
        one for one in PEOPLE if len(one.name) == 3 and not one.name.startswith(("尉迟", "万俟", "欧阳"))
    )
    query = told.name[0] + told.name[2]
    if any(other.answers(query) for other in PEOPLE):
        query = told.name[0] + told.name[2] + told.name[1]
    found = grouped(opened, query)
    assert [kind for kind, _, _ in found["groups"]] == ["near"]
    assert told.slug in slugs(found)
    assert grouped(opened, "龘龘龘")["groups"] == []


# --- when files come late, torn or not at all ------------------------------------------------------


def test_an_index_published_anew_meanwhile_is_found_again(
    browser: Browser, tmp_path: Path, serve: Serve
) -> None:
    """Imagine a tab that stays open overnight: its directory names shards that are gone."""
    people = corpus(40)
    folder = publish(tmp_path / "public", tmp_path / "a", people)
    opened = browser.new_page()
    opened.goto(serve(folder) + "names/page.html")
    opened.evaluate("window.search = new HonourSearch('../')")
    asked = """
    query => new Promise((resolve, reject) => search.query(query, {}, (failed, found) => failed ? reject(failed)
      : found.next(100, (wrong, results) => wrong ? reject(wrong) : resolve(results.map((r) => r.person.name)))))
    """
    assert opened.evaluate(asked, people[0].name) == [people[0].name]
    others = [told for told in corpus(60)[20:] if told.slug not in {one.slug for one in people[:20]}]
    publish(folder, tmp_path / "b", others)
    newcomer = others[-1]
    assert opened.evaluate(asked, newcomer.name) == [newcomer.name]
    assert people[0].name not in opened.evaluate(asked, people[0].name)
    opened.close()


def test_without_its_files_the_search_says_so_and_recovers(
    browser: Browser, thousand: Path, serve: Serve
) -> None:
    opened = browser.new_page()
    opened.goto(serve(thousand) + "names/page.html")
    opened.route("**/search/*", lambda route: route.abort())
    opened.evaluate("window.search = new HonourSearch('../')")
    asked = """
    () => new Promise((resolve) => search.query("李", {}, (failed, found) => resolve(failed ? "no" : found.total)))
    """
    assert opened.evaluate(asked) == "no"
    opened.unroute("**/search/*")
    opened.evaluate("search.slipped = 0")  # four seconds later
    assert opened.evaluate(asked) > 0
    opened.close()


def test_memory_of_a_long_day_is_bounded(opened: Page) -> None:
    """A kiosk asks for months."""
    opened.evaluate("window.search = new HonourSearch('../'); search.kept = 50")
    script = """
    queries => queries.reduce((before, query) => before.then(() => new Promise((resolve) =>
      search.query(query, {}, (failed, found) => found.next(100, resolve)))), Promise.resolve())
      .then(() => [
        search.shards.size, document.querySelectorAll("script").length, Object.keys(window.HONOUR_SEARCH).length])
    """
    shards, scripts, left = opened.evaluate(script, QUERIES[:60])
    assert shards == 50
    assert (scripts, left) == (1, 0)
