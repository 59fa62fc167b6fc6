"""An ICC profile without what tells of people, devices and days: the tags that turn numbers into colours, no others.

Only the way from the file's numbers to colours is kept, not the way back, which showing a photo doesn't need.
Screens' own profiles carry a serial number, a maker's tools the name of whoever made them. Layout by ICC.1:2022.
"""

import struct

from cerbo_desktop.imaging.profile_tables import bare_table, curve_bytes

_HEADER_BYTES, _ENTRY_BYTES = 128, 12
_MAX_TAGS = 100
_WHITE = struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
"""The only one that a header may name: D50."""
_LAST_INTENT = 3
_COLOUR_TAGS = frozenset(
    {
        *(b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"bkpt", b"chad", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"cicp"),
        *(b"A2B0", b"A2B1", b"A2B2"),
    }
)
_EXACT_BYTES = {b"XYZ ": 20, b"sf32": 44, b"cicp": 12}
_FIRST_MODERN_VERSION = 4
_TEXT = "Colours"


def bare_profile(profile: bytes) -> bytes:
    """The same ICC profile with those tags alone; empty where it is broken: then no reader would make anything of
    it."""
    try:
        kept = dict(_colour_tags(profile))
    except struct.error:
        return b""
    if not kept or profile[36:40] != b"acsp":
        return b""
    return assembled(profile[8:24], min(int.from_bytes(profile[64:68], "big"), _LAST_INTENT), kept)


def assembled(identity: bytes, intent: int, tags: dict[bytes, bytes]) -> bytes:
    """An ICC profile of these tags and the two texts that each must have.

    `identity` is the 16 bytes of a header for version, class and colour spaces; the fields that nothing needs are zero.
    """
    text = _modern_text if identity[0] >= _FIRST_MODERN_VERSION else _old_text
    return _packed(identity, intent, {b"desc": text(b"desc"), b"cprt": text(b"text"), **tags})


def _colour_tags(profile: bytes) -> list[tuple[bytes, bytes]]:
    (count,) = struct.unpack_from(">I", profile, _HEADER_BYTES)
    found = []
    for number in range(min(count, _MAX_TAGS)):
        name, start, length = struct.unpack_from(">4sII", profile, _HEADER_BYTES + 4 + _ENTRY_BYTES * number)
        content = profile[start : start + length]
        if name in _COLOUR_TAGS and len(content) == length:
            found.append((name, _bare_content(content)))
    return [(name, content) for name, content in found if content]


def _bare_content(content: bytes) -> bytes:
    """As long as its type says that it is; empty where that is no type of numbers, or the content is cut."""
    try:
        needed_bytes = curve_bytes(content) or _EXACT_BYTES.get(content[:4], 0)
        if not needed_bytes:
            return bare_table(content)
    except struct.error:
        return b""
    return content[:4] + bytes(4) + content[8:needed_bytes] if len(content) >= needed_bytes else b""


def _packed(identity: bytes, intent: int, tags: dict[bytes, bytes]) -> bytes:
    at = _HEADER_BYTES + 4 + _ENTRY_BYTES * len(tags)
    table, contents = [], b""
    for name, content in tags.items():
        table.append(struct.pack(">4sII", name, at + len(contents), len(content)))
        contents += content + bytes(-len(content) % 4)
    size_bytes = at + len(contents)
    header = struct.pack(">I", size_bytes) + bytes(4) + identity + bytes(12) + b"acsp" + bytes(4)
    header += bytes(20) + struct.pack(">I", intent) + _WHITE
    return header.ljust(_HEADER_BYTES, b"\0") + struct.pack(">I", len(tags)) + b"".join(table) + contents


def _old_text(kind: bytes) -> bytes:
    """Of version 2: a description has room for two more scripts, and nothing stands in them."""
    text = _TEXT.encode("ascii") + b"\0"
    if kind == b"text":
        return kind + bytes(4) + text
    return kind + bytes(4) + struct.pack(">I", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67)


def _modern_text(_kind: bytes) -> bytes:
    text = _TEXT.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II4sII", 1, 12, b"enUS", len(text), 28) + text
