"""The store: versioned, disposable; corrupt or foreign, it makes a build slow and never wrong."""

from __future__ import annotations

import os
import pickle
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from engine_case import Note

from generator.engine import memo
from generator.engine.database import Database
from generator.engine.kept import Kept
from generator.engine.ledger import Ledger, Row, pack, unpack
from generator.engine.memo import Memo
from generator.engine.store import Store
from generator.engine.target import digest_bytes
from generator.problems import GeneratorError, Place, Severity

ROW = Row("a.html", "k", "web:li\nweb:wang", 3, 17, "s")


# --- the lock --------------------------------------------------------------------------------------


def test_two_builds_at_once_are_refused_and_the_other_is_named(tmp_path: Path) -> None:
    with Store(tmp_path, "c"), pytest.raises(GeneratorError) as caught:
        Store(tmp_path, "c")
    (problem,) = caught.value.problems
    assert problem.code == "build-locked"
    assert dict(problem.found) == {"pid": str(os.getpid())}
    Store(tmp_path, "c").close()


def test_a_check_goes_on_beside_a_build(tmp_path: Path) -> None:
    with Store(tmp_path, "c") as building, Store(tmp_path, "c", lock=False) as checking:
        building.remember("parse", [("k", 1)])
        assert checking.memo("parse", "k") == 1
        checking.remember("parse", [("l", 2)])
        assert building.memo("parse", "l") == 2
        assert checking.problems == ()


