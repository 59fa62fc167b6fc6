"""A limit on the processor time that one photo may take. Counted so, a busy PC makes no sound photo fail."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def limited(work_limit_s: float) -> Iterator[None]:
    """End this process by SIGPROF once the block has worked for `work_limit_s`. Windows has the parent's clock alone.

    The signal keeps its default action, which no decoder's C code can put off.
    """
    if sys.platform == "win32":
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, work_limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
