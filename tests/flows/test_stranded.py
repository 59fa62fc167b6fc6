"""Photos of an earlier sign-in: sent under the present one where practice and patient are the same, or kept."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, RUTH_CALLOWAY
from cerbo_desktop.runtime.paths import resources_dir
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.uploads.stranded_sheet import StrandedSheet
from tests.fakes.hostile_images import same_pixels
from tests.flows.desk import Desk
from tests.flows.kept_photos import keep_unsent
from tests.flows.plain_words import assert_plain
from tests.flows.reading import words_of
from tests.waiting import until

SECOND_KEY = "pk_of_the_same_practice"


@pytest.fixture
def other_clinic() -> Iterator[PracticeClinic]:
    """The same people at another address, as over a relay, until a test changes them."""
    with PracticeClinic(resources_dir() / "practice") as clinic:
        yield clinic


async def look(desk: Desk) -> StrandedSheet:
    """Press "View them", with the sheet on top or below the question about the practice."""
    desk.widen()
    await desk.click_when_there("View them", desk.pages.tray)
    await until(lambda: desk.window.findChildren(StrandedSheet))
    return desk.window.findChildren(StrandedSheet)[-1]


async def says(sheet: StrandedSheet, words: str) -> None:
    await until(lambda: words in words_of(sheet))
    assert_plain(words_of(sheet))


def sealed_count(desk: Desk) -> int:
    return len([*desk.data_dir.outbox_dir.glob("*.photo"), *desk.data_dir.outbox_dir.glob("*.doubtful")])


async def test_a_new_key_of_the_same_practice_sends_what_the_old_one_left(closed_desk: Desk, photo: Path) -> None:
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI)
    desk.clinic.switches.more_keys = frozenset({SECOND_KEY})
    await desk.start_as(SECOND_KEY)
    sheet = await look(desk)
    await says(sheet, "Grace Adeyemi")
    desk.click("Send 1 photo from here", sheet)
    await until(lambda: desk.clinic.photos_received())
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert "earlier sign-in" not in desk.tray_words
    (received,) = desk.clinic.photos_received()
    assert received.pt_id == GRACE_ADEYEMI
    assert same_pixels(received.content, photo.read_bytes())
    await desk.close()
    await desk.start()
    assert "Grace Adeyemi" not in desk.tray_words, "it belongs to the second key now"
    assert len(desk.clinic.photos_received()) == 1


async def test_one_that_was_refused_under_the_old_key_is_sent_as_well(closed_desk: Desk, photo: Path) -> None:
    desk = closed_desk
    await desk.start()
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.faults.set("upload", Fault.UNPROCESSABLE)
    await desk.send_file(photo)
    await desk.tray_says("Cerbo refused the photo.")
    await desk.close()
    desk.clinic.faults.clear()
    desk.clinic.switches.more_keys = frozenset({SECOND_KEY})
    await desk.start_as(SECOND_KEY)
    sheet = await look(desk)
    await says(sheet, "Grace Adeyemi")
    desk.click("Send 1 photo from here", sheet)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received()) == 1


async def test_kept_where_it_is_a_photo_stays_as_it_was(closed_desk: Desk, photo: Path) -> None:
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI)
    desk.clinic.switches.more_keys = frozenset({SECOND_KEY})
    await desk.start_as(SECOND_KEY)
    sheet = await look(desk)
    await says(sheet, "1 photo can be sent from here.")
    desk.click("Keep them here", sheet)
    await until(lambda: open_sheet(desk.window) is None)
    await desk.close()
    await desk.start()
    desk.widen()
    await until(lambda: len(desk.clinic.photos_received()) == 1)


async def test_a_record_that_is_gone_or_another_is_said_and_nothing_is_re_pointed(
    closed_desk: Desk, photo: Path
) -> None:
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI, RUTH_CALLOWAY)
    desk.clinic.switches.more_keys = frozenset({SECOND_KEY})
    people = desk.clinic.patients
    people[GRACE_ADEYEMI] = replace(people[GRACE_ADEYEMI], dob="1931-01-01")
    del people[RUTH_CALLOWAY]
    await desk.start_as(SECOND_KEY)
    sheet = await look(desk)
    await says(sheet, "No photo can be sent from here.")
    await says(sheet, "Cerbo has another name or date of birth for this record")
    await says(sheet, "it may have been merged")
    assert not sheet.send.isVisible()
    assert sealed_count(desk) == 2
    assert desk.clinic.photos_received() == []


async def test_a_record_that_changes_while_the_sheet_is_open_gets_no_photo(closed_desk: Desk, photo: Path) -> None:
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI)
    desk.clinic.switches.more_keys = frozenset({SECOND_KEY})
    await desk.start_as(SECOND_KEY)
    sheet = await look(desk)
    await says(sheet, "1 photo can be sent from here.")
    people = desk.clinic.patients
    people[GRACE_ADEYEMI] = replace(people[GRACE_ADEYEMI], first_name="Somebody", last_name="Else")
    desk.click("Send 1 photo from here", sheet)
    await says(sheet, "1 photo wasn’t sent")
    assert not sheet.send.isVisible()
    assert sealed_count(desk) == 1
    assert desk.clinic.photos_received() == []


async def test_over_a_relay_they_go_once_a_person_and_a_record_say_that_it_is_the_same_practice(
    closed_desk: Desk, photo: Path, other_clinic: PracticeClinic
) -> None:
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI, RUTH_CALLOWAY)
    del other_clinic.patients[RUTH_CALLOWAY]
    desk.clinic = other_clinic
    await desk.start()
    sheet = await look(desk)
    await until(lambda: desk.is_asked)
    assert "Grace Adeyemi" not in words_of(sheet)
    desk.answer("It is the same practice")
    await says(sheet, "Ruth Calloway")  # one record has shown that it is the same practice
    assert "1 photo can be sent from here." in words_of(sheet)
    desk.click("Send 1 photo from here", sheet)
    await until(lambda: other_clinic.photos_received())
    assert [each.pt_id for each in other_clinic.photos_received()] == [GRACE_ADEYEMI]
    await desk.tray_says("1 photo from an earlier sign-in is waiting on this PC.")


@pytest.mark.parametrize("says_same", [False, True])
async def test_nothing_goes_to_another_practice_and_nobody_is_named_there(
    closed_desk: Desk, photo: Path, other_clinic: PracticeClinic, says_same: bool
) -> None:
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI, RUTH_CALLOWAY)
    people = other_clinic.patients
    people[GRACE_ADEYEMI] = replace(people[GRACE_ADEYEMI], first_name="Somebody", last_name="Else")
    del people[RUTH_CALLOWAY]
    desk.clinic = other_clinic
    await desk.start()
    sheet = await look(desk)
    await until(lambda: desk.is_asked)
    asked_before = other_clinic.counters.count("patient")
    desk.answer("It is the same practice" if says_same else "Keep them here")
    await says(sheet, "2 photos are not known to be of this practice")
    asked = other_clinic.counters.count("patient") - asked_before
    assert asked == (2 if says_same else 0), "without a person's word not even an id is sent there"
    assert "Grace" not in words_of(sheet)
    assert "Ruth" not in words_of(sheet)
    assert not sheet.send.isVisible()
    assert sealed_count(desk) == 2
    assert other_clinic.photos_received() == []
