"""What parent and worker say to each other: length-prefixed frames of a small JSON header and a payload of bytes.

    CDF1 | header length, 4 bytes | payload length, 8 bytes | header | payload        (big-endian)

The parent believes nothing: a wrong opening, an odd header or a payload whose length is not the one that the header's
sizes demand is a misbehaving worker.

Pixels come through the pipe too: 12 megapixels take 58 ms. Shared memory that is painted from where it lies takes 30
(measured, 2.5). That would save 28 of a full view's 96 ms, which is inside its budget as it is, and would cost handles
that each system passes on in its own way, and pixels that the worker could still change while they are on the screen.
"""

import struct
from enum import Enum
from typing import IO, TypeVar

import msgspec

from cerbo_desktop.domain.limits import MAX_PIXELS, MAX_UPLOAD_BYTES
from cerbo_desktop.domain.verdict import FileKind, MediaType, Preparation, RefusalReason

PREVIEW_EDGE_PX = 400
_OPENING = b"CDF1"
_PREFIX = struct.Struct(">4sIQ")
_MAX_HEADER_BYTES = 4_096


class MalformedFrameError(Exception):
    """The other side does not keep to the format, or is gone."""


class Task(Enum):
    """What a worker can be asked to do."""

    THUMBNAIL = "thumbnail"
    FULL = "full"
    EXAMINE = "examine"
    FRAME = "frame"
    EMBEDDED = "embedded"
    PARTIAL = "partial"


EXAMINATIONS = frozenset({Task.EXAMINE, Task.FRAME})
"""They end in a verdict, and a refusal is one."""


class Request(msgspec.Struct, frozen=True):
    """The header of a request.

    Its payload is the encoded photo, for EMBEDDED and PARTIAL its first bytes; for FRAME BGRX pixels of the size given.
    """

    task: Task
    work_limit_s: float = 5.0
    """Of processor time."""
    edge_px: int = 0
    named_kind: FileKind | None = None
    """What the file's extension claims. The name itself stays with the parent: it need not be text."""
    unique_id: str = ""
    width_px: int = 0
    height_px: int = 0
    most_pixels: int | None = None
    """For EXAMINE: a picture of more is not decoded, and the answer says `is_heavy`."""


class Reply(msgspec.Struct, frozen=True):
    """The header of a reply.

    Its payload is BGRX pixels of the size given; nothing after a refusal, of a heavy picture or as a greeting. For
    EXAMINE and FRAME the photo to be sent follows the pixels of its preview.
    """

    refusal: RefusalReason | None = None
    found: FileKind = FileKind.UNKNOWN
    width_px: int = 0
    height_px: int = 0
    source_width_px: int = 0
    source_height_px: int = 0
    media_type: MediaType | None = None
    photo_bytes: int = 0
    preparation: Preparation = Preparation()
    is_whole: bool = True
    """False where a part of the photo is missing and the pixels show the rest."""
    known_rows: int = 0
    """For PARTIAL."""
    confinement: int = 0
    """In the greeting: the bits of `confinement.Confinement` that the worker got."""
    is_heavy: bool = False
    """For EXAMINE: it has more pixels than were asked for, and nothing else is known yet."""


Header = TypeVar("Header", Request, Reply)


def write_head(stream: IO[bytes], header: Request | Reply, payload_bytes: int) -> None:
    """Write the frame's opening and header; the caller writes the payload after it."""
    encoded = msgspec.json.encode(header)
    stream.write(_PREFIX.pack(_OPENING, len(encoded), payload_bytes) + encoded)


def read_request(stream: IO[bytes]) -> tuple[Request, bytes]:
    """A request and its payload. Raises `MalformedFrameError`, also when the parent is gone."""
    header, payload_bytes = _read_head(stream)
    return _decoded(header, Request), _read_exactly(stream, payload_bytes)


def read_reply(stream: IO[bytes], request: Request | None) -> tuple[Reply, bytes]:
    """The answer to `request`, or the greeting where it is None. Raises `MalformedFrameError`."""
    header, payload_bytes = _read_head(stream)
    reply = _decoded(header, Reply)
    if not _is_due(request, reply, payload_bytes):
        raise MalformedFrameError
    return reply, _read_exactly(stream, payload_bytes)


def _is_due(request: Request | None, reply: Reply, payload_bytes: int) -> bool:
    if request is None or reply.refusal is not None:
        return payload_bytes == 0
    if reply.is_heavy:
        return request.most_pixels is not None and payload_bytes == 0
    fits_edge = request.task is Task.FULL or max(reply.width_px, reply.height_px) <= _edge_of(request)
    has_pixels = min(reply.width_px, reply.height_px) > 0 and reply.width_px * reply.height_px <= MAX_PIXELS
    has_photo = 0 < reply.photo_bytes <= MAX_UPLOAD_BYTES if request.task in EXAMINATIONS else reply.photo_bytes == 0
    expected_bytes = 4 * reply.width_px * reply.height_px + reply.photo_bytes
    return fits_edge and has_pixels and has_photo and payload_bytes == expected_bytes


def _edge_of(request: Request) -> int:
    return PREVIEW_EDGE_PX if request.task in EXAMINATIONS else request.edge_px


def _read_head(stream: IO[bytes]) -> tuple[bytes, int]:
    opening, header_bytes, payload_bytes = _PREFIX.unpack(_read_exactly(stream, _PREFIX.size))
    if opening != _OPENING or header_bytes > _MAX_HEADER_BYTES:
        raise MalformedFrameError
    return _read_exactly(stream, header_bytes), payload_bytes


def _read_exactly(stream: IO[bytes], size_bytes: int) -> bytes:
    """One allocation: a buffered reader fills it in place, even when it is many megabytes."""
    data = stream.read(size_bytes)
    if len(data) != size_bytes:
        raise MalformedFrameError
    return data


def _decoded(header: bytes, kind: type[Header]) -> Header:
    try:
        return msgspec.json.decode(header, type=kind)
    except (msgspec.MsgspecError, RecursionError):
        raise MalformedFrameError from None
