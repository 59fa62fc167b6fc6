"""A transfer may take as long as it likes, for as long as it gets on."""

import pytest

from cerbo_desktop.runtime.progress_limit import Progress


def _ends_after_s(progress: Progress, bytes_a_second: int, most_s: int = 4_000) -> int | None:
    """The second in which it is over; None where it never is."""
    for second in range(1, most_s):
        if bytes_a_second:
            progress.note(bytes_a_second)
        if progress.is_over(1.0):
            return second
    return None


def test_it_ends_when_nothing_has_come_for_a_while() -> None:
    progress = Progress(60.0, 15.0)
    for _ in range(100):
        progress.note(100_000)
        assert not progress.is_over(1.0)
    assert _ends_after_s(progress, 0) == 14  # the last second of the hundred was a silent one


@pytest.mark.parametrize(("bytes_a_second", "ends_s"), [(7_000, 60), (100, 60), (8_000, None), (125_000, None)])
def test_it_ends_when_it_creeps_and_never_by_a_total(bytes_a_second: int, ends_s: int | None) -> None:
    assert _ends_after_s(Progress(60.0, 15.0), bytes_a_second) == ends_s


def test_a_fast_beginning_saves_nothing_up() -> None:
    progress = Progress(60.0, 15.0)
    progress.note(50_000_000)
    assert not progress.is_over(1.0)
    assert _ends_after_s(progress, 1_000) == 60


def test_what_has_left_gives_the_answer_its_own_time() -> None:
    progress = Progress(60.0, 15.0)
    progress.give(100.0)
    assert _ends_after_s(progress, 0) == 100
