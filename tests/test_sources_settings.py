from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from generator.model import AllowedName, Channel, Feedback, Kiosk, Limits, Newly, Polling, Settings
from generator.problems import Problem
from generator.sources.settings import parse_settings, read_settings

FULL = """\
站名: 荣誉专区
单位名称: 示例公司
网站地址: https://honour.example.cn/zone
语言: 英文
时区: Asia/Urumqi
单位:
  - 运维中心
  - 名称: 检修部
    短名: jianxiu
    职工人数: 1,310
    联络员: {姓名: 段文海, 电话: 8210}
    下级单位: [一班, {名称: 二班, 下级单位: [甲组, 乙组]}]
条线: [{key: baozhang, title: 运行保障, intro: 不停。}, 客户服务]
类别: 履职尽责
级别: [省级, 市级]
审核: {环节: [初审, 终审], 审核人: {初审: [张三, 李四], 终审: 王五}}
授权: {必须: 否}
公示: {必须: 是, 工作日: 7, 联系方式: 8120}
日历: {放假: [2026-10-09], 上班: 2026年10月10日}
字数: {事迹: 2000}
标语: 找身边的人，学做得到的事。
反馈: {推荐: {邮箱: a@example.cn, 网址: "https://oa.example.cn/?a=1"}, 意见箱: 一楼}
"""


def read(text: str) -> Settings:
    settings, problems = parse_settings(text.encode())
    assert settings is not None, problems
    return settings


def problems_of(text: str) -> list[tuple[int, int, str]]:
    settings, problems = parse_settings(("title: 站\norganisation: 司\n" + text).encode())
    assert settings is None
    return [(p.where.line, p.where.column, p.code) for p in problems]


def test_settings_in_chinese() -> None:
    settings = read(FULL)
    assert settings.base_url == "https://honour.example.cn/zone/"
    assert (settings.language, settings.timezone) == ("en", "Asia/Urumqi")
    assert [unit.path for top in settings.units for unit in top.walk()] == [
        ("yunweizhongxin",),
        ("jianxiu",),
        ("jianxiu", "yiban"),
        ("jianxiu", "erban"),
        ("jianxiu", "erban", "jiazu"),
        ("jianxiu", "erban", "yizu"),
    ]
    unit = settings.unit(("检修部", "二班", "甲组"))
    assert unit is not None
    assert unit.names == ("检修部", "二班", "甲组")
    assert (settings.units[1].staff, settings.units[1].liaison) == (1310, "段文海")
    assert [(term.key, term.title, term.intro) for term in settings.lines] == [
        ("baozhang", "运行保障", "不停。"),
        ("kehufuwu", "客户服务", ""),
    ]
    assert settings.stages == ("初审", "终审")
    assert settings.signers == (("初审", ("张三", "李四")), ("终审", ("王五",)))
    assert (settings.consent_required, settings.notice_required) == (False, True)
    assert (settings.notice_days, settings.notice_contact) == (7, "8120")
    assert (settings.holidays, settings.workdays) == ((date(2026, 10, 9),), (date(2026, 10, 10),))
    assert settings.limits == Limits(deeds=2000)
    assert settings.slogans == ("找身边的人，学做得到的事。",)
    assert settings.feedback == Feedback(
        nominate=Channel(url="https://oa.example.cn/?a=1", email="a@example.cn"), mailbox="一楼"
    )


def test_what_is_not_said_is_the_models_default() -> None:
    settings = read("title: 站\norganisation: 司\n")
    assert settings == Settings("站", "司", settings.source)


def test_a_review_of_no_stages_is_not_the_default() -> None:
    assert read("title: 站\norganisation: 司\nreview: {stages: []}\n").stages == ()


def test_every_setting_can_be_set() -> None:
    more = FULL + "主办部门: 党群部\n主题: mine\n示范: 是\n党建: 是\n岗位类别: [一线]\n"
    more += "展示形式: [网站, 简报、展板]\n印刷: {报头: 风采, 展板尺寸: [A3, 60×90]}\n字体: [fonts/a.otf]\n"
    more += "展示屏: {新近表彰: {天数: 60, 倍数: 2}, 检查更新: 5, 变暗: 19：30, 变亮: 7点}\n"
    more += "发布: {发布到: /srv/honour, 保留: 3}\n可用姓名: [{姓名: 高山, 理由: 地名}]\n"
    settings = read(more)
    assert (settings.publishing.to, settings.publishing.keep) == ("/srv/honour", 3)
    assert settings.allowed_names == (AllowedName("高山", "地名"),)
    assert settings.editions == ("website", "bulletin", "board")
    assert (settings.printing.masthead, settings.printing.boards) == ("风采", ("a3", "60x90"))
    assert settings.fonts == ("fonts/a.otf",)
    assert settings.kiosk == Kiosk(newly=Newly(60, 2), poll=Polling(5), dim="19:30", wake="07:00")
    default = Settings("", "", settings.source)
    same = [f.name for f in fields(Settings) if getattr(settings, f.name) == getattr(default, f.name)]
    assert same == ["source"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("units: [一班, 一班]\n", (3, 13, "key-collision")),
        ("units: [一班, {name: 意班, key: yiban}]\n", (3, 29, "key-collision")),
        ("units: [{name: 甲, units: [一班, 一班]}]\n", (3, 31, "key-collision")),
        ("lines: [意义, 异议]\n", (3, 13, "key-collision")),
        ("categories: [☆]\n", (3, 14, "key-needed")),
        ("categories: [{title: 甲, key: 甲}]\n", (3, 30, "key-form")),
        ("base_url: ftp://example.cn\n", (3, 11, "url-form")),
        ("feedback: {correct: {url: 'javascript:alert(1)'}}\n", (3, 27, "url-form")),
        ("feedback: {correct: {email: 8120}}\n", (3, 29, "email-form")),
        ("timezone: ../etc/passwd\n", (3, 11, "timezone-unknown")),
        ("language: fr\n", (3, 11, "choice-unknown")),
        ("limits: {deeds: 0}\n", (3, 17, "number-expected")),
        ("notice: {days: 五}\n", (3, 16, "number-expected")),
        ("theme: ../x\n", (3, 8, "key-form")),
        ("review: {stages: [初审, 初审]}\n", (3, 23, "stage-twice")),
        ("review: {stages: [初审], signers: {终审: 张三}}\n", (3, 34, "signers-stage")),
        ("review: {signers: [张三]}\n", (3, 19, "map-but-list")),
        ("horoscope: {paper: A4}\n", (3, 1, "key-unknown")),
    ],
)
def test_what_a_site_cannot_be(text: str, problem: tuple[int, int, str]) -> None:
    assert problems_of(text) == [problem]


def test_a_signer_may_be_named_for_a_stage_of_the_default_chain() -> None:
    text = "title: 站\norganisation: 司\nreview: {signers: {终审: 张三}}\n"
    assert read(text).signers == (("终审", ("张三",)),)


def test_a_folder_without_settings_is_no_site(tmp_path: Path) -> None:
    settings, problems = read_settings(tmp_path)
    assert settings is None
    assert [problem.code for problem in problems] == ["settings-missing"]


def test_the_demonstration_site_is_read_without_a_word() -> None:
    site = Path(__file__).parent.parent
    read_problems: tuple[Problem, ...]
    settings, read_problems = read_settings(site)
    assert settings is not None
    assert settings.demonstration
    assert read_problems == ()
