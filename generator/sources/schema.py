"""The fields of a record (exemplars/<slug>/index.md): the one place besides model.py to add one."""

from __future__ import annotations

from generator import model
from generator.model import Kind, Status
from generator.sources.dates import Year
from generator.sources.entries import (
    CONSENT,
    DAY,
    HONOUR,
    LINEAGE,
    MOMENT,
    NOTICE,
    PHOTO,
    PICTURE,
    PLEDGE,
    PRACTICE,
    PUBLISH,
    REVIEW,
    SLUGS,
    TESTIMONIAL,
    TEXT,
    WORDS,
)
from generator.sources.nested import Entry, Several
from generator.sources.record_values import PrivateNotes, UnitPath
from generator.sources.shape import Field, Shape
from generator.sources.values import Choice, Text, Truth

LONGEST_PERSON = 500  # characters of a name; a collective's may be a sentence
KIND = Choice((("individual", "个人", Kind.INDIVIDUAL), ("collective", "集体", Kind.COLLECTIVE)))
STATUS = Choice(
    (
        ("lead", "线索", Status.LEAD),
        ("cultivating", "培养", Status.CULTIVATING),
        ("nominated", "推荐", Status.NOMINATED),
        ("notice", "公示", Status.NOTICE),
        ("approved", "通过", Status.APPROVED),
        ("legacy", "传承", Status.LEGACY),
        ("suspended", "暂停", Status.SUSPENDED),
        ("revoked", "撤销", Status.REVOKED),
    )
)
PRONOUN = Choice((("he", "他", "他"), ("she", "她", "她"), ("they", "他们", "他们")))
IDENTITY = Choice(
    (
        ("staff", "正式员工", "正式员工"),
        ("third-party", "第三方", "第三方"),
        ("graduate", "毕业生", "毕业生"),
        ("retired", "退休", "退休"),
    )
)


RECORD = Shape(
    model.Exemplar,
    (
        Field("name", "姓名", Text(LONGEST_PERSON), "姓名；集体写集体的名称",
              "the name; a collective gives its own", required=True, example="李建国"),
        Field("pinyin", "拼音", TEXT, "读音容易错时才写", "the reading, where it is easily mistaken",
              example="shàn yǔqīng"),
        Field("kind", "类型", KIND, "个人还是集体", "a person or a collective", required=True,
              example="individual"),
        Field("unit", "单位", UnitPath(), "site.yaml 单位树里的位置", "place in site.yaml's tree of units",
              required=True, example="运维中心/第二维护班组"),
        Field("line", "条线", TEXT, "site.yaml 里 lines 的一项", "one of site.yaml's lines", example="管理"),
        Field("post", "岗位", TEXT, "岗位或职务", "the post", example="班长"),
        Field("pronoun", "称谓", PRONOUN, "不写则行文中性", "neutral wording without it", example="他"),
        Field("identity", "身份", IDENTITY, "用工身份", "kind of employment", example="正式员工"),
        Field("post_class", "岗位类别", TEXT, "site.yaml 里 post_classes 的一项",
              "one of site.yaml's post_classes", example="一线"),
        Field("categories", "类别", WORDS, "site.yaml 里 categories 的一项或几项",
              "one or more of site.yaml's categories", required=True, example="[履职尽责]"),
        Field("tags", "标签", WORDS, "随意的几个词", "a few words of your own", example="[夜班, 党员]"),
        Field("status", "状态", STATUS, "走到了哪一步", "how far it has come", required=True,
              example="approved"),
        Field("year", "年度", Year(), "评选年度；不写则按最近的荣誉",
              "year of selection; else the latest honour's", example="2017"),
        Field("photo", "照片", Entry(PHOTO), "一张可用于媒体发布的照片", "the one portrait",
              example="{file: photo.jpg, alt: 李建国在泵房检查仪表}"),
        Field("pictures", "图片", Several(Entry(PICTURE)), "正文里用到的图片", "pictures used in the text",
              example="[{file: night.jpg, alt: 抢修现场}]"),
        Field("one_line", "一句话事迹", TEXT, "一句话说清做了什么", "the deeds in one line",
              example="三十一年，他听漏听坏了两只耳机。"),
        Field("summary", "摘要", TEXT, "几句话的介绍", "a few sentences", example="他守着十二公里老管网……"),
        Field("citation", "颁奖词", TEXT, "短句，可分行（写作 `颁奖词: |`）", "short lines (`citation: |`)",
              example="夜深了，灯还亮着"),
        Field("remarks", "感言", TEXT, "本人的话", "the exemplar's own words",
              example="我就是怕水停了，大家做不了饭。"),
        Field("spirit", "精神", TEXT, "提炼出的一句", "the spirit in a phrase", example="先记满，再说话"),
        Field("honours", "荣誉", Several(Entry(HONOUR)), "获得的荣誉，可以有几项", "honours received",
              example="[{title: 优秀共产党员, date: 2017-12-15}]"),
        Field("testimonials", "身边人说", Several(Entry(TESTIMONIAL)), "同事、客户的原话",
              "words of colleagues and clients",
              example="[{quote: 他的本子比谁的都旧。, by: 王敏, consent: 是}]"),
        Field("timeline", "成长足迹", Several(Entry(MOMENT)), "按时间记的事", "dated events",
              example="[{date: 2009-07, text: 进厂当学徒}]"),
        Field("practices", "经验做法", Several(Entry(PRACTICE)), "可学的方法", "practices others can learn",
              example="[{title: 三查三看工作法}]"),
        Field("pledge", "承诺", Entry(PLEDGE), "承诺与践诺", "a pledge and how it was kept",
              example="{promise: 抢修不过夜}"),
        Field("lineage", "传承", Entry(LINEAGE), "师徒关系", "mentors and students",
              example="{mentors: [zhao-defu]}"),
        Field("members", "成员", WORDS, "集体的成员", "members of a collective", example="[王敏, 赵启明]"),
        Field("campaign", "活动", TEXT, "content/campaigns/ 里的文件名，不带 .md",
              "file name in content/campaigns/", example="2017-paitoubing"),
        Field("reviews", "审核", Several(Entry(REVIEW)), "审核记录，由 honour approve 写入",
              "written by honour approve",
              example="[{stage: 初审, by: 张三, date: 2017-11-20, digest: 1:6f1c…}]"),
        Field("consent", "授权", Entry(CONSENT), "刊出的授权", "consent to publication",
              example="{basis: 本人同意, scope: [web, print]}"),
        Field("publish", "发布", Entry(PUBLISH), "刊出的起止日期", "days of publication",
              example="{from: 2017-12-16}"),
        Field("notice", "公示", Entry(NOTICE), "通过之前的公示", "the public notice before approval",
              example="{from: 2017-12-01, contact: 党群工作部 8120}"),
        Field("followed_up", "回访", DAY, "最近一次回访", "the latest follow-up", example="2018-06-30"),
        Field("minor", "未成年", Truth(), "是否未成年", "whether a minor", example="否"),
        Field("guardian_consent", "监护人同意", Truth(), "监护人是否同意", "whether the guardian consents",
              example="是"),
        Field("formerly", "曾用名", SLUGS, "改名以前的文件夹名，旧地址照样能用",
              "earlier slugs; their addresses live on", example="[li-jian-guo]"),
        Field("private", "内部", PrivateNotes(), "只用于推荐表，从不公开",
              "for the nomination form only, never published", example="{phone: 138…, notes: …}"),
    ),
)  # fmt: skip
