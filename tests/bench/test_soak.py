"""When memory counts as having stayed where it was."""

from tests.bench.soak import MARGIN_MB, has_stayed


def test_peaks_come_and_go() -> None:
    assert has_stayed([300, 420, 310, 500, 305, 480, 310, 450, 330])


def test_a_floor_that_rises_is_a_leak() -> None:
    assert not has_stayed([300 + minute * MARGIN_MB / 2 for minute in range(9)])


def test_the_margin_is_allowed_and_no_more() -> None:
    assert has_stayed([300, 300 + MARGIN_MB])
    assert not has_stayed([300, 301 + MARGIN_MB])
