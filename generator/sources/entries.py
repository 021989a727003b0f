"""The fields of the maps within a record: photo, honours, testimonials, consent and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator import model
from generator.model import Scope
from generator.sources.dates import Day, PartialDay
from generator.sources.nested import Several
from generator.sources.positions import Node
from generator.sources.record_values import FileName, Focus, Slug
from generator.sources.shape import Field, Reading, Shape
from generator.sources.values import Choice, Text, Truth

TEXT = Text()
WORDS = Several(TEXT, split=True)
SLUGS = Several(Slug(), split=True)
DAY = Day()

SCOPE = Choice(
    (
        ("web", "网站", Scope.WEB),
        ("kiosk", "展示屏", Scope.KIOSK),
        ("print", "印刷", Scope.PRINT),
        ("media", "媒体", Scope.MEDIA),
    )
)


def in_order(values: Mapping[str, Any], node: Node, reading: Reading) -> None:
    """Refuses a period that ends before it begins."""
    start, until = values.get("start", values.get("date")), values.get("until")
    if start and until and until < start:
        reading.refuse(node, "period-reversed", start=start, until=until)


PHOTO = Shape(
    model.Photo,
    (
        Field("file", "文件", FileName(), "照片的文件名", "the photo's file", required=True,
              example="photo.jpg"),
        Field("alt", "说明文字", TEXT, "照片里有什么，念给看不见的人听",
              "what the photo shows, for those who can't see it", required=True,
              example="李建国在泵房检查仪表"),
        Field("credit", "来源", TEXT, "摄影者或出处", "photographer or source", example="王敏 摄"),
        Field("focus", "焦点", Focus(), "裁剪时保留的点，从左、从上数起",
              "the point a crop keeps, from the left and the top", example="[0.5, 0.35]"),
    ),
    short="file",
)  # fmt: skip

PICTURE = Shape(
    model.Picture,
    (
        Field("file", "文件", FileName(), "图片的文件名", "the picture's file", required=True,
              example="night.jpg"),
        Field("alt", "说明文字", TEXT, "图片里有什么", "what the picture shows", required=True,
              example="抢修现场"),
        Field("caption", "图注", TEXT, "图下的一句话", "the line below the picture",
              example="凌晨两点的抢修现场"),
        Field("credit", "来源", TEXT, "摄影者或出处", "photographer or source", example="王敏 摄"),
        Field("people", "人物", WORDS, "图中人的姓名或文件夹名", "names or slugs of those it shows",
              example="[li-jianguo]"),
        Field("consent", "同意", Truth(), "图中人是否同意刊出", "whether those shown consent", example="是"),
    ),
    short="file",
)  # fmt: skip

HONOUR = Shape(
    model.Honour,
    (
        Field("title", "名称", TEXT, "荣誉的名称", "the honour's name", required=True,
              example="优秀共产党员"),
        Field("date", "日期", PartialDay(), "授予日期", "when it was given", required=True,
              example="2017-12-15"),
        Field("grade", "等级", TEXT, "一、二、三等奖", "first, second or third prize", example="一等奖"),
        Field("level", "级别", TEXT, "site.yaml 里 levels 的一项", "one of site.yaml's levels",
              example="县级"),
        Field("by", "授予单位", TEXT, "谁授予的", "who gave it", example="局机关党委"),
        Field("document", "文号", TEXT, "表彰文件的文号", "number of the document",
              example="局党〔2017〕12号"),
        Field("number", "编号", TEXT, "证书编号", "number of the certificate", example="JC-2017-007"),
    ),
)  # fmt: skip

TESTIMONIAL = Shape(
    model.Testimonial,
    (
        Field("quote", "原话", TEXT, "原原本本的一句话", "the words as spoken", required=True,
              example="他的本子比谁的都旧。"),
        Field("by", "说话人", TEXT, "谁说的", "who said it", required=True, example="王敏"),
        Field("relation", "关系", TEXT, "与先进典型的关系", "relation to the exemplar", example="同事"),
        Field("unit", "单位", TEXT, "说话人的单位", "the speaker's unit", example="运维中心"),
        Field("consent", "同意", Truth(), "说话人是否同意刊出；不写就不刊出",
              "whether the speaker consents; unsaid is no", example="是"),
    ),
)  # fmt: skip

MOMENT = Shape(
    model.Moment,
    (
        Field("date", "日期", PartialDay(), "年、年月或年月日", "year, month or day", required=True,
              example="2009-07"),
        Field("text", "内容", TEXT, "那时的一件事", "what happened", required=True,
              example="技校毕业，进厂当学徒"),
    ),
)  # fmt: skip

PRACTICE = Shape(
    model.Practice,
    (
        Field("title", "名称", TEXT, "做法的名称", "the practice's name", required=True,
              example="三查三看工作法"),
        Field("text", "内容", TEXT, "别人照着能做的写法", "so that others can do it",
              example="查记录、查声音、查温度"),
    ),
    short="title",
)  # fmt: skip

PLEDGE = Shape(
    model.Pledge,
    (
        Field("promise", "承诺内容", TEXT, "承诺做什么", "what is promised", required=True,
              example="抢修不过夜"),
        Field("kept", "践诺", TEXT, "做到了什么", "what was kept", example="全年 47 次抢修无一过夜"),
        Field("post", "先锋岗", TEXT, "岗位牌上的名称", "the post on the desk card", example="党员先锋岗"),
    ),
    short="promise",
)  # fmt: skip

LINEAGE = Shape(
    model.Lineage,
    (
        Field("mentors", "师傅", SLUGS, "师傅的文件夹名", "slugs of the mentors", example="[zhao-defu]"),
        Field("students", "徒弟", SLUGS, "徒弟的文件夹名", "slugs of the students", example="[sun-xiaohe]"),
    ),
)  # fmt: skip

REVIEW = Shape(
    model.Review,
    (
        Field("stage", "环节", TEXT, "site.yaml 里的审核环节", "a stage of site.yaml", required=True,
              example="初审"),
        Field("by", "审核人", TEXT, "谁审的", "who reviewed", required=True, example="张三"),
        Field("date", "日期", DAY, "哪天审的", "when", required=True, example="2017-11-20"),
        Field("digest", "摘要码", TEXT, "honour approve 写入的内容摘要",
              "the content's digest, written by honour approve", required=True, example="1:6f1c…"),
    ),
)  # fmt: skip

CONSENT = Shape(
    model.Consent,
    (
        Field("basis", "依据", TEXT, "凭什么刊出", "the ground for publishing", required=True,
              example="本人同意"),
        Field("scope", "范围", Several(SCOPE, split=True), "可以在哪里刊出", "where it may be published",
              required=True, example="[web, kiosk, print, media]"),
        Field("date", "日期", DAY, "哪天同意的", "when it was given", example="2017-11-18"),
        Field("until", "截止", DAY, "到哪天为止（含当天）", "its last day", example="2027-11-18"),
    ),
    check=in_order,
)  # fmt: skip

PUBLISH = Shape(
    model.Window,
    (
        Field("from", "开始", DAY, "第一天", "the first day", example="2017-12-16", into="start"),
        Field("until", "截止", DAY, "最后一天（含当天）", "the last day", example="2027-12-16"),
    ),
    check=in_order,
)  # fmt: skip

NOTICE = Shape(
    model.Notice,
    (
        Field("from", "开始", DAY, "公示的第一天", "the first day of the notice", required=True,
              example="2017-12-01", into="start"),
        Field("contact", "联系方式", TEXT, "有意见向谁反映", "whom to tell objections",
              example="党群工作部 8120"),
    ),
)  # fmt: skip
