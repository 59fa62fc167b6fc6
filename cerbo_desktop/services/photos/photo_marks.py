"""What a photo of the chart may be known by: its bytes, and the id that was written into it before it was sent."""

import hashlib
import re
from dataclasses import dataclass

_HEAD_BYTES = 256 * 1024
"""Metadata stands before the pixels; a colour profile of some 100 KB may stand before that."""
_MAY_HOLD_ID = re.compile(rb"[0-9a-f]{32,}")
"""An id is 32 hex digits, and other digits may stand beside it."""
_ID_AND_SUM = re.compile(_MAY_HOLD_ID.pattern + rb"(?:\0\0.{4}(?=.{4}[A-Za-z]{4}))?", re.DOTALL)
"""With the checksum behind it in a PNG, which has the id at the end of a chunk."""
_OVERHEAD_BYTES = 400
"""Of the objects that hold the marks of one photo."""


@dataclass(frozen=True, slots=True)
class PhotoMarks:
    """The marks of one photo. The id is looked for and not parsed: that is the worker's alone."""

    sha256: str
    """Hexadecimal, of the bytes."""
    ids: bytes
    """Whatever may hold the id that was written into it."""
    bare_sha256: str
    """Hexadecimal, of the bytes with zeros in the place of `ids`: by nothing else do photos differ that two PCs make of
    the same file."""
    photo_bytes: int
    """The size of the photo."""

    @classmethod
    def of(cls, data: bytes | bytearray) -> "PhotoMarks":
        """Take the marks of a photo's bytes. Some 10 ms for 5 MB: not on the interface's thread."""
        head, rest = bytes(data[:_HEAD_BYTES]), memoryview(data)[_HEAD_BYTES:]
        bare = hashlib.sha256(_ID_AND_SUM.sub(lambda found: bytes(len(found[0])), head))
        bare.update(rest)
        ids = b" ".join(_MAY_HOLD_ID.findall(head))
        return cls(hashlib.sha256(data).hexdigest(), ids, bare.hexdigest(), len(data))

    @property
    def size_bytes(self) -> int:
        """Memory that these marks take."""
        return _OVERHEAD_BYTES + len(self.ids)

    def match(self, sha256: str, unique_id: str) -> bool:
        """Whether the photo has these bytes or carries this id; an empty id is none."""
        return (bool(unique_id) and unique_id.encode() in self.ids) or self.sha256 == sha256


NO_MARKS = PhotoMarks("", b"", "", 0)
