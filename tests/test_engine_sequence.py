"""Whatever happened before, a build without errors ends equal to a clean one, byte for byte."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from engine_case import at, build, failing, tree
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from generator.engine.target import Target

PATHS = ["index.html", "a", "A/x.html", "a/x.html", "b/c/d.html", "b/c/e.html", "b/c", "photos/p.webp"]
WORDS = ["one", "two", "three-three"]
PERMITS = ["web:li", "web:wang"]
SEALED = ["a", "b", "photos"]


class _Kill(BaseException):
    """Stands for a process that is gone: nothing of the engine catches it."""


def clashes(path: str, others: set[str]) -> bool:
    folded = path.lower()
    return any(
        folded == other or other.startswith(f"{folded}/") or folded.startswith(f"{other}/")
        for other in map(str.lower, others - {path})
    )


class Builds(RuleBasedStateMachine):
    """Changes of the plan and harm to the folder, with builds between them."""

    def __init__(self) -> None:
        super().__init__()
        self.site = Path(tempfile.mkdtemp())
        self.plan: dict[str, Target] = {}
        self.strangers: dict[str, bytes] = {}
        self.code = "code"

    def teardown(self) -> None:
        shutil.rmtree(self.site)

    @property
    def out(self) -> Path:
        return self.site / "public"

    def ours(self) -> list[str]:
        return sorted(set(tree(self.out)) - set(self.strangers)) if self.out.exists() else []

    @initialize()
    def start(self) -> None:
        self.put("index.html", "one", PERMITS[:1], False)

    @rule(
        path=st.sampled_from(PATHS),
        text=st.sampled_from(WORDS),
        permits=st.lists(st.sampled_from(PERMITS)),
        keep=st.booleans(),
    )
    def put(self, path: str, text: str, permits: list[str], keep: bool) -> None:
        if not clashes(path, set(self.plan)):
            self.plan[path] = at(path, text, permits=tuple(permits), keep=keep)

    @precondition(lambda self: self.plan)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        del self.plan[data.draw(st.sampled_from(sorted(self.plan)))]

    @rule(code=st.sampled_from(["code", "newer"]))
    def change_code(self, code: str) -> None:
        self.code = code

    @precondition(lambda self: self.ours())
    @rule(data=st.data(), text=st.binary(max_size=12))
    def edit_by_hand(self, data: st.DataObject, text: bytes) -> None:
        file = self.out / data.draw(st.sampled_from(self.ours()))
        if file.name == "manifest.json":
            return  # without its seal a folder is somebody else's, and refused
        file.write_bytes(text)
        later = file.stat().st_mtime_ns + 1_000_000  # people are slower than the clock of any file system
        os.utime(file, ns=(later, later))

    @precondition(lambda self: self.ours())
    @rule(data=st.data())
    def delete_by_hand(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.ours()))
        if name != "manifest.json":
            (self.out / name).unlink()

    @rule()
    def lose_the_store(self) -> None:
        shutil.rmtree(self.site / ".honour", ignore_errors=True)

    @rule()
    def lose_everything_built(self) -> None:
        shutil.rmtree(self.out, ignore_errors=True)
        self.strangers.clear()

    @precondition(lambda self: self.out.exists())
    @rule(name=st.sampled_from(["mine.txt", "deep/mine.txt"]))
    def add_a_strangers_file(self, name: str) -> None:
        (self.out / name).parent.mkdir(exist_ok=True)
        (self.out / name).write_bytes(b"mine")
        self.strangers[name] = b"mine"

    @rule(after=st.integers(1, 4))
    def build_and_be_killed(self, after: int) -> None:
        def kill(done: int, total: int) -> None:
            if done == after:
                raise _Kill

        with contextlib.suppress(_Kill):
            build(self.site, self.plan.values(), code=self.code, progress=kill, sealed=SEALED)

    @precondition(lambda self: self.plan)
    @rule(data=st.data(), permitted=st.sets(st.sampled_from(PERMITS)))
    def build_with_a_failure(self, data: st.DataObject, permitted: set[str]) -> None:
        path = data.draw(st.sampled_from(sorted(self.plan)))
        plan = {**self.plan, path: at(path, "new words", failing)}
        report = build(self.site, plan.values(), code=self.code, permitted=permitted, sealed=SEALED)
        assert [failed for failed, _ in report.failed] == [path] and not report.complete
        built = tree(self.out)
        assert (path in built) == (report.kept_old == (path,))
        for other, target in self.plan.items():
            assert other == path or built[other] == target.view.text.encode()

    @rule()
    def build_again(self) -> None:
        report = build(self.site, self.plan.values(), code=self.code, sealed=SEALED)
        assert report.complete and report.problems == ()
        built = tree(self.out)
        for name, data in self.strangers.items():
            assert built.pop(name) == data
        with tempfile.TemporaryDirectory() as elsewhere:
            build(Path(elsewhere), self.plan.values(), code=self.code, sealed=SEALED)
            assert built == tree(Path(elsewhere) / "public")
        assert build(self.site, self.plan.values(), code=self.code, sealed=SEALED).made == ()


class LongBuilds(Builds):
    """The same for as long as it takes to believe it."""


TestBuilds = Builds.TestCase
TestBuilds.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)

TestLongBuilds = pytest.mark.soak(LongBuilds.TestCase)
TestLongBuilds.settings = settings(max_examples=400, stateful_step_count=50, deadline=None)
