"""A PostgreSQL server for the tests: the one that is named, or one of our own for a while.

SAYSO_TEST_POSTGRES names a server by its connection string. Without it, a server
is made in a folder of its own where its programs are installed, and ended after.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def find_programs() -> Path | None:
    """Return the folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    beside = shutil.which("pg_ctl")
    return found[-1].parent if found else Path(beside).parent if beside else None


@contextmanager
def running_server(programs: Path) -> Iterator[str]:
    """Start a server that listens on a socket in its own folder; yield its connection string."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
    # The server refuses to be run by the root user.
    user = "postgres" if os.getuid() == 0 else None
    if user:
        known = pwd.getpwnam(user)
        os.chown(folder, known.pw_uid, known.pw_gid)

    def run(*command: str) -> None:
        done = subprocess.run(
            command, user=user, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stdout}")

    data = folder / "data"
    run(str(programs / "initdb"), "-D", str(data), "-U", "desk", "-A", "trust", "-E", "UTF8",
        "--no-sync", "--locale=C")  # fmt: skip
    # The tests kill clients, not the machine: nothing needs to wait for the disk.
    options = f"-c listen_addresses='' -k {folder} -c fsync=off -c shared_buffers=32MB"
    # Its log goes to a file: a server that inherits our output keeps it open.
    run(str(programs / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w",
        "start")  # fmt: skip
    try:
        yield f"host={folder} user=desk dbname=postgres"
    finally:
        run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)
