from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from cerbo_desktop.api import records, whose, wire
from cerbo_desktop.domain.appointment import VisitStage
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerRefused
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import PatientStatus, Sex
from cerbo_desktop.domain.photo import PhotoType

SEVEN = PatientId("7")

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)
NAMES = (
    st.sampled_from(["id", "data", "object", "has_more", "result", "pt_id", "first_name", "last_name", "dob", "sex"])
    | st.sampled_from(["photo_type", "created", "date_taken", "file_size", "mime_type", "patient_details"])
    | st.sampled_from(["start_date_time", "datedeleted", "appointment_status", "associated_providers", "total_count"])
)
CERBO_LIKE = st.recursive(
    ANY_JSON | st.sampled_from(["0000-00-00", "2024-02-30 10:00:00", "9999-12-31T23:59:59-23:00", "1", 0, "\ud83d"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=8),
    max_leaves=25,
)


@given(CERBO_LIKE)
def test_no_json_raises_anything_but_our_errors(answer: object) -> None:
    try:
        record = wire.record_of(answer)
    except (BadAnswer, ServerRefused):
        return
    records.patient(record)
    records.appointment(record)
    try:
        records.photo(record, SEVEN)
    except BadAnswer as error:
        assert error.kind is BadAnswerKind.OTHER_PATIENT


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_bad_answer(body: bytes) -> None:
    try:
        wire.decoded(body)
    except BadAnswer as error:
        assert error.kind in (BadAnswerKind.WEB_PAGE, BadAnswerKind.NOT_JSON)


@given(st.text())
def test_clean_text_is_one_short_plain_line(text: str) -> None:
    cleaned = wire.clean_text(text)
    assert len(cleaned) <= 300
    assert cleaned == cleaned.strip()
    assert not set(cleaned) & set("\n\r\t\x00\x1b\u202e\u2066\u200f\u2028")


def test_names_keep_their_letters() -> None:
    assert wire.clean_text("  Zoë\u202e  O’Brien-Núñez\n王 ") == "Zoë O’Brien-Núñez 王"
    assert len(wire.clean_text("x" * 5000)) == 300


@pytest.mark.parametrize("value", [False, 0, "0", "false", " False "])
def test_a_false_result_is_a_refusal(value: object) -> None:
    with pytest.raises(ServerRefused):
        wire.record_of({"result": value, "id": 1, "data": []})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (" 7 ", "7"),
        ("a-b_1", "a-b_1"),
        (True, ""),
        (None, ""),
        (7.5, ""),
        (5401.0, "5401"),
        ("5401.0", "5401"),
        ("v1.0", "v1.0"),
        (1e300, ""),
        ("..", ""),
        ("a/b", ""),
        ("", ""),
    ],
)
def test_ids(value: object, text: str) -> None:
    assert wire.id_text(value) == text


@pytest.mark.parametrize(
    ("value", "read"),
    [(True, True), (1, True), ("1", True), (False, False), ("0", False), ("", None), (None, None), ([], None)],
)
def test_flags(value: object, read: bool | None) -> None:
    assert wire.flag(value) is read


def test_a_patient_in_full() -> None:
    person = records.patient(
        {
            "id": 42,
            "first_name": "Maria",
            "last_name": " Lopez ",
            "dob": "1981-03-04",
            "sex": "F",
            "inactive": True,
            "patient_status_description": "Prospective",
            "email1": "",
            "email2": "m@example.com",
            "primary_phone": "mobile",
            "phone_mobile": "555 010 4477",
        }
    )
    assert person is not None
    assert (person.id, person.full_name, person.born) == ("42", "Maria Lopez", date(1981, 3, 4))
    assert (person.sex, person.status) == (Sex.FEMALE, PatientStatus.PROSPECTIVE)
    assert (person.email, person.phone) == ("m@example.com", "555 010 4477")


def test_a_patient_with_nothing_but_an_id() -> None:
    person = records.patient({"id": "9", "first_name": None, "dob": 4, "sex": []})
    assert person is not None
    assert person.full_name == ""
    assert person.status is PatientStatus.UNKNOWN
    assert records.patient({"first_name": "A"}) is None


def test_a_photo_by_each_of_its_names() -> None:
    photo = records.photo(
        {
            "id": 5,
            "pt_id": "007",
            "type": "Medical",
            "created": "2025-01-02 03:04:05",
            "name": "a\u202eb",
            "file_size": "12",
        },
        SEVEN,
    )
    assert photo is not None
    assert (photo.photo_type, photo.title, photo.size_bytes) == (PhotoType.MEDICAL, "ab", 12)
    assert photo.taken_at == datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("nobody", [0, "0", 0.0, None, ""])
