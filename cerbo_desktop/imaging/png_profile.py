"""A PNG's embedded profile before Pillow sees it, which refuses the whole picture for one that is no good."""

import zlib

from cerbo_desktop.imaging.structure import png_chunks

_MAX_PROFILE_BYTES = 1_000_000
"""Pillow's own ceiling is a little higher."""
_CHUNK_FRAME_BYTES = 12
_DEFLATE = 0


def without_bad_profile(png: bytes) -> bytes:
    """The same PNG, without its profile where that inflates to too much or is packed in no known way."""
    for name, start, length in png_chunks(png):
        if name == b"iCCP" and not inflated_profile(png[start : start + length]):
            return png[: start - 8] + png[start - 8 + length + _CHUNK_FRAME_BYTES :]
        if name == b"IDAT":
            break
    return png


def inflated_profile(body: bytes) -> bytes:
    """What an iCCP chunk holds; empty where it is too much or packed in no known way."""
    _, _, packed = body.partition(b"\0")
    if not packed or packed[0] != _DEFLATE:
        return b""
    inflating = zlib.decompressobj()
    try:
        profile = inflating.decompress(packed[1:], _MAX_PROFILE_BYTES)
    except zlib.error:
        return b""
    return b"" if inflating.unconsumed_tail else profile
