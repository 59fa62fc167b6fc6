"""Work that takes too long is ended once; work that is over never is."""

import threading
from collections.abc import Iterator

import pytest

from cerbo_desktop.imaging import watchdog
from cerbo_desktop.imaging.watchdog import Watchdog

_LONG_S = 60.0
_SHORT_S = 0.02


class Barking:
    def __init__(self) -> None:
        self.heard = threading.Semaphore(0)
        self.dog = Watchdog(self.heard.release)

    def is_heard(self) -> bool:
        return self.heard.acquire(timeout=10.0)

    @property
    def count(self) -> int:
        return self.heard._value


@pytest.fixture
def barking() -> Iterator[Barking]:
    barking = Barking()
    yield barking
    barking.dog.close()


def test_barks_where_time_runs_out_also_when_it_already_waits_for_a_later_moment(barking: Barking) -> None:
    for time_limit_s in (_SHORT_S, _LONG_S, _SHORT_S):
        with barking.dog.armed(time_limit_s):
            assert time_limit_s == _LONG_S or barking.is_heard()
    assert barking.count == 0, "once each"


def test_never_barks_at_work_that_is_over(barking: Barking) -> None:
    for _ in range(200):
        with barking.dog.armed(0.05):
            pass
    with barking.dog.armed(0.2):
        assert barking.is_heard(), "the only bark is for what still runs"
    assert barking.count == 0


class SleepingClock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._looks = threading.Semaphore(0)

    def __call__(self) -> float:
        self._looks.release()
        return self.now_s

    def wait_for_looks(self) -> None:
        """Until the thread has looked at this time at least once."""
        while self._looks.acquire(blocking=False):
            pass
        for _ in range(2):
            assert self._looks.acquire(timeout=10.0)


def test_work_that_slept_with_the_pc_gets_a_little_longer_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "_GRACE_S", _SHORT_S)
    clock, heard = SleepingClock(), threading.Semaphore(0)
    dog = Watchdog(heard.release, clock)
    with dog.armed(_SHORT_S):
        clock.wait_for_looks()
        clock.now_s = 3_600.0
        clock.wait_for_looks()
    assert heard._value == 0, "it was over before its grace was"
    with dog.armed(_SHORT_S):
        clock.wait_for_looks()
        clock.now_s += 3_600.0
        clock.wait_for_looks()
        clock.now_s += 3_600.0
        assert heard.acquire(timeout=10.0), "there is one grace"
    dog.close()


def test_the_thread_ends_with_it() -> None:
    barking = Barking()
    (thread,) = [each for each in threading.enumerate() if each is barking.dog.thread]
    with barking.dog.armed(_LONG_S):
        barking.dog.close()
        thread.join(10.0)
    assert not thread.is_alive()
