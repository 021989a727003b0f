"""Work spread over processes: in order, whatever dies or is interrupted."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.engine.parallel import Workers
from generator.problems import GeneratorError

SPREAD = 0.03  # seconds an item, so that two workers are worth their start


def square(number: int) -> int:
    time.sleep(SPREAD)
    return number * number


def where(number: int) -> int:
    time.sleep(SPREAD)
    return os.getpid()


def die_at_30(number: int) -> int:
    time.sleep(SPREAD)
    if number == 30:
        os._exit(7)
    return number


def die_once(item: tuple[int, str]) -> int:
    time.sleep(SPREAD)
    number, mark = item
    if number == 30 and not Path(mark).exists():
        Path(mark).touch()
        os._exit(7)
    return number


def fail_at_25(number: int) -> int:
    time.sleep(SPREAD)
    if number == 25:
        raise ValueError("twenty-five")
    return number


def give_a_generator_at_25(number: int) -> object:
    time.sleep(SPREAD)
    return iter([number]) if number != 25 else (n for n in [number])


def long_write(folder: str) -> None:
    time.sleep(0.2)
    (Path(folder) / f"{os.getpid()}-{time.monotonic_ns()}").touch()


def interrupt_itself(number: int) -> int:
    time.sleep(SPREAD)
    if multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGINT)
    return number


def substitute(number: int) -> int:
    return -number


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_with_progress(jobs: int) -> None:
    seen: list[tuple[int, int]] = []
    with Workers(jobs) as workers:
        results = list(
            workers.run(square, range(40), progress=lambda done, total: seen.append((done, total)))
        )
    assert results == [n * n for n in range(40)]
    assert seen == [(n + 1, 40) for n in range(40)]


def test_one_job_stays_in_this_process() -> None:
    with Workers(1) as workers:
        assert set(workers.run(where, range(3))) == {os.getpid()}


def test_little_work_stays_here_and_much_is_spread_over_one_set_of_workers() -> None:
    with Workers(2) as workers:
        assert set(workers.run(where, range(5))) == {os.getpid()}
        much = set(workers.run(where, range(40)))
        assert len(much - {os.getpid()}) == 2
        assert set(workers.run(where, range(40))) - {os.getpid()} <= much


def test_an_item_whose_worker_dies_twice_is_replaced_and_the_others_are_done() -> None:
    with Workers(2) as workers:
        assert list(workers.run(die_at_30, range(40), died=substitute)) == [
            n if n != 30 else -30 for n in range(40)
        ]


def test_an_item_whose_worker_dies_once_is_done(tmp_path: Path) -> None:
    items = [(n, str(tmp_path / "died")) for n in range(40)]
    with Workers(2) as workers:
        assert list(workers.run(die_once, items)) == list(range(40))
    assert (tmp_path / "died").exists()


def test_without_a_substitute_a_death_is_a_problem() -> None:
    with Workers(2) as workers, pytest.raises(GeneratorError) as caught:
        list(workers.run(die_at_30, range(40)))
    assert [problem.code for problem in caught.value.problems] == ["worker-died"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_function_raises_is_raised(jobs: int) -> None:
    with Workers(jobs) as workers, pytest.raises(ValueError, match="twenty-five"):
        list(workers.run(fail_at_25, range(40)))


def test_what_is_raised_in_a_worker_says_where() -> None:
    with Workers(2) as workers, pytest.raises(ValueError, match="twenty-five") as raised:
        list(workers.run(fail_at_25, range(40)))
    assert "in fail_at_25" in "".join(raised.value.__notes__)


def test_a_result_that_cannot_be_sent_is_a_fault_and_no_death() -> None:
    with Workers(2) as workers, pytest.raises(TypeError, match="pickle"):
        list(workers.run(give_a_generator_at_25, range(40), died=substitute))


KILLED_YOUNG = """
import multiprocessing, threading, time
from generator.engine.parallel import Workers
from test_engine_parallel import square

def kill_the_first(rest):
    while not (found := multiprocessing.active_children()):
        time.sleep(0.001)
    time.sleep(rest)
    found[0].kill()

if __name__ == "__main__":
    for number in range(8):
        killer = threading.Thread(target=kill_the_first, args=(number * 0.05,))
        killer.start()
        with Workers(2) as workers:
            assert list(workers.run(square, range(40), chunk=1)) == [n * n for n in range(40)]
        killer.join()
        assert not multiprocessing.active_children()
"""


def test_whoever_is_killed_while_others_still_start_keeps_nobody_waiting(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(KILLED_YOUNG, encoding="utf-8")
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, program],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console only")
def test_an_interrupt_is_for_the_build_not_for_its_workers() -> None:
    with Workers(2) as workers:
        assert list(workers.run(interrupt_itself, range(40))) == list(range(40))


def test_nothing_to_do_is_done() -> None:
    with Workers(2) as workers:
        assert list(workers.run(square, [])) == []


def started(tmp_path: Path) -> subprocess.Popen[bytes]:
    """A process with two workers that leave a file five times a second."""
    program = tmp_path / "program.py"
    program.write_text(
        "from generator.engine.parallel import Workers\n"
        "from test_engine_parallel import long_write\n"
        "if __name__ == '__main__':\n"
        f"    with Workers(2) as workers:\n"
        f"        for _ in workers.run(long_write, [{str(tmp_path)!r}] * 400):\n"
        "            pass\n",
        encoding="utf-8",
    )
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    process = subprocess.Popen(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": paths},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 20
    while len({file.name.split("-")[0] for file in tmp_path.glob("*-*")}) < 3:  # itself and both workers
        assert time.monotonic() < deadline, "the workers didn't start"
        time.sleep(0.05)
    return process


def is_quiet(folder: Path) -> bool:
    """Whether nobody leaves files there any more."""
    before = len(list(folder.glob("*-*")))
    time.sleep(0.8)
    return len(list(folder.glob("*-*"))) == before


def test_workers_end_with_a_killed_build(tmp_path: Path) -> None:
    process = started(tmp_path)
    process.kill()
    process.wait()
    assert process.stderr is not None
    process.stderr.close()
    time.sleep(0.3)
    assert is_quiet(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console only")
def test_an_interrupt_ends_everything_with_one_traceback_at_most(tmp_path: Path) -> None:
    process = started(tmp_path)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, said = process.communicate(timeout=20)
    assert is_quiet(tmp_path)
    assert said.count(b"Traceback") <= 1 and b"KeyboardInterrupt" in said
