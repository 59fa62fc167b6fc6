"""An ID photo for a patient of whom another PC seems to have sent one: a person is asked, once, and the run goes on."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cerbo_desktop.domain.errors import MaybeSent, NotSafeReason, Unreachable
from cerbo_desktop.domain.ids import PatientId, QueueId
from cerbo_desktop.domain.outbox import Decision, SentElsewhere
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.portal_queue import QueueEntry
from cerbo_desktop.domain.server_snapshot import EntryNature
from cerbo_desktop.domain.upload import Upload, UploadProblem, UploadState
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from tests.unit.services.uploads.desk import MARIA, Desk, photo, restarted
from tests.waiting import until

THOMAS = Patient(PatientId("20011"), "Thomas", "Becker")
FOREIGN = QueueId("8801")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.server.add_patient(THOMAS)
    return desk


def another_pc_sends(
    desk: Desk, entry_id: QueueId = FOREIGN, *, minutes_ago: int = 10, nature: EntryNature = EntryNature.PHOTO
) -> datetime:
    made_at = desk.clock.now() - timedelta(minutes=minutes_ago)
    desk.server.queues[MARIA.id].append(QueueEntry(entry_id, "", made_at, nature))
    return made_at


async def take_id_photo(desk: Desk, data: bytes = b"a face") -> None:
    await desk.uploading.accept_id_photo(MARIA, photo(data))


def last(desk: Desk) -> Upload:
    return desk.uploading.feed.latest[-1]


async def is_asked(desk: Desk) -> Upload:
    await until(lambda: last(desk).trouble is UploadProblem.ANOTHER_ENTRY)
    return last(desk)


async def goes_out(desk: Desk) -> None:
    await until(lambda: last(desk).state is UploadState.SENT)


async def test_it_waits_for_a_person_and_the_next_patients_photo_goes_out(desk: Desk) -> None:
    made_at = another_pc_sends(desk)
    await take_id_photo(desk)
    await desk.uploading.accept_id_photo(THOMAS, photo(b"another face"))
    await until(lambda: last(desk).state is UploadState.SENT)
    waiting = desk.uploading.feed.latest[0]
    assert (waiting.state, waiting.trouble) == (UploadState.REFUSED, UploadProblem.ANOTHER_ENTRY)
    assert waiting.other_entry_at == made_at
    assert waiting.needs_person
    assert desk.server.subjects("create_photo") == [THOMAS.id]


async def test_another_photo_is_never_asked_about(desk: Desk) -> None:
    another_pc_sends(desk)
    await desk.send(then=UploadState.SENT)


async def test_send_anyway_is_written_down_and_sends_it_once(desk: Desk) -> None:
    another_pc_sends(desk)
    await take_id_photo(desk)
    asked = await is_asked(desk)
    desk.uploading.send_anyway(asked.id)
    await goes_out(desk)
    assert desk.outbox.decisions == [(asked.id, Decision.SEND_ANYWAY)]
    assert desk.posts == 1


async def test_dont_send_is_written_down_and_nothing_is_sent(desk: Desk) -> None:
    another_pc_sends(desk)
    await take_id_photo(desk)
    asked = await is_asked(desk)
    await desk.uploading.discard(asked.id, asked.state)
    await until(lambda: not desk.uploading.feed.latest)
    assert desk.outbox.decisions == [(asked.id, Decision.DELETE)]
    assert desk.posts == 0


async def test_neither_the_line_nor_a_restart_sends_it(desk: Desk) -> None:
    made_at = another_pc_sends(desk)
    await take_id_photo(desk)
    await is_asked(desk)
    desk.uploading.resume()
    after = await restarted(desk)
    assert (after.only.trouble, after.only.other_entry_at) == (UploadProblem.ANOTHER_ENTRY, made_at)
    after.uploading.send_anyway(after.only.id)
    await goes_out(after)
    assert desk.posts == 1
    await after.uploading.aclose()


async def test_after_other_troubles_and_a_restart_it_is_not_asked_again(desk: Desk) -> None:
    another_pc_sends(desk)
    await take_id_photo(desk)
    asked = await is_asked(desk)
    desk.server.fail("create_photo", Unreachable(), times=1)
    desk.uploading.send_anyway(asked.id)
    await until(lambda: last(desk).trouble is UploadProblem.UNREACHABLE)
    after = await restarted(desk)
    await goes_out(after)
    assert len(desk.server.queued_photos) == 1
    await after.uploading.aclose()


async def test_a_further_entry_is_asked_about(desk: Desk) -> None:
    another_pc_sends(desk)
    await take_id_photo(desk)
    asked = await is_asked(desk)
    desk.server.fail("create_photo", Unreachable(), times=1)
    desk.uploading.send_anyway(asked.id)
    await until(lambda: last(desk).trouble is UploadProblem.UNREACHABLE)
    newer = another_pc_sends(desk, QueueId("8802"), minutes_ago=1)
    desk.uploading.resume()
    assert (await is_asked(desk)).other_entry_at == newer


async def test_trying_again_is_no_decision_to_send_it_anyway(desk: Desk) -> None:
    another_pc_sends(desk)
    await take_id_photo(desk)
    asked = await is_asked(desk)
    desk.uploading.retry(asked.id)
    await until(lambda: desk.server.count("enqueued") == 2)
    await is_asked(desk)
    assert desk.posts == 0


@pytest.mark.parametrize("operation", ["record_decision", "keep_evidence"])
async def test_what_the_disk_does_not_take_down_is_not_sent(desk: Desk, operation: str) -> None:
    another_pc_sends(desk)
    await take_id_photo(desk)
    asked = await is_asked(desk)
    desk.outbox.fails[operation] = NotSafeReason.DISK_FULL
    desk.uploading.send_anyway(asked.id)
    await until(lambda: desk.outbox.failed == [operation])
    assert desk.only.trouble is UploadProblem.ANOTHER_ENTRY
    desk.outbox.fails.clear()
    desk.uploading.send_anyway(asked.id)
    await goes_out(desk)
    assert desk.posts == 1


async def test_an_old_entry_and_a_message_hold_nothing_back(desk: Desk) -> None:
    another_pc_sends(desk, minutes_ago=61)
    another_pc_sends(desk, QueueId("8802"), nature=EntryNature.OTHER)
    await take_id_photo(desk)
    await goes_out(desk)


async def test_the_hour_is_counted_by_the_servers_clock(desk: Desk) -> None:
    desk.uploading = Uploading(
        desk.server,
        ServerLookup(desk.server, desk.contents),
        desk.outbox,
        desk.clock,
        TaskScope("test", desk.failures.append),
        server_now=lambda: desk.clock.now() - timedelta(hours=3),
    )
    made_at = another_pc_sends(desk, minutes_ago=190)
    await take_id_photo(desk)
    assert (await is_asked(desk)).other_entry_at == made_at


async def test_a_queue_that_is_cut_or_cannot_be_read_holds_nothing_back(desk: Desk) -> None:
    another_pc_sends(desk)
    desk.server.queue_is_cut = True
    await take_id_photo(desk)
    await until(lambda: desk.posts == 1)
    desk.server.queue_is_cut = False
    desk.server.fail("enqueued", Unreachable())
    await desk.uploading.accept_id_photo(THOMAS, photo(b"another face"))
    await until(lambda: desk.posts == 2)


async def test_our_own_earlier_photo_is_no_other_pcs(desk: Desk) -> None:
    await desk.send(then=UploadState.SENT)
    date_all_entries(desk)
    await take_id_photo(desk)
    await goes_out(desk)


async def test_our_own_photo_of_an_earlier_session_is_no_other_pcs(desk: Desk) -> None:
    await desk.send(then=UploadState.SENT)
    date_all_entries(desk)
    after = await restarted(desk)
    await take_id_photo(after)
    await goes_out(after)
    await after.uploading.aclose()


async def test_while_one_of_ours_is_in_doubt_no_entry_is_called_another_pcs(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    await desk.send(then=UploadState.NEEDS_REVIEW)
    date_all_entries(desk)
    await take_id_photo(desk)
    await until(lambda: desk.posts == 2)


async def test_a_try_whose_answer_was_lost_is_no_other_pcs_for_itself_or_for_the_next(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    await take_id_photo(desk)
    await until(lambda: last(desk).state is UploadState.NEEDS_REVIEW)
    date_all_entries(desk)
    desk.uploading.send_again(last(desk).id)
    await goes_out(desk)
    date_all_entries(desk)
    after = await restarted(desk)
    await take_id_photo(after, b"the same face, once more")
    await goes_out(after)
    assert desk.posts == 3
    await after.uploading.aclose()


@pytest.mark.parametrize(
    "elsewhere", [SentElsewhere(frozenset({FOREIGN})), SentElsewhere(patient_ids=frozenset({MARIA.id}))]
)
async def test_what_another_account_sent_from_this_pc_is_no_other_pcs(desk: Desk, elsewhere: SentElsewhere) -> None:
    another_pc_sends(desk)
    desk.outbox.elsewhere = elsewhere
    await desk.uploading.open()
    await take_id_photo(desk)
    await goes_out(desk)


def date_all_entries(desk: Desk) -> None:
    """As of this desk's own time; the server in memory dates them by this machine's."""
    entries = desk.server.queues[MARIA.id]
    desk.server.queues[MARIA.id] = [replace(each, created_at=desk.clock.now()) for each in entries]
