"""A part of the output folder with a seal of its own: it says of that folder what the whole seal says of all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest
from engine_case import DAY, at, build, failing, tree

from generator.engine import seal
from generator.engine.seal import Entry, Part, parts_of
from generator.engine.target import Target
from generator.problems import GeneratorError

SEALED = ("kiosk",)
PLAN = [at("index.html"), at("kiosk/index.html"), at("kiosk/photos/li.webp"), at("kiosks.html")]


def made(site: Path, plan: Iterable[Target] = PLAN, **rest: object) -> Path:
    build(site, plan, sealed=SEALED, **rest)  # type: ignore[arg-type]  # keywords of build
    return site / "public"


def is_true(folder: Path) -> None:
    """The seal in `folder` is whole and names the very files there."""
    said = json.loads((folder / "manifest.json").read_text("utf-8"))
    found = tree(folder)
    found.pop("manifest.json")
    listed = {line["path"]: (line["size"], line["sha256"]) for line in said["files"]}
    assert listed == {name: (len(data), sha256(data).hexdigest()) for name, data in found.items()}
    assert (said["date"], said["preview"], said["complete"]) == (DAY.isoformat(), False, True)
    entries = [Entry(path, *rest) for path, rest in listed.items()]
    assert said["id"] == seal.sealed(entries, date="", preview=False, complete=True).id


def test_a_part_is_sealed_by_itself_and_named_in_the_whole(tmp_path: Path) -> None:
    report = build(tmp_path, PLAN, sealed=SEALED)
    out = tmp_path / "public"
    is_true(out)
    is_true(out / "kiosk")
    assert report.complete and report.made[-1] == "kiosk/manifest.json"
    again = build(tmp_path, PLAN, sealed=SEALED)
    assert again.made == () and set(again.reused) == set(report.made)


def test_a_seal_is_touched_only_with_its_files(tmp_path: Path) -> None:
    out = made(tmp_path)
    before = (out / "kiosk/manifest.json").stat().st_mtime_ns
    made(tmp_path, [at("index.html", "new"), *PLAN[1:]])
    assert (out / "kiosk/manifest.json").stat().st_mtime_ns == before
    was = seal.read(str(out / "kiosk"))
    made(tmp_path, [*PLAN[:2], at("kiosk/photos/li.webp", "new"), PLAN[3]])
    now = seal.read(str(out / "kiosk"))
    assert was is not None and now is not None and was.id != now.id
    is_true(out / "kiosk")


def test_it_leaves_with_its_last_file_and_comes_back(tmp_path: Path) -> None:
    out = made(tmp_path)
    report = build(tmp_path, [PLAN[0]], sealed=SEALED)
    assert "kiosk/manifest.json" in report.pruned and not (out / "kiosk").exists()
    made(tmp_path)
    is_true(out / "kiosk")
    report = build(tmp_path, PLAN)
    assert report.pruned == ("kiosk/manifest.json",) and (out / "kiosk/index.html").exists()
    is_true(out)


@pytest.mark.parametrize("harm", ["edited", "deleted", "store lost", "all lost"])
def test_it_is_mended_whatever_happened_to_it(tmp_path: Path, harm: str) -> None:
    out = made(tmp_path)
    whole = tree(out)
    if harm == "edited":
        (out / "kiosk/manifest.json").write_bytes(b"{}")
    if harm == "deleted":
        (out / "kiosk/manifest.json").unlink()
    if harm == "store lost":
        shutil.rmtree(tmp_path / ".honour")
    if harm == "all lost":
        shutil.rmtree(out)
    made(tmp_path)
    assert tree(out) == whole
    assert build(tmp_path, PLAN, sealed=SEALED).made == ()


def test_the_seal_of_a_folder_that_an_older_program_made(tmp_path: Path) -> None:
    build(tmp_path, PLAN)
    report = build(tmp_path, PLAN, sealed=SEALED)
    assert report.made == ("kiosk/manifest.json",)
    is_true(tmp_path / "public")
    is_true(tmp_path / "public/kiosk")


def test_a_strangers_file_in_its_place_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "public/kiosk/manifest.json"
    build(tmp_path, PLAN[:1])
    file.parent.mkdir()
    file.write_bytes(b"mine")
    for _ in range(2):
        report = build(tmp_path, PLAN, sealed=SEALED)
        assert [(path, problem.code) for path, problem in report.failed] == [(file_path(), "stranger")]
        assert not report.complete and file.read_bytes() == b"mine"
    file.unlink()
    assert build(tmp_path, PLAN, sealed=SEALED).complete
    is_true(file.parent)


def file_path() -> str:
    return Part("kiosk").path


def test_a_seal_that_cannot_be_written_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **rest: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("generator.engine.making.put", full)
        report = build(tmp_path, PLAN, sealed=SEALED)
    assert [(path, problem.code) for path, problem in report.failed] == [(file_path(), "disk-full")]
    assert not report.complete
    made(tmp_path)
    is_true(tmp_path / "public/kiosk")


def test_a_failure_elsewhere_leaves_the_part_whole(tmp_path: Path) -> None:
    """Imagine one broken page of the website: the kiosk goes on being pulled."""
    out = made(tmp_path)
    report = build(tmp_path, [*PLAN[:3], at("kiosks.html", "x", failing)], sealed=SEALED)
    assert not report.complete
    is_true(out / "kiosk")
    report = build(tmp_path, [*PLAN[:1], at("kiosk/index.html", "x", failing), *PLAN[2:]], sealed=SEALED)
    said = seal.read(str(out / "kiosk"))
    assert said is not None and not said.complete


def test_a_part_is_known_for_unfinished_while_it_changes(tmp_path: Path) -> None:
    out = made(tmp_path)
    seen: list[seal.Seal | None] = []

    def look(done: int, total: int) -> None:
        seen.append(seal.read(str(out / "kiosk")))

    build(tmp_path, [at("index.html", "new"), *PLAN[1:]], sealed=SEALED, progress=look)
    plan = [at("index.html", "new"), PLAN[1], at("kiosk/photos/li.webp", "new"), PLAN[3]]
    build(tmp_path, plan, sealed=SEALED, progress=look)
    assert [said.complete for said in seen if said is not None] == [True, False]


def test_while_files_leave_it_is_unfinished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is killed after it took away a withdrawn portrait must not leave a seal that promises it."""
    out = made(tmp_path)

    def stop(place: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("generator.engine.making.remove", stop)
        build(tmp_path, [*PLAN[:2], PLAN[3]], sealed=SEALED)
    said = seal.read(str(out / "kiosk"))
    assert said is not None and not said.complete
    made(tmp_path)
    is_true(out / "kiosk")


def test_a_preview_says_so_in_every_seal(tmp_path: Path) -> None:
    out = made(tmp_path, preview=True)
    for folder in (out, out / "kiosk"):
        said = seal.read(str(folder))
        assert said is not None and said.preview and said.complete


def test_nobody_else_may_plan_its_place(tmp_path: Path) -> None:
    for path in ("kiosk/manifest.json", "Kiosk/Manifest.json", "kiosk/manifest.json/x"):
        with pytest.raises(GeneratorError) as refused:
            build(tmp_path, [*PLAN, at(path)], sealed=SEALED)
        assert [problem.code for problem in refused.value.problems] == ["path-twice"]
    build(tmp_path, [at("kiosk/manifest.json"), at("index.html")])


def test_a_seal_behind_a_link_is_not_written(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    build(tmp_path, PLAN[:1])
    (tmp_path / "public/kiosk").symlink_to(elsewhere)
    report = build(tmp_path, PLAN, sealed=SEALED)
    assert not report.complete and tree(elsewhere) == {}


def test_parts_are_the_folders_that_have_files() -> None:
    paths = ["kiosk/index.html", "kiosks/a", "deep/er/b"]
    found = parts_of(["deep/er", "kiosk", "kios", "none", "kiosk"], paths)
    assert [part.folder for part in found] == ["deep/er", "kiosk"]
    entries = [Entry(path, 1, "0") for path in [*paths, "kiosk/manifest.json"]]
    assert list(found[1].within(entries)) == [Entry("index.html", 1, "0")]


def test_what_is_no_seal_is_none() -> None:
    whole = seal.sealed([Entry("a", 1, "00")], date="2026-03-05", preview=False, complete=True)
    assert seal.parse(seal.to_bytes(whole)) == whole
    for data in (b"", b"[]", b"\xff", b"{}", b"[" * 100_000, b'{"id":1,"date":2,"files":[{"path":"../a"}]}'):
        assert seal.parse(data) is None
