"""The fields of site.yaml about printed sheets, and which editions a build makes."""

from __future__ import annotations

from generator import model
from generator.sources.entries import TEXT
from generator.sources.nested import Entry, Several
from generator.sources.shape import Field, Shape
from generator.sources.values import Choice, Number, Truth
from generator.sources.wording import Wording

EDITION = Choice(
    (
        ("website", "网站", "website"),
        ("bulletin", "简报", "bulletin"),
        ("board", "展板", "board"),
        ("compendium", "汇编", "compendium"),
        ("roll", "光荣榜", "roll"),
        ("team-sheet", "班组张贴", "team-sheet"),
        ("desk-card", "岗位牌", "desk-card"),
        ("pledge-board", "承诺栏", "pledge-board"),
        ("certificate", "荣誉证书", "certificate"),
        ("slogan", "标语", "slogan"),
        ("press-kit", "媒体资料包", "press-kit"),
        ("kiosk", "展示屏", "kiosk"),
    )
)
BOARD_SIZE = Choice((("a3", "A3", "a3"), ("60x90", "60×90", "60x90"), ("80x180", "80×180", "80x180")))
ROLL_SIZE = Choice((("a3", "A3", "a3"), ("a2", "A2", "a2")))
ROLL_ORDER = Choice((("strokes", "姓氏笔画", "strokes"), ("honour", "荣誉级别", "honour")))
SLOGAN_PAPER = Choice((("a4", "A4", "a4"), ("a3", "A3", "a3")))

WORDING = Wording(model.BLANKS)

# fmt: off
CERTIFICATE = Shape(
    model.CertificateWords,
    (
        Field("heading", "标题", WORDING, "左栏竖排的字（默认“荣誉证书”）",
              "the words set upright (default 荣誉证书)", example="荣誉证书"),
        Field("individual", "个人", WORDING, "个人证书的授予词", "the award of a person's certificate",
              example="授予你{year}年度{title}称号，特发此证。"),
        Field("collective", "集体", WORDING, "集体证书的授予词", "the award of a collective's certificate",
              example="授予你们{year}年度{title}称号，特发此证。"),
        Field("salutation", "称谓", WORDING, "姓名后的称谓（默认“同志”）", "what follows the name (default 同志)",
              example="同志"),
        Field("issuer", "落款", WORDING, "盖章的单位；默认是授予单位",
              "who seals it; by default who gave the honour", example="江城公用事业集团"),
    ),
)

SLOGANS = Shape(
    model.Slogans,
    (
        Field("paper", "纸张", SLOGAN_PAPER, "用什么纸拼（默认 a4）", "the paper it is pieced from (default a4)",
              example="a4"),
        Field("height", "字高", Number(50, 1000), "一个字多高，毫米（默认 250）",
              "height of a character in millimetres (default 250)", example="250"),
    ),
)

PRINTING = Shape(
    model.Printing,
    (
        Field("masthead", "报头", TEXT, "简报的名称（默认“荣誉简报”）", "the bulletin's name (default 荣誉简报)",
              example="荣誉简报"),
        Field("issuer", "编印单位", TEXT, "报头左边的单位；默认是主办单位加主办部门",
              "who issues the bulletin; by default organisation and department",
              example="江城公用事业集团党群工作部"),
        Field("contact", "联系方式", TEXT, "投稿与更正找谁", "whom to send corrections", example="党群工作部 8120"),
        Field("report", "报", TEXT, "报尾：报哪些单位和领导", "foot of the bulletin: reported to",
              example="集团党委"),
        Field("send", "送", TEXT, "报尾：送哪些单位", "foot of the bulletin: sent to", example="集团各部室"),
        Field("issue", "发", TEXT, "报尾：发哪些单位", "foot of the bulletin: issued to", example="所属各单位"),
        Field("copies", "印数", Number(0, 1_000_000), "报尾：印多少份", "foot of the bulletin: the print run",
              example="200"),
        Field("boards", "展板尺寸", Several(BOARD_SIZE, split=True), "每人做哪几种展板（默认 a3）",
              "sizes of the boards to make (default a3)", example="[a3, 60x90]"),
        Field("bleed", "出血", Truth(), "展板是否带 3 毫米出血和裁切线（默认否）",
              "boards with 3 mm bleed and crop marks (default false)", example="是"),
        Field("rolls", "光荣榜尺寸", Several(ROLL_SIZE, split=True), "光荣榜做哪几种（默认 a3）",
              "sizes of the honour roll (default a3)", example="[a3, a2]"),
        Field("roll_order", "光荣榜顺序", ROLL_ORDER, "光荣榜按什么排（默认按姓氏笔画）",
              "the order of the honour roll (default by strokes of the surname)", example="姓氏笔画"),
        Field("certificate", "荣誉证书", Entry(CERTIFICATE), "证书的措辞", "the wording of certificates",
              example="{salutation: 同志}"),
        Field("slogan", "标语", Entry(SLOGANS), "标语的纸张和字高", "paper and height of slogans",
              example="{paper: a4, height: 250}"),
    ),
)

PRINT_FIELDS = (
    Field("editions", "展示形式", Several(EDITION, split=True),
          "honour build 做哪些（默认 网站、展示屏、简报、展板、汇编、光荣榜）",
          "what honour build makes (default website, kiosk, bulletin, board, compendium, roll)",
          example="[website, bulletin, board]"),
    Field("print", "印刷", Entry(PRINTING), "印刷品的设置", "printed sheets", example="{masthead: 荣誉简报}",
          into="printing"),
    Field("fonts", "字体", Several(TEXT), "印刷用的字体文件，在站点文件夹里；默认用系统字体",
          "font files to print with, in the site's folder; by default the system's",
          example="[fonts/NotoSerifCJKsc-Regular.otf]"),
)
# fmt: on
