"""What a native crash leaves behind: where each thread was, and no value of any kind.

Python's fault handler writes files, lines and functions while the process dies. The next start cuts the folders off the
names, for they hold the user's, notes the frames in the log, and keeps them for the support file.
"""

import contextlib
import faulthandler
import re
from pathlib import Path
from typing import IO

from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.threads import wait_for

_ANSWER_WITHIN_S = 2.0
"""A folder on a share that is gone, or a pipe in the file's place, keeps nobody from starting or ending the app."""
_READ_AT_MOST_BYTES = 65_536
_FRAMES_AT_MOST = 60
_LOGGED_FRAMES = 5
# Compiled where they are needed: most starts come after no crash.
_KIND = r"(?:Fatal Python error|Windows fatal exception): ([A-Za-z ]{1,40})$"
_THREAD = r"(Current thread|Thread) 0x"
_FRAME = r'  File "(?:[^"]*[/\\])?([\w.<> -]{1,60})", line (\d{1,6}) in ([\w<>.]{1,80})$'


_open: IO[bytes] | None = None
"""The fault handler is one for the whole process, and so is its file."""


def begin_trace(file: Path) -> None:
    """Keep what the last start left, then watch over this one. Without a file there is no trace.

    Only once this process is the one that may write to its data folder.
    """
    global _open
    with contextlib.suppress(OSError):
        _open = wait_for(_ANSWER_WITHIN_S, lambda: _begun(file))
        faulthandler.enable(_open)


def end_trace() -> None:
    """The process ends well, or nothing of this person's may be written any more. The file goes."""
    global _open
    if _open is None:
        return
    faulthandler.disable()
    begun, _open = _open, None
    with contextlib.suppress(OSError):
        wait_for(_ANSWER_WITHIN_S, lambda: _ended(begun))


def last_crash(file: Path) -> tuple[str, ...]:
    """The frames of the crash before this start; empty where there was none."""
    try:
        with _kept(file).open(encoding="utf-8", errors="replace") as kept:
            return tuple(kept.read(_READ_AT_MOST_BYTES).splitlines())
    except OSError:
        return ()


def _begun(file: Path) -> IO[bytes]:
    _keep_last(file)
    return file.open("wb")


def _ended(begun: IO[bytes]) -> None:
    begun.close()
    Path(begun.name).unlink()


def _keep_last(file: Path) -> None:
    if not file.exists():
        return
    with file.open("rb") as left:
        frames = _frames(left.read(_READ_AT_MOST_BYTES).decode("utf-8", "replace"))
    if frames:
        for frame in frames[:_LOGGED_FRAMES]:
            event(Event.CRASHED, operation=frame, is_warning=True)
        _kept(file).write_text("\n".join(frames) + "\n", "utf-8")


def _frames(trace: str) -> list[str]:
    """Only what has exactly the shape of a frame: nothing else that may stand in the file is taken over. The thread
    that crashed comes first; the others, of which there may be many, after it."""
    kinds: list[str] = []
    crashed: list[str] = []
    others: list[str] = []
    block = others
    for line in trace.splitlines():
        if (kind := re.match(_KIND, line)) is not None:
            kinds.append(kind[1].strip())
        elif (thread := re.match(_THREAD, line)) is not None:
            block = crashed if thread[1] == "Current thread" else others
            block.append("in the thread that crashed:" if block is crashed else "in another thread:")
        elif (frame := re.match(_FRAME, line)) is not None:
            block.append(f"{frame[1]}:{frame[2]} {frame[3]}")
    return [*kinds, *crashed, *others][:_FRAMES_AT_MOST]


def _kept(file: Path) -> Path:
    return file.with_name(f"{file.name}.last")