def test_a_photo_of_nobody_is_of_the_patient_whose_list_it_is_in(nobody: object) -> None:
    found = records.photo({"id": 5, "pt_id": nobody}, SEVEN)
    assert found is not None
    with pytest.raises(BadAnswer):
        records.photo({"id": 5, "pt_id": nobody, "patient_id": 8}, SEVEN)


OF_EIGHT: list[dict[str, object]] = [
    {"pt_id": 8},
    {"patient_id": 8},
    {"ptId": 8},
    {"patientId": 8},
    {"patientID": 8},
    {"patient": 8},
    {"pt": 8},
    {"patient_details": 8},
    {"patient": "8"},
    {"patient": {"id": "8", "first_name": "Ana"}},
    {"patient_details": {"id": 8}},
    {"pt": {"patient_id": 8}},
    {"patient": {"data": {"type": "patient", "id": "8"}}},
    {"patient": [{"id": 8}]},
    {"patient": "https://cerbo.example/api/v1/patients/8"},
    {"pt_id": 7, "patient_id": 8},
    {"pt_id": 7, "patient": {"id": 8}},
    {"patient": {"id": 7, "patient_id": 8}},
    {"PT_ID": 8},
    {"Pt_Id": 8},
    {"patient-id": 8},
    {"patientid": 8},
    {"ptDetails": 8},
    {"pt_id": "8.0"},
    # By its links.
    {"url_image_content": "https://cerbo.example/api/v1/patients/8/images/5/content"},
    {"pt_id": 7, "url_patient_details": "/api/v1/patients/8"},
    {"contentUrl": "/Patients/8/images/5"},
    {"links": {"self": {"href": "/patients/8/images/5"}}},
    {"patient": {"links": {"related": "/patients/8"}}},
    # As FHIR and JSON:API do.
    {"patient": {"reference": "Patient/8"}},
    {"subject": {"reference": "Patient/8"}},
    {"subject": "Patient/8"},
    {"owner": {"object": "patient", "id": 8}},
    {"owner": {"data": {"type": "patients", "id": "8"}}},
    {"attributes": {"pt_id": 8}},
    {"relationships": {"patient": {"data": {"type": "patients", "id": "8"}}}},
]
"""Forms in which a record may say that it is patient 8's."""


@pytest.mark.parametrize("told", OF_EIGHT, ids=str)
def test_another_patients_photo_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(BadAnswer) as caught:
        records.photo({"id": 5, **told}, SEVEN)
    assert caught.value.kind is BadAnswerKind.OTHER_PATIENT


