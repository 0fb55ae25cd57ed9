"""What was made lately, kept at hand: each thing made once, however many threads ask for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


class Shelf(Generic[Key, Thing]):
    """The `most` things that were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Thing] = OrderedDict()
        self._under_way: dict[Key, Future[Thing | None]] = {}
        self._lock = threading.Lock()

    def get(self, key: Key, make: Callable[[], Thing | None]) -> Thing | None:
        """Return a thing, made now where it isn't kept; None where `make` says there is none.

        Who asks for what another thread makes just now waits for that; an error is told to all.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            told = self._under_way.get(key)
            if mine := told is None:
                told = self._under_way[key] = Future()
        if not mine:
            return told.result()
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                del self._under_way[key]
            told.set_exception(error)
            raise
        with self._lock:
            del self._under_way[key]
            if made is not None:  # else made-up names would take the room of real ones
                self._kept[key] = made
                if len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        told.set_result(made)
        return made
