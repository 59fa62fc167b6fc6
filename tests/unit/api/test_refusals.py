"""What was refused to a key: for which records it counts, and for how long."""

import pytest

from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.operations import Operation
from cerbo_desktop.api.refusals import KEPT_S, Refusals


class Clock:
    now_s = 1000.0


@pytest.fixture
def refusals() -> Refusals:
    return Refusals(lambda: Clock.now_s)


def content(patient: str, photo: str) -> Call:
    return Call(Operation.PHOTO_CONTENT, (patient, photo))


def album(patient: str) -> Call:
    return Call(Operation.LIST_PHOTOS, (patient,))


def test_a_refusal_is_kept_for_a_day(refusals: Refusals, monkeypatch: pytest.MonkeyPatch) -> None:
    refusals.add(album("1"))
    monkeypatch.setattr(Clock, "now_s", 1000.0 + KEPT_S - 1)
    assert refusals.cover(album("1"))
    monkeypatch.setattr(Clock, "now_s", 1000.0 + KEPT_S)
    assert not refusals.cover(album("1"))


def test_what_is_asked_for_besides_does_not_matter(refusals: Refusals) -> None:
    refusals.add(Call(Operation.LIST_PHOTOS, ("1",), {"limit": "1"}))
    assert refusals.cover(Call(Operation.LIST_PHOTOS, ("1",), {"offset": "100"}))
    assert not refusals.cover(Call(Operation.LIST_QUEUE, ("1",)))


def test_it_grows_from_two_photos_to_the_chart_and_from_two_charts_to_all(refusals: Refusals) -> None:
    refusals.add(content("1", "10"))
    assert not refusals.cover(content("1", "11"))
    refusals.add(content("1", "11"))
    assert refusals.cover(content("1", "12"))
    assert not refusals.cover(content("2", "20"))
    refusals.add(content("2", "20"))
    assert refusals.cover(content("3", "30"))


def test_what_was_given_once_is_refused_one_by_one(refusals: Refusals) -> None:
    refusals.note_given(content("1", "9"))
    for photo in ("10", "11", "12"):
        refusals.add(content("1", photo))
    assert not refusals.cover(content("1", "13"))
    refusals.add(content("2", "20"))
    assert not refusals.cover(content("3", "30"))
    refusals.note_given(content("1", "10"))
    assert not refusals.cover(content("1", "10"))


def test_two_ids_that_were_mistyped_close_no_other_record(refusals: Refusals) -> None:
    for patient in ("1", "2"):
        refusals.add(Call(Operation.SHOW_PATIENT, (patient,)))
    assert not refusals.cover(Call(Operation.SHOW_PATIENT, ("3",)))


def test_what_changes_something_is_never_kept(refusals: Refusals) -> None:
    for call in (Call(Operation.CREATE_PHOTO, ("1",)), Call(Operation.WITHDRAW, ("1", "5"))):
        refusals.add(call)
        assert not refusals.cover(call)


def test_everything_is_forgotten_at_once(refusals: Refusals) -> None:
    refusals.add(album("1"))
    refusals.add(album("2"))
    refusals.forget()
    assert not any(refusals.cover(album(patient)) for patient in "123")


def test_lists_by_type_are_a_right_of_their_own(refusals: Refusals) -> None:
    """A profile may refuse the parameter: the albums are not closed by it."""

    def by_type(patient: str, photo_type: str) -> Call:
        return Call(Operation.LIST_PHOTOS, (patient,), {"photo_type": photo_type, "limit": "100"})

    refusals.add(by_type("1", "personal"))
    refusals.add(by_type("2", "personal"))
    assert refusals.cover(by_type("3", "personal"))
    assert not any(refusals.cover(album(patient)) for patient in "123")
    assert not refusals.cover(by_type("3", "medical"))
    refusals.note_given(album("1"))
    assert refusals.cover(by_type("1", "personal"))


def search(*criteria: str) -> Call:
    return Call(Operation.SEARCH_PATIENTS, params={"limit": "100", **dict.fromkeys(criteria, "x")})


def test_a_refused_criterion_of_the_search_closes_that_one_alone(refusals: Refusals) -> None:
    refusals.note_given(search("last_name"))
    for criteria in (("dob",), ("dob", "last_name"), ("email",)):
        refusals.add(search(*criteria))
        assert refusals.cover(search(*criteria))
    assert not refusals.cover(search("last_name"))
    assert not refusals.cover(search("first_name"))


def test_two_refused_criteria_close_a_search_that_was_never_given(refusals: Refusals) -> None:
    refusals.add(search("dob"))
    assert not refusals.cover(search("last_name"))
    refusals.add(search("last_name"))
    assert refusals.cover(search("email"))
