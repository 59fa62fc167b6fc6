"""How memory that this process has freed goes back to the system."""

import ctypes
import sys
from collections.abc import Callable

_M_MMAP_THRESHOLD = -3
_LARGE_BYTES = 1_000_000


def give_back_large_blocks() -> None:
    """Have blocks of a megabyte and more go back to the system as soon as they are freed.

    glibc would raise that size by itself to that of the largest block freed and then keep such blocks for later: after
    an hour of looking at photos 254 MB stayed where 159 were needed, and 181 with this (measured, 6.1). Only Linux
    needs the call; nothing happens elsewhere.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)


def freed_memory_returner() -> Callable[[], object]:
    """What gives all that is free back to the system; once found, it needs no file. It does nothing but on Linux."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    return (lambda: trim(0)) if trim is not None else (lambda: None)
