"""What is refused while all else is answered holds nothing else up: one thing, or one kind of question."""

import pytest

from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.lone_refusals import LoneRefusals, Scope
from cerbo_desktop.api.operations import Operation

PHOTO, OTHER = (Call(Operation.PHOTO_CONTENT, ("7", each)) for each in ("1", "2"))
STREAM = Call(Operation.PHOTO_STREAM, ("7", "1"))
QUEUE = Call(Operation.LIST_QUEUE, ("7",))
ALBUM, OF_TYPE = (Call(Operation.LIST_PHOTOS, ("7",), each) for each in ({"limit": "100"}, {"photo_type": "id"}))
SEARCH = Call(Operation.SEARCH_PATIENTS)
UPLOAD = Call(Operation.CREATE_PHOTO, ("7",))


class Talk:
    """A second passes with each answer, good or not."""

    def __init__(self) -> None:
        self._refusals, self._now_s = LoneRefusals(), 0.0

    def refused(self, call: Call, status: int = 429, asked_s: float | None = None) -> Scope:
        self._now_s += 1
        return self._refusals.scope(call, status, asked_s, self._now_s - 0.1, self._now_s)

    def answered(self, call: Call) -> None:
        self._now_s += 1
        self._refusals.note_answered(call, self._now_s - 0.1, self._now_s)

    def tells_of_all(self, call: Call) -> bool:
        return not self._refusals.may_be_alone(call)

    def wait(self, wait_s: float) -> None:
        self._now_s += wait_s


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_a_thing_refused_three_times_while_others_are_answered(talk: Talk) -> None:
    told = []
    for _ in range(3):
        told.append(talk.refused(PHOTO, 503) is Scope.THING)
        talk.answered(OTHER)
    assert told == [False, False, True]
    talk.answered(PHOTO)
    assert talk.refused(PHOTO, 503) is not Scope.THING


def test_refused_again_and_again_with_all_else_is_overload(talk: Talk) -> None:
    first, *later = [talk.refused(call, 503, 5.0) for _ in range(9) for call in (PHOTO, OTHER, QUEUE)]
    assert first is Scope.PERHAPS_KIND
    assert set(later) == {Scope.ALL}


def test_each_first_refusal_of_a_kind_is_a_doubt_whatever_was_answered_before(talk: Talk) -> None:
    for wait_s in (0, 1, 9, 11, 60):
        assert talk.refused(PHOTO) is Scope.PERHAPS_KIND
        talk.answered(OTHER)
        talk.wait(wait_s)


def test_a_queue_that_cannot_be_listed_is_no_overload(talk: Talk) -> None:
    assert talk.refused(QUEUE, 503) is Scope.THING
    assert talk.refused(QUEUE, 503, 10.0) is Scope.PERHAPS_KIND


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("call", "next_call"), [(PHOTO, OTHER), (OF_TYPE, OF_TYPE), (UPLOAD, UPLOAD)])
def test_a_kind_refused_twice_while_others_are_answered_waits_alone(
    talk: Talk, call: Call, next_call: Call, status: int
) -> None:
    talk.answered(ALBUM)
    assert talk.refused(call, status, 3600.0) is Scope.PERHAPS_KIND
    talk.answered(ALBUM)
    assert talk.refused(next_call, status, 3600.0) is Scope.KIND
    talk.wait(3600)
    assert talk.refused(next_call, status, 3600.0) is Scope.KIND, "until one of its own is answered"
    talk.answered(next_call)
    talk.wait(60)
    assert talk.refused(call, status, 3600.0) is Scope.PERHAPS_KIND


def test_two_kinds_that_are_refused_in_a_row_are_overload(talk: Talk) -> None:
    talk.answered(ALBUM)
    assert talk.refused(PHOTO) is Scope.PERHAPS_KIND
    assert talk.refused(STREAM) is Scope.PERHAPS_KIND, "the other way to the same bytes"
    assert [talk.refused(call) for call in (SEARCH, PHOTO)] == [Scope.ALL] * 2


def test_a_kind_that_is_refused_again_before_anything_is_answered_is_overload(talk: Talk) -> None:
    talk.answered(ALBUM)
    assert talk.refused(PHOTO) is Scope.PERHAPS_KIND
    assert talk.refused(OTHER) is Scope.ALL


def test_only_another_kind_tells_whether_one_is_refused_alone(talk: Talk) -> None:
    assert talk.tells_of_all(PHOTO)
    talk.refused(PHOTO)
    assert [talk.tells_of_all(each) for each in (PHOTO, STREAM, SEARCH)] == [False, False, True]
    talk.refused(SEARCH)
    assert [talk.tells_of_all(each) for each in (PHOTO, STREAM, SEARCH)] == [True, True, True]
