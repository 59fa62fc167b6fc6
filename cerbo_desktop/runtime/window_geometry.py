"""Where the window stood last. In a file of its own, read before the settings and what reads them are loaded."""

import contextlib
from pathlib import Path

from cerbo_desktop.runtime.threads import wait_for

_ANSWER_WITHIN_S = 1.0


def read_placement(file: Path) -> str:
    """As the window gave it; empty where there is none."""
    try:
        return wait_for(_ANSWER_WITHIN_S, lambda: file.read_text("ascii"))
    except (OSError, UnicodeError):
        return ""


def keep_placement(file: Path, placement: str) -> None:
    """A disk that refuses costs no more than the place."""
    with contextlib.suppress(OSError):
        file.write_text(placement, "ascii")
