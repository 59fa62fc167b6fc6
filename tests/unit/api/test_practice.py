"""The client and the connection test against the practice clinic: every form that the contract leaves open."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.address import Origin, parse_address
from cerbo_desktop.domain.appointment import VisitStage
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Forbidden, Missing
from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.patient_query import PatientQuery
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.domain.verdict import MediaType, OutgoingPhoto
from cerbo_desktop.practice.answer_forms import ContentForm, Envelope, IdForm, ListForm, Paging, UploadAnswer
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.drawing import small_copy
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.services import connection_test
from cerbo_desktop.services.connection_checks import CheckOutcome, CheckReason

PHOTOS_DIR = Path(__file__).parents[3] / "resources" / "practice"
NOW = datetime(2026, 11, 12, 10, 7, 30, tzinfo=UTC)
TODAY = date(2026, 11, 12)


@pytest.fixture(scope="module")
def clinic() -> Iterator[PracticeClinic]:
    with PracticeClinic(PHOTOS_DIR, now=lambda: NOW, zone=UTC) as clinic:
        yield clinic


@pytest.fixture
def album_of(clinic: PracticeClinic) -> int:
    """A patient with several photos."""
    return max(clinic.patients, key=lambda pt_id: len(clinic.album(pt_id)))


def _origin(clinic: PracticeClinic) -> Origin:
    origin = parse_address(clinic.origin)
    assert isinstance(origin, Origin)
    return origin


@pytest.fixture
def client(clinic: PracticeClinic) -> "Iterator[Connected]":
    switches = clinic.switches
    before = dict(vars(switches))
    yield Connected(clinic)
    vars(switches).update(before)


class Connected:
    """Opens a client signed in to the clinic."""

    def __init__(self, clinic: PracticeClinic) -> None:
        self._clinic = clinic

    async def __aenter__(self) -> CerboClient:
        self._client = CerboClient(_origin(self._clinic), self._clinic.username, self._clinic.secret)
        return self._client

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()


@pytest.mark.parametrize("ids", IdForm)
@pytest.mark.parametrize("envelope", [each for each in Envelope if each is not Envelope.ONE_RECORD])
async def test_lists_in_every_form(
    ids: IdForm, envelope: Envelope, clinic: PracticeClinic, client: Connected, album_of: int
) -> None:
    clinic.switches.ids, clinic.switches.envelope = ids, envelope
    expected = {str(photo.id) for photo in clinic.album(album_of)}
    async with client as server:
        pages = [page async for page in server.photo_pages(PatientId(str(album_of)))]
        assert {photo.id for page in pages for photo in page.items} == expected
        visits = await server.appointments(TODAY - timedelta(1), TODAY + timedelta(1))
        assert visits.is_complete
        assert VisitStage.CHECKED_IN in {visit.stage for visit in visits.items}
        person = clinic.patients[album_of]
        found = await server.search_patients(PatientQuery(last_name=person.last_name[:3]))
        assert str(album_of) in {patient.id for patient in found.items}
        assert (await server.patient(PatientId(str(album_of)))).last_name == person.last_name


@pytest.mark.parametrize("paging", [Paging.ALWAYS_MORE, Paging.REPEATED])
async def test_paging_that_lies(paging: Paging, clinic: PracticeClinic, client: Connected, album_of: int) -> None:
    clinic.switches.paging = paging
    async with client as server:
        pages = [page async for page in server.photo_pages(PatientId(str(album_of)))]
    assert pages[-1].cut_short
    assert {photo.id for page in pages for photo in page.items} <= {str(each.id) for each in clinic.album(album_of)}


@pytest.mark.parametrize("form", ContentForm)
async def test_photos_in_every_form(
    form: ContentForm, clinic: PracticeClinic, client: Connected, album_of: int
) -> None:
    clinic.switches.content = form
    photo = clinic.album(album_of)[0]
    async with client as server:
        asked = server.content(PatientId(str(album_of)), PhotoId(str(photo.id)))
        if form is ContentForm.OTHER_TYPE:
            assert (await asked).media_type == "image/tiff"
        elif form is ContentForm.SMALL_COPY:
            assert (await asked).data == small_copy(photo.content)
        elif form is ContentForm.HALF:
            assert (await asked).data == photo.content[: len(photo.content) // 2]
        elif not form.holds_photo:
            with pytest.raises((BadAnswer, Forbidden, Missing)):
                await asked
        else:
            assert (await asked).data == photo.content


_RECEIPTS: dict[UploadAnswer, Callable[[str], tuple[Answer, str | None]]] = {
    UploadAnswer.RESULT: lambda stored_id: (Answer.QUEUE_ID, stored_id),
    UploadAnswer.QUEUE_REQUEST: lambda stored_id: (Answer.QUEUE_ID, stored_id),
    UploadAnswer.BARE: lambda stored_id: (Answer.QUEUE_ID, stored_id),
    UploadAnswer.NESTED: lambda stored_id: (Answer.OTHER_ID, stored_id),
    UploadAnswer.NO_ID: lambda _: (Answer.CONFIRMED, None),
    UploadAnswer.EMPTY: lambda _: (Answer.EMPTY, None),
    UploadAnswer.STATUS_OK: lambda _: (Answer.EMPTY, None),
    UploadAnswer.SUCCESS: lambda _: (Answer.EMPTY, None),
    UploadAnswer.MESSAGE: lambda _: (Answer.EMPTY, None),
    UploadAnswer.OWN_RECORD: lambda _: (Answer.OTHER_ID, None),
    UploadAnswer.NULL_ID: lambda _: (Answer.CONFIRMED, None),
    UploadAnswer.OTHER_PATIENT: lambda _: (Answer.FAILED, None),
    UploadAnswer.FALSE_WITH_ID: lambda stored_id: (Answer.DENIED_WITH_ID, stored_id),
}


@pytest.mark.parametrize("answer", UploadAnswer)
async def test_a_photo_is_sent_listed_and_withdrawn(
    answer: UploadAnswer, clinic: PracticeClinic, client: Connected, album_of: int
) -> None:
    clinic.switches.upload_answer = answer
    stored_before = len(clinic.waiting(album_of))
    data = clinic.album(album_of)[0].content
    photo = OutgoingPhoto(data, MediaType.JPEG, 10, 10, sha256(data).hexdigest())
    patient_id = PatientId(str(album_of))
    async with client as server:
        receipt = await server.create_photo(patient_id, photo)
        if answer is UploadAnswer.STATUS_ERROR:
            assert receipt.answer is Answer.FAILED
            assert len(clinic.waiting(album_of)) == stored_before
            return
        stored = clinic.waiting(album_of)[-1]
        assert (receipt.answer, receipt.named_id) == _RECEIPTS[answer](str(stored.id))
        queue = await server.enqueued(patient_id)
        entry = next(each for each in queue.items if each.id == str(stored.id))
        await server.withdraw(patient_id, entry.id)
        assert str(stored.id) not in {each.id for each in (await server.enqueued(patient_id)).items}


async def test_a_server_that_rounds_offsets_down_to_whole_pages_is_read_to_its_end(
    clinic: PracticeClinic, client: Connected, album_of: int
) -> None:
    clinic.switches.paging = Paging.ROUNDED
    async with client as server:
        pages = [page async for page in server.photo_pages(PatientId(str(album_of)))]
    assert [int(photo.id) for page in pages for photo in page.items] == [each.id for each in clinic.album(album_of)]
    assert not pages[-1].cut_short


async def test_a_list_that_names_more_by_a_token_alone_is_read_to_its_end(
    clinic: PracticeClinic, client: Connected, album_of: int
) -> None:
    clinic.switches.odd_lists, clinic.switches.most_rows = {"images": ListForm.CURSOR_ALONE}, 60
    async with client as server:
        pages = [page async for page in server.photo_pages(PatientId(str(album_of)))]
    assert [int(photo.id) for page in pages for photo in page.items] == [each.id for each in clinic.album(album_of)]
    assert not pages[-1].cut_short


@pytest.mark.parametrize(
    "field",
    [
        *("pt_id", "patientId", "PT_ID", "patient", "pt", "patient_details"),
        *("subject", "relationships", "url_image_content"),
    ],
)
async def test_another_patients_record_is_refused(
    clinic: PracticeClinic, client: Connected, album_of: int, field: str
) -> None:
    clinic.switches.patient_field, patient_id = field, PatientId(str(album_of))
    async with client as server:
        listed = await server.photos(patient_id, PhotoType.PERSONAL, limit=1)
        await server.photo(patient_id, listed.items[0].id)
        clinic.switches.names_other_patient = True
        with pytest.raises(BadAnswer) as of_list:
            await server.photos(patient_id, PhotoType.PERSONAL, limit=1)
        with pytest.raises(BadAnswer) as of_record:
            await server.photo(patient_id, listed.items[0].id)
        assert {of_list.value.kind, of_record.value.kind} == {BadAnswerKind.OTHER_PATIENT}


async def test_a_chart_of_rows_that_are_all_marked_as_deleted_is_not_empty(
    clinic: PracticeClinic, client: Connected, album_of: int
) -> None:
    """Unless they were seen without the mark: then it tells."""
    clinic.switches.odd_lists, patient_id = {"images": ListForm.ALL_DELETED}, PatientId(str(album_of))
    async with client as server:
        with pytest.raises(BadAnswer) as caught:
            [page async for page in server.photo_pages(patient_id)]
        assert caught.value.kind is BadAnswerKind.WRONG_SHAPE
        listed = await server.photos(patient_id, PhotoType.PERSONAL, limit=1)
        assert not listed.items
        clinic.switches.odd_lists = {}
        await server.photos(patient_id, None, limit=1)
        clinic.switches.odd_lists = {"images": ListForm.ALL_DELETED}
        assert not [photo async for page in server.photo_pages(patient_id) for photo in page.items]


async def test_the_connection_test(clinic: PracticeClinic, client: Connected) -> None:
    async with client as server:
        results = [each async for each in connection_test.test_connection(server, _origin(clinic), TODAY)]
    assert [each.outcome for each in results] == [CheckOutcome.OK] * 6 + [CheckOutcome.NOT_TESTED]
    assert results[1].reason is CheckReason.ON_THIS_PC


async def test_a_wrong_secret(clinic: PracticeClinic) -> None:
    server = CerboClient(_origin(clinic), clinic.username, "sk_wrong")
    results = [each async for each in connection_test.test_connection(server, _origin(clinic), TODAY)]
    await server.aclose()
    assert [each.outcome for each in results[:3]] == [CheckOutcome.OK, CheckOutcome.OK, CheckOutcome.FAILED]


async def test_a_server_that_answers_twice_gives_each_patient_their_own_photos(
    clinic: PracticeClinic, client: Connected
) -> None:
    photos = [clinic.album(pt_id)[0] for pt_id in clinic.patients if clinic.album(pt_id)]
    clinic.faults.set("content", Fault.TWICE)
    async with client as server:
        for photo in photos:
            content = await server.content(PatientId(str(photo.pt_id)), PhotoId(str(photo.id)))
            assert content.data == photo.content
    clinic.faults.clear()
    assert len(photos) > 2
