"""Derived inputs: made once for all targets that ask, kept, remade when their file changes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from engine_case import Note, build, failing, note, slow_note

from generator.engine.explain import explain
from generator.engine.kept import Kept
from generator.engine.store import Store
from generator.engine.target import Derived, File, Files, Recipe, Target, derive, digest_bytes
from generator.problems import GeneratorError, Place, error


def shout(view: Note, files: Files) -> bytes:
    """The file in capitals; each run adds a letter to `view.ran`."""
    return note(Note("", view.ran), files).upper()


def refusing(view: Note, files: Files) -> bytes:
    raise GeneratorError([error(Place("exemplars/li/index.md", 7), "stranger", path=view.text)])


def derived(site: Path, recipe: Recipe = shout, name: str = "photo.txt") -> Derived:
    """What `recipe` makes of a file of the site, named by that file's bytes."""
    path = site / name
    digest = digest_bytes(path.read_bytes())
    ran = str(site / f"{name}.ran")
    return Derived(recipe, Note(name, ran), (("source", File(path, digest)),), f"{recipe.__name__}{digest}")


def runs(site: Path, name: str = "photo.txt") -> int:
    ran = site / f"{name}.ran"
    return len(ran.read_text()) if ran.exists() else 0


def targets(made: Derived, count: int = 3, recipe: Recipe = note) -> list[Target]:
    return [Target(f"{n}.pdf", recipe, Note(f"{n}:"), (("picture/a", made),)) for n in range(count)]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "photo.txt").write_text("face")
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2])
def test_it_is_made_once_for_all_targets(site: Path, jobs: int) -> None:
    report = build(site, targets(derived(site), 12, slow_note), jobs=jobs)
    assert report.complete and len(report.made) == 12
    assert (site / "public/7.pdf").read_bytes() == b"7:FACE"
    assert runs(site) == 1


def test_it_is_kept_for_the_next_build(site: Path) -> None:
    build(site, targets(derived(site)))
    shutil.rmtree(site / "public")
    assert len(build(site, targets(derived(site))).made) == 3
    assert runs(site) == 1


def test_nobody_who_needs_nothing_made_makes_it(site: Path) -> None:
    """A sheet that stands as it was asks for no plate, even if the plates were thrown away."""
    build(site, targets(derived(site)))
    shutil.rmtree(site / ".honour/kept")
    assert build(site, targets(derived(site))).made == ()
    assert runs(site) == 1


def test_another_file_is_another_input(site: Path) -> None:
    build(site, targets(derived(site)))
    (site / "photo.txt").write_text("other face")
    report = build(site, targets(derived(site)))
    assert len(report.made) == 3
    assert (site / "public/0.pdf").read_bytes() == b"0:OTHER FACE"
    assert runs(site) == 2


def test_one_changed_file_remakes_those_that_show_it(site: Path) -> None:
    (site / "second.txt").write_text("b")

    def plan() -> list[Target]:
        first, second = derived(site), derived(site, name="second.txt")
        pairs = (("picture/a", first), ("picture/b", second))
        return [Target("one", note, Note("1"), pairs[:1]), Target("both", note, Note("2"), pairs)]

    build(site, plan())
    (site / "second.txt").write_text("c")
    assert build(site, plan()).made == ("both",)
    assert (site / "public/both").read_bytes() == b"2FACEC"
    assert (runs(site), runs(site, "second.txt")) == (1, 2)


def test_the_reason_of_a_remake_names_it(site: Path) -> None:
    build(site, targets(derived(site)))
    (site / "photo.txt").write_text("other face")
    build(site, targets(derived(site)))
    with Store(site, "code") as store:
        found = explain(store, site / "public", "0.pdf")
    assert found is not None and found.why == "changed"
    assert [change.name for change in found.changes] == ["file:picture/a"]


@pytest.mark.parametrize(("recipe", "code"), [(failing, "recipe-failed"), (refusing, "stranger")])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failing_recipe_fails_those_that_ask_for_it(
    site: Path, recipe: Recipe, code: str, jobs: int
) -> None:
    sound, broken = derived(site), derived(site, recipe)
    several = [*targets(sound, 2), *(Target(f"bad{n}", note, Note("x"), (("a", broken),)) for n in range(2))]
    report = build(site, several, jobs=jobs)
    assert set(report.made) == {"0.pdf", "1.pdf"}
    assert [(path, problem.code) for path, problem in report.failed] == [("bad0", code), ("bad1", code)]
    assert not report.complete
    if code == "stranger":
        assert {problem.where for _, problem in report.failed} == {Place("exemplars/li/index.md", 7)}


def test_one_that_is_planned_and_never_read_fails_nobody(site: Path) -> None:
    def indifferent() -> list[Target]:
        return [Target("a", shout_nothing, Note("a"), (("picture/a", derived(site, failing)),))]

    assert build(site, indifferent()).complete


def shout_nothing(view: Note, files: Files) -> bytes:
    return view.text.encode()


def test_a_file_that_changed_since_it_was_planned_is_named(site: Path) -> None:
    planned = derived(site)
    (site / "photo.txt").write_text("later")
    report = build(site, targets(planned, 1))
    assert [problem.code for problem in report.problems] == ["input-changed"]
    assert not (site / "public/0.pdf").exists()


def test_a_damaged_kept_one_is_made_again(site: Path) -> None:
    build(site, targets(derived(site)))
    (kept,) = (path for path in (site / ".honour/kept").glob("*/*") if path.name.startswith("shout"))
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    shutil.rmtree(site / "public")
    build(site, targets(derived(site)))
    assert (site / "public/0.pdf").read_bytes() == b"0:FACE"
    assert runs(site) == 2


def test_without_a_store_it_is_made_at_each_asking(site: Path) -> None:
    made = derived(site)
    files = Files((("picture/a", made),))
    assert files.bytes("picture/a") == files.bytes("picture/a") == b"FACE"
    assert runs(site) == 2
    shelf = Kept(site / "kept")
    assert derive(made, shelf) == derive(made, shelf) == b"FACE"
    assert runs(site) == 3


def test_a_store_that_cannot_be_written_stops_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwritable(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", unwritable)
    with Store(site, "code") as store:
        assert [problem.code for problem in store.problems] == ["store-readonly"]
        assert store.kept_folder is None
    monkeypatch.undo()
    (site / ".honour").write_text("a file where the store's folder should be")
    report = build(site, targets(derived(site)))
    assert report.complete and len(report.made) == 3
    assert (site / "public/2.pdf").read_bytes() == b"2:FACE"


def test_the_least_used_are_thrown_away_first(site: Path) -> None:
    shelf = Kept(site / "kept")
    for n in range(4):
        shelf.put(f"key{n}", bytes(1000))
        os.utime(site / f"kept/ke/key{n}", (n, n))
    assert shelf.fetch("key0") is not None  # used again just now
    shelf.trim(2500)
    assert [n for n in range(4) if shelf.fetch(f"key{n}") is not None] == [0, 3]
