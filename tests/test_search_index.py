"""What the index holds, and that its parts fit together: numbers, grams, blocks, shards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from random import Random

import pytest
from search_case import corpus, index_of, made, put, site_files
from site_builder import clean_build, record, site_of, tree, write

from generator.engine.target import Files
from generator.model import Scope
from generator.search.blocks import FIRST, BlockJob, block_of, levels_of
from generator.search.folding import ALPHABET, ENDS, SEVERAL, fold, pairs, shard_of, stretches, triples
from generator.search.numbers import ID_BITS, ids_of, power_of_two, written
from generator.search.plain import plain_of
from generator.search.shards import render_grams
from generator.text import read_text
from generator.views import GramShardView, SearchText, Story, Voice

# --- characters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written_as", "folded"),
    [
        ("ＫＰＩ", "kpi"),
        ("１２路", "12路"),
        ("Ｌǐ Nà", "lǐ nà"),
        ("①号", "1号"),
        ("葛\U000e0100城", "葛城"),  # a variation selector, which nobody types
        ("夜\u200b班", "夜班"),
        ("𬭎", "𬭎"),
        ("……", "......"),
    ],
)
def test_width_case_and_unseen_signs_are_one(written_as: str, folded: str) -> None:
    assert fold(written_as) == folded


def test_grams_go_through_no_punctuation_and_no_space() -> None:
    assert stretches("夜班，12路 a") == ["夜班", "12路", "a"]
    assert pairs(["夜班", "12路", "a"]) == {"夜", "班", "夜班", "1", "2", "路", "12", "2路", "a"}
    assert pairs(["𬭎路"]) == {"𬭎", "路", "𬭎路"}
    assert stretches("，。 ") == []
    assert [gram for gram, _ in triples(["夜班", "12路车", "a"])] == ["12路", "2路车"]


def test_a_triple_says_what_follows_it() -> None:
    """The same digit for the same character wherever it stands, another for nearly every other."""
    several = dict(triples(["夜班组长", "白班组长", "好班组员", "夜班组"]))
    assert several["夜班组"] == several["班组员"] == ENDS
    assert dict(triples(["夜班组长"]))["夜班组"] == dict(triples(["在一起长大"]))["在一起"] != ENDS
    digits = [digit for code in range(0x4E00, 0x5800) for _, digit in triples([f"甲乙丙{chr(code)}"])]
    after = [digit for digit in digits if digit != ENDS]  # the triple behind it ends
    assert len(after) == 0x5800 - 0x4E00
    assert max(map(after.count, set(after))) < 2 * len(after) / 62


def test_shards_are_filled_evenly() -> None:
    chance = Random(1)
    many = {
        chr(chance.randrange(0x4E00, 0x9FA5)) + chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(20000)
    }
    held = [0] * 64
    for gram in many:
        held[shard_of(gram, 64)] += 1
    assert max(held) < 1.3 * len(many) / 64
    assert min(held) > 0.7 * len(many) / 64


# --- numbers ---------------------------------------------------------------------------------------


def read(digits: str) -> list[int]:
    """The opposite of `written`."""
    found, following, gap, weight = [], 0, 0, 1
    for digit in digits:
        value = ALPHABET.index(digit)
        gap += value % 32 * weight
        weight *= 32
        if value < 32:
            found.append(following + gap)
            following, gap, weight = found[-1] + 1, 0, 1
    return found


@pytest.mark.parametrize("least", [1, 40, 1000, 200_000])
def test_lists_of_numbers_come_back(least: int) -> None:
    chance = Random(least)
    numbers, last = [], -1
    for _ in range(300):
        last += chance.randint(1, 2 * least)
        numbers.append(last)
    assert read(written(numbers)) == numbers
    assert read(written([])) == []
    assert read(written([0, 1, 31, 32, 33, 1056, 1057, 1 << 21])) == [0, 1, 31, 32, 33, 1056, 1057, 1 << 21]


def test_a_newcomer_shifts_nobody() -> None:
    slugs = [f"ren-{n}" for n in range(300)]
    old = ids_of(slugs)
    new = ids_of([*slugs, "xin-ren"])
    assert {slug: new[slug] for slug in slugs} == old
    assert list(old.values()) == sorted(set(old.values()))
    assert max(old.values()) < 1 << ID_BITS


def test_two_slugs_of_one_number_get_two() -> None:
    """Among so many some must meet, whoever came first."""
    slugs = [f"ren-{n}" for n in range(5000)]
    ids = ids_of(reversed(slugs))
    assert len(set(ids.values())) == 5000
    assert ids == ids_of(slugs)


def test_powers() -> None:
    assert [power_of_two(n) for n in (0, 1, 1.5, 2, 3, 1024, 1025)] == [1, 1, 2, 2, 4, 1024, 2048]


# --- texts -----------------------------------------------------------------------------------------


def test_plain_is_what_the_text_says_of_itself() -> None:
    markdown = (
        "开头**12路**夜班。\n\n## 二十三点 & <零六>分\n\n- 一\n- 二\n  1. 三\n\n> 说“好”。\n\n"
        "| 站 | 人 |\n|---|---|\n| 桥头 | 9 |\n\n![站台](a.jpg)\n\n有注[^1]的话  \n换行。\n\n[^1]: 注文。\n"
    )
    text = read_text(markdown)
    lines = [" ".join(line.split()) for line in text.plain.split("\n")]
    assert [" ".join(line.split()) for line in plain_of(text.html).split("\n")] == [
        part for line in lines for part in (["有注的话", "换行。"] if line == "有注的话 换行。" else [line])
    ]


def text_of(**changes: object) -> SearchText:
    fields = {
        "digest": "",
        "name": "阿依古丽·买买提",
        "unit": ("公交集团", "夜班线路队"),
        "post": "12路驾驶员",
        "categories": ("服务群众",),
        "one_line": "末班车，",
        "story": Story(html="<p>她等人。</p>"),
        "voices": (Voice("天亮了。", "王桂芬", "乘客", "纺织厂"),),
    }
    return SearchText(**(fields | changes))  # type: ignore[arg-type]  # names and values of its own fields


def test_levels_are_name_then_what_is_told_then_texts() -> None:
    start, inside, told, said = (
        level.pairs | {gram for gram, _ in level.triples} for level in levels_of(text_of())
    )
    assert start == {"阿", "阿依", "阿依古"}
    assert {"丽买", "买提", "提", "依古丽", "丽买买"} <= inside and not start & inside
    assert {"公交", "团夜", "2路", "众", "集团夜"} <= told and "员服" not in told
    assert {"末班", "等人", "天亮", "桂芬", "纺织", "乘客", "末班车"} <= said and "车她" not in said


def test_a_block_names_its_members_by_their_place_from_its_start() -> None:
    here, there = chr(FIRST), chr(FIRST + 3)
    people = ((1000, text_of(name="李娜")), (1003, text_of(name="李强", one_line="末班组和末班车组末班组")))
    block = block_of(BlockJob(1000, 4, people))
    lines = dict(line.split("\t", 1) for part in block.slices for line in part.split("\n") if line)
    assert lines["李"] == f"{here}{there}\t\t\t"
    assert lines["娜"] == f"\t{here}\t\t"
    assert lines["末班组"] == f"\t\t\t{there}{SEVERAL}"
    assert lines["末班车"] == f"\t\t\t{here}{ENDS}{there}{dict(triples(['末班车组']))['末班车']}"
    assert len(block.slices) == len(block.frequent) == 4


def test_what_most_people_have_is_written_as_who_has_it_not() -> None:
    everyone = tuple(range(0, 3000, 2))
    sign = "".join(chr(FIRST + n) for n in everyone if n != 40)
    both = "".join(one + "A" for one in sign)
    view = GramShardView(
        "grams-0",
        "",
        ("\n".join((f"的\t\t\t\t{sign}", f"娜\t\t\t\t{chr(FIRST + 40)}", f"日日夜\t\t\t\t{both}")),),
        everyone,
    )
    value = read_script(render_grams(view, Files(())))
    without = "...!" + written([40])
    assert value == {"的": without, "娜": "..." + written([40]), "日日夜": without}


def test_triples_are_written_with_what_follows_them() -> None:
    members = f"{chr(FIRST + 2)}A{chr(FIRST + 40)}{ENDS}"
    value = read_script(
        render_grams(GramShardView("grams-0", "", (f"末班车\t\t\t\t{members}",), ()), Files(()))
    )
    assert value == {"末班车": "..." + written([2, 40]) + f":A{ENDS}"}


# --- the scripts -----------------------------------------------------------------------------------

_SCRIPT = re.compile(
    r'\(self\.HONOUR_SEARCH=self\.HONOUR_SEARCH\|\|\{\}\)\["([a-z0-9-]+)"\]=(.*);\n', re.DOTALL
)


def read_script(data: bytes) -> object:
    found = _SCRIPT.fullmatch(data.decode())
    assert found, data[:200]
    return json.loads(found[2])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    site = put(tmp_path_factory.mktemp("index"), site_files(corpus(60)).items())
    return dict(made(index_of(site)))


def test_every_script_is_one_value_under_its_own_key(index: dict[str, bytes]) -> None:
    for path, data in index.items():
        assert path.startswith("search/")
        found = _SCRIPT.fullmatch(data.decode())
        assert found
        assert path == f"search/{found[1]}.js" or re.fullmatch(
            rf"search/{found[1]}-[0-9a-f]{{6}}\.js", path
        ), path
        assert b"</" not in data and "\u2028".encode() not in data


def test_the_directory_names_exactly_the_files_there_are(index: dict[str, bytes]) -> None:
    directory = read_script(index["search/directory.js"])
    assert isinstance(directory, dict)
    named = {f"search/{key}-{directory[key]}.js" for key in ("columns", "filters", "marks")}
    named |= {f"search/names-{letter}-{mark}.js" for letter, mark in directory["names"].items()}
    shards = marks_of(directory["grams"])
    assert len(shards) == power_of_two(len(shards))
    named |= {f"search/grams-{n:x}-{mark}.js" for n, mark in enumerate(shards)}
    columns = read_script(index[f"search/columns-{directory['columns']}.js"])
    texts = marks_of(read_script(index[f"search/marks-{directory['marks']}.js"]))
    assert isinstance(columns, dict)
    ids = list(accumulate(number_of(digits) for digits in zip(*columns["ids"], strict=True)))
    named |= {f"search/text-{number:x}-{mark}.js" for number, mark in zip(ids, texts, strict=True)}
    assert index.keys() - {"search/directory.js"} == named
    assert directory["total"] == len(ids) == 60


def marks_of(digits: object) -> list[str]:
    """Marks as they stand in file names."""
    assert isinstance(digits, str)
    return [f"{number_of(four):06x}" for four in re.findall("....", digits)]


def number_of(digits: Iterable[str]) -> int:
    """What some digits say, the lowest first."""
    return sum(ALPHABET.index(digit) << 6 * place for place, digit in enumerate(digits))


def test_names_say_what_is_in_a_file(tmp_path: Path) -> None:
    """Two builds that differ have no file of one name and other bytes, but for the directory."""
    people = corpus(40)
    one = dict(made(index_of(put(tmp_path / "one", site_files(people).items()))))
    other = dict(made(index_of(put(tmp_path / "other", site_files([*people[1:], *corpus(45)[40:]]).items()))))
    assert {path for path in one.keys() & other.keys() if one[path] != other[path]} == {"search/directory.js"}


def test_an_edition_below_a_folder_has_the_same_index_there(tmp_path: Path) -> None:
    site = put(tmp_path, site_files(corpus(5)).items())
    here, below = dict(made(index_of(site))), dict(made(index_of(site, prefix="kiosk/")))
    assert below == {f"kiosk/{path}": data for path, data in here.items()}


def test_a_site_without_anybody_has_an_index_of_nobody(tmp_path: Path) -> None:
    index = dict(made(index_of(put(tmp_path, site_files([]).items()))))
    assert read_script(index["search/directory.js"])["total"] == 0  # type: ignore[index]  # a mapping


# --- who may be in it ------------------------------------------------------------------------------


def all_text(index: dict[str, bytes]) -> str:
    return "".join(data.decode() for data in index.values())


def test_nothing_of_whom_the_gate_holds_back_is_in_any_shard(tmp_path: Path) -> None:
    """Of each a character that nobody else has: a gram would give it away."""
    consent = {"basis": "书面同意", "scope": ["web", "print"]}
    said = {"quote": "靐。", "by": "甲", "consent": True}
    records = {
        "seen": record("看得见龘。\n", consent=consent, testimonials=[said]),
        "suspended": record("爩。\n", name="李爩", status="suspended"),
        "revoked": record("齉。\n", name="王齉", status="revoked"),
        "nominated": record("麤。\n", name="张麤", status="nominated"),
        "ahead": record("灪。\n", name="赵灪", publish={"from": "2099-01-01"}),
        "ended": record("籲。\n", name="周籲", consent=consent | {"until": "2020-01-01"}),
        "for_print": record("爨。\n", name="吴爨", consent=consent | {"scope": ["print"]}),
        "quoted": record(
            "郑。\n", name="郑重", testimonials=[{"quote": "虋。", "by": "钃", "consent": False}]
        ),
    }
    site = put(tmp_path, site_of(**records).items())
    index = dict(made(index_of(site)))
    found = all_text(index)
    assert read_script(index["search/directory.js"])["total"] == 2  # type: ignore[index]  # a mapping
    assert "龘" in found and "靐" in found and "郑重" in found
    assert {sign for sign in "爩齉麤灪籲爨虋钃" if sign in found} == set()
    assert {sign for sign in "龘靐" if sign in all_text(dict(made(index_of(site, Scope.KIOSK))))} == set()
    assert "爨" in all_text(dict(made(index_of(site, Scope.PRINT))))


def test_whoever_is_withdrawn_leaves_every_shard_at_the_next_build(tmp_path: Path) -> None:
    files = site_of(li_na=record("龘龘。\n"), wang_jie=record(name="王杰"))
    clean_build(write(tmp_path, files))
    assert "龘" in searchable(tmp_path)
    files["exemplars/li-na/index.md"] = record("龘龘。\n", status="revoked")
    clean_build(write(tmp_path, files))
    assert "龘" not in searchable(tmp_path) and "li-na" not in searchable(tmp_path)
    assert "王杰" in searchable(tmp_path)


def searchable(site: Path) -> str:
    return "".join(
        data.decode() for path, data in tree(site / "public").items() if path.startswith("search/")
    )


def test_permits_are_those_of_the_very_people(tmp_path: Path) -> None:
    site = put(tmp_path, site_files(corpus(30)).items())
    by_kind: dict[str, set[tuple[str, ...]]] = {}
    for target in index_of(site):
        by_kind.setdefault(re.split("[-.]", target.path)[0], set()).add(target.permits)
    (everybody,) = by_kind["search/grams"]
    assert len(everybody) == 1 and everybody[0].startswith("web:everybody:")
    for kind in ("columns", "filters", "marks", "names", "directory"):
        assert by_kind[f"search/{kind}"] == {everybody}
    assert len(by_kind["search/text"]) == 30
    texts = {permit for permits in by_kind["search/text"] for permit in permits}
    assert len({permit for permit in texts if ":said:" in permit}) == 30  # one of two spoke to be heard
    assert len({permit for permit in texts if permit.count(":") == 1}) == 30
