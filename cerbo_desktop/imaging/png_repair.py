"""A PNG without the ancillary chunks that a checksum proves wrong: Pillow refuses a photo for one, browsers drop it."""

import zlib

from cerbo_desktop.imaging.structure import png_chunks

_ANCILLARY = 0x20
"""In the first letter of a chunk's name: a small one. The picture can be made without such a chunk."""


def without_wrong_chunks(data: bytes) -> bytes:
    """The same bytes where nothing is wrong. Raises `CannotShow` or `struct.error` where the chunks make no sense."""
    view = memoryview(data)
    wrong = [
        (start - 8, start + length + 4)
        for name, start, length in png_chunks(data)
        if name[0] & _ANCILLARY and not _is_right(view, start, length)
    ]
    if not wrong:
        return data
    ends = [0, *(end for _, end in wrong)]
    starts = [*(start for start, _ in wrong), len(data)]
    return b"".join(view[end:start] for end, start in zip(ends, starts, strict=True))


def _is_right(view: memoryview, start: int, length: int) -> bool:
    checksum = zlib.crc32(view[start - 4 : start + length])
    return checksum.to_bytes(4, "big") == view[start + length : start + length + 4]
