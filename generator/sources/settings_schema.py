"""The fields of site.yaml. What is read here are plain values; settings.py makes Settings of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator import model
from generator.sources.entries import DAY, TEXT
from generator.sources.kiosk_schema import KIOSK_FIELD
from generator.sources.nested import Entry, Several
from generator.sources.positions import Node
from generator.sources.print_schema import PRINT_FIELDS
from generator.sources.publish_schema import PUBLISH_FIELD
from generator.sources.settings_values import Signers, TimeZone
from generator.sources.shape import Field, Reading, Shape
from generator.sources.values import Choice, Matching, Number, Truth

KEY = Matching("[a-z0-9]+(?:-+[a-z0-9]+)*", "key-form", "英文短名", "short name in a–z, 0–9, hyphens")
URL = Matching(r"https?://[^\s/?#\"'<>]+[^\s\"'<>]*", "url-form", "网址", "web address")
EMAIL = Matching(r"[^\s@,;<>\"'?&%/]+@[^\s@,;<>\"'?&%/]+", "email-form", "邮箱", "e-mail address")


@dataclass(frozen=True, slots=True)
class Units:
    """A list of units, each a name or a map; deeper ones are read in the same way."""

    @property
    def shape(self) -> Shape:
        return UNIT

    def read(self, node: Node, reading: Reading, at: str, key: str) -> Any:
        return Several(Entry(UNIT)).read(node, reading, at, key)

    def schema(self) -> dict[str, Any]:
        return {"type": "array"}

    def described(self, language: str) -> str:
        return "列表：名称或下表" if language == "zh-CN" else "list of names or of the table below"


# fmt: off
TERM = Shape(
    dict,
    (
        Field("title", "名称", TEXT, "显示的名称", "the name shown", required=True, example="履职尽责"),
        Field("key", "短名", KEY, "网址里的英文短名；不写则用拼音",
              "short name in addresses; pinyin by default", example="lvzhi"),
        Field("intro", "简介", TEXT, "一句话介绍", "a line about it", example="守住自己那一段。"),
    ),
    short="title",
)

LIAISON = Shape(
    dict,
    (
        Field("name", "姓名", TEXT, "典型联络员", "the liaison", required=True, example="段文海"),
        Field("phone", "电话", TEXT, "只供内部联系，不显示", "for the office only, never shown",
              example="8210"),
    ),
    short="name",
)

UNIT = Shape(
    dict,
    (
        Field("name", "名称", TEXT, "单位名称", "the unit's name", required=True, example="运维中心"),
        Field("key", "短名", KEY, "网址里的英文短名；不写则用拼音",
              "short name in addresses; pinyin by default", example="yunwei"),
        Field("staff", "职工人数", Number(), "职工人数，统计用", "number of staff, for statistics",
              example="310"),
        Field("liaison", "联络员", Entry(LIAISON), "典型联络员", "its liaison", example="段文海"),
        Field("units", "下级单位", Units(), "下级单位", "units below it",
              example="[第一维护班组, 第二维护班组]"),
    ),
    short="name",
)

REVIEW = Shape(
    dict,
    (
        Field("stages", "环节", Several(TEXT), "审核环节，依次进行；[] 表示不审核",
              "stages in order; [] asks for none", example="[初审, 复审, 终审]"),
        Field("signers", "审核人", Signers(), "每个环节谁可以签；不写则不限",
              "who may sign each; anybody by default", example="{初审: [张三]}"),
    ),
)

CONSENT = Shape(
    dict,
    (Field("required", "必须", Truth(), "没有授权就不刊出（默认 true）",
           "nothing without consent (default true)", example="true"),),
)

NOTICE = Shape(
    dict,
    (
        Field("required", "必须", Truth(), "公示期满才刊出（默认 false）",
              "only after a public notice (default false)", example="true"),
        Field("days", "工作日", Number(1, 60), "公示多少个工作日（默认 5）", "its working days (default 5)",
              example="5"),
        Field("contact", "联系方式", TEXT, "有意见向谁反映", "whom to tell objections",
              example="党群工作部 8120"),
    ),
)

CALENDAR = Shape(
    dict,
    (
        Field("holidays", "放假", Several(DAY, split=True), "国家日历之外的放假日",
              "holidays beyond the national calendar", example="[2026-10-09]"),
        Field("workdays", "上班", Several(DAY, split=True), "国家日历之外的上班日", "working days beyond it",
              example="[2026-10-10]"),
    ),
)

LIMITS = Shape(
    model.Limits,
    (
        Field("deeds", "事迹", Number(1, 100_000), "正文最多多少字（默认 1500）",
              "most characters of the deeds (default 1500)", example="1500"),
        Field("one_line", "一句话事迹", Number(1, 1000), "默认 140", "default 140", example="140"),
        Field("summary", "摘要", Number(1, 10_000), "默认 300", "default 300", example="300"),
    ),
)

CHANNEL = Shape(
    model.Channel,
    (
        Field("url", "网址", URL, "网页", "a web page", example="https://oa.example.cn/tuijian"),
        Field("email", "邮箱", EMAIL, "邮箱", "an e-mail address", example="dangqun@example.cn"),
        Field("phone", "电话", TEXT, "电话", "a telephone number", example="8120"),
    ),
)

FEEDBACK = Shape(
    model.Feedback,
    (
        Field("nominate", "推荐", Entry(CHANNEL), "向谁推荐身边的典型", "how to nominate",
              example="{phone: 8120}"),
        Field("correct", "更正", Entry(CHANNEL), "向谁指出错误", "how to report a mistake",
              example="{phone: 8120}"),
        Field("mailbox", "意见箱", TEXT, "意见箱在哪里", "where the letter box hangs",
              example="一楼大厅东侧"),
    ),
)

ALLOWED_NAME = Shape(
    model.AllowedName,
    (
        Field("name", "姓名", TEXT, "可以出现的姓名", "the name that may stand", required=True, example="高山"),
        Field("reason", "理由", TEXT, "为什么不是那个已撤下的人", "why it isn't whoever was withdrawn",
              required=True, example="这里是地名"),
    ),
)

SETTINGS = Shape(
    dict,
    (
        Field("title", "站名", TEXT, "站点的名称", "the site's name", required=True, example="荣誉专区"),
        Field("organisation", "单位名称", TEXT, "主办单位", "the organisation", required=True,
              example="江城公用事业集团"),
        Field("department", "主办部门", TEXT, "主办部门", "the department in charge", example="党群工作部"),
        Field("base_url", "网站地址", URL, "网站的永久地址，二维码要用",
              "the permanent address; QR codes need it", example="https://honour.example.cn/"),
        Field("language", "语言", Choice((("zh-CN", "中文", "zh-CN"), ("en", "英文", "en"))), "界面语言",
              "language", example="zh-CN"),
        Field("timezone", "时区", TimeZone(), "默认 Asia/Shanghai", "default Asia/Shanghai",
              example="Asia/Shanghai"),
        Field("theme", "主题",
              Matching("[A-Za-z0-9_-]+", "key-form", "主题文件夹名", "name of a theme's folder"),
              "默认 honour", "default honour", example="honour"),
        Field("demonstration", "示范", Truth(), "每页标明“示例”", "marks every page as an example",
              example="false"),
        Field("party", "党建", Truth(), "是否党建栏目", "whether the site belongs to party affairs",
              example="false"),
        Field("units", "单位", Units(), "单位树", "the tree of units", example="[运维中心]"),
        Field("lines", "条线", Several(Entry(TERM)), "业务条线", "business lines",
              example="[运行保障, 客户服务]"),
        Field("categories", "类别", Several(Entry(TERM)), "先进典型的类别", "categories",
              example="[履职尽责]"),
        Field("levels", "级别", Several(Entry(TERM)), "荣誉级别，由高到低",
              "levels of honours, highest first", example="[省级, 市级]"),
        Field("post_classes", "岗位类别", Several(Entry(TERM)), "岗位类别", "classes of posts",
              example="[一线, 管理, 技术]"),
        Field("review", "审核", Entry(REVIEW), "审核环节和审核人", "stages of review and who signs",
              example="{stages: []}"),
        Field("consent", "授权", Entry(CONSENT), "是否必须有授权", "whether consent is required",
              example="{required: true}"),
        Field("notice", "公示", Entry(NOTICE), "公示的要求", "the public notice",
              example="{required: true, days: 5}"),
        Field("calendar", "日历", Entry(CALENDAR), "工作日的例外", "exceptions of the calendar",
              example="{holidays: [2026-10-09]}"),
        Field("limits", "字数", Entry(LIMITS), "字数上限", "most characters", example="{deeds: 1500}"),
        Field("slogans", "标语", Several(TEXT), "标语", "slogans", example="[找身边的人，学做得到的事。]"),
        Field("feedback", "反馈", Entry(FEEDBACK), "推荐与更正的渠道", "how readers reach the office",
              example="{mailbox: 一楼大厅东侧}"),
        Field("allowed_names", "可用姓名", Several(Entry(ALLOWED_NAME)),
              "与已撤下的人同名、仍可出现的字", "what may stand although somebody withdrawn is called so",
              example="[{name: 高山, reason: 地名}]"),
        *PRINT_FIELDS,
        KIOSK_FIELD,
        PUBLISH_FIELD,
    ),
)
# fmt: on