@pytest.mark.parametrize(
    "told",
    [
        *({name: 7} for name in ("pt_id", "ptId", "patient", "patient_details")),
        {"patient": {"id": "007", "chart_id": "R-2291", "first_name": "Maria"}},
        {"patient": "Maria Lopez", "pt_id": "7"},
        {"pt_id": 7, "chart_id": 8},  # a number of the chart's own
        {"patient": None, "pt": {}, "patient_id": -1},
        {"url_image_content": "/patients/007/images/8", "url_addedby": "/users/8", "url": "/patients/search?id=8"},
        {"patient": {"id": 7, "url_parent": "/patients/8", "pt": "A12"}},
        # No ids as the one that was asked for.
        *({"patient": text} for text in ("urn:uuid:1234", "#8", "PT-8", "Maria Lopez 1981-10-21")),
        {"patient": {"reference": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"}, "patient_uuid": "8"},
        {"relationships": {"addedBy": {"data": {"type": "users", "id": "8"}}}, "owner": {"type": "user", "id": 8}},
        {"subject": "8"},
        {"subject": "About /patients/8"},
    ],
    ids=str,
)
def test_a_photo_that_names_this_patient_or_nobody_is_read(told: dict[str, object]) -> None:
    assert records.photo({"id": 5, **told}, SEVEN) is not None


@pytest.mark.parametrize(
    ("asked", "told", "is_other"),
    [
        *(("A12", "B7", True), ("A12", "a12", False), ("A12", "12-B", False), ("A12", "8", True)),
        *(("PT-7", "PT-11937", True), ("7", "A12", False)),
        ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", True),
        ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "urn:uuid:0c3151bd", False),
    ],
)
def test_an_id_of_the_form_that_was_asked_for_is_somebody(asked: str, told: str, is_other: bool) -> None:
    assert whose.names_other({"pt_id": told}, asked) is is_other
    assert whose.names_other({"url_image": f"/patients/{told}/images"}, asked) is is_other


@pytest.mark.parametrize(
    ("told", "photo_type"),
    [
        ({"photo_type": " Personal "}, PhotoType.PERSONAL),
        ({"photo_type": "medical", "type": "personal"}, PhotoType.MEDICAL),
        ({"photo_type": None, "type": "personal"}, PhotoType.PERSONAL),
        ({"photo_type": "", "type": "medical"}, PhotoType.MEDICAL),
        ({"photo_type": "clinical", "type": "personal"}, PhotoType.UNSTATED),
        ({"photo_type": ["medical"], "type": "personal"}, PhotoType.UNSTATED),
        ({"photo_type": 1, "type": "personal"}, PhotoType.UNSTATED),
        ({"type": "image"}, PhotoType.UNSTATED),
    ],
    ids=str,
)
def test_the_first_field_that_tells_a_type_decides(told: dict[str, object], photo_type: PhotoType) -> None:
    found = records.photo({"id": 5, **told}, SEVEN)
    assert found is not None
    assert found.photo_type is photo_type


def test_a_patient_or_a_visit_with_two_ids_is_nobody() -> None:
    assert records.patient({"id": 7, "patient_id": 8}) is None
    assert records.patient({"id": 7, "patient_id": "007", "pt_id": 0}) is not None
    assert records.appointment({**VISIT, "pt_id": 8}) is None
    assert records.appointment({**VISIT, "pt_id": 7}) is not None


VISIT = {
    "id": 11,
    "appointment_status": "checked-in",
    "start_date_time": "2025-11-05 14:00:00",
    "end_date_time": "2025-11-05 14:30:00",
    "appointment_type": "Follow up",
    "patient_details": {"id": "7", "first_name": "Maria", "last_name": "Lopez"},
    "associated_providers": [{"id": 61, "first_name": "Ana", "last_name": "Reyes", "prefix": "Dr."}, None, {"a": 1}],
}


def test_a_visit() -> None:
    visit = records.appointment(VISIT)
    assert visit is not None
    assert visit.stage is VisitStage.CHECKED_IN
    assert visit.starts_at == datetime(2025, 11, 5, 14, tzinfo=UTC)
    assert [each.name for each in visit.providers] == ["Dr. Reyes"]


@pytest.mark.parametrize("mark", ["is_resouce", "is_resource"])
@pytest.mark.parametrize("says_so", [True, 1, "1"])
def test_a_room_is_no_provider(mark: str, says_so: object) -> None:
    room = {"id": 64, "first_name": "Room", "last_name": "2", mark: says_so}
    person = {"id": 61, "last_name": "Reyes", "prefix": "Dr.", mark: False}
    visit = records.appointment({**VISIT, "associated_providers": [room, person]})
    assert visit is not None
    assert [each.name for each in visit.providers] == ["Dr. Reyes"]


@pytest.mark.parametrize(
    "change",
    [
        {"patient_details": None},
        {"datedeleted": "2025-11-04 10:00:00"},
        {"start_date_time": "0000-00-00 00:00:00"},
        {"id": None},
    ],
)
def test_visits_that_are_none(change: dict[str, object]) -> None:
    assert records.appointment({**VISIT, **change}) is None


def test_a_zero_deletion_date_is_no_deletion() -> None:
    assert records.appointment({**VISIT, "datedeleted": "0000-00-00 00:00:00"}) is not None


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("checked_in", VisitStage.CHECKED_IN),
        ("Checked In", VisitStage.CHECKED_IN),
        ("In Room", VisitStage.IN_ROOM),
        ("roomed", VisitStage.IN_ROOM),
        ("completed", VisitStage.DONE),
        ("checked-out", VisitStage.DONE),
        ("no show", VisitStage.CANCELLED),
        ("cancelled", VisitStage.CANCELLED),
        ("possibly", VisitStage.OTHER),
        ("", VisitStage.OTHER),
    ],
)
def test_stages(words: str, stage: VisitStage) -> None:
    visit = records.appointment({**VISIT, "appointment_status": words})
    assert visit is not None
    assert (visit.stage, visit.status_words) == (stage, words)
