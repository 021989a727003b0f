"""The fields of site.yaml about the kiosk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator import model
from generator.sources.nested import Entry
from generator.sources.positions import Node
from generator.sources.shape import Field, Reading, Shape
from generator.sources.values import Matching, Number, Truth, text_at

ADDRESS = Matching(r"https?://[^\s/?#\"'<>;,]+[^\s\"'<>;,]*", "url-form", "网址", "web address")


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day, 19:00, as text of five characters."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> str | None:
        text = text_at(node, reading, key)
        if text is None:
            return None
        told = re.fullmatch(
            r"([01]?[0-9]|2[0-3])(?::([0-5][0-9])|[点时])", unicodedata.normalize("NFKC", text)
        )
        if told is None:
            reading.refuse(node, "time-expected", key=key, value=text)
            return None
        return f"{int(told[1]):02}:{told[2] or '00'}"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["19:00"]}

    def described(self, language: str) -> str:
        return "时刻" if language == "zh-CN" else "time of day"


def _least_before_most(values: Mapping[str, Any], node: Node, reading: Reading) -> None:
    usual = model.Stay()
    least, most = values.get("least", usual.least), values.get("most", usual.most)
    if most < least:
        reading.refuse(node, "stay-reversed", least=least, most=most)


def _in_time(values: Mapping[str, Any], node: Node, reading: Reading) -> None:
    """Refuses a warning that comes before the visitor has done nothing, and a screen that never wakes."""
    usual = model.Kiosk()
    idle, warning = values.get("idle", usual.idle), values.get("warning", usual.warning)
    if warning >= idle:
        reading.refuse(node, "warning-too-long", idle=idle, warning=warning)
    if bool(values.get("dim")) != bool(values.get("wake")) or (
        values.get("dim") and values["dim"] == values["wake"]
    ):
        reading.refuse(node, "dim-without-wake")


# fmt: off
NEWLY = Shape(
    model.Newly,
    (
        Field("days", "天数", Number(1, 3660), "表彰之后多少天算新近（默认 30）",
              "days after an honour that count as new (default 30)", example="30"),
        Field("factor", "倍数", Number(1, 10), "一轮里出现几次（默认 1，与别人一样）",
              "times in each round (default 1, like everybody)", example="2"),
    ),
)

STAY = Shape(
    model.Stay,
    (
        Field("least", "最少", Number(5, 600), "字少的人停多少秒（默认 20）", "seconds for few words (default 20)",
              example="20"),
        Field("most", "最多", Number(5, 600), "字多的人停多少秒（默认 30）", "seconds for many words (default 30)",
              example="30"),
    ),
    check=_least_before_most,
)

POLLING = Shape(
    model.Polling,
    (
        Field("every", "间隔", Number(1, 1440), "每隔多少分钟看一次有没有新版本（默认 10）",
              "minutes between two looks for a new version (default 10)", example="10"),
        Field("jitter", "错开", Number(0, 720), "提前或推后至多多少分钟，各屏互相错开（默认 3）",
              "minutes sooner or later at most, so that kiosks don't ask all at once (default 3)", example="3"),
    ),
    short="every",
)

KIOSK = Shape(
    model.Kiosk,
    (
        Field("newly", "新近表彰", Entry(NEWLY), "新近受表彰的人多出现几次",
              "those honoured lately come more often", example="{days: 30, factor: 2}"),
        Field("seconds", "停留秒数", Entry(STAY), "每人停多少秒，随字数而定",
              "seconds for a person, by the length of the words", example="{least: 20, most: 30}"),
        Field("between", "间隔人数", Number(0, 100), "每隔几人插一条标语或活动，0 表示不插（默认 6）",
              "people between two slogans or activities, 0 for none (default 6)", example="6"),
        Field("idle", "无人秒数", Number(15, 3600), "多少秒没有人碰就回到轮播（默认 60）",
              "seconds without a touch until the loop goes on (default 60)", example="60"),
        Field("warning", "提醒秒数", Number(0, 120), "回去之前提前多少秒提醒（默认 10）",
              "seconds of warning before that (default 10)", example="10"),
        Field("poll", "检查更新", Entry(POLLING), "多久看一次有没有新版本", "how often a new version is looked for",
              example="{every: 10, jitter: 3}"),
        Field("dim", "变暗", TimeOfDay(), "几点变暗；不写则不变暗", "when the screen dims; never by default",
              example="19:00"),
        Field("wake", "变亮", TimeOfDay(), "几点恢复", "when it wakes", example="07:30"),
        Field("restart", "重启时刻", Number(0, 23), "每天几点重新开始（默认 4 点）",
              "hour of the day's restart (default 4)", example="4"),
        Field("heartbeat", "心跳地址", ADDRESS, "每隔几分钟向它发一个 GET 请求，报告屏还活着",
              "an address that is asked every few minutes, to say that the kiosk lives",
              example="https://watch.example.cn/kiosk"),
        Field("drift", "像素漂移", Number(0, 40), "画面慢慢移动多少像素，防止烧屏；0 表示不动（默认 8）",
              "pixels that the picture drifts, against burning in; 0 for none (default 8)", example="8"),
        Field("handoff", "扫码带走", Truth(), "人物页上放二维码，手机扫了接着看（默认是）",
              "a QR code on exemplars' pages, to read on by telephone (default true)", example="是"),
    ),
    check=_in_time,
)

KIOSK_FIELD = Field("kiosk", "展示屏", Entry(KIOSK), "大厅展示屏的设置", "the kiosk in the lobby",
                    example="{idle: 60}")
# fmt: on
