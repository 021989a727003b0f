"""Keyed hashes: equal where they should be, and telling nothing without the key."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given
from site_builder import jpeg, record
from withdrawal_case import bytes_of, portrait

from generator.sources.revoking import revoke
from generator.sources.signing import UnwritableError
from generator.withdrawal.looks import BITS, alike, looks_of
from generator.withdrawal.secrets import Key, make_key, read_key
from generator.withdrawal.texts import APART, forms_of, without_tags

LOOKS = st.integers(0, (1 << BITS) - 1)
KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS, LOOKS, LOOKS)
def test_a_veil_keeps_distances(key, one, other):
    veil = Key(key).of_look
    assert (int(veil(one), 16) ^ int(veil(other), 16)).bit_count() == (one ^ other).bit_count()
    assert len(veil(one)) == BITS // 4


@given(KEYS, KEYS, LOOKS)
def test_another_key_gives_other_hashes(key, other, look):
    same = key == other
    assert (Key(key).of_name("李娜") == Key(other).of_name("李娜")) == same
    assert (Key(key).of_look(look) == Key(other).of_look(look)) == same


def test_a_name_is_one_however_it_is_spaced():
    key = Key(b"k" * 32)
    assert key.of_name("李　娜") == key.of_name("李娜") != key.of_name("李那")


def test_a_key_is_made_once(tmp_path):
    assert read_key(tmp_path) is None
    assert make_key(tmp_path).of_name("李娜") == make_key(tmp_path).of_name("李娜")
    (tmp_path / "withdrawn.key").write_text("not ours")
    with pytest.raises(OSError, match="withdrawn"):
        make_key(tmp_path)


@pytest.mark.parametrize("scale", [0.2, 0.5, 1.5])
@pytest.mark.parametrize("number", range(6))
def test_a_look_survives_scaling_and_tells_portraits_apart(number, scale):
    image = portrait(number)
    (look,) = looks_of(bytes_of(image, "PNG"))
    scaled = image.resize((round(600 * scale), round(800 * scale)))
    (again,) = looks_of(bytes_of(scaled, "WEBP", quality=60))
    assert alike(look, again)
    assert not any(alike(look, looks_of(bytes_of(portrait(n), "PNG"))[0]) for n in range(6) if n != number)


def test_one_colour_looks_like_nothing():
    assert looks_of(jpeg()) == ()


def test_tags_within_a_word_join_it_and_others_do_not():
    assert without_tags("李<b>娜</b>") == "李娜"
    assert without_tags("<li>小李</li><li>娜娜</li>") == f"{APART}小李{APART}{APART}娜娜{APART}"
    assert any("李娜" in form.close for form in forms_of(r"\u674e\u5a1c"))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_record_keeps_every_other_byte(end):
    text = record().decode().replace("status: approved", "status: 'approved'   # 终审过了").replace("\n", end)
    new = revoke(text.encode(), "2026-03-02 本人\n要求").decode()
    assert new == text.replace(
        "status: 'approved'   # 终审过了", "status: revoked  # 2026-03-02 本人 要求；终审过了"
    )


def test_a_record_without_status_is_not_guessed_at():
    with pytest.raises(UnwritableError):
        revoke(b"no front matter", "")
