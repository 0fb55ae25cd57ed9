"""The local engine: this machine's processors, one process each.

Rule 1: results come in the order of the items, one for each, however the work was shared out.
Rule 2: a worker that dies loses nothing: its items are done again, one at a time; an item
on which workers die twice is named in an EngineError.
Rule 3: no worker outlives the process that started it.

Knows nothing of reports. A function travels to the workers pickled and is unpacked once in
each, so one that holds a model should pickle as the model's path.
"""

from __future__ import annotations

import functools
import logging
import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from types import TracebackType
from typing import Any, Self, TypeVar

from sayso.errors import EngineError

T = TypeVar("T")
R = TypeVar("R")

log = logging.getLogger(__name__)

CHUNK = 4
"""Items that travel together: a report takes milliseconds, a journey a tenth of one."""

AHEAD = 3
"""Chunks under way for each worker: one at work, two waiting, so that none stands idle."""


class LocalEngine:
    """Runs a function over items in `workers` processes; in this one when it is one.

    No process is started for `few` items or fewer: that would take longer than the work.
    """

    def __init__(self, workers: int = 1, *, few: int = 0) -> None:
        if workers < 1:
            raise ValueError(f"an engine needs a worker, not {workers}")
        self._workers = workers
        self._few = few
        self._pool: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Return what `function` makes of each item, in order; items are taken as needed."""
        if self._workers == 1:
            return map(function, items)
        items = iter(items)
        if self._pool is None and self._few:
            first = list(islice(items, self._few + 1))
            if len(first) <= self._few:
                return map(function, first)
            items = chain(first, items)
        return self._shared_out(pickle.dumps(function), items)

    def close(self) -> None:
        """End the workers. The engine can be used again and then starts new ones."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _shared_out(self, packed: bytes, items: Iterator[T]) -> Iterator[Any]:
        under_way: deque[tuple[list[T], Future[list[Any]]]] = deque()
        try:
            while True:
                while len(under_way) < AHEAD * self._workers and (
                    chunk := list(islice(items, CHUNK))
                ):
                    under_way.append((chunk, self._submit(packed, chunk)))
                if not under_way:
                    return
                chunk, future = under_way[0]
                results: Iterable[Any]
                try:
                    results = future.result()
                except BrokenProcessPool:
                    # Whose fault it was cannot be told, and all that was under way is lost.
                    lost = [item for chunk, _ in under_way for item in chunk]
                    under_way.clear()
                    log.warning("a worker died: items_done_again=%d", len(lost))
                    for item in lost:
                        yield from self._alone(packed, item)
                    continue
                except Exception:
                    # Done again one by one, the error comes at its item and the rest before it.
                    results = chain.from_iterable(self._alone(packed, item) for item in chunk)
                under_way.popleft()
                yield from results
        finally:
            for _, future in under_way:
                future.cancel()

    def _alone(self, packed: bytes, item: T) -> list[Any]:
        """Return the result of an item whose chunk did not come through."""
        try:
            return self._submit(packed, [item]).result()
        except BrokenProcessPool as error:
            raise EngineError(f"a worker died twice, the second time on {item!r:.200}") from error

    def _submit(self, packed: bytes, chunk: list[T]) -> Future[list[Any]]:
        if self._pool is not None:
            try:
                return self._pool.submit(_work, packed, chunk)
            except BrokenProcessPool:
                self.close()
        # Spawned, not forked: this process may have threads, and a model's session with them.
        self._pool = ProcessPoolExecutor(
            self._workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
        )
        return self._pool.submit(_work, packed, chunk)


def _begin() -> None:
    """Set a worker up: the process that started it decides when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(parent: int) -> None:
    # A worker holds both ends of its queue, so that it would wait for a killed parent for ever.
    multiprocessing.connection.wait([parent])
    os._exit(1)


def _work(packed: bytes, chunk: list[Any]) -> list[Any]:
    function = _unpacked(packed)
    return [function(item) for item in chunk]


@functools.lru_cache(maxsize=8)
def _unpacked(packed: bytes) -> Callable[[Any], Any]:
    unpacked: Callable[[Any], Any] = pickle.loads(packed)
    return unpacked
