"""Colour profiles with known effects, built byte by byte (ICC.1:2001)."""

import struct

_D50 = (0.9642, 1.0, 0.8249)
_P3_COLORANTS = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
_SRGB_COLORANTS = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def display_p3() -> bytes:
    """What phones and Macs save in. Its (234, 51, 35) is the red of sRGB."""
    return _of_colorants(_P3_COLORANTS)


def swapped_red_and_green() -> bytes:
    """sRGB with two of its colorants exchanged: red pixels are meant to be green."""
    red, green, blue = _SRGB_COLORANTS
    return _of_colorants((green, red, blue))


def linear_grey() -> bytes:
    """Grey whose values are amounts of light: 55 is meant to be sRGB's 128."""
    return _profile(b"GRAY", {b"wtpt": _xyz(_D50), b"kTRC": b"curv\0\0\0\0\0\0\0\0"})


def red_cyan() -> bytes:
    """CMYK ink where no ink is white, cyan alone is sRGB's red, and everything else is black."""
    white, red, black = b"\xff\x80\x80", bytes((round(2.55 * 54.29), 128 + 81, 128 + 70)), b"\x00\x80\x80"
    corners = [white, *[black] * 7, red, *[black] * 7]
    straight = bytes(range(256))
    identity = b"".join(struct.pack(">i", 65536 * (place % 4 == 0)) for place in range(9))
    head = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + identity
    table = head + straight * 4 + b"".join(corners) + straight * 3
    return _profile(b"CMYK", {b"wtpt": _xyz(_D50), b"A2B0": table}, kind=b"prtr", connection=b"Lab ")


def _of_colorants(colorants: tuple[tuple[float, float, float], ...]) -> bytes:
    curve = b"para\0\0\0\0\0\x03\0\0" + b"".join(map(_fixed, _SRGB_CURVE))
    tags = {b"wtpt": _xyz(_D50)}
    for letter, colorant in zip((b"r", b"g", b"b"), colorants, strict=True):
        tags |= {letter + b"XYZ": _xyz(colorant), letter + b"TRC": curve}
    return _profile(b"RGB ", tags)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _profile(space: bytes, tags: dict[bytes, bytes], *, kind: bytes = b"mntr", connection: bytes = b"XYZ ") -> bytes:
    body, table = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    head = struct.pack(">I4xI4s4s4s", start + len(body), 0x0240_0000, kind, space, connection)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + b"".join(map(_fixed, _D50)) + b"\0" * 48
    return head + struct.pack(">I", len(tags)) + table + body
