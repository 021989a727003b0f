"""How names are read, sorted, and turned into slugs."""

import re

import pytest
from pypinyin import Style, lazy_pinyin

from generator.pinyin import COMPOUND_SURNAMES, SURNAMES, Reading, plain_letters, read_name, slug_of


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("李娜", "lǐ nà"),
        ("李建国", "lǐ jiànguó"),
        ("单宇清", "shàn yǔqīng"),
        ("曾国强", "zēng guóqiáng"),
        ("仇英", "qiú yīng"),
        ("解放", "xiè fàng"),
        ("区伟", "ōu wěi"),
        ("盖明", "gě míng"),
        ("翟志刚", "zhái zhìgāng"),
        ("阚玉", "kàn yù"),
        ("区区", "ōu qū"),  # only the first is a surname
        ("吕布", "lǚ bù"),
        ("尉迟恭", "yùchí gōng"),
        ("万俟明", "mòqí míng"),
        ("欧阳修", "ōuyáng xiū"),
        ("欧阳震华", "ōuyáng zhènhuá"),
        ("诸葛亮", "zhūgě liàng"),
        ("单于飞", "shàn yúfēi"),
        ("华", "huá"),
        ("张重庆", "zhāng chóngqìng"),
        ("阿依古丽·买买提", "āyīgǔlì mǎimǎití"),
        ("扎西•次仁", "zhāxī cìrén"),
        ("乌兰图雅", "wū lán tú yǎ"),
        ("李 Tony", "lǐ Tony"),
        ("", ""),
    ],
)
def test_the_names_of_people(name, marked):
    assert read_name(name).marked == marked


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("王𬭎", "wáng hóng"),
        ("李㛃", "lǐ jié"),
        ("刘䶮", "liú yǎn"),
        ("赵𠅤", "zhào xí"),
        ("李𠮷", "lǐ jí"),
        ("黄㐂", "huáng xǐ"),
        ("\uf9e1明", "lǐ míng"),  # a compatibility form of 李, as old systems export it
    ],
)
def test_rare_characters(name, marked):
    assert read_name(name).marked == marked


def test_a_character_that_nobody_can_read_stays_visible_and_sorts_last():
    unread = read_name("李\U0003ffff")
    assert unread.marked == "lǐ \U0003ffff"
    assert unread.initial == "L"
    assert read_name("李中").key < unread.key < read_name("刘一").key
    assert read_name("\U0003ffff明").initial == "#"


def test_the_records_own_pinyin_prevails():
    words = (("shàn",), ("yǔ", "qīng"))
    assert read_name("单宇清", "  Shàn   yǔ-qīng ") == Reading("shàn yǔ-qīng", "shan4 yu-qing31", "S", words)
    assert read_name("宁静", "nìng jìng").marked == "nìng jìng"
    assert read_name("热线二组", "rèxiàn èrzǔ", collective=True).marked == "rèxiàn èrzǔ"


@pytest.mark.parametrize(
    ("name", "written", "words"),
    [
        ("李南星", "", (("lǐ",), ("nán", "xīng"))),
        ("尉迟恭", "", (("yù", "chí"), ("gōng",))),
        ("阿依古丽·买买提", "", (("ā", "yī", "gǔ", "lì"), ("mǎi", "mǎi", "tí"))),
        ("乌兰图雅", "", (("wū",), ("lán",), ("tú",), ("yǎ",))),
        ("12路", "", (("12",), ("lù",))),
        ("李南星", "Lǐ Nánxīng", (("lǐ",), ("nán", "xīng"))),
        ("吕晨光", "lǚ chénguāng", (("lǚ",), ("chén", "guāng"))),
        ("王先", "wáng xiān", (("wáng",), ("xiān",))),  # as many syllables as signs
        ("王西安", "wáng xīān", (("wáng",), ("xī", "ān"))),
        ("王西安", "wáng xī’ān", (("wáng",), ("xī", "ān"))),
        ("方二", "fāng èr", (("fāng",), ("èr",))),
        ("李 Tony", "lǐ Tony", (("lǐ",), ("tony",))),  # no pinyin
        ("", "", ()),
    ],
)
def test_a_reading_knows_its_syllables(name, written, words):
    assert read_name(name, written).words == words


@pytest.mark.parametrize(
    ("name", "marked", "initial"),
    [
        ("热线二组", "rè xiàn èr zǔ", "R"),
        ("重庆路班组", "chóng qìng lù bān zǔ", "C"),
        ("单车队", "dān chē duì", "D"),  # no surname
        ("12路车队", "12 lù chē duì", "#"),
        ("A组", "A zǔ", "A"),
    ],
)
def test_collectives_have_no_surname(name, marked, initial):
    reading = read_name(name, collective=True)
    assert (reading.marked, reading.initial) == (marked, initial)


def test_names_stand_by_surname_then_tone_then_given_name():
    names = ["李安", "李白", "李娜", "刘一", "吕布", "陆游", "黎明", "单宇清", "沈括"]
    in_order = ["黎明", "李安", "李白", "李娜", "刘一", "陆游", "吕布", "单宇清", "沈括"]
    assert sorted(names, key=lambda name: read_name(name).key) == in_order


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("lǐ nà", "li na"),
        ("lǚ", "lv"),
        ("ǖǘǚǜü", "vvvvv"),
        ("nüè", "nve"),
        ("LǙ", "lv"),
        ("ế", "e"),
        ("ḿ", "m"),
    ],
)
def test_letters_without_tones(marked, plain):
    assert plain_letters(marked) == plain


def test_letters_are_the_same_however_unicode_composes_them():
    assert (
        plain_letters("l\u01da") == plain_letters("lu\u0308\u030c") == plain_letters("l\u00fc\u030c") == "lv"
    )


@pytest.mark.parametrize("surname", SURNAMES)
def test_the_table_of_surnames_holds_only_what_would_be_read_otherwise(surname):
    assert lazy_pinyin(surname, style=Style.TONE)[0] != SURNAMES[surname]
    assert re.fullmatch("[a-zāáǎàēéěèīíǐìōóǒòūúǔù]+", SURNAMES[surname])


@pytest.mark.parametrize("surname", ["宁", "黑", "隗", "郇", "召"])
def test_surnames_with_two_readings_are_left_to_their_bearers(surname):
    assert surname not in SURNAMES


@pytest.mark.parametrize("surname", sorted(COMPOUND_SURNAMES))
def test_a_compound_surname_is_one_word_before_one_and_two_characters(surname):
    assert len(surname) == 2
    for given in ("明", "建国"):
        head, tail = read_name(surname + given).marked.split(" ")
        assert head == "".join(lazy_pinyin(surname, style=Style.TONE))
        assert tail == "".join(lazy_pinyin(given, style=Style.TONE))


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("夜班线路队", "yebanxianludui"),
        ("女子组", "nvzizu"),
        ("12路 A组", "12lu-azu"),
        ("《学习》标兵、先进 典型", "xuexi-biaobing-xianjin-dianxing"),
        ("𠮷", "ji"),
        ("", ""),
        ("——", ""),
        ("Été", "ete"),
    ],
)
def test_slugs(words, slug):
    assert slug_of(words) == slug


def test_a_long_title_makes_a_slug_that_a_path_can_hold():
    slug = slug_of("最" * 100)
    assert len(slug) <= 64
    assert re.fullmatch("[a-z]+", slug)
