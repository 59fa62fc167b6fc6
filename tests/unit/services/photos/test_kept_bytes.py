"""Which bytes stay where not all of them can."""

import pytest

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.services.photos.kept_bytes import KeptBytes

PATIENT, OTHER = PatientId("7"), PatientId("8")
TEN = Content(bytes(10), "image/jpeg")


def ids(numbers: str) -> list[PhotoId]:
    return [PhotoId(number) for number in numbers]


@pytest.fixture
def kept() -> KeptBytes:
    """Room for four photos, two of them of people who are not open."""
    return KeptBytes(limit_bytes=40, others_limit_bytes=20)


def put(kept: KeptBytes, numbers: str, patient_id: PatientId = PATIENT) -> None:
    for photo_id in ids(numbers):
        kept.put((patient_id, photo_id), TEN)


def here(kept: KeptBytes, patient_id: PatientId = PATIENT) -> str:
    return "".join(number for number in "0123456789" if (patient_id, PhotoId(number)) in kept)


def test_without_a_preference_what_was_used_longest_ago_goes_first(kept: KeptBytes) -> None:
    put(kept, "0123")
    assert kept.get((PATIENT, PhotoId("0"))) is TEN
    put(kept, "4")
    assert here(kept) == "0234"
    assert kept.used_bytes == 40


def test_what_is_near_never_drives_out_what_is_in_view(kept: KeptBytes) -> None:
    kept.prefer(PATIENT, ids("01234567"))
    put(kept, "4567")
    put(kept, "3210")
    assert here(kept) == "0123"
    put(kept, "4")
    assert here(kept) == "0123", "the newcomer matters least"


def test_what_left_the_view_stays_as_long_as_there_is_room(kept: KeptBytes) -> None:
    kept.prefer(PATIENT, ids("012"))
    put(kept, "012")
    kept.prefer(PATIENT, ids("34"))
    put(kept, "3")
    assert here(kept) == "0123"
    put(kept, "4")
    assert here(kept) == "1234"


def test_another_selection_changes_who_goes(kept: KeptBytes) -> None:
    kept.prefer(PATIENT, ids("01234"))
    put(kept, "0123")
    kept.prefer(PATIENT, ids("43210"))
    put(kept, "4")
    assert here(kept) == "1234"


def test_one_that_is_larger_than_all_the_room_drives_out_nothing_in_view(kept: KeptBytes) -> None:
    kept.prefer(PATIENT, ids("01"))
    put(kept, "01")
    kept.put((PATIENT, PhotoId("9")), Content(bytes(41), "image/jpeg"))
    assert here(kept) == "01"


def test_other_patients_have_a_smaller_room(kept: KeptBytes) -> None:
    put(kept, "0123", OTHER)
    assert here(kept, OTHER) == "0123", "nobody is open"
    kept.prefer(PATIENT, ids("0"))
    assert here(kept, OTHER) == "23"
    put(kept, "45", OTHER)
    assert here(kept, OTHER) == "45"


def test_room_is_judged_by_the_photos_that_are_here(kept: KeptBytes) -> None:
    kept.prefer(PATIENT, ids("012345"))
    assert kept.has_room_for((PATIENT, PhotoId("5")), arriving_count=5), "nothing is known of their size"
    put(kept, "01")
    assert kept.has_room_for((PATIENT, PhotoId("2")), arriving_count=1)
    assert not kept.has_room_for((PATIENT, PhotoId("2")), arriving_count=2)
    put(kept, "45")
    assert kept.has_room_for((PATIENT, PhotoId("2")), arriving_count=0), "in place of a further one"
    put(kept, "23")
    assert kept.has_room_for((PATIENT, PhotoId("3")), arriving_count=9), "it is here"
    assert not kept.has_room_for((PATIENT, PhotoId("4")), arriving_count=0)


def test_forgetting_one_patient_and_everybody(kept: KeptBytes) -> None:
    put(kept, "0")
    put(kept, "1", OTHER)
    kept.forget(PATIENT)
    assert (here(kept), here(kept, OTHER), kept.used_bytes) == ("", "1", 10)
    kept.clear()
    assert (here(kept, OTHER), kept.used_bytes) == ("", 0)
