"""The kiosk's settings in site.yaml."""

from __future__ import annotations

import pytest

from generator.model import Kiosk
from generator.sources.settings import parse_settings

HEAD = "title: 站\norganisation: 司\n"


def read(text: str) -> Kiosk:
    settings, problems = parse_settings((HEAD + text).encode())
    assert settings is not None, problems
    return settings.kiosk


def test_what_is_not_said_is_usual() -> None:
    assert read("") == read("kiosk: {}\n") == Kiosk()


@pytest.mark.parametrize(
    ("written", "time"),
    [("19:30", "19:30"), ("7：05", "07:05"), ("7点", "07:00"), ("'00:00'", "00:00"), ("23时", "23:00")],
)
def test_a_time_of_day_is_read_as_offices_write_it(written: str, time: str) -> None:
    assert read(f"kiosk: {{dim: {written}, wake: '08:00'}}\n").dim == time


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{dim: 24:00, wake: 7:00}", "time-expected"),
        ("{dim: 傍晚, wake: 7:00}", "time-expected"),
        ("{dim: 19:00}", "dim-without-wake"),
        ("{dim: 19:00, wake: 19:00}", "dim-without-wake"),
        ("{idle: 20, warning: 20}", "warning-too-long"),
        ("{warning: 60}", "warning-too-long"),
        ("{seconds: {least: 31}}", "stay-reversed"),
        ("{heartbeat: ftp://watch.example.cn}", "url-form"),
        # It goes into a content security policy, where these would end one directive and begin another.
        ("{heartbeat: 'https://watch.example.cn;script-src'}", "url-form"),
        ("{newly: {factor: 0}}", "number-expected"),
    ],
)
def test_what_cannot_be_is_an_error(text: str, code: str) -> None:
    settings, problems = parse_settings((HEAD + f"kiosk: {text}\n").encode())
    assert settings is None
    assert code in [problem.code for problem in problems]
