"""A 503 for one thing, while all else is answered, holds nothing else up."""

from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.lone_refusals import LoneRefusals
from cerbo_desktop.api.operations import Operation

PHOTO, OTHER = (Call(Operation.PHOTO_CONTENT, ("7", each)) for each in ("1", "2"))
QUEUE = Call(Operation.LIST_QUEUE, ("7",))


def test_refused_three_times_while_others_are_answered() -> None:
    refusals = LoneRefusals()
    told = []
    for _ in range(3):
        told.append(refusals.is_lone(PHOTO, 503, None))
        refusals.note_answered(OTHER)
    assert told == [False, False, True]
    refusals.note_answered(PHOTO)
    assert not refusals.is_lone(PHOTO, 503, None)


def test_refused_again_and_again_with_all_else_is_overload() -> None:
    refusals = LoneRefusals()
    assert not any(refusals.is_lone(call, 503, 5.0) for _ in range(9) for call in (PHOTO, OTHER, QUEUE))


def test_counted_requests_are_overload_whichever_they_are() -> None:
    refusals = LoneRefusals()
    for _ in range(9):
        assert not refusals.is_lone(PHOTO, 429, None)
        refusals.note_answered(OTHER)


def test_a_queue_that_cannot_be_listed_is_no_overload() -> None:
    refusals = LoneRefusals()
    assert refusals.is_lone(QUEUE, 503, None)
    assert not refusals.is_lone(QUEUE, 503, 10.0)
