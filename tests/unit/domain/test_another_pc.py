"""Whether another PC seems to have sent an ID photo: every cell of the decision."""

from datetime import UTC, datetime, timedelta

import pytest

from cerbo_desktop.domain.another_pc import CLOCKS_DIFFER_BY, RECENT, OwnEntries, entry_of_another_pc
from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.server_snapshot import Reading, ServerSnapshot

NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)
TEN_MINUTES_AGO = NOW - timedelta(minutes=10)
SECOND = timedelta(seconds=1)


def ids(*names: str) -> frozenset[QueueId]:
    return frozenset(map(QueueId, names))


def queue(
    dates: dict[str, datetime | None], *, others: frozenset[QueueId] = frozenset(), reading: Reading = Reading.COMPLETE
) -> ServerSnapshot:
    """Entries with the moments at which they say that they were made; None for one that doesn't say."""
    known = {QueueId(name): date for name, date in dates.items() if date is not None}
    return ServerSnapshot(queue_ids=ids(*dates), queue=reading, other_entry_ids=others, entry_dates=known)


def decide(
    before: ServerSnapshot, own: OwnEntries | None = None, *, approved: frozenset[QueueId] = frozenset()
) -> datetime | None:
    return entry_of_another_pc(before, own or OwnEntries(), approved, NOW)


def test_an_entry_of_ten_minutes_ago_is_asked_about() -> None:
    assert decide(queue({"1": TEN_MINUTES_AGO})) == TEN_MINUTES_AGO


def test_an_empty_queue_asks_nothing() -> None:
    assert decide(queue({})) is None


@pytest.mark.parametrize(
    ("made_at", "is_asked"),
    [
        (NOW, True),
        (NOW - RECENT, True),
        (NOW - RECENT - SECOND, False),
        (NOW - timedelta(days=1), False),
        (NOW + CLOCKS_DIFFER_BY, True),
        (NOW + CLOCKS_DIFFER_BY + SECOND, False),
        (None, False),
    ],
)
def test_only_an_entry_that_is_dated_within_the_last_hour_counts(made_at: datetime | None, is_asked: bool) -> None:
    assert decide(queue({"1": made_at})) == (made_at if is_asked else None)


def test_an_entry_that_says_that_it_is_no_photo_does_not_count() -> None:
    assert decide(queue({"1": TEN_MINUTES_AGO}, others=ids("1"))) is None


def test_one_of_our_own_does_not_count() -> None:
    assert decide(queue({"1": TEN_MINUTES_AGO}), OwnEntries(ids("1"))) is None


def test_while_an_entry_of_ours_is_unknown_none_is_called_another_pcs() -> None:
    assert decide(queue({"1": TEN_MINUTES_AGO}), OwnEntries(are_all_known=False)) is None


def test_what_a_person_decided_is_not_asked_about_again() -> None:
    assert decide(queue({"1": TEN_MINUTES_AGO}), approved=ids("1")) is None


@pytest.mark.parametrize("reading", [Reading.CUT, Reading.UNREADABLE])
def test_a_list_that_was_not_read_whole_decides_nothing(reading: Reading) -> None:
    assert decide(queue({"1": TEN_MINUTES_AGO}, reading=reading)) is None


def test_of_several_the_newest_that_counts_is_told() -> None:
    dates = {"ours": NOW, "message": NOW, "approved": NOW, "old": NOW - 2 * RECENT, "undated": None}
    foreign = {"first": NOW - timedelta(minutes=40), "second": TEN_MINUTES_AGO}
    before = queue({**dates, **foreign}, others=ids("message"))
    assert decide(before, OwnEntries(ids("ours")), approved=ids("approved")) == TEN_MINUTES_AGO
    assert decide(queue(dates, others=ids("message")), OwnEntries(ids("ours")), approved=ids("approved")) is None
