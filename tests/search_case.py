"""A corpus for the search with questions to it, and the answers by plain comparison of texts: nothing of the
program's own search is asked for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Page
from site_builder import DAY, Files, record, settings, write

from generator.catalogue import Catalogue
from generator.engine.parallel import Workers
from generator.engine.store import Store
from generator.engine.target import Files as Inputs
from generator.engine.target import Target
from generator.exhibits import Exhibits
from generator.loading import load
from generator.model import Scope
from generator.renditions import Renditions
from generator.search import plan_index

# Surnames that are read otherwise than the words they are, and common ones.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "区": "ou", "盖": "ge", "翟": "zhai", "查": "zha",
    "尉迟": "yu chi", "万俟": "mo qi", "欧阳": "ou yang", "吕": "lv", "李": "li", "王": "wang", "张": "zhang",
    "陈": "chen", "刘": "liu", "赵": "zhao", "周": "zhou", "吴": "wu", "郑": "zheng", "孙": "sun", "马": "ma",
    "何": "he", "郭": "guo", "罗": "luo", "高": "gao", "林": "lin",
}  # fmt: skip
GIVEN = {
    "娜": "na", "南": "nan", "星": "xing", "水": "shui", "根": "gen", "明": "ming", "远": "yuan", "秀": "xiu",
    "珍": "zhen", "强": "qiang", "国": "guo", "栋": "dong", "雪": "xue", "梅": "mei", "小": "xiao", "禾": "he",
    "洁": "jie", "永": "yong", "年": "nian", "平": "ping", "玉": "yu", "芳": "fang", "安": "an", "婷": "ting",
}  # fmt: skip
UNITS = {
    "水务集团": ("营业所", "抢修二班"),
    "公交集团": ("夜班线路队", "修理厂"),
    "热力公司": ("河西换热站",),
}
CATEGORIES = ("服务群众", "坚守一线", "技术创新", "传帮带")
HONOURS = ("优秀驾驶员", "服务标兵", "ＱＣ成果奖", "先进典型")
POSTS = ("12路驾驶员", "抄表员", "焊工", "PLC 工程师", "听漏工")
# Words that share characters, so that three in a row need more than their pairs: 承担负担, 担负.
WORDS = (
    *(
        "承担",
        "负担",
        "担负",
        "负责",
        "责任",
        "任务",
        "夜班",
        "班组",
        "组长",
        "长期",
        "期间",
        "间隔",
        "师傅",
        "师父",
        "父母",
    ),
    *(
        "作业本",
        "本子",
        "子女",
        "女工",
        "工人",
        "人数",
        "数据",
        "据说",
        "说明",
        "明天",
        "天亮",
        "亮灯",
        "灯光",
        "光缆",
        "缆车",
    ),
    *(
        "车站",
        "站台",
        "台阶",
        "12路",
        "3号",
        "KPI",
        "plc",
        "５Ｓ",
        "ＡＥＤ",
        "𬭎",
        "的",
        "了",
        "在",
        "和",
        "把",
        "是",
        "管网",
    ),
    *(
        "抢修",
        "修理",
        "理由",
        "由来",
        "来回",
        "回家",
        "家访",
        "访问",
        "问题",
        "题目",
        "目标",
        "标准",
        "准时",
        "时刻表",
        "表格",
    ),
)


@dataclass(frozen=True)
class Told:
    """One made-up record as it was written, and how its name is read."""

    slug: str
    name: str
    syllables: tuple[str, ...]
    year: int
    unit: tuple[str, str]
    post: str
    category: str
    honours: tuple[str, ...]
    one_line: str
    deeds: tuple[str, ...]
    quote: str
    by: str
    hidden_quote: str

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Everything it may be found by, but its reading."""
        told = (self.name, "".join(self.unit), self.post, self.category, *self.honours)
        return tuple(map(alike, (*told, self.one_line, *self.deeds, self.quote, self.by)))

    def answers(self, query: str) -> bool:
        """Whether every word of `query` stands somewhere in it, or its name is read so."""
        words = alike(query).split()
        if all(any(word in text for text in self.texts) for word in words):
            return True
        letters = "".join(words)
        readings = ("".join(self.syllables), self.initials)
        return any(reading.startswith(letters) for reading in readings)

    @property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.syllables)


def alike(text: str) -> str:
    """One width, one case."""
    return unicodedata.normalize("NFKC", text).lower()


def corpus(number: int, seed: int = 20261122) -> list[Told]:
    """`number` different people."""
    chance, names, found = Random(seed), set(), []
    while len(found) < number:
        surname = chance.choice(list(SURNAMES))
        given = "".join(chance.sample(list(GIVEN), chance.choice((1, 2, 2, 2))))
        if surname + given in names:
            continue
        names.add(surname + given)
        syllables = (*SURNAMES[surname].split(), *(GIVEN[sign] for sign in given))
        unit = chance.choice(list(UNITS))
        found.append(
            Told(
                slug=f"{''.join(syllables)}-{len(found)}",
                name=surname + given,
                syllables=syllables,
                year=chance.randint(2020, 2026),
                unit=(unit, chance.choice(UNITS[unit])),
                post=chance.choice(POSTS),
                category=chance.choice(CATEGORIES),
                honours=tuple(chance.sample(HONOURS, 2)),
                one_line=sentence(chance, 3),
                deeds=tuple("".join(sentence(chance, 6) for _ in range(4)) for _ in range(3)),
                quote=sentence(chance, 8),
                by=chance.choice(list(SURNAMES)) + "师傅",
                hidden_quote="龘" + sentence(chance, 3),
            )
        )
    return found


