"""The one place where work is spread over processes."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from time import perf_counter
from types import TracebackType
from typing import TypeVar

from generator.problems import GeneratorError, Place, error

Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[int, int], None]  # (done, of how many)

_SPAWN = 0.4  # seconds that starting a worker and its imports costs; less work than that stays here
_SEND = 0.02  # the same once the workers run
_CHUNK = 0.15  # seconds of work to send at once: Ctrl-C waits for it, and both cores finish together


class Workers:
    """The worker processes of one build, started when there is enough work for them; use it in a `with`.

    `jobs` is how many; 1 runs everything in this process. Results are the same for any number."""

    def __init__(self, jobs: int) -> None:
        self.jobs = max(1, jobs)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the running chunks end and the workers go; they come back when `run` needs them."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def run(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        chunk: int | None = None,
        progress: Progress | None = None,
        died: Callable[[Item], Result] | None = None,
    ) -> Iterator[Result]:
        """`function` of every item, in order. Both must be picklable: top-level functions, plain values.

        What `function` raises is raised here. An item whose worker dies (out of memory, a crash in a library)
        is tried once more in a worker of its own; if that dies too, its result is `died(item)`, or without
        `died` GeneratorError `worker-died`. `chunk` items are sent at once, by default 0.15 s' worth."""
        queue = list(items)
        total, done, spent = len(queue), 0, 0.0
        while done < total and not self._worth_spreading(spent, done, total - done):
            start = perf_counter()
            result = function(queue[done])
            spent += perf_counter() - start
            done += 1
            if progress is not None:
                progress(done, total)
            yield result
        rest = queue[done:]
        size = chunk or _chunk_size(spent / max(done, 1), len(rest), self.jobs)
        for result in self._spread(function, rest, size, died):
            done += 1
            if progress is not None:
                progress(done, total)
            yield result

    def _worth_spreading(self, spent: float, done: int, left: int) -> bool:
        if self.jobs == 1 or done == 0 or left < 2:
            return False
        least = _SPAWN if self._pool is None else _SEND
        return spent > least / 2 and spent / done * left > least

    def _spread(
        self,
        function: Callable[[Item], Result],
        items: list[Item],
        size: int,
        died: Callable[[Item], Result] | None,
    ) -> Iterator[Result]:
        waiting = deque(items[at : at + size] for at in range(0, len(items), size))
        sent: deque[tuple[list[Item], Future[list[Result]] | None]] = deque()
        try:
            while waiting or sent:
                while waiting and len(sent) < self.jobs * 3:
                    sent.append((waiting[0], self._send(function, waiting.popleft())))
                chunk, future = sent.popleft()
                try:
                    results = future.result() if future is not None else None
                except BrokenProcessPool:
                    results = None
                if results is None:  # a worker died, and every chunk it and its fellows had is lost
                    self.close()
                    sent = deque((lost, self._again(function, lost, old)) for lost, old in sent)
                    results = list(_one_by_one(function, chunk, died))
                yield from results
        finally:
            for _, future in sent:
                if future is not None:
                    future.cancel()

    def _again(
        self, function: Callable[[Item], Result], chunk: list[Item], old: Future[list[Result]] | None
    ) -> Future[list[Result]] | None:
        if old is not None and old.done() and not old.cancelled() and old.exception() is None:
            return old
        return self._send(function, chunk)

    def _send(self, function: Callable[[Item], Result], chunk: list[Item]) -> Future[list[Result]] | None:
        """None if the pool is broken."""
        if self._pool is None:
            self._pool = _pool(self.jobs)
        try:
            return self._pool.submit(_each, function, chunk)
        except BrokenProcessPool:
            return None


def _chunk_size(seconds: float, items: int, jobs: int) -> int:
    """How many items of `seconds` each to send at once, so that every worker gets at least four chunks."""
    worth = int(_CHUNK / seconds) if seconds else items
    return max(1, min(worth, items // (jobs * 4), 256))


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_attend)


def _attend() -> None:
    """Leave Ctrl-C to the build's own process, and end with it, however it ends.

    Imagine a killed build whose workers go on writing pages while the next build makes newer ones."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _each(function: Callable[[Item], Result], chunk: list[Item]) -> list[Result]:
    return [function(item) for item in chunk]


def _one_by_one(
    function: Callable[[Item], Result], items: list[Item], died: Callable[[Item], Result] | None
) -> Iterator[Result]:
    pool = _pool(1)
    try:
        for item in items:
            try:
                yield pool.submit(_each, function, [item]).result()[0]
            except BrokenProcessPool:
                pool.shutdown(wait=True)
                pool = _pool(1)
                if died is None:
                    raise GeneratorError([error(Place(str(item)), "worker-died", path=item)]) from None
                yield died(item)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
