"""An ICC profile without what tells of people, devices and days: the tags that turn numbers into colours, no others.

Screens' own profiles carry a serial number, a maker's tools the name of whoever made them. Layout by ICC.1:2022.
"""

import struct

_HEADER_BYTES, _ENTRY_BYTES = 128, 12
_MAX_TAGS = 100
_COLOUR_TAGS = frozenset(
    {
        *(b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"bkpt", b"chad", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"cicp"),
        *(b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"D2B0", b"D2B1", b"B2D0", b"B2D1"),
    }
)
_EXACT_BYTES = {b"XYZ ": 20, b"sf32": 44, b"cicp": 12}
_TABLE_TYPES = frozenset({b"mft1", b"mft2", b"mAB ", b"mBA ", b"mpet"})
_PARAMETER_COUNTS = (1, 3, 4, 5, 7)
_FIRST_MODERN_VERSION = 4
_TEXT = "Colours"


def bare_profile(profile: bytes) -> bytes:
    """Empty where the profile is broken: then no reader would make anything of it."""
    try:
        kept = dict(_colour_tags(profile))
    except struct.error:
        return b""
    if not kept or profile[36:40] != b"acsp":
        return b""
    text = _modern_text if profile[8] >= _FIRST_MODERN_VERSION else _old_text
    return _assembled(profile, {b"desc": text(b"desc"), b"cprt": text(b"text"), **kept})


def _colour_tags(profile: bytes) -> list[tuple[bytes, bytes]]:
    (count,) = struct.unpack_from(">I", profile, _HEADER_BYTES)
    found = []
    for number in range(min(count, _MAX_TAGS)):
        name, start, length = struct.unpack_from(">4sII", profile, _HEADER_BYTES + 4 + _ENTRY_BYTES * number)
        content = profile[start : start + length]
        if name in _COLOUR_TAGS and len(content) == length:
            found.append((name, content[: _needed_bytes(content)]))
    return [(name, content) for name, content in found if content]


def _needed_bytes(content: bytes) -> int:
    """As many as its type says that it has; none where that is no type of numbers."""
    kind = content[:4]
    if kind in _TABLE_TYPES:
        return len(content)
    if kind == b"curv":
        return 12 + 2 * int(struct.unpack_from(">I", content, 8)[0])
    if kind == b"para":
        (function,) = struct.unpack_from(">H", content, 8)
        return 12 + 4 * _PARAMETER_COUNTS[function] if function < len(_PARAMETER_COUNTS) else 0
    return _EXACT_BYTES.get(kind, 0)


def _assembled(profile: bytes, tags: dict[bytes, bytes]) -> bytes:
    """With the header's fields for version, class, colour spaces, flags, intent and white; the others are zero."""
    at = _HEADER_BYTES + 4 + _ENTRY_BYTES * len(tags)
    table, contents = [], b""
    for name, content in tags.items():
        table.append(struct.pack(">4sII", name, at + len(contents), len(content)))
        contents += content + bytes(-len(content) % 4)
    size_bytes = at + len(contents)
    header = struct.pack(">I", size_bytes) + bytes(4) + profile[8:24] + bytes(12) + b"acsp" + bytes(4)
    header += profile[44:48] + bytes(16) + profile[64:80]
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
