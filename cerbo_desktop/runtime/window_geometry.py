"""Where the window stood last, in a file of its own: it is read before the settings, and what reads them, are
loaded."""

import contextlib
from pathlib import Path

from cerbo_desktop.runtime.threads import wait_for

_ANSWER_WITHIN_S = 1.0


def read_placement(file: Path) -> str:
    """The placement as text, as the window gave it to `keep_placement`; empty where there is none."""
    try:
        return wait_for(_ANSWER_WITHIN_S, lambda: file.read_text("ascii"))
    except (OSError, UnicodeError):
        return ""


def keep_placement(file: Path, placement: str) -> None:
    """Write the placement. Where the disk refuses, it is not remembered, and nothing else happens."""
    with contextlib.suppress(OSError):
        file.write_text(placement, "ascii")
