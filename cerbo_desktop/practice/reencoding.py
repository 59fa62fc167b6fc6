"""A JPEG as a server that processes photos may keep it: the same picture in other bytes, without our marks."""

import struct

_START_OF_SCAN = 0xDA
_BESIDE = {*range(0xE1, 0xF0), 0xFE}
"""APP1 to APP15, and comments."""
_COMMENT = b"\xff\xfe\x00\x08stored"


def without_marks(photo: bytes) -> bytes:
    """The JPEG in other bytes and without our marks; anything else stays as it is."""
    if not photo.startswith(b"\xff\xd8"):
        return photo
    kept, at = [photo[:2], _COMMENT], 2
    while photo[at] == 0xFF and photo[at + 1] != _START_OF_SCAN:
        end = at + 2 + int(struct.unpack_from(">H", photo, at + 2)[0])
        if photo[at + 1] not in _BESIDE:
            kept.append(photo[at:end])
        at = end
    return b"".join((*kept, photo[at:]))
