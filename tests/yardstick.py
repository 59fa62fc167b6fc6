"""How slow this machine is at this minute, so that a bound on work holds a defect and not a busy machine."""

import time

_USUAL_MS = 20.0
"""What `_work` costs a workstation of a clinic: twice what it costs a current server."""
_RUNS = 9


def bound_ms(usual_ms: float) -> float:
    """A bound in processor time of one thread, widened by as much as this machine is slower than usual.

    The slowest of some runs tells, since the bound is held against the slowest of many turns too: what a virtual
    machine's host takes away counts as processor time. Ask just before or after what is measured.
    """
    return usual_ms * max(1.0, max(_work_ms() for _ in range(_RUNS)) / _USUAL_MS)


def _work_ms() -> float:
    """Texts made and sorted. They are no containers, so that no garbage collection falls into it."""
    started_s = time.thread_time()
    names = [f"Lopez {number * 7919 % 50_021}" for number in range(60_000)]
    names.sort()
    return 1000 * (time.thread_time() - started_s)
