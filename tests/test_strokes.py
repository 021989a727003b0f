"""Names stand in the customary order of lists: by strokes, by the kind of each stroke, by the next sign."""

import pytest
from site_builder import ROOT

from generator.pinyin import SURNAMES
from generator.strokes import SIGNS, _counts, _orders, stroke_count, stroke_key, stroke_order


@pytest.mark.parametrize(
    ("sign", "count"),
    [
        ("〇", 1),
        ("一", 1),
        ("丁", 2),
        ("马", 3),
        ("王", 4),
        ("阳", 6),  # 阝 is two strokes in China
        ("李", 7),
        ("陈", 7),
        ("骨", 9),  # nine in China, ten in Taiwan
        ("黄", 11),
        ("德", 15),
        ("魏", 17),
        ("㛃", 9),  # extension A
        ("𬭎", 12),  # extension E: in the table of 8105 signs, for names
        ("𰻝", 43),  # extension G: biáng
        ("A", 0),
        ("·", 0),
        ("　", 0),
    ],
)
def test_a_sign_has_as_many_strokes_as_schools_teach(sign: str, count: int) -> None:
    assert stroke_count(sign) == count


@pytest.mark.parametrize(
    ("sign", "order"),
    [
        ("十", "12"),
        ("子", "521"),  # the second is 弯钩 written as 竖钩
        ("打", "12112"),  # 提 counts as 横, 竖钩 as 竖
        ("凸", "21251"),
        ("万", "153"),
        ("火", "4334"),
        ("德", "332122522114544"),
        ("𬭎", ""),
    ],
)
def test_strokes_come_in_the_order_of_writing(sign: str, order: str) -> None:
    assert stroke_order(sign) == order


def test_names_stand_as_on_a_list_of_a_congress() -> None:
    """按姓氏笔画为序: first by count, then 横 竖 撇 点 折, then the given name."""
    names = [
        "丁一",
        "刁林",
        "马丽",
        "王安",
        "王安石",
        "王芳",
        "方圆",
        "孔明",
        "叶青",
        "冯刚",
        "刘洋",
        "李丽",
        "李建国",
    ]
    names += [
        "杨光",
        "吴敏",
        "何平",
        "张伟",
        "陈静",
        "林森",
        "欧阳雪",
        "周舟",
        "赵云",
        "徐进",
        "黄河",
        "魏国",
    ]
    shuffled = [*names[1::2], *names[::2]]
    assert sorted(shuffled, key=stroke_key) == names


def test_dots_and_blanks_do_not_count_and_letters_stand_last() -> None:
    assert stroke_key("李　丽") == stroke_key("李丽")
    assert stroke_key("买买提·吐尔逊") == stroke_key("买买提吐尔逊")
    names = ["丁一", "买买提·吐尔逊", "赵云", "Adam", "阿", "Zoe"]
    assert sorted(names, key=stroke_key)[-2:] == ["Adam", "Zoe"]
    assert stroke_key("") == ()


def test_a_sign_of_unknown_order_stands_behind_those_of_as_many_strokes() -> None:
    assert stroke_key("㛃") > stroke_key("赵")  # nine both
    assert stroke_key("㛃") < stroke_key("徐")  # ten


def test_every_surname_with_a_reading_of_its_own_is_known_by_its_order() -> None:
    unknown = {sign for sign in "".join(SURNAMES) if not stroke_order(sign)}
    assert not unknown


def test_every_order_is_as_long_as_the_count() -> None:
    """Two sources agree on each sign that both know."""
    assert len(_orders()) > 9000
    assert len(_counts()) > 92_000
    assert not [sign for sign, order in _orders().items() if len(order) != _counts()[ord(sign)]]


def test_whose_the_data_are_stands_beside_them() -> None:
    said = (SIGNS / "LICENCES.txt").read_text("utf-8")
    assert "Unicode, Inc." in said
    assert "theajack" in said
    assert "signs" in (ROOT / "docs" / "decisions.md").read_text("utf-8")
