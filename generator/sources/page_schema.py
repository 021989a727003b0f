"""The fields of what lies in content/: pages, activities, campaigns, circulars (公示、通报、通知), bulletins
and compendia."""

from __future__ import annotations

from generator import model
from generator.sources.entries import DAY, PICTURE, SLUGS, TEXT, in_order
from generator.sources.nested import Entry, Several
from generator.sources.record_values import Slug
from generator.sources.shape import Field, Shape
from generator.sources.values import Choice, Number

_TITLE = Field("title", "标题", TEXT, "标题", "the title", required=True, example="关于本站")
_SUMMARY = Field("summary", "摘要", TEXT, "一两句介绍", "a sentence or two", example="这里讲身边人的故事。")
_EXEMPLARS = Field(
    "exemplars",
    "先进典型",
    SLUGS,
    "有关记录的文件夹名",
    "slugs of the exemplars",
    example="[li-na, wang-jie]",
)

PAGE = Shape(
    model.Page,
    (
        _TITLE,
        _SUMMARY,
        Field("order", "顺序", Number(0, 999), "页脚里的次序；0 或不写则不列出",
              "place in the footer; 0 keeps it out", example="1"),
    ),
)  # fmt: skip

ACTIVITY = Shape(
    model.Activity,
    (
        Field("title", "标题", TEXT, "活动的名称", "the activity's name", required=True,
              example="先进事迹报告会"),
        Field("date", "日期", DAY, "哪天举行", "the day", required=True, example="2026-05-20"),
        Field("time", "时间", TEXT, "几点", "the hour", example="14:30"),
        Field("place", "地点", TEXT, "在哪里", "the place", example="集团三楼会议室"),
        Field("kind", "形式", TEXT, "报告会、道德讲堂、现场学习……", "report meeting, lecture hall, visit …",
              example="报告会"),
        _SUMMARY,
        _EXEMPLARS,
        Field("pictures", "图片", Several(Entry(PICTURE)), "正文里用到的图片", "pictures used in the text",
              example="[{file: hall.jpg, alt: 报告会现场}]"),
    ),
)  # fmt: skip

PHASE = Shape(
    model.Phase,
    (
        Field("title", "名称", TEXT, "阶段的名称", "the phase's name", required=True, example="推荐评选阶段"),
        Field("from", "开始", DAY, "第一天", "the first day", required=True, example="2017-04-01",
              into="start"),
        Field("until", "截止", DAY, "最后一天（含当天）", "the last day", required=True,
              example="2017-06-30"),
        Field("text", "内容", TEXT, "这一阶段做什么", "what is done in it", example="各单位逐级推荐"),
    ),
    check=in_order,
)  # fmt: skip

BASIS_DOCUMENT = Shape(
    model.BasisDocument,
    (
        Field("title", "名称", TEXT, "文件的名称", "the document's name", required=True,
              example="关于开展评选活动的通知"),
        Field("number", "文号", TEXT, "发文字号", "its number", example="局党〔2017〕12号"),
        Field("date", "日期", DAY, "发文日期", "its date", example="2017-03-28"),
    ),
    short="title",
)  # fmt: skip

CAMPAIGN = Shape(
    model.Campaign,
    (
        Field("title", "标题", TEXT, "活动的名称", "the campaign's name", required=True,
              example="争做排头兵"),
        _SUMMARY,
        Field("from", "开始", DAY, "第一天", "the first day", example="2017-04-01", into="start"),
        Field("until", "截止", DAY, "最后一天（含当天）", "the last day", example="2017-12-31"),
        Field("phases", "阶段", Several(Entry(PHASE)), "分哪几个阶段", "its phases",
              example="[{title: 推荐, from: 2017-04-01, until: 2017-06-30}]"),
        Field("documents", "依据文件", Several(Entry(BASIS_DOCUMENT)), "依据哪些文件",
              "the documents it rests on", example="[{title: 评选通知, number: 局党〔2017〕12号}]"),
    ),
    check=in_order,
)  # fmt: skip

CIRCULAR_KIND = Choice(
    (("notice", "公示", "公示"), ("commendation", "通报", "通报"), ("circular", "通知", "通知"))
)

CIRCULAR = Shape(
    model.Circular,
    (
        Field("title", "标题", TEXT, "标题", "the title", required=True, example="关于表彰先进典型的通报"),
        Field("date", "日期", DAY, "发布日期", "its date", required=True, example="2026-04-28"),
        Field("kind", "类型", CIRCULAR_KIND, "公示、通报还是通知", "public notice, commendation or circular",
              example="通报"),
        Field("number", "文号", TEXT, "发文字号", "its number", example="江公用党〔2026〕12号"),
        _EXEMPLARS,
    ),
)  # fmt: skip

BULLETIN = Shape(
    model.Bulletin,
    (
        Field("date", "日期", DAY, "印发日期", "the day of issue", required=True, example="2026-11-22"),
        Field("exemplars", "先进典型", SLUGS, "这一期登谁，按这个次序", "whom it shows, in this order",
              required=True, example="[li-na, wang-jie]"),
        Field("number", "期号", Number(0, 9999), "当年第几期", "issue of the year", example="7"),
        Field("total", "总期号", Number(0, 99999), "总第几期", "issue since the first", example="118"),
        Field("title", "标题", TEXT, "这一期的标题；不写则没有", "a title of the issue", example="夜班里的人"),
    ),
)  # fmt: skip

COMPENDIUM = Shape(
    model.Compendium,
    (
        Field("title", "标题", TEXT, "书名，竖排在封面上", "the title, set upright on the cover", required=True,
              example="身边的人"),
        Field("subtitle", "副题", TEXT, "封面的第二行", "the second line of the cover",
              example="江城公用事业集团　先进典型事迹汇编"),
        Field("year", "年度", Number(1949, 2999), "只收这一年的", "only those of this year", example="2026"),
        Field("campaign", "活动", TEXT, "只收这个活动的（content/campaigns 里的文件名）",
              "only those of this campaign (a file of content/campaigns)", example="2026-shenbian"),
        Field("exemplars", "先进典型", SLUGS, "只收这些人", "only these", example="[li-na, wang-jie]"),
        Field("face", "封面人物", Slug(), "封面上是谁；不写则是第一位", "whose face is on the cover",
              example="tang-xuemei"),
        Field("date", "日期", DAY, "印行日期，印在版权页", "the day of printing, for the colophon",
              example="2026-12-01"),
        Field("colophon", "版权页", TEXT, "版权页上另写的话", "more words for the colophon",
              example="内部资料，免费交流"),
    ),
)  # fmt: skip
