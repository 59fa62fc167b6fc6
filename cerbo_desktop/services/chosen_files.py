"""Reading a file that a person chose, from a disk or a share that may never answer."""

import asyncio
import errno
import io
import stat
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import BinaryIO

from cerbo_desktop.domain.limits import MAX_FILE_BYTES
from cerbo_desktop.domain.verdict import RefusalReason, Refused
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.threads import begin
from cerbo_desktop.runtime.time_limit import TimeLimit

ANSWER_WITHIN_S = 10.0
"""For each step, so that a slow share that goes on answering is read to its end."""
_PART_BYTES = 4_000_000
_LEADS_NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})


async def read_chosen(path: Path) -> bytes | Refused:
    """The file's bytes, or why there are none. The interface and quitting wait for nothing of this."""
    try:
        opened = await _opened_in_time(path)
        return opened if isinstance(opened, Refused) else await _read(opened)
    except TimeoutError:
        return Refused(RefusalReason.NO_ANSWER)
    except (OSError, ValueError):  # ValueError: a name with a null byte
        return Refused(RefusalReason.UNREADABLE)


def refusal_of_size(size_bytes: int) -> Refused | None:
    if size_bytes == 0:
        return Refused(RefusalReason.EMPTY)
    if size_bytes > MAX_FILE_BYTES:
        return Refused(RefusalReason.TOO_BIG, size_bytes=size_bytes)
    return None


async def _opened_in_time(path: Path) -> BinaryIO | Refused:
    """A file that is opened when nobody waits for it any more is closed again. Raises `OSError` and `ValueError`."""
    opening = begin(partial(_opened, path))
    try:
        async with TimeLimit(ANSWER_WITHIN_S):
            return await asyncio.wrap_future(opening)
    except BaseException:
        opening.add_done_callback(_close_unwanted)
        raise


def _close_unwanted(opening: "Future[BinaryIO | Refused]") -> None:
    if opening.cancelled() or opening.exception() is not None:
        return
    opened = opening.result()
    if not isinstance(opened, Refused):
        begin(opened.close)


def _opened(path: Path) -> BinaryIO | Refused:
    """Only regular files are opened: a pipe or a device could hold the thread for ever."""
    try:
        seen = path.stat()
    except OSError as error:
        if error.errno in _LEADS_NOWHERE and path.is_symlink():
            return Refused(RefusalReason.BROKEN_LINK)
        raise
    if not stat.S_ISREG(seen.st_mode):
        return Refused(RefusalReason.NOT_A_FILE)
    return refusal_of_size(seen.st_size) or path.open("rb", buffering=0)


async def _read(file: BinaryIO) -> bytes:
    """In parts, each with its own time: one byte more than may be is enough to know that it is too much.

    The parts grow together in the thread that reads. Joined here, 60 MB would be held twice, and the window be deaf for
    as long as that takes.
    """
    read, left_bytes = io.BytesIO(), MAX_FILE_BYTES + 1
    try:
        while left_bytes and (
            part_bytes := await in_time(ANSWER_WITHIN_S, partial(_read_part, file, read, min(left_bytes, _PART_BYTES)))
        ):
            left_bytes -= part_bytes
    finally:
        begin(file.close)  # even this may hang
    return read.getvalue()


def _read_part(file: BinaryIO, into: io.BytesIO, most_bytes: int) -> int:
    """How many bytes came; 0 at the end of the file."""
    return into.write(file.read(most_bytes))
