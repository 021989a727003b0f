"""The one place where work is spread over processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from threading import Thread, local
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

    `jobs` is how many; 1 runs everything in this process. Results are the same for any number.

    Each worker has a pipe and a thread of its own, which waits for nobody else: workers share nothing that one of
    them could take along when it dies (docs/decisions.md says why this is no ProcessPoolExecutor)."""

    def __init__(self, jobs: int) -> None:
        self.jobs = max(1, jobs)
        self._threads: ThreadPoolExecutor | None = None
        self._own = local()
        self._started: list[_Worker] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the running chunks end and the workers go; they come back when `run` needs them."""
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
            self._threads, self._own = None, local()
        for worker in self._started:
            worker.close()
        self._started.clear()

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
        least = _SPAWN if self._threads is None else _SEND
        return spent > least / 2 and spent / done * left > least

    def _spread(
        self,
        function: Callable[[Item], Result],
        items: list[Item],
        size: int,
        died: Callable[[Item], Result] | None,
    ) -> Iterator[Result]:
        chunks = deque(items[at : at + size] for at in range(0, len(items), size))
        sent: deque[Future[list[Result]]] = deque()
        try:
            while chunks or sent:
                while chunks and len(sent) < self.jobs * 3:
                    if self._threads is None:
                        self._threads = ThreadPoolExecutor(self.jobs)
                    sent.append(self._threads.submit(self._done, function, chunks.popleft(), died))
                yield from sent.popleft().result()
        finally:
            for future in sent:
                future.cancel()

    def _done(
        self, function: Callable[[Item], Result], chunk: list[Item], died: Callable[[Item], Result] | None
    ) -> list[Result]:
        """One chunk, by the worker of the thread that this runs in."""
        try:
            return self._worker().do(function, chunk)
        except _Died:
            return [self._once_more(function, item, died) for item in chunk]

    def _once_more(
        self, function: Callable[[Item], Result], item: Item, died: Callable[[Item], Result] | None
    ) -> Result:
        try:
            return self._worker().do(function, [item])[0]
        except _Died:
            if died is None:
                raise GeneratorError([error(Place(str(item)), "worker-died", path=item)]) from None
            return died(item)

    def _worker(self) -> _Worker:
        """That of this thread; a new one in place of one that died."""
        own: _Worker | None = getattr(self._own, "worker", None)
        if own is None or own.died:
            own = self._own.worker = _Worker()
            self._started.append(own)
        return own


class _Died(Exception):
    """The worker is no more, and what it was given isn't done."""


class _Worker:
    """A process that does what it is sent, one chunk after the other."""

    def __init__(self) -> None:
        self.died = False
        context = multiprocessing.get_context("spawn")
        self._pipe, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far,), daemon=True)
        with far, suppress(OSError):  # it died while it was told what to do: the pipe will say so
            self._process.start()

    def do(self, function: Callable[[Item], Result], chunk: list[Item]) -> list[Result]:
        """`function` of each. Raises what it raises, and _Died."""
        try:
            self._pipe.send((function, chunk))
            results: list[Result]
            fault: Exception | None
            results, fault = self._pipe.recv()
        except (EOFError, OSError):
            self.died = True
            raise _Died from None
        if fault is not None:
            raise fault
        return results

    def close(self) -> None:
        """Let it go, and wait until it has gone."""
        self._pipe.close()
        if self._process.pid is not None:
            self._process.join()


def _serve(pipe: Connection) -> None:
    """What a worker does, all its life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build's own process
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            function, chunk = pipe.recv()
            answer = _answer(function, chunk)
            try:
                pipe.send(answer)
            except OSError:
                raise
            except Exception as fault:  # the results can't be pickled
                pipe.send(([], fault))


def _answer(function: Callable[[Item], Result], chunk: list[Item]) -> tuple[list[Result], Exception | None]:
    """The results and None, or none of them and what was raised, with where."""
    try:
        return [function(item) for item in chunk], None
    except Exception as fault:
        fault.add_note(traceback.format_exc())
        return [], fault


def _end_with_parent() -> None:
    """Imagine a killed build whose workers go on writing pages while the next build makes newer ones."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _chunk_size(seconds: float, items: int, jobs: int) -> int:
    """How many items of `seconds` each to send at once, so that every worker gets at least four chunks."""
    worth = int(_CHUNK / seconds) if seconds else items
    return max(1, min(worth, items // (jobs * 4), 256))
