"""The command line: one command for each stage of the pipeline, then those that serve readers.

Exit codes: 0 fine, 1 something was wrong with the input, 2 wrong use or configuration,
130 ended by Ctrl-C (0 for `watch` and `serve`, which are meant to end so).
Records go to standard output, everything else to standard error.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sayso import __version__
from sayso.config import read_settings
from sayso.errors import ConfigError, SaysoError

# Work is shared out by process. Sums over thirty reports take fifty times as long when the
# processor's threads are woken for them, and the library reads this once, when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

FINE, WRONG_INPUT, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = make_parser()
    args = parser.parse_args(argv)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if args.verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )
    try:
        settings = read_settings(args.config, os.environ)
        code = int(args.run(args, settings))
        sys.stdout.flush()  # here, where a full disk can still be told
        return code
    except ConfigError as error:
        print(f"sayso: {error}", file=sys.stderr)
        return WRONG_USE
    except SaysoError as error:
        print(f"sayso: {error}", file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        print("sayso: ended by Ctrl-C", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has had enough ("sayso read … | head"): no fault of anyone's.
        _drop_output()
        return FINE
    except OSError as error:
        if error.filename is not None:
            raise  # a file of ours: whoever opened it should have said what it was for
        print(f"sayso: the output cannot be written: {error.strerror}", file=sys.stderr)
        _drop_output()
        return WRONG_INPUT


def _drop_output() -> None:
    """Let what is left in the output's buffer go nowhere, or it would fail again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; nothing heavy is imported for it."""
    from sayso.commands import parsers

    parser = argparse.ArgumentParser(
        prog="sayso",
        description="Live news briefings in which every line shows on whose say-so it stands.",
        epilog="Example: sayso brief examples/newsroom/wire --html briefing.html",
    )
    parser.add_argument("--version", action="version", version=f"sayso {__version__}")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML")
    parser.add_argument("-v", "--verbose", action="store_true", help="log what is being done")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    parsers.add_all(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
