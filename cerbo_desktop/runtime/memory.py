"""How this process's memory goes back to the system."""

import ctypes
import sys

_M_MMAP_THRESHOLD = -3
_LARGE_BYTES = 1_000_000


def give_back_large_blocks() -> None:
    """Photos and pictures of a megabyte and more get pages of their own, which the system has back when they are freed.

    glibc would raise that size by itself to that of the largest block freed and then keep such blocks for later: after
    an hour of looking at photos 254 MB stayed where 159 were needed, and 181 with this (measured, 6.1). Others do so
    anyway.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
