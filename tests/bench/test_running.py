"""A desk that is measured is a real one, and one that dies is not measured on."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from sayso.bench.running import Desk, DeskError
from sayso.bench.street import Street, items_of
from sayso.config import Settings


def test_a_desk_that_dies_is_named_with_how_it_ended(tmp_path: Path) -> None:
    with (
        Street(items_of(None, 2), rate=1.0, before=2) as street,
        Desk(tmp_path, street, Settings(finder="rules")) as desk,
    ):
        desk.look_after()
        watching, serving = desk.megabytes()
        assert min(watching, serving) > 1
        os.kill(desk.watching, signal.SIGKILL)
        # Ended, but nobody was told how: the system still lists it.
        os.waitid(os.P_PID, desk.watching, os.WEXITED | os.WNOWAIT)
        assert desk.megabytes()[0] == 0
        with pytest.raises(DeskError, match=r"`sayso watch` ended by itself with -9"):
            desk.look_after()
