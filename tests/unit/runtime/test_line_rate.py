"""What a line has shown: by the time in which photos flow, and by enough of them."""

from cerbo_desktop.runtime.line_rate import FAST_BYTES_S, SAMPLE_BYTES, LineRate


class Seconds:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def _flow(rate: LineRate, seconds: Seconds, bytes_s: float, size_bytes: int) -> None:
    rate.begin()
    for _ in range(size_bytes // 16_384):
        seconds.now_s += 16_384 / bytes_s
        rate.note(16_384)
    rate.end()


def test_nothing_is_known_before_enough_has_come() -> None:
    seconds = Seconds()
    rate = LineRate(seconds)
    _flow(rate, seconds, 50_000_000, SAMPLE_BYTES // 2)
    assert rate.bytes_s is None
    assert not rate.is_fast
    assert not rate.is_slow
    _flow(rate, seconds, 50_000_000, SAMPLE_BYTES // 2)
    assert rate.is_fast


def test_time_between_photos_does_not_count() -> None:
    seconds = Seconds()
    rate = LineRate(seconds)
    for _ in range(20):
        seconds.now_s += 60.0
        _flow(rate, seconds, 2 * FAST_BYTES_S, 65_536)
    assert rate.is_fast


def test_a_line_may_become_slow_and_fast_again() -> None:
    seconds = Seconds()
    rate = LineRate(seconds)
    for bytes_s, is_slow, is_fast in ((125_000, True, False), (1_250_000, False, False), (6_250_000, False, True)):
        _flow(rate, seconds, bytes_s, 2_000_000)
        assert (rate.is_slow, rate.is_fast) == (is_slow, is_fast)
        assert rate.bytes_s is not None
        assert abs(rate.bytes_s / bytes_s - 1) < 0.1


def test_two_at_once_show_what_they_bring_together() -> None:
    seconds = Seconds()
    rate = LineRate(seconds)
    rate.begin()
    rate.begin()
    for _ in range(80):
        seconds.now_s += 0.01
        rate.note(16_384)
        rate.note(16_384)
    assert rate.bytes_s is not None
    assert rate.bytes_s > 3_000_000


def test_a_line_on_which_nothing_comes_is_slow() -> None:
    seconds = Seconds()
    rate = LineRate(seconds)
    rate.begin()
    seconds.now_s += 15.0
    rate.end()
    assert rate.is_slow
