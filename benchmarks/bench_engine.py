"""How long the engine itself takes for 13,000 targets: cold, nothing to do, one edit; beside a plain copy.

Run: python benchmarks/bench_engine.py [targets]"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter

from generator.engine.make import make
from generator.engine.parallel import Workers
from generator.engine.store import Store
from generator.engine.target import File, Files, Target, digest_bytes


@dataclass(frozen=True, slots=True)
class Card:
    slug: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Page:
    """A view of about twenty short fields, one text and a few cards, as an exemplar's page has."""

    slug: str
    name: str
    year: int
    body: str
    cards: tuple[Card, ...]
    f01: str = "运维中心"
    f02: str = "第二维护班组"
    f03: str = "班长"
    f04: str = "履职尽责"
    f05: str = "局机关党委"
    f06: str = "2017-12-15"
    f07: str = "一等奖"
    f08: str = "县级"
    f09: str = "优秀共产党员"
    f10: str = "局党〔2017〕12号"
    f11: bool = True
    f12: bool = False
    f13: int = 3
    f14: float = 0.35
    f15: str = "他"
    f16: str = ""


def page(view: Page, files: Files) -> bytes:
    """A small page, without the cost of a template engine."""
    return f"{view.name}\n{view.body}\n{[card.name for card in view.cards]}".encode()


def targets(count: int) -> list[Target]:
    """One page an exemplar in a folder of its own, four cards of neighbours on each."""
    template = (("exemplar.html", File(Path("exemplar.html"), digest_bytes(b"template"))),)
    cards = [Card(f"person-{at}", f"人物{at}", "运维中心") for at in range(count)]
    return [
        Target(
            f"exemplars/person-{at}/index.html",
            page,
            Page(f"person-{at}", f"人物{at}", 2000 + at % 20, "事迹" * 300, tuple(cards[at : at + 4])),
            template,
            permits=(f"web:person-{at}",),
            about=f"exemplars/person-{at}/index.md",
        )
        for at in range(count)
    ]


def timed(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return round(perf_counter() - start, 3)


def main(count: int) -> dict[str, float]:
    """Seconds of each run; `ratio` is a cold run on one core to a plain copy of its files."""
    planned = targets(count)
    edited = [*planned]
    edited[count // 2] = replace(planned[count // 2], view=replace(planned[count // 2].view, name="李建国"))
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)

        def build(plan: list[Target], jobs: int, out: str = "public") -> None:
            with Store(site, "code") as store, Workers(jobs) as workers:
                make(
                    plan,
                    site / out,
                    store,
                    code="code",
                    permitted=frozenset(),
                    day=date(2026, 1, 1),
                    workers=workers,
                )

        figures = {
            "cold, 1 job": timed(lambda: build(planned, 1)),
            "nothing to do": min(timed(lambda: build(planned, 1)) for _ in range(3)),
            "one edit": timed(lambda: build(edited, 1)),
            "cold, 2 jobs": timed(lambda: build(planned, 2, "second")),
            "plain copy": timed(lambda: shutil.copytree(site / "public", site / "copy")),
        }
    figures["ratio"] = round(figures["cold, 1 job"] / figures["plain copy"], 2)
    return figures


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 13_000), indent=2))
