"""What an office may do to its site between two builds: edits drawn by lot, on plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from site_builder import DAY, RECORD, SETTINGS, Files, as_yaml, document, jpeg, record, settings

SLUGS = ("li-na", "wang-jie", "zhao-hong", "bai-hua", "qin-huai", "sun-he", "ma-lan")
NAMES = ("李娜", "王杰", "赵红", "白桦", "秦淮", "孙禾", "马兰", "𬭎㛃", "欧阳娜娜", "Anna Li")
WORDS = (
    "凌晨四点，她在泵房听了四十分钟。",
    "“灯亮着，”他说，“人就得在。”",
    "三百一十二户，挨家敲门。\n雨没有停。",
    "用户的电话是 8120 打来的。",
    "- 先记满\n- 再说话",
    "## 第二年\n\n第二年她带出了两个徒弟。",
    "| 年 | 户 |\n|---|---|\n| 2025 | 312 |",
    "阀门拧了三圈[^1]。\n\n[^1]: 两人的手都磨破了。",
)
MINE = {
    "themes/mine/theme.yaml": 'name: mine\nextends: honour\ncolours:\n  red: "{red}"\n',
    "themes/mine/templates/home.html": '{{% extends "honour/home.html" %}}\n'
    "{{% block title %}}{n} {{{{ view.frame.title }}}}{{% endblock %}}\n",
    "themes/mine/templates/page.html": '{{% extends "honour/page.html" %}}\n{{# {n} #}}\n',
    "themes/mine/styles/95-mine.css": ".mine {{ order: {n} }}\n",
    "themes/mine/scripts/95-mine.js": "window.mine={n};\n",
    "themes/mine/assets/mine.txt": "{n}\n",
    "themes/mine/translations/zh-CN.yaml": "nav.people: 人物{n}\n",
}


@dataclass
class Office:
    """The site as it stands: settings, records by slug, everything else as files, and the day."""

    settings: dict[str, Any] = field(default_factory=lambda: dict(SETTINGS))
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    others: Files = field(default_factory=dict)
    day: date = DAY

    def files(self) -> Files:
        found = {"site.yaml": settings(**self.settings), **self.others}
        for slug, fields in self.records.items():
            found[f"exemplars/{slug}/index.md"] = record(self.bodies[slug], **fields)
        return found


@cache
def photo(n: int) -> bytes:
    """One of six portraits."""
    return jpeg(480 + 40 * (n % 3), 640, ("#a3151b", "#211c19")[n % 2])


def begin() -> Office:
    """Three people, a page and an activity."""
    office = Office()
    for n, slug in enumerate(SLUGS[:3]):
        office.records[slug] = {"name": NAMES[n], "year": 2024 + n % 2}
        office.bodies[slug] = WORDS[n] + "\n"
    office.others["content/about.md"] = document({"title": "关于", "order": 1}, "本站为示例。\n")
    fields = {"title": "报告会", "date": "2026-03-05", "exemplars": ["li-na"]}
    office.others["content/activities/bao-gao.md"] = document(fields, "报告会。\n")
    return office


# --- records ---------------------------------------------------------------------------------------


def _someone(office: Office, chance: Random) -> str:
    return chance.choice(sorted(office.records)) if office.records else add_record(office, chance)


def add_record(office: Office, chance: Random) -> str:
    slug = chance.choice(SLUGS)
    office.records[slug] = {
        "name": chance.choice(NAMES),
        "kind": chance.choice(("individual", "individual", "collective")),
        "unit": chance.choice(("水务集团/营业所", "水务集团/抢修班", "公交集团")),
        "categories": chance.choice((["服务群众"], ["技术创新"], ["fuwu", "技术创新"])),
    }
    office.bodies[slug] = "\n\n".join(chance.sample(WORDS, chance.randint(1, 4))) + "\n"
    _move_pictures(office, slug, None)
    return slug


def remove_record(office: Office, chance: Random) -> None:
    if office.records:
        slug = _someone(office, chance)
        del office.records[slug], office.bodies[slug]
        _move_pictures(office, slug, None)


def rename_record(office: Office, chance: Random) -> None:
    """The folder gets another name; the old address lives on."""
    old, new = _someone(office, chance), chance.choice(SLUGS)
    if new in office.records:
        return
    fields = office.records.pop(old)
    office.records[new] = fields | {"formerly": sorted({old, *fields.get("formerly", ())} - {new})}
    office.bodies[new] = office.bodies.pop(old)
    _move_pictures(office, old, new)


def _move_pictures(office: Office, old: str, new: str | None) -> None:
    for path in [path for path in office.others if path.startswith(f"exemplars/{old}/")]:
        data = office.others.pop(path)
        if new is not None:
            office.others[f"exemplars/{new}/{path.rpartition('/')[2]}"] = data


def change_body(office: Office, chance: Random) -> None:
    office.bodies[_someone(office, chance)] = "\n\n".join(chance.sample(WORDS, 3)) + "\n"


def change_field(office: Office, chance: Random) -> None:
    slug = _someone(office, chance)
    soon = (office.day + timedelta(days=chance.randint(-2, 3))).isoformat()
    key, values = chance.choice(
        (
            ("name", NAMES),
            ("one_line", WORDS[:4]),
            ("summary", (None, "守了十一年。", "守了十二年。")),
            ("year", (None, 2023, 2024, 2025, 2026)),
            ("post", (None, "值班员")),
            ("citation", (None, "夜深了\n灯还亮着")),
            ("unit", ("水务集团", "水务集团/抢修班", "公交集团")),
            ("honours", ([], [{"title": "标兵", "level": "省级", "date": "2026-01"}], RECORD["honours"])),
            ("testimonials", ([], [{"quote": "他从不说累。", "by": "王敏", "consent": True}],
                              [{"quote": "他从不说累。", "by": "王敏", "consent": False}])),
            ("timeline", ([], [{"date": "2009-07", "text": "进厂"}])),
            ("lineage", (None, {"mentors": [chance.choice(SLUGS)]})),
            ("campaign", (None, "2026-biaobing")),
            ("tags", (None, ["夜班"])),
            ("private", (None, {"notes": "家中有病人"})),
            ("publish", (None, {"from": soon}, {"until": soon})),
            ("consent", (None, {"basis": "本人同意", "scope": ["web"], "until": soon})),
        )
    )  # fmt: skip
    office.records[slug][key] = chance.choice(values)


def change_status(office: Office, chance: Random) -> None:
    slug = _someone(office, chance)
    statuses = ("approved", "legacy", "suspended", "revoked", "cultivating", "notice")
    office.records[slug]["status"] = chance.choice(statuses)
    office.records[slug]["notice"] = {"from": office.day.isoformat(), "contact": "8120"}


def change_photo(office: Office, chance: Random) -> None:
    slug = _someone(office, chance)
    office.records[slug]["photo"] = {
        "file": "photo.jpg",
        "alt": "在窗口",
        "focus": [0.5, chance.randrange(100) / 100],
    }
    office.others[f"exemplars/{slug}/photo.jpg"] = photo(chance.randrange(6))


def remove_photo(office: Office, chance: Random) -> None:
    slug = _someone(office, chance)
    if office.records[slug].pop("photo", None):
        del office.others[f"exemplars/{slug}/photo.jpg"]


def picture_in_text(office: Office, chance: Random) -> None:
    slug = _someone(office, chance)
    office.bodies[slug] = f"{chance.choice(WORDS)}\n\n![抢修现场](night.jpg)\n"
    office.records[slug]["pictures"] = [
        {
            "file": "night.jpg",
            "alt": "夜里",
            "people": [chance.choice(SLUGS)],
            "consent": chance.random() < 0.8,
        }
    ]
    office.others[f"exemplars/{slug}/night.jpg"] = photo(chance.randrange(6))


# --- the rest of the site --------------------------------------------------------------------------


def change_content(office: Office, chance: Random) -> None:
    soon = (office.day + timedelta(days=chance.randint(-2, 2))).isoformat()
    people = chance.sample(SLUGS, 2)
    path, fields = chance.choice(
        (
            ("content/about.md", {"title": "关于", "order": chance.randint(0, 2)}),
            ("content/help.md", {"title": "怎样推荐", "order": chance.randint(0, 2)}),
            ("content/activities/bao-gao.md", {"title": "报告会", "date": soon, "exemplars": people}),
            ("content/activities/jiang-tang.md", {"title": "讲堂", "date": soon, "place": "三楼"}),
            ("content/notices/tong-bao.md", {"title": "通报", "date": soon, "exemplars": people}),
            ("content/campaigns/2026-biaobing.md", {"title": "争当标兵", "from": "2026-01-01", "until": soon}
             if soon > "2026-01-01" else {"title": "争当标兵"}),
        )
    )  # fmt: skip
    if path in office.others and chance.random() < 0.3:
        del office.others[path]
    else:
        office.others[path] = document(fields, chance.choice(WORDS) + "\n")


def change_settings(office: Office, chance: Random) -> None:
    key, values = chance.choice(
        (
            ("title", ("荣誉专区", "身边的榜样")),
            ("department", (None, "党群工作部")),
            ("base_url", (None, "https://honour.example.cn/", "http://10.0.0.8/zone/")),
            ("language", ("zh-CN", "en")),
            ("demonstration", (True, False)),
            ("party", (True, False)),
            ("lines", (None, ["运行", "服务"])),
            ("levels", (["省级", "市级"], ["国家级", "省级", "市级"])),
            ("post_classes", (None, ["一线", "管理"])),
            ("slogans", (None, ["找身边的人。"])),
            ("notice", (None, {"required": True, "days": 5})),
            ("consent", ({"required": False}, {"required": True})),
            ("feedback", (None, {"mailbox": "一楼大厅"}, {"nominate": {"phone": "8120"}})),
            ("limits", (None, {"deeds": 20})),
            ("categories", (SETTINGS["categories"], [*SETTINGS["categories"], "道德模范"])),
            ("units", (SETTINGS["units"], [*SETTINGS["units"], "热力公司"])),
        )
    )
    office.settings[key] = chance.choice(values)


def change_theme(office: Office, chance: Random) -> None:
    """The site's own theme, with one of its files changed or taken away."""
    office.settings["theme"] = "mine"
    wanted = {"themes/mine/theme.yaml", chance.choice(sorted(MINE))}
    for path in wanted:
        n = chance.randrange(10)
        office.others[path] = MINE[path].format(n=n, red=("#A3151B", "#8C1016")[n % 2]).encode()
    extra = [path for path in office.others if path.startswith("themes/") and path not in wanted]
    if extra and chance.random() < 0.4:
        del office.others[chance.choice(sorted(extra))]


def leave_theme(office: Office, chance: Random) -> None:
    office.settings["theme"] = "honour"


def change_day(office: Office, chance: Random) -> None:
    office.day += timedelta(days=chance.choice((1, 1, 2, 7, 40, -1)))


Edit = Callable[[Office, Random], Any]

EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        add_record,
        remove_record,
        rename_record,
        change_body,
        change_field,
        change_status,
        change_photo,
        remove_photo,
        picture_in_text,
        change_content,
        change_settings,
        change_theme,
        leave_theme,
        change_day,
    )
}


def describe(office: Office) -> str:
    """The office in words, for a failing example."""
    return as_yaml({"day": office.day.isoformat(), "settings": office.settings, "records": office.records})