def test_the_lock_of_a_killed_build_is_no_lock(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from generator.engine.store import Store\n"
        f"store = Store(Path({str(tmp_path)!r}), 'c'); print('held', flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(GeneratorError) as caught:
            Store(tmp_path, "c")
        assert dict(caught.value.problems[0].found)["pid"] == str(process.pid)
        process.kill()
    Store(tmp_path, "c").close()


def test_git_never_sees_the_store(tmp_path: Path) -> None:
    Store(tmp_path, "c").close()
    assert (tmp_path / ".honour" / ".gitignore").read_text() == "*\n"


# --- memos -----------------------------------------------------------------------------------------


def test_values_come_back_in_the_next_run(tmp_path: Path) -> None:
    value = (Place("a.md", 2), Severity.HINT, ("李", 1.5, None), frozenset({1}))
    with Store(tmp_path, "c") as store:
        store.remember("parse", [("k", value), ("l", "x")])
        assert store.memo("other", "k") is None
    with Store(tmp_path, "c") as store:
        assert store.memo("parse", "k") == value
        assert store.memos("parse", ["k", "l", "m"]) == {"k": value, "l": "x"}


def test_a_change_of_code_forgets_them(tmp_path: Path) -> None:
    with Store(tmp_path, "c") as store:
        store.remember("parse", [("k", 1)])
    with Store(tmp_path, "d") as store:
        assert store.memo("parse", "k") is None


class Trap:
    """What an attacker would store: unpickling it makes a file."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (self.path,))


def test_a_foreign_store_runs_nothing(tmp_path: Path) -> None:
    with Store(tmp_path, "c") as store:
        store.remember("parse", [("k", Trap(str(tmp_path / "trap")))])
        assert store.memo("parse", "k") is None
    assert not (tmp_path / "trap").exists()


def call(module: str, name: str, argument: str) -> bytes:
    """A pickle that calls a function of `module` with one text."""

    def text(said: str) -> bytes:
        return b"\x8c" + bytes([len(said)]) + said.encode()

    return b"\x80\x04" + text(module) + text(name) + b"\x93" + text(argument) + b"\x85R."


@pytest.mark.parametrize(
    ("module", "name", "argument"),
    [
        ("generator.problems", "messages", "en"),
        ("generator.problems", "tomllib.loads", "a = 1"),
        ("builtins", "len", "text"),
    ],
)
def test_no_function_is_called_be_it_our_own(module: str, name: str, argument: str) -> None:
    blob = call(module, name, argument)
    assert pickle.loads(blob)
    database = Database(None, owner=True)
    memo = Memo(database, "c")
    database.change("insert into memo values (?, ?, ?, ?)", [("n", "k", memo._seal("n", "k", blob), blob)])
    assert memo.get("n", ["k"]) == {}


def test_a_value_of_another_package_is_a_miss(tmp_path: Path) -> None:
    with Store(tmp_path, "c") as store:
        store.remember("parse", [("k", Note("text")), ("l", Place("a.md"))])
        assert store.memos("parse", ["k", "l"]) == {"l": Place("a.md")}


def test_a_damaged_value_is_a_miss(tmp_path: Path) -> None:
    with Store(tmp_path, "c") as store:
        store.remember("parse", [(str(n), ("text", n)) for n in range(20)])
    file = tmp_path / ".honour" / "store.sqlite"
    with sqlite3.connect(file) as connection:
        rows = connection.execute("select key, value from memo").fetchall()
        for key, value in rows[:10]:
            damaged = value[:-3] + bytes([value[-3] ^ 1]) + value[-2:]
            connection.execute("update memo set value = ? where key = ?", (damaged, key))
        connection.execute("update memo set value = 'text', seal = 5 where key = ?", (rows[10][0],))
    connection.close()
    with Store(tmp_path, "c") as store:
        found = store.memos("parse", map(str, range(20)))
    assert found == {key: ("text", int(key)) for key, _ in rows[11:]}


def test_ten_thousand_values_come_back_fast(tmp_path: Path) -> None:
    with Store(tmp_path, "c") as store:
        store.remember("parse", [(str(n), (Place(f"{n}.md", n), "文" * 300)) for n in range(10_000)])
    with Store(tmp_path, "c") as store:
        start = time.perf_counter()
        found = store.memos("parse", map(str, range(10_000)))
        seconds = time.perf_counter() - start
    assert len(found) == 10_000 and found["77"][0] == Place("77.md", 77)
    assert seconds < 1.5  # 0.1 s on an idle machine; the limit is for a busy one


def test_values_that_nobody_asks_for_any_more_go(tmp_path: Path) -> None:
    with Store(tmp_path, "c") as store:
        store.remember("parse", [(str(n), n) for n in range(3000)])
        store.remember("other", [(str(n), n) for n in range(10)])
    with Store(tmp_path, "c") as store:
        assert store.memos("parse", ["1", "2"]) == {"1": 1, "2": 2}
    with Store(tmp_path, "c") as store:
        assert len(store.memos("parse", map(str, range(3000)))) == 2
        assert len(store.memos("other", map(str, range(10)))) == 10


def test_a_few_large_values_that_nobody_asks_for_go_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo, "_SPARE_BYTES", 100_000)
    with Store(tmp_path, "c") as store:
        store.remember("search", [(str(n), "x" * 10_000) for n in range(30)])
    with Store(tmp_path, "c") as store:
        store.memo("search", "1")
    with Store(tmp_path, "c") as store:
        assert len(store.memos("search", map(str, range(30)))) == 1


# --- damage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be taken for one" * 100])
def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".honour").mkdir()
    (tmp_path / ".honour" / "store.sqlite").write_bytes(content)
    with Store(tmp_path, "c") as store:
        assert store.problems == ()
        store.remember("parse", [("k", 1)])
    with Store(tmp_path, "c") as store:
        assert store.memo("parse", "k") == 1


def test_a_database_of_another_version_is_begun_anew_by_a_build_and_left_alone_by_a_check(
    tmp_path: Path,
) -> None:
    with Store(tmp_path, "c") as store:
        store.remember("parse", [("k", 1)])
    file = tmp_path / ".honour" / "store.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()
    before = file.read_bytes()
    with Store(tmp_path, "c", lock=False) as store:
        assert store.memo("parse", "k") is None
        store.remember("parse", [("k", 2)])
        assert store.memo("parse", "k") == 2
    assert file.read_bytes() == before
    with Store(tmp_path, "c") as store:
        assert store.memo("parse", "k") is None


@pytest.mark.parametrize("seed", range(12))
def test_random_damage_never_gives_a_wrong_answer(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    rows = {f"{n}.html": Row(f"{n}.html", f"k{n}", f"web:{n}", n, n, "s" * 64) for n in range(400)}
    values = {str(n): (Place(f"{n}.md"), "文字" * 20) for n in range(400)}
    with Store(tmp_path, "c") as store:
        store.ledger(tmp_path / "public").record(rows.values())
        store.remember("parse", values.items())
    file = tmp_path / ".honour" / "store.sqlite"
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice([1, 20, 2000])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    file.write_bytes(bytes(data))
    with Store(tmp_path, "c") as store:
        for path, row in store.ledger(tmp_path / "public").rows().items():
            assert rows.get(path) == row
        for key, value in store.memos("parse", values).items():
            assert values[key] == value
        store.remember("parse", [("new", 1)])
        assert store.memo("parse", "new") in (1, None)


def test_a_store_that_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / ".honour").write_text("a file where the folder should be")
    with Store(tmp_path, "c") as store:
        (problem,) = store.problems
        assert problem.code == "store-readonly" and not problem.is_error
        store.remember("parse", [("k", 1)])
        assert store.memo("parse", "k") == 1
        assert store.kept_folder is None
        store.trim_kept()


def test_a_database_file_that_cannot_be_opened_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / ".honour" / "store.sqlite" / "inside").mkdir(parents=True)
    with Store(tmp_path, "c") as store:
        assert [problem.code for problem in store.problems] == ["store-readonly"]
        assert store.digests([], trust=True) == {}


# --- the ledger ------------------------------------------------------------------------------------


def test_each_output_folder_has_its_own_rows(tmp_path: Path) -> None:
    with Store(tmp_path, "c") as store:
        store.ledger(tmp_path / "public").record([ROW])
        store.ledger(tmp_path / "preview").record([ROW._replace(key="other")])
        store.ledger(tmp_path / "preview").forget(["a.html"])
        assert store.ledger(tmp_path / "preview").rows() == {}
        assert store.ledger(tmp_path / "public").rows() == {"a.html": ROW}


def test_a_site_may_move_with_its_store(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with Store(tmp_path / "one", "c") as store:
        store.ledger(tmp_path / "one" / "public").record([ROW])
    (tmp_path / "one").rename(tmp_path / "two")
    with Store(tmp_path / "two", "c") as store:
        assert store.ledger(tmp_path / "two" / "public").rows() == {"a.html": ROW}


def test_a_story_remembers_the_manifest_before(tmp_path: Path) -> None:
    ledger = Ledger(Database(None, owner=True), "public")
    first, second = (("view.name", "'李'"),), (("view.name", "'王\\n'"), ("file:a\tb", "d"))
    ledger.tell([("a.html", "new", pack(first))])
    ledger.tell([("a.html", "changed", pack(second))])
    story = ledger.story("a.html")
    assert story is not None
    assert (story.why, story.before) == ("changed", first)
    assert story.lines == (("view.name", "'王\\n'"), ("file:a b", "d"))
    assert ledger.story("b.html") is None
    assert unpack(b"damaged") == unpack(None) == ()


# --- kept bytes ------------------------------------------------------------------------------------


def test_kept_bytes_come_back_whole_or_not_at_all(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    data = b"line\nline\n\x00"
    kept.put("abcd", data)
    assert kept.fetch("abcd") == data
    assert kept.fetch("abce") is None
    (file,) = (entry for entry in tmp_path.rglob("*") if entry.is_file())
    file.write_bytes(file.read_bytes()[:-1])
    assert kept.fetch("abcd") is None
    assert not file.exists()


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for number, key in enumerate(["aa1", "bb2", "cc3"]):
        kept.put(key, bytes(1000))
        os.utime(tmp_path / key[:2] / key, (number, number))
    assert kept.fetch("aa1") is not None  # used now
    kept.trim(2200)
    assert [key for key in ("aa1", "bb2", "cc3") if kept.fetch(key)] == ["aa1", "cc3"]


def test_a_folder_that_takes_nothing_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "ab").write_text("in the way")
    kept = Kept(tmp_path)
    kept.put("abcd", b"x")
    assert kept.fetch("abcd") is None


# --- the scan --------------------------------------------------------------------------------------


def at_rest(file: Path, data: bytes) -> Path:
    """A file last written a minute ago."""
    file.write_bytes(data)
    then = time.time() - 60
    os.utime(file, (then, then))
    return file


def test_a_file_at_rest_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [at_rest(tmp_path / f"{n}.md", b"%d" % n) for n in range(3)]
    wanted = {file: digest_bytes(file.read_bytes()) for file in files}
    with Store(tmp_path, "c") as store:
        assert store.digests([*files, tmp_path / "none.md"], trust=True) == wanted
    reads: list[str] = []
    monkeypatch.setattr("generator.engine.scan._digest", lambda place, size: reads.append(place) or "read")
    with Store(tmp_path, "c") as store:
        assert store.digests(files, trust=True) == wanted
        assert reads == []
        assert set(store.digests(files, trust=False).values()) == {"read"}
        assert len(reads) == 3


def test_a_changed_file_is_read_even_with_its_old_size_and_time(tmp_path: Path) -> None:
    file = at_rest(tmp_path / "a.md", b"one")
    with Store(tmp_path, "c") as store:
        store.digests([file], trust=True)
        stat = file.stat()
        file.write_bytes(b"two")
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # the change of inode data gives it away
        assert store.digests([file], trust=True) == {file: digest_bytes(b"two")}


def test_a_file_written_just_now_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"one")
    with Store(tmp_path, "c") as store:
        store.digests([file], trust=True)
        monkeypatch.setattr("generator.engine.scan._digest", lambda place, size: "read again")
        assert store.digests([file], trust=True) == {file: "read again"}


def test_large_files_have_the_same_kind_of_digest(tmp_path: Path) -> None:
    file = at_rest(tmp_path / "scan.tif", bytes(3 << 20))
    with Store(tmp_path, "c") as store:
        assert store.digests([file], trust=True) == {file: digest_bytes(bytes(3 << 20))}
