"""Sites from which somebody is withdrawn, and releases into which somebody is smuggled."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner, Result
from PIL import Image, ImageDraw
from site_builder import DAY, Files, document, picture, record, settings

from generator.admission import admission
from generator.cli import honour
from generator.problems import Problem

SECRET = "那一夜她一个人守着三号阀门没有离开半步"  # nobody else would write it
NAME = "欧阳紫萱"


def portrait(seed: int, width: int = 600, height: int = 800) -> Image.Image:
    """A picture that no other seed gives: coloured shapes, as different from one another as photos are."""
    chance = random.Random(seed)
    image = Image.new("RGB", (width, height), _colour(chance))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = chance.randrange(width), chance.randrange(height)
        size = chance.randrange(40, width // 2)
        shape = chance.choice((draw.ellipse, draw.rectangle))
        shape((x - size, y - size, x + size, y + size), fill=_colour(chance))
    return image


def photo(seed: int) -> bytes:
    return picture(portrait(seed), "JPEG", quality=88)


def _colour(chance: random.Random) -> tuple[int, int, int]:
    return (chance.randrange(256), chance.randrange(256), chance.randrange(256))


def person(name: str, sentence: str, **changes: object) -> bytes:
    """A record with a photo `photo.jpg`, whose deeds hold `sentence`."""
    own = {"photo": {"file": "photo.jpg", "alt": f"{name}在岗位上"}, "one_line": f"{sentence}的那个人。"}
    return record(f"## 事迹\n\n{sentence}。\n", **({"name": name} | own | changes))


def one_hidden(status: str = "revoked", **changes: object) -> Files:
    """li-na is shown; ouyang is not."""
    return {
        "site.yaml": settings(editions=["website", "kiosk", "bulletin", "press-kit"]),
        "exemplars/li-na/index.md": person("李娜", "窗口的灯她留到最后一位用户离开"),
        "exemplars/li-na/photo.jpg": photo(1),
        "exemplars/ouyang/index.md": person(NAME, SECRET, status=status, **changes),
        "exemplars/ouyang/photo.jpg": photo(2),
        "content/activities/hui.md": document({"title": "报告会", "date": "2026-01-10"}, "来了很多人。\n"),
    }


def judged(site: Path, folder: Path) -> tuple[Problem, ...]:
    """What the guard says of a folder."""
    with admission(site, DAY, lambda name: None, jobs=1) as asked:
        return asked.guard(folder)


@contextmanager
def guard_of(site: Path) -> Iterator[object]:
    """The guard, to be asked many times."""
    with admission(site, DAY, lambda name: None, jobs=1) as asked:
        yield asked.guard


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in problems}


def bytes_of(image: Image.Image, kind: str, **save: object) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **save)
    return data.getvalue()


def run(site: Path, *words: object) -> Result:
    """`honour --site SITE WORDS…` in this process: its `return_value`, `stdout` and `stderr`."""
    done = CliRunner().invoke(honour, ["--site", str(site), *map(str, words)], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done