def sentence(chance: Random, words: int) -> str:
    said = [chance.choice(WORDS) for _ in range(words)]
    said.insert(chance.randrange(1, words), "，")
    return "".join(said) + "。"


def questions(people: list[Told], number: int, seed: int = 7) -> list[str]:
    """Names, parts of them, two to four characters of texts, whole words, single characters, pinyin, initials."""
    chance = Random(seed)
    kinds = [
        _name,
        _name,
        _part_of_name,
        _cut,
        _cut,
        _cut,
        _cut,
        _word,
        _character,
        _spelled,
        _begun,
        _initials,
    ]
    found: dict[str, None] = {}
    while len(found) < number:
        query = kinds[len(found) % len(kinds)](chance, chance.choice(people))
        found[query if chance.random() < 0.9 else query.upper()] = None
    return list(found)


def _name(chance: Random, person: Told) -> str:
    return person.name


def _part_of_name(chance: Random, person: Told) -> str:
    length = chance.randint(1, len(person.name) - 1)
    at = chance.randrange(len(person.name) - length + 1)
    return person.name[at : at + length]


def _cut(chance: Random, person: Told) -> str:
    """Somewhere out of a sentence, through words and sometimes over a comma."""
    text = chance.choice((person.one_line, *person.deeds, person.quote))
    length = chance.randint(2, 4)
    at = chance.randrange(len(text) - length + 1)
    cut = text[at : at + length]
    return cut if any(sign.isalnum() for sign in cut) else _cut(chance, person)


def _word(chance: Random, person: Told) -> str:
    return chance.choice((person.unit[0], person.unit[1], person.post, person.category, *person.honours))


def _character(chance: Random, person: Told) -> str:
    return chance.choice([sign for sign in person.deeds[0] if sign.isalnum()])


def _spelled(chance: Random, person: Told) -> str:
    return "".join(person.syllables)


def _begun(chance: Random, person: Told) -> str:
    return "".join(person.syllables)[: chance.randint(5, 8)]


def _initials(chance: Random, person: Told) -> str:
    return person.initials if len(person.syllables) > 2 else "".join(person.syllables)


# --- as a site -------------------------------------------------------------------------------------


def site_files(people: Iterable[Told], **changes: Any) -> Files:
    """The corpus as sources. Each has a second testimonial, beginning with 龘, whose speaker did not consent."""
    units = [{"name": unit, "units": list(below)} for unit, below in UNITS.items()]
    files = {"site.yaml": settings(units=units, categories=list(CATEGORIES), **changes)}
    for told in people:
        files[f"exemplars/{told.slug}/index.md"] = record(
            "## 经过\n\n" + "\n\n".join(told.deeds) + "\n",
            name=told.name,
            kind="individual",
            unit="/".join(told.unit),
            post=told.post,
            categories=[told.category],
            one_line=told.one_line,
            year=told.year,
            honours=[{"title": title, "date": "2025"} for title in told.honours],
            testimonials=[
                {"quote": told.quote, "by": told.by, "consent": True},
                {"quote": told.hidden_quote, "by": "无名", "consent": False},
            ],
        )
    return files


def index_of(site: Path, scope: Scope = Scope.WEB, prefix: str = "") -> tuple[Target, ...]:
    """The targets of a site's index."""
    with Store(site, "") as store, Workers(1) as workers:
        loaded = load(site, store, workers, today=lambda settings: DAY)
        assert loaded.catalogue is not None
        return plan_index(exhibits_of(loaded.catalogue, scope), prefix).targets


def exhibits_of(catalogue: Catalogue, scope: Scope = Scope.WEB) -> Exhibits:
    return Exhibits(catalogue, scope, Renditions())


def made(targets: Iterable[Target]) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of each target."""
    return ((target.path, target.recipe(target.view, Inputs(target.files))) for target in targets)


def put(folder: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """`folder` with these files and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    return write(folder, dict(files))


# --- in a browser ----------------------------------------------------------------------------------

ASK = """
([root, queries]) => {
  const search = new HonourSearch(root);
  const one = (query) => new Promise((resolve, reject) => {
    const all = (failed, results) => failed ? reject(failed) : resolve(results.map((result) => result.person.slug));
    search.query(query, {}, (failed, found) => failed ? reject(failed) : found.next(100000, all));
  });
  return queries.reduce(
    (before, query) => before.then((answers) => one(query).then((answer) => [...answers, answer])),
    Promise.resolve([]),
  );
}
"""


def ask(page: Page, root: str, queries: list[str]) -> dict[str, list[str]]:
    """What the script on `page` finds for each query, in order, to the last."""
    return dict(zip(queries, page.evaluate(ASK, [root, queries]), strict=True))
