"""A folder is brought to a list of targets, whatever was there before."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from engine_case import (
    Note,
    at,
    build,
    complaining,
    dying,
    exiting,
    failing,
    folders,
    not_bytes,
    note,
    slow_note,
    tree,
    warning_only,
)

from generator.engine import place, seal
from generator.engine.explain import explain
from generator.engine.store import Store
from generator.engine.target import File, Target, digest_bytes
from generator.problems import GeneratorError

PLAN = [at("index.html"), at("exemplars/li/index.html"), at("exemplars/wang/index.html")]


def files(out: Path) -> dict[str, bytes]:
    """The files of an output folder but for its seal."""
    return {name: data for name, data in tree(out).items() if name != "manifest.json"}


def times(out: Path) -> dict[str, int]:
    return {file.as_posix(): file.stat().st_mtime_ns for file in out.rglob("*") if file.is_file()}


def codes(problems: tuple[object, ...]) -> list[str]:
    return [problem.code for problem in problems]  # type: ignore[attr-defined]  # problems all


# --- made and reused -------------------------------------------------------------------------------


def test_a_second_build_makes_nothing_and_touches_nothing(tmp_path: Path) -> None:
    first = build(tmp_path, PLAN)
    assert first.made == tuple(target.path for target in PLAN)
    before = times(tmp_path)
    second = build(tmp_path, PLAN)
    assert (second.made, second.reused, second.id) == ((), first.made, first.id)
    changed = {name for name, time in times(tmp_path).items() if before.get(name) != time}
    assert not {name for name in changed if "/public/" in name}


def test_one_change_remakes_one_file(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    report = build(tmp_path, [*PLAN[:2], at(PLAN[2].path, "new")])
    assert report.made == (PLAN[2].path,)
    assert (tmp_path / "public" / PLAN[2].path).read_bytes() == b"new"


def test_new_code_remakes_all_but_rewrites_no_identical_file(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    before = times(tmp_path / "public")
    assert len(build(tmp_path, PLAN, code="other").made) == 3
    after = times(tmp_path / "public")
    assert {name for name in after if after[name] != before[name]} <= {
        (tmp_path / "public/manifest.json").as_posix()
    }


def test_an_input_file_that_changed_remakes_its_targets(tmp_path: Path) -> None:
    def plan(text: str) -> list[Target]:
        (tmp_path / "base.html").write_text(text)
        file = File(tmp_path / "base.html", digest_bytes(text.encode()))
        return [Target("a.html", note, Note("a"), (("base.html", file),)), at("b.html")]

    build(tmp_path, plan("1"))
    assert build(tmp_path, plan("2")).made == ("a.html",)
    assert (tmp_path / "public/a.html").read_bytes() == b"a2"


def test_missing_and_edited_files_are_made_again(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    (tmp_path / "public/index.html").unlink()
    edited = tmp_path / "public" / PLAN[1].path
    same_size = b"x" * edited.stat().st_size
    edited.write_bytes(same_size)
    os.utime(edited, (1, 1))
    report = build(tmp_path, PLAN)
    assert set(report.made) == {"index.html", PLAN[1].path}
    assert edited.read_bytes() == PLAN[1].path.encode()


def test_a_folder_restored_with_other_times_is_not_made_again(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    for file in (tmp_path / "public").rglob("*.html"):
        os.utime(file, (5, 5))
    assert build(tmp_path, PLAN).made == ()


def test_dear_bytes_are_kept_and_put_back_without_a_run(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    plan = [Target("a.webp", note, Note("dear", str(ran)), keep=True)]
    build(tmp_path, plan)
    shutil.rmtree(tmp_path / "public")
    report = build(tmp_path, plan)
    assert (report.made, report.reused) == ((), ("a.webp",))
    assert ran.read_text() == "x"
    assert (tmp_path / "public/a.webp").read_bytes() == b"dear"


def test_two_jobs_make_the_same_bytes(tmp_path: Path) -> None:
    plan = [at(f"{n}/index.html", f"page {n}", slow_note) for n in range(60)]
    plan += [at("bad.html", "bad", failing), at("dead.html", "dead", dying)]
    reports = [build(tmp_path, plan[: 61 + (jobs > 1)], jobs=jobs, out=f"out{jobs}") for jobs in (1, 2)]
    one, two = (files(tmp_path / f"out{jobs}") for jobs in (1, 2))
    assert one == two and len(one) == 60
    assert codes(reports[0].problems) == ["recipe-failed"]
    assert codes(reports[1].problems) == ["recipe-failed", "worker-died"]


def test_progress_counts_what_is_made(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    build(tmp_path, PLAN, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


# --- pruned ----------------------------------------------------------------------------------------


def test_what_left_the_plan_leaves_the_folder_and_takes_empty_folders_along(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    report = build(tmp_path, PLAN[:1])
    assert report.pruned == (PLAN[1].path, PLAN[2].path)
    assert files(tmp_path / "public") == {"index.html": b"index.html"}
    assert folders(tmp_path / "public") == set()


def test_a_strangers_file_is_never_touched(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    stranger = tmp_path / "public/exemplars/li/notes.txt"
    stranger.write_text("mine")
    build(tmp_path, PLAN[:1])
    assert files(tmp_path / "public") == {"index.html": b"index.html", "exemplars/li/notes.txt": b"mine"}
    build(tmp_path, [])
    assert stranger.read_text() == "mine"


@pytest.mark.parametrize("forget", [False, True])
def test_a_strangers_file_in_the_way_is_a_problem_and_stays(tmp_path: Path, forget: bool) -> None:
    build(tmp_path, PLAN)
    (tmp_path / "public/new.html").write_text("mine")
    for _ in range(2):
        if forget:
            shutil.rmtree(tmp_path / ".honour")
        report = build(tmp_path, [*PLAN, at("new.html")])
        assert [(path, problem.code) for path, problem in report.failed] == [("new.html", "stranger")]
        assert not report.complete
        assert (tmp_path / "public/new.html").read_text() == "mine"
    build(tmp_path, PLAN)
    assert (tmp_path / "public/new.html").read_text() == "mine"


def test_a_strangers_file_of_the_same_bytes_becomes_ours(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    (tmp_path / "public/new.html").write_text("new.html")
    assert build(tmp_path, [*PLAN, at("new.html")]).complete
    assert build(tmp_path, PLAN).pruned == ("new.html",)


@pytest.mark.parametrize("way", ["folder", "file"])
def test_a_strangers_folder_or_a_file_for_a_folder_is_in_the_way_too(tmp_path: Path, way: str) -> None:
    build(tmp_path, PLAN)
    if way == "folder":
        (tmp_path / "public/new/index.html").mkdir(parents=True)
    else:
        (tmp_path / "public/new").write_text("mine")
    report = build(tmp_path, [*PLAN, at("new/index.html")])
    assert codes(report.problems) == ["stranger"]


def test_nothing_is_written_or_deleted_through_a_link(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    shutil.move(tmp_path / "public/exemplars", tmp_path / "elsewhere")
    try:
        (tmp_path / "public/exemplars").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("this account may make no links")
    report = build(tmp_path, [PLAN[0], at(PLAN[1].path, "new")])
    assert codes(report.problems) == ["stranger"]
    assert files(tmp_path / "elsewhere") == {
        "li/index.html": PLAN[1].path.encode(),
        "wang/index.html": PLAN[2].path.encode(),
    }


def test_a_file_becomes_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    build(tmp_path, [at("a"), at("b/c")])
    assert build(tmp_path, [at("a/x"), at("b")]).complete
    assert set(files(tmp_path / "public")) == {"a/x", "b"}


def test_a_change_of_letter_case_is_a_change(tmp_path: Path) -> None:
    build(tmp_path, [at("Li/index.html", "one")])
    assert build(tmp_path, [at("li/index.html", "two")]).complete
    assert files(tmp_path / "public") == {"li/index.html": b"two"}


# --- failures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recipe", "code"),
    [
        (failing, "recipe-failed"),
        (complaining, "stranger"),
        (warning_only, "stranger"),
        (exiting, "recipe-failed"),
        (not_bytes, "recipe-failed"),
    ],
)
def test_a_failed_recipe_leaves_the_others_made(tmp_path: Path, recipe: object, code: str) -> None:
    bad = at("bad.html", "bad", recipe, about="exemplars/bad/index.md")  # type: ignore[arg-type]  # recipes all
    report = build(tmp_path, [bad, *PLAN])
    assert len(report.made) == 3
    assert [(path, problem.code) for path, problem in report.failed] == [("bad.html", code)]
    assert not report.complete
    if code == "recipe-failed":
        assert report.problems[0].where.file == "exemplars/bad/index.md"
        assert report.traces[0][0] == "bad.html" and "Traceback" in report.traces[0][1]


def test_an_input_that_changed_during_the_build_is_named(tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("later")
    file = File(tmp_path / "base.html", digest_bytes(b"planned"))
    report = build(tmp_path, [Target("a.html", note, Note("a"), (("base.html", file),))])
    assert codes(report.problems) == ["input-changed"]
    assert dict(report.problems[0].found)["file"] == "base.html"


def permitted_case(tmp_path: Path) -> Target:
    """A built page that shows li and wang; its target now fails."""
    page = at("a.html", "old", permits=("web:wang", "web:li"))
    build(tmp_path, [page, *PLAN])
    return replace(page, recipe=failing, permits=("web:li",))


def test_a_failed_target_keeps_its_old_file_while_all_it_shows_may_be_shown(tmp_path: Path) -> None:
    bad = permitted_case(tmp_path)
    for _ in range(2):
        report = build(tmp_path, [bad, *PLAN], permitted=("web:li", "web:wang", "web:else"))
        assert report.kept_old == ("a.html",) and not report.complete
        assert (tmp_path / "public/a.html").read_bytes() == b"old"
    found = seal.read(str(tmp_path / "public"))
    assert found is not None and not found.complete and "a.html" in [entry.path for entry in found.files]
    back = build(tmp_path, [replace(bad, recipe=note, permits=("web:wang", "web:li")), *PLAN])
    assert back.made == () and back.complete


@pytest.mark.parametrize("permitted", [(), ("web:li",), ("web:wang",)])
def test_a_failed_target_loses_its_old_file_when_anybody_on_it_was_withdrawn(
    tmp_path: Path, permitted: tuple[str, ...]
) -> None:
    report = build(tmp_path, [permitted_case(tmp_path), *PLAN], permitted=permitted)
    assert report.kept_old == ()
    assert "a.html" not in tree(tmp_path / "public")


@pytest.mark.parametrize("harm", ["store", "edit", "preview"])
def test_an_old_file_of_unknown_making_does_not_stay(tmp_path: Path, harm: str) -> None:
    bad = permitted_case(tmp_path)
    if harm == "store":
        shutil.rmtree(tmp_path / ".honour")
    elif harm == "edit":
        (tmp_path / "public/a.html").write_text("somebody's words")
    report = build(tmp_path, [bad, *PLAN], permitted=("web:li", "web:wang"), preview=harm == "preview")
    assert report.kept_old == ()
    assert "a.html" not in tree(tmp_path / "public")


def test_permits_that_changed_without_the_bytes_count_from_then_on(tmp_path: Path) -> None:
    page = at("a.html", "old", permits=("web:li",))
    build(tmp_path, [page])
    wider = replace(page, permits=("web:li", "web:wang"))
    assert build(tmp_path, [wider]).made == ()
    assert build(tmp_path, [replace(wider, recipe=failing)], permitted=("web:li",)).kept_old == ()


# --- the folder ------------------------------------------------------------------------------------


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/manifest.json").write_text('{"name": "an app"}')
    with pytest.raises(GeneratorError) as caught:
        build(tmp_path, PLAN)
    assert codes(caught.value.problems) == ["out-foreign"]
    assert set(tree(tmp_path / "public")) == {"manifest.json"}


@pytest.mark.parametrize("path", ["../outside.html", "/etc/passwd", "a/../../x", "manifest.json"])
def test_a_forged_seal_owns_nothing_outside(tmp_path: Path, path: str) -> None:
    (tmp_path / "outside.html").write_text("mine")
    build(tmp_path, PLAN)
    shutil.rmtree(tmp_path / ".honour")
    file = tmp_path / "public/manifest.json"
    said = json.loads(file.read_text())
    said["files"].append({"path": path, "size": 4, "sha256": "0"})
    file.write_text(json.dumps(said))
    with pytest.raises(GeneratorError) as caught:
        build(tmp_path, [])
    assert codes(caught.value.problems) == ["out-foreign"]
    assert (tmp_path / "outside.html").read_text() == "mine"


def test_unusable_paths_and_views_stop_a_build_before_it_makes_anything(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError):
        build(tmp_path, [*PLAN, at("INDEX.html")])
    with pytest.raises(TypeError, match="frozen plain data"):
        build(tmp_path, [*PLAN, Target("x.html", note, ["a list"])])
    with pytest.raises(GeneratorError):
        build(tmp_path, PLAN, out="content")
    assert not (tmp_path / "public").exists() and not (tmp_path / "content").exists()


def test_ownership_outlives_the_store(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    shutil.rmtree(tmp_path / ".honour")
    report = build(tmp_path, PLAN[:2])
    assert (len(report.made), report.pruned) == (2, (PLAN[2].path,))


def test_another_folder_in_the_place_of_ours_is_not_taken_for_it(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    build(tmp_path, PLAN[:1], out="other")
    shutil.rmtree(tmp_path / "public")
    shutil.copytree(tmp_path / "other", tmp_path / "public")
    stranger = tmp_path / "public" / PLAN[1].path
    stranger.parent.mkdir(parents=True)
    stranger.write_text("mine")
    build(tmp_path, PLAN[:1])
    assert stranger.read_text() == "mine"


def test_a_file_that_is_in_place_already_but_in_no_seal_is_sealed(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    build(tmp_path, PLAN[:1], out="other")
    shutil.move(tmp_path / "public", tmp_path / "first")
    shutil.copytree(tmp_path / "other", tmp_path / "public")
    shutil.copytree(tmp_path / "first/exemplars", tmp_path / "public/exemplars")
    assert build(tmp_path, PLAN[:2]).complete
    found = seal.read(str(tmp_path / "public"))
    assert found is not None
    assert [entry.path for entry in found.files] == [PLAN[1].path, "index.html"]
    with Store(tmp_path, "code") as store:
        assert set(store.ledger(tmp_path / "public").rows()) == {PLAN[1].path, "index.html", "manifest.json"}


def test_a_build_stopped_while_pruning_is_not_sealed_as_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(place: str) -> bool:
        raise KeyboardInterrupt

    build(tmp_path, PLAN)
    monkeypatch.setattr("generator.engine.making.remove", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, PLAN[:1])
    found = seal.read(str(tmp_path / "public"))
    assert found is not None and not found.complete


def test_a_file_that_cannot_be_deleted_is_a_problem_until_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, PLAN)
    with monkeypatch.context() as held:
        held.setattr("generator.engine.making.remove", lambda place: False)
        for _ in range(2):
            report = build(tmp_path, PLAN[:2])
            assert codes(report.problems) == ["prune-failed"] and not report.complete
    assert build(tmp_path, PLAN[:2]).pruned == (PLAN[2].path,)


def test_a_file_that_cannot_be_written_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(beside: str, place: str) -> None:
        raise OSError(28, "No space left on device")

    build(tmp_path, PLAN)
    real = place._replace
    monkeypatch.setattr(
        "generator.engine.place._replace",
        lambda beside, to: full(beside, to) if to.endswith("deep/new.html") else real(beside, to),
    )
    report = build(tmp_path, [*PLAN, at("deep/new.html")])
    assert codes(report.problems) == ["disk-full"]
    assert str(tmp_path / "public") in report.problems[0].message("en")
    assert not [name for name in tree(tmp_path / "public") if ".honour-" in name]


def test_half_written_files_of_a_killed_build_go(tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, PLAN, progress=interrupt)
    (tmp_path / "public/exemplars").mkdir(exist_ok=True)
    (tmp_path / "public/exemplars/.honour-99.tmp").write_text("half")
    found = seal.read(str(tmp_path / "public"))
    assert found is not None and not found.complete and len(found.files) == 3
    report = build(tmp_path, PLAN)
    assert report.complete and len(report.made) + len(report.reused) == 3
    assert set(tree(tmp_path / "public")) == {"manifest.json", *(target.path for target in PLAN)}


# --- the seal --------------------------------------------------------------------------------------


def test_the_seal_names_every_file_with_size_and_digest(tmp_path: Path) -> None:
    report = build(tmp_path, [*PLAN, at("事迹/李'娜.txt")])
    said = json.loads((tmp_path / "public/manifest.json").read_text(encoding="utf-8"))
    assert list(said) == ["id", "date", "preview", "complete", "files"]
    assert (said["id"], said["date"], said["preview"], said["complete"]) == (
        report.id,
        "2026-03-05",
        False,
        True,
    )
    made = files(tmp_path / "public")
    assert said["files"] == [
        {"path": name, "size": len(made[name]), "sha256": hashlib.sha256(made[name]).hexdigest()}
        for name in sorted(made)
    ]


def test_the_id_is_that_of_the_files_alone(tmp_path: Path) -> None:
    one = build(tmp_path, PLAN)
    assert build(tmp_path, PLAN, out="other", code="x", day=date(2027, 1, 1), preview=True).id == one.id
    assert build(tmp_path, PLAN[:2]).id != one.id


def test_a_preview_is_marked_before_its_first_file_is_there(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    seen: list[bool] = []

    def look(done: int, total: int) -> None:
        found = seal.read(str(tmp_path / "public"))
        assert found is not None
        seen.append(found.preview and not found.complete)

    build(tmp_path, [at("index.html", "unreviewed")], preview=True, progress=look)
    assert seen == [True]
    found = seal.read(str(tmp_path / "public"))
    assert found is not None and found.preview and found.complete


@pytest.mark.parametrize("text", ["", "[]", "{", '{"files": 3}', '{"files": [1], "id": ""}', "[" * 100_000])
def test_a_damaged_seal_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert seal.read(str(tmp_path)) is None


# --- why -------------------------------------------------------------------------------------------


def why(tmp_path: Path, path: str = "index.html") -> tuple[str, list[str], str]:
    with Store(tmp_path, "code", lock=False) as store:
        said = explain(store, tmp_path / "public", path)
    assert said is not None
    return said.why, [change.name for change in said.changes], said.now


def test_every_remake_can_say_why(tmp_path: Path) -> None:
    file = tmp_path / "public/index.html"
    build(tmp_path, PLAN)
    assert why(tmp_path) == ("new", [], "intact")
    build(tmp_path, [at("index.html", "other"), *PLAN[1:]])
    assert why(tmp_path) == ("changed", ["view.text"], "intact")
    build(tmp_path, PLAN, code="new code")
    assert why(tmp_path) == ("changed", ["code", "view.text"], "intact")
    file.unlink()
    assert why(tmp_path)[2] == "missing"
    build(tmp_path, PLAN, code="new code")
    assert why(tmp_path) == ("missing", [], "intact")
    file.write_text("by hand")
    assert why(tmp_path)[2] == "edited"
    build(tmp_path, PLAN, code="new code")
    assert why(tmp_path) == ("edited", [], "intact")
    shutil.rmtree(tmp_path / ".honour")
    build(tmp_path, PLAN, code="new code")
    assert why(tmp_path) == ("forgotten", [], "intact")


def test_nothing_is_said_of_what_was_not_made(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    with Store(tmp_path, "code", lock=False) as store:
        assert explain(store, tmp_path / "public", "none.html") is None


def test_a_damaged_row_of_the_ledger_makes_its_file_no_stranger(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    with sqlite3.connect(tmp_path / ".honour/store.sqlite") as connection:
        connection.execute("update ledger set permits = 'web:other' where path = 'index.html'")
    connection.close()
    report = build(tmp_path, [at("index.html", "new"), *PLAN[1:]])
    assert report.complete and report.made == ("index.html",)
