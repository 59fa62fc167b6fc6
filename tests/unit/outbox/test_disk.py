"""Files that another program holds: waited for a little, then told as busy."""

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.outbox import disk


def held_by_another_program() -> OSError:
    """As Windows tells it: the errno of a forbidden file, and its own number beside it."""
    error = PermissionError(13, "made to fail")
    error.winerror = 32  # type: ignore[attr-defined]  # of Windows alone
    return error


class Act:
    """Fails `times` times by `error`."""

    def __init__(self, error: OSError, times: int) -> None:
        self.error, self.left, self.calls = error, times, 0

    def __call__(self) -> None:
        self.calls += 1
        if self.calls <= self.left:
            raise self.error


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_SHARING_WAITS_S", (0.001, 0.001))


def test_a_file_that_is_let_go_in_time_costs_nothing() -> None:
    act = Act(held_by_another_program(), 2)
    disk.retry_while_locked(act)
    assert act.calls == 3


def test_a_file_that_is_not_let_go_is_told_as_busy() -> None:
    with pytest.raises(NotSafe) as caught, disk.map_os_errors():
        disk.retry_while_locked(Act(held_by_another_program(), 99))
    assert caught.value.reason is NotSafeReason.DISK_BUSY


def test_a_file_that_is_forbidden_is_not_waited_for() -> None:
    act = Act(PermissionError(13, "made to fail"), 99)
    with pytest.raises(NotSafe) as caught, disk.map_os_errors():
        disk.retry_while_locked(act)
    assert (act.calls, caught.value.reason) == (1, NotSafeReason.DISK_READ_ONLY)
