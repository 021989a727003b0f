"""A theme's folder, inheritance, closure, colours; what templates may call; the recipes."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta
from pathlib import Path

import jinja2
import jinja2.meta
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from generator.engine.target import Files
from generator.problems import GeneratorError, messages
from generator.theme import (
    Theme,
    copy_asset,
    load_theme,
    render_page,
    render_script,
    render_stylesheet,
    template_of,
)
from generator.theme.colours import PAIRS, contrast
from generator.theme.environment import known, relative
from generator.theme.folder import called_templates
from generator.theme.nameplate import HEIGHT, WIDTH, lay_out
from generator.theme.setting import clauses, fit, nobreak, sentences, spaced
from generator.theme.words import UnknownWordsError, merge, read_words, translator
from generator.views import (
    AddressesView,
    Card,
    Daily,
    ExemplarView,
    FeedEntry,
    FeedView,
    Frame,
    HomeView,
    HonourLine,
    Image,
    Link,
    RedirectView,
    Story,
    Voice,
    YearBar,
)

THEMES = Path(__file__).parent.parent / "themes"
DAY = date(2026, 11, 22)

PORTRAIT = Image(
    path="photos/li-na-0123456789ab.jpg",
    width=960,
    height=1280,
    alt="齐耳短发的女调度员",
    webp=(("photos/li-na-320.webp", 320), ("photos/li-na-640.webp", 640)),
)
LI_NA = Card(
    slug="li-na",
    name="李娜",
    path="exemplars/li-na/index.html",
    collective=False,
    one_line="末班车晚发的四分钟，是她替纺织厂的夜班女工争来的。",
    unit=("公交集团", "夜班线路队"),
    post="12路驾驶员",
    year=2026,
    portrait=PORTRAIT,
    pinyin="lǐ nà",
    initial="L",
    pronoun="她",
    category="服务群众",
    levels=("集团级",),
)
GROUP = dataclasses.replace(
    LI_NA,
    slug="qiangxiu",
    name="江城公用事业集团带电抢修班",
    path="exemplars/qiangxiu/index.html",
    collective=True,
    portrait=None,
    pronoun="",
)


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    return load_theme(tmp_path_factory.mktemp("site"), "honour", "zh-CN")


def frame(theme: Theme, **changes: object) -> Frame:
    made = Frame(
        title="荣誉专区",
        organisation="江城公用事业集团",
        department="党群工作部",
        language=theme.language,
        base_url="https://honour.example/zone/",
        demonstration=False,
        preview=False,
        party=False,
        stylesheet=theme.stylesheet_path,
        script=theme.script_path,
        nav=(("people", "exemplars/index.html"), ("search", "search/index.html")),
        footer=(Link("关于", "about/index.html"),),
        has_feedback=True,
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type] - the tests name real fields


def exemplar(theme: Theme, card: Card = LI_NA, **changes: object) -> ExemplarView:
    story = Story(
        html='<h2 id="一">二十三点零六分</h2>\n<p>下雨。</p>\n<figure data-file="rain.jpg"></figure>\n'
        '<h2 id="二">作业本</h2>\n<p>记数。</p>\n<h2 id="三">一站一句</h2>\n<p>轻声说。</p>\n',
        summary="李娜开了二十一年公交车。",
        citation=("四分钟，够下夜班的人", "走过一条马路。"),
        citation_vertical=True,
        spirit="先记数，再开口。",
        honours=(HonourLine("2026-04-28", "先进典型（个人）", "一等奖", "集团级", "", ""),),
        remarks="我没做什么大事。",
    )
    made = ExemplarView(
        frame=frame(theme),
        path=card.path,
        card=card,
        story=story,
        photo=None,
        images=(("rain.jpg", PORTRAIT),),
        voices=(Voice("先给我看数，再开口。", "赵启明", "同事", ""),),
        honour_paths=("",),
        categories=(Link("服务群众", "categories/fuwu/index.html", 51),),
        units=(Link("公交集团", "units/gongjiao/index.html", 12),),
        line=None,
        year_path="years/2026/index.html",
        mentors=(),
        students=(),
        campaign=None,
        activities=(),
        related=(GROUP,),
        related_reason="unit",
        address="https://honour.example/zone/exemplars/li-na/",
        updated=DAY,
        stages=("初审", "复审", "终审"),
        legacy=False,
        sheets=(),
        watermark="",
    )
    told = {name: changes.pop(name) for name in list(changes) if hasattr(story, name)}
    made = dataclasses.replace(made, story=dataclasses.replace(story, **told))  # type: ignore[arg-type]
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type] - the tests name real fields


def home(theme: Theme, **changes: object) -> HomeView:
    made = HomeView(
        frame=frame(theme),
        path="index.html",
        daily=tuple(Daily(DAY + timedelta(at), card) for at, card in enumerate((LI_NA, GROUP, LI_NA))),
        year=2026,
        wall=(LI_NA, GROUP),
        individuals_this_year=10,
        collectives_this_year=2,
        year_path="years/2026/index.html",
        voice=Voice("她没坐过12路，写的全是我讲的李师傅。", "王桂芬", "乘客", "纺织厂"),
        voice_of=LI_NA,
        individuals=214,
        collectives=31,
        categories=(),
        old_friend=None,
        activities=(),
        last_activity=None,
        years=(YearBar(2026, "years/2026/index.html", 12, 1.0, True),),
        slogans=("找身边的人，学做得到的事。",),
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type] - the tests name real fields


def page(theme: Theme, view: object) -> str:
    return render_page(view, Files(theme.files_for(template_of(view)))).decode()


def shown(html: str) -> str:
    """What a reader reads of a page."""
    return re.sub(r"<[^>]+>", "", html)


# --- folders -----------------------------------------------------------------------------------------


def own_theme(site: Path, name: str = "mine", **files: str) -> Path:
    folder = site / "themes" / name
    for path, text in {"theme.yaml": "extends: honour\n", **files}.items():
        file = folder / path.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def refused(site: Path, name: str) -> tuple[str, str]:
    with pytest.raises(GeneratorError) as caught:
        load_theme(site, name, "zh-CN")
    (problem,) = caught.value.problems
    assert problem.message("zh-CN") and problem.hint("en")
    return problem.code, str(problem.where)


def test_the_packaged_theme_has_no_problems_and_names_hold_digests(theme: Theme) -> None:
    assert theme.problems == ()
    assert re.fullmatch(r"assets/honour-[0-9a-f]{12}\.css", theme.stylesheet_path)
    assert re.fullmatch(r"assets/honour-[0-9a-f]{12}\.js", theme.script_path)


def test_every_view_of_a_page_has_a_template(theme: Theme) -> None:
    from generator import views

    machines = {"PeopleView", "SpreadsheetView", "PledgeView", "PhaseView", "DocumentView", "ChannelView"}
    machines |= {"DeckView", "LettersView", "ParcelView", "VersionView", "ColumnsView", "DirectoryView"}
    machines |= {"FiltersView", "GramShardView", "MarksView", "NameShardView", "TextView"}
    pages = [name for name in vars(views) if name.endswith("View") and name not in machines]
    for name in pages:
        blank = object.__new__(getattr(views, name))
        object.__setattr__(
            blank, "path", {"FeedView": "feed.xml", "AddressesView": "robots.txt"}.get(name, "")
        )
        assert template_of(blank) in theme.templates, name


def test_closures_are_those_that_jinja_finds(theme: Theme) -> None:
    for name, (_, file) in theme.templates.items():
        source = file.path.read_text("utf-8")
        parsed = jinja2.meta.find_referenced_templates(jinja2.Environment().parse(source))
        assert set(called_templates(source)) == set(parsed), name
    named = [name for name, _ in theme.files_for("exemplar.html")]
    assert named == [
        "themes/honour/templates/base.html",
        "themes/honour/templates/exemplar.html",
        "themes/honour/templates/parts.html",
        "themes/honour/translations/zh-CN.yaml",
        "themes/honour/theme.yaml",
    ]


def test_a_missing_theme_a_circle_and_a_broken_file_are_named(tmp_path: Path) -> None:
    assert refused(tmp_path, "nowhere") == ("theme-missing", "site.yaml:1:1")
    assert refused(tmp_path, "../honour")[0] == "theme-missing"
    own_theme(tmp_path, "a", **{"theme.yaml": "extends: b\n"})
    own_theme(tmp_path, "b", **{"theme.yaml": "extends: a\n"})
    assert refused(tmp_path, "a") == ("theme-circle", "themes/b/theme.yaml:1:1")
    own_theme(tmp_path, "c", **{"theme.yaml": "extends: honour\ncolours: {red: [\n"})
    code, where = refused(tmp_path, "c")
    assert code == "theme-unreadable" and where.startswith("themes/c/theme.yaml:3")
    own_theme(tmp_path, "d", **{"templates__home.html": '{% extends "gone.html" %}'})
    with pytest.raises(GeneratorError, match=r"themes/d/templates/home\.html:1:1 template-missing"):
        load_theme(tmp_path, "d", "zh-CN").files_for("home.html")


def test_faint_colours_unknown_keys_and_bad_notation_are_problems(tmp_path: Path) -> None:
    text = 'extends: honour\ncolour: 1\ncolours: {soft: "#CCCCCC", gold: "#D0B060", red: crimson}\n'
    own_theme(tmp_path, **{"theme.yaml": text})
    found = {
        (p.code, dict(p.found).get("text", "")): dict(p.found)
        for p in load_theme(tmp_path, "mine", "zh-CN").problems
    }
    assert found["theme-key", ""]["key"] == "colour"
    assert found["theme-colour", ""]["value"] == "crimson"
    assert found["theme-contrast", "soft"]["needed"] == "4.5"
    assert found["theme-contrast", "gold"]["needed"] == "3.0"
    assert 1 < float(found["theme-contrast", "soft"]["ratio"]) < 2


def test_contrast_is_that_of_the_specification() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#211C19", "#FBF8F3") == pytest.approx(15.9, abs=0.1)
    assert contrast("#B08432", "#FBF8F3") == pytest.approx(3.2, abs=0.05)
    assert len({(text, ground) for text, ground, _ in PAIRS}) == len(PAIRS)


def test_a_theme_overrides_single_templates_styles_colours_and_words(tmp_path: Path) -> None:
    own_theme(
        tmp_path,
        **{
            "theme.yaml": 'extends: honour\ncolours: {red: "#8A1015"}\n',
            "templates__home.html": '{% extends "honour/home.html" %}'
            "{% block title %}我们的首页{% endblock %}",
            "styles__80-statistics.css": ".mine { color: red; }",
            "styles__95-own.css": ".own { color: red; }",
            "translations__zh-CN.yaml": "home.fair: 天天换人\n",
        },
    )
    plain, mine = load_theme(tmp_path, "honour", "zh-CN"), load_theme(tmp_path, "mine", "zh-CN")
    html = page(mine, home(mine))
    assert "<title>我们的首页</title>" in html and "天天换人" in html and 'class="banner' in html
    sheet = render_stylesheet(None, Files(mine.styles())).decode()
    assert "--red: #8A1015;" in sheet and "--paper: #FBF8F3;" in sheet
    assert ".mine" in sheet and ".table-frame" not in sheet and sheet.index(".own") > sheet.index("@page")
    assert plain.stylesheet_path != mine.stylesheet_path
    assert [name for name, _ in mine.files_for("home.html")][:2] == [
        "themes/mine/templates/home.html",
        "themes/honour/templates/base.html",
    ]


def test_a_changed_style_or_colour_has_another_address(tmp_path: Path) -> None:
    folder = own_theme(tmp_path, **{"styles__95-own.css": ".own { color: red; }"})
    first = load_theme(tmp_path, "mine", "zh-CN")
    (folder / "theme.yaml").write_text('extends: honour\ncolours: {bar: "#CCBBAA"}\n', "utf-8")
    second = load_theme(tmp_path, "mine", "zh-CN")
    assert first.stylesheet_path != second.stylesheet_path
    assert first.script_path == second.script_path


# --- words -------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_keys_and_the_same_braces() -> None:
    chinese, english = (
        read_words((THEMES / f"honour/translations/{language}.yaml").read_text("utf-8"))
        for language in ("zh-CN", "en")
    )
    assert chinese.keys() == english.keys()
    braces = re.compile(r"\{(\w+)\}")
    for key, words in english.items():
        assert set(braces.findall(words)) <= set(braces.findall(chinese[key])) | {"month", "y", "m", "d"}, key


def test_templates_hold_no_words_of_the_interface() -> None:
    for template in (THEMES / "honour/templates").iterdir():
        text = re.sub(r"\{#.*?#\}", "", template.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"\{% block body_class %\}[\w -]*|&\w+;", "", text)
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
        assert not re.search(r"[\u4e00-\u9fff]", text), template.name
        if template.suffix == ".html":
            assert not re.search(r"[A-Za-z]{2,}", shown(text)), template.name


def test_every_key_that_a_template_asks_for_has_words() -> None:
    words = merge([(THEMES / "honour/translations/zh-CN.yaml").read_text("utf-8")])
    for template in (THEMES / "honour/templates").iterdir():
        for key, more in re.findall(r"\bt\(\s*['\"]([\w.-]+)['\"](\s*~)?", template.read_text("utf-8")):
            known_key = any(word.startswith(key) for word in words) if more else key in words
            assert known_key, f"{template.name}: {key}"


def test_words_are_filled_and_only_markup_stays_markup() -> None:
    t = translator({"a": "{n}位<b>", "b": "甲"})
    assert t("b") == "甲"
    assert t("a", n=3) == "3位<b>" and not isinstance(t("a", n=3), Markup)
    assert t("a", n=Markup("<i>3</i>")) == Markup("<i>3</i>位&lt;b&gt;")
    for broken in (lambda: t("c"), lambda: t("a", m=3)):
        with pytest.raises(UnknownWordsError):
            broken()


def test_a_language_that_lacks_a_key_speaks_chinese(tmp_path: Path) -> None:
    own_theme(tmp_path, **{"translations__fr.yaml": "skip: Aller au texte\n"})
    french = load_theme(tmp_path, "mine", "fr")
    html = page(french, home(french))
    assert "Aller au texte" in html and "每天一位" in html


# --- setting -----------------------------------------------------------------------------------------


def test_clauses_and_numbers_in_one_piece() -> None:
    html = clauses("末班车<改>23:10发车，她等。")
    assert html == (
        '<span class="cl p">末班车&lt;改&gt;<span class="nb">23:10</span>发车，</span>'
        '<span class="cl p">她等。</span>'
    )
    assert nobreak("无数字&") == "无数字&amp;"
    assert sentences("我没做什么。这笔账划得来。") == ("我没做什么。", "这笔账划得来。")


@given(st.text(alphabet="甲，。“”；12路:<>&'\" \n", max_size=40))
@settings(max_examples=200)
def test_setting_loses_no_character(text: str) -> None:
    assert re.sub(r"<[^>]+>", "", clauses(text)) == re.sub(r"<[^>]+>", "", nobreak(text))
    bare = re.sub(r"<[^>]+>", "", nobreak(text))
    assert bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_two_character_names_stay_one_word() -> None:
    assert spaced("李娜") == '<span class="n2">李</span>娜'
    assert spaced("陈水根") == "陈水根"
    assert spaced("<b>") == "&lt;b&gt;"
    assert [fit(name) for name in ("李娜", "江北水厂化验组", "江城公用事业集团带电抢修班")] == [
        "",
        "long",
        "longer",
    ]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("李娜", ["李娜"]),
        ("欧阳修文", ["欧阳修文"]),
        ("阿依古丽·买买提", ["阿依古丽", "买买提"]),
        ("江城公用事业集团带电抢修班", ["江城公用", "事业集", "团带电", "抢修班"]),
        ("𠮷野\U000e0100家", ["𠮷野\U000e0100家"]),
    ],
)
def test_a_nameplate_reads_from_the_right(name: str, columns: list[str]) -> None:
    cells = lay_out(name).cells
    places = sorted({cell.x for cell in cells}, reverse=True)
    assert ["".join(c.text for c in cells if c.x == x) for x in places] == columns


@given(st.text(alphabet="江城公用事业集团带电抢修班·Aé ", max_size=40))
def test_a_nameplate_stays_in_its_frame(name: str) -> None:
    laid = lay_out(name)
    assert laid.left >= 0 and laid.left + laid.width <= WIDTH
    assert laid.top >= 0 and laid.top + laid.height <= HEIGHT
    for cell in laid.cells:
        half = laid.size * (0.5 if len(cell.text) <= 2 else len(cell.text) * 0.3)
        assert laid.left - 1 <= cell.x - half and cell.x + half <= laid.left + laid.width + 1
        assert laid.top <= cell.y - laid.size * 0.88 and cell.y <= laid.top + laid.height


def test_addresses_lead_to_files_whatever_the_depth() -> None:
    up = relative("../../")
    assert up("exemplars/li-na/") == "../../exemplars/li-na/index.html"
    assert up("") == "../../index.html"
    assert up("a/b.html#c") == "../../a/b.html#c"
    assert up("#c") == "#c"
    assert up("mailto:a@b.example") == "mailto:a@b.example"
    assert up("https://a.example/") == "https://a.example/"


# --- pages -------------------------------------------------------------------------------------------


def test_an_exemplar_page_says_everything_and_leads_up(theme: Theme) -> None:
    html = page(theme, exemplar(theme))
    words = shown(html)
    for said in (
        "李娜",
        "12路驾驶员",
        "先进典型（个人） 一等奖",
        "2026.04",
        "颁奖词",
        "赵启明",
        "她自己的话",
    ):
        assert said in words, said
    assert f'href="../../{theme.stylesheet_path}"' in html
    assert html.count("<h1") == 1
    assert 'loading="lazy"' not in html.split("</picture>")[0]
    assert "../../photos/li-na-320.webp 320w" in html
    assert "style=" not in html and "onclick" not in html
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!honour\.example)', html)


def test_head_metadata_is_absolute_and_json_ld_cannot_break_out(theme: Theme) -> None:
    card = dataclasses.replace(LI_NA, one_line="</script><b>'\"&")
    html = page(theme, exemplar(theme, card))
    assert '<link rel="canonical" href="https://honour.example/zone/exemplars/li-na/">' in html
    assert 'content="https://honour.example/zone/photos/li-na-0123456789ab.jpg"' in html
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "ProfilePage"
    assert data["mainEntity"]["description"] == "</script><b>'\"&"
    assert data["mainEntity"]["award"] == ["先进典型（个人）"]
    group = page(theme, exemplar(theme, GROUP, honours=()))
    assert '"@type": "Organization"' in group and "jobTitle" not in group and "award" not in group
    bare = page(theme, exemplar(theme, frame=frame(theme, base_url=""), address=""))
    assert "canonical" not in bare and "og:image" not in bare and '"url"' not in bare
    assert known({"a": {"b": None, "c": []}, "d": 0}) == {"a": {}, "d": 0}


def test_without_a_photo_the_name_is_the_portrait(theme: Theme) -> None:
    html = page(theme, exemplar(theme, GROUP))
    assert '<svg class="plate" viewBox="0 0 300 400" aria-hidden="true"' in html
    assert html.count("<text") >= 13


def test_home_shows_the_day_of_the_build_undated_and_keeps_the_others_aside(theme: Theme) -> None:
    html = page(theme, home(theme))
    assert re.findall(r'data-day="([^"]+)"', html) == ["2026-11-22", "2026-11-23", "2026-11-24"]
    visible = html[: html.index("<template")]
    assert '<span class="hero-date" hidden>十一月二十二日</span>' in visible
    assert "十位个人，两个集体" in shown(html) and "十二位" in html
    assert "{{" not in html


def test_an_empty_site_says_what_will_stand_here(theme: Theme) -> None:
    html = page(theme, home(theme, daily=(), wall=(), voice=None, voice_of=None, years=()))
    assert "第一个名字会写在这里" in shown(html) and html.count("<h1") == 1 and "<template" not in html


def test_demonstration_and_preview_are_marked(theme: Theme) -> None:
    plain = page(theme, home(theme))
    assert "示例" not in plain and "未审核" not in plain and "noindex" not in plain
    marked = page(theme, home(theme, frame=frame(theme, demonstration=True, preview=True)))
    assert (
        marked.count("示例") == 2
        and "未审核" in marked
        and '<meta name="robots" content="noindex">' in marked
    )


def test_hostile_text_is_escaped_everywhere(theme: Theme) -> None:
    evil = '"><script>x</script>'
    card = dataclasses.replace(
        LI_NA,
        name=evil,
        one_line=evil,
        post=evil,
        unit=(evil,),
        portrait=dataclasses.replace(PORTRAIT, alt=evil),
    )
    view = exemplar(
        theme,
        card,
        summary=evil,
        spirit=evil,
        remarks=evil,
        citation=(evil,),
        related=(card,),
        voices=(Voice(evil, evil, evil, evil),) * 2,
    )
    for html in (page(theme, view), page(theme, home(theme, daily=(Daily(DAY, card),), wall=(card,)))):
        assert "<script>x" not in html


def test_feed_sitemap_and_robots_are_well_formed(theme: Theme) -> None:
    entry = FeedEntry(LI_NA, "https://honour.example/zone/exemplars/li-na/", "A & B <c>", DAY)
    feed = ElementTree.fromstring(page(theme, FeedView(frame(theme), "feed.xml", (entry,), DAY)))
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{atom}entry/{atom}summary") == "A & B <c>"
    assert feed.findtext(f"{atom}entry/{atom}published") == "2026-11-22T00:00:00+08:00"
    paths = ("index.html", "exemplars/li-na/index.html")
    sitemap = ElementTree.fromstring(page(theme, AddressesView(frame(theme), "sitemap.xml", paths)))
    assert [loc.text for loc in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        "https://honour.example/zone/",
        "https://honour.example/zone/exemplars/li-na/",
    ]
    robots = page(theme, AddressesView(frame(theme), "robots.txt", ()))
    assert robots == "User-agent: *\nAllow: /\nSitemap: https://honour.example/zone/sitemap.xml\n"
    hidden = page(theme, AddressesView(frame(theme, preview=True), "robots.txt", ()))
    assert "Disallow: /\n" in hidden


def test_a_redirect_leads_to_the_new_address(theme: Theme) -> None:
    html = page(theme, RedirectView(frame(theme), "exemplars/old/index.html", LI_NA.path, "李娜"))
    assert 'content="0; url=../../exemplars/li-na/index.html"' in html and "noindex" in html


def test_pages_in_english_have_english_words() -> None:
    english = load_theme(THEMES.parent, "honour", "en")
    html = page(english, exemplar(english))
    assert "In their own words" in html and "Printing" not in html and "22 Nov 2026" in shown(html)
    assert 'lang="en"' in html


# --- recipes -----------------------------------------------------------------------------------------


def test_errors_of_templates_name_the_line(tmp_path: Path) -> None:
    cases = {
        "{% extends 'base.html' %}\n{% if %}": ("template-syntax", 2),
        "{% extends 'base.html' %}\n\n{% block main %}{{ view.nothing }}{% endblock %}": ("template-name", 3),
        "{% extends 'base.html' %}\n{% block main %}{{ t('no.such') }}{% endblock %}": (
            "translation-missing",
            2,
        ),
        "\n{% include ['a' ~ '.html'] %}": ("template-missing", 2),
    }
    for at, (source, (code, line)) in enumerate(cases.items()):
        own_theme(tmp_path, f"t{at}", **{"templates__home.html": source})
        broken = load_theme(tmp_path, f"t{at}", "zh-CN")
        with pytest.raises(GeneratorError) as caught:
            page(broken, home(broken))
        (problem,) = caught.value.problems
        where = (problem.where.file, problem.where.line)
        assert (problem.code, where) == (code, (f"themes/t{at}/templates/home.html", line))
        assert problem.message("zh-CN") and problem.hint("zh-CN") and problem.message("en")


def test_the_same_view_and_files_give_the_same_bytes(theme: Theme) -> None:
    files = Files(theme.files_for("exemplar.html"))
    assert render_page(exemplar(theme), files) == render_page(exemplar(theme), files)
    again = load_theme(THEMES.parent, "honour", "zh-CN")
    assert render_page(exemplar(theme), Files(again.files_for("exemplar.html"))) == render_page(
        exemplar(theme), files
    )


def test_planning_needs_neither_jinja_nor_yaml() -> None:
    code = "import sys, generator.theme; print(sorted({'jinja2', 'markupsafe', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_scripts_and_assets(theme: Theme) -> None:
    script = render_script(None, Files(theme.scripts()))
    assert len(script) <= 20 * 1024
    assert b"?." not in script and b"??" not in script, "Chromium 78 has neither"
    assets = dict(theme.assets())
    icon = assets["assets/icon.svg"]
    assert copy_asset(None, Files((("icon", icon),))) == icon.path.read_bytes()


def test_the_stylesheet_asks_for_nothing_from_elsewhere(theme: Theme) -> None:
    sheet = render_stylesheet(None, Files(theme.styles())).decode()
    assert sheet.startswith(":root {\n  --paper: #FBF8F3;")
    assert "url(" not in sheet and "@import" not in sheet


def test_every_problem_has_words_in_both_languages() -> None:
    codes = {
        code
        for module in (THEMES.parent / "generator/theme").glob("*.py")
        for code in re.findall(r'"((?:theme|template|translation)-[a-z]+)"', module.read_text("utf-8"))
    }
    assert len(codes) == 10
    for language in ("zh-CN", "en"):
        assert codes <= messages(language).keys()
