"""The child process: reads requests, decodes, answers; ends when its input does.

Nothing it says is believed by the parent, and nothing but this process ever parses a foreign picture.
"""

import itertools
import os
import sys
from collections.abc import Callable, Iterable
from typing import IO

import msgspec

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import Refused
from cerbo_desktop.imaging import decode, heic, preview, validation
from cerbo_desktop.imaging.frames import (
    EXAMINATIONS,
    MalformedFrameError,
    Reply,
    Request,
    Task,
    read_request,
    write_head,
)
from cerbo_desktop.imaging.sandbox import confine
from cerbo_desktop.imaging.warm_up import rehearse
from cerbo_desktop.imaging.work_limit import limited
from cerbo_desktop.runtime.memory import freed_memory_returner
from cerbo_desktop.runtime.private_memory import keep_memory_private, show_no_warnings

_NICENESS = 10
"""Two niced decoders leave scrolling at p99 8 ms, others at 14.7 (measured, 2.2)."""

Answer = tuple[Reply, int, Iterable[bytes]]
"""Header, payload length, payload in pieces."""


def run_worker() -> None:
    """Answer requests until the parent closes our input."""
    keep_memory_private()
    show_no_warnings()
    requests, replies = _own_pipes()
    _step_back()
    decode.prepare_decoder()
    rehearse(answer)
    give_back = _memory_returner()
    confinement = confine()
    if confinement.is_confined:
        heic.allow()
    write_head(replies, Reply(confinement=confinement.value), 0)
    replies.flush()
    try:
        while True:
            if _serve(requests, replies, give_back) in EXAMINATIONS:
                give_back()
    except MalformedFrameError:
        return


def _memory_returner() -> Callable[[], None]:
    """What gives back the memory of the pixels that are not needed any more."""
    give_back = freed_memory_returner()

    def give_back_pixels() -> None:
        decode.let_go_of_pixels()
        give_back()

    return give_back_pixels


def _serve(requests: IO[bytes], replies: IO[bytes], give_back: Callable[[], None]) -> Task:
    """Answer one request, and say what it was. Nothing of it is held while the next one is awaited, and the pixels of
    an examined photo no longer than until the answer: with it another worker may begin.

    Raises `MalformedFrameError`, also when the parent is gone.
    """
    request, payload = read_request(requests)
    with limited(request.work_limit_s):
        header, payload_bytes, pieces = answer(request, payload)
        if request.task in EXAMINATIONS:
            give_back()
        write_head(replies, header, payload_bytes)
        for piece in pieces:
            replies.write(piece)
    replies.flush()
    return request.task


def answer(request: Request, payload: bytes) -> Answer:
    """Carry out one request. A refusal is an answer too."""
    try:
        if request.task is Task.FRAME:
            size_px = request.width_px, request.height_px
            return _examined(validation.examine_frame(*size_px, payload, request.unique_id))
        if request.task is Task.EXAMINE:
            named = request.named_kind, request.unique_id
            return _examined(validation.examine(payload, *named, request.most_pixels))
        if request.task is Task.EMBEDDED:
            return _shown(preview.embedded(payload, request.edge_px))
        if request.task is Task.PARTIAL:
            picture, known_rows = preview.partial(payload, request.edge_px)
            return _shown(picture, known_rows=known_rows)
        return _shown(decode.decode(payload, request.edge_px if request.task is Task.THUMBNAIL else None))
    except CannotShow as error:
        return Reply(error.reason), 0, ()


def _shown(picture: decode.Picture, known_rows: int = 0) -> Answer:
    reply = Reply(
        width_px=picture.image.width,
        height_px=picture.image.height,
        source_width_px=picture.source_width_px,
        source_height_px=picture.source_height_px,
        is_whole=picture.is_whole,
        known_rows=known_rows,
    )
    return reply, picture.size_bytes, decode.bands(picture)


def _examined(verdict: validation.Validated | Refused | None) -> Answer:
    if verdict is None:
        return Reply(is_heavy=True), 0, ()
    if isinstance(verdict, Refused):
        return Reply(verdict.reason, verdict.found), 0, ()
    shown, preview_bytes, pieces = _shown(verdict.preview)
    reply = msgspec.structs.replace(
        shown, media_type=verdict.media_type, photo_bytes=len(verdict.data), preparation=verdict.preparation
    )
    return reply, preview_bytes + len(verdict.data), itertools.chain(pieces, (verdict.data,))


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes for ourselves; what a library prints goes nowhere instead of into a frame."""
    requests, replies = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(requests, os.O_BINARY)
        msvcrt.setmode(replies, os.O_BINARY)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return os.fdopen(requests, "rb"), os.fdopen(replies, "wb")


def _step_back() -> None:
    """Run at lower priority than the interface. On Windows the parent sets the priority."""
    if sys.platform != "win32":
        os.nice(_NICENESS)


if __name__ == "__main__":
    run_worker()
