"""Each form the contract leaves open can be switched while the clinic runs."""

import base64
import json

import httpx
import pytest

from cerbo_desktop.practice import patients
from cerbo_desktop.practice.answer_forms import ContentForm, Envelope, IdForm, Paging, UploadAnswer
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.withholding import Withheld

USERS = "users"
LONG_ALBUM = f"patients/{patients.EVELYN_LONGACRE}/images"
UPLOAD = f"patients/{patients.THOMAS_BECKER}/images"
FORM = {"pt_id": patients.THOMAS_BECKER, "mime_type": "image/png", "base64_content": "iVBORw0KGgo="}


@pytest.mark.parametrize(
    ("ids", "patient_id", "image_id"),
    [(IdForm.MIXED, "10482", 50001), (IdForm.TEXT, "10482", "50001"), (IdForm.NUMBER, 10482, 50001)],
)
def test_ids_as_text_or_numbers(
    web: httpx.Client, clinic: PracticeClinic, ids: IdForm, patient_id: object, image_id: object
) -> None:
    clinic.switches.ids = ids
    assert web.get("patients/10482").json()["id"] == patient_id
    assert web.get("patients/10482/images").json()["data"][0]["id"] == image_id


def test_withheld_for_one_patient_or_for_all(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.switches.withheld = (Withheld("images", 403, patients.GRACE_ADEYEMI), Withheld("users"))
    statuses = {path: web.get(path).status_code for path in ("patients/10233/images", "patients/10482/images", "users")}
    assert statuses == {"patients/10233/images": 403, "patients/10482/images": 200, "users": 401}


def test_content_forms(web: httpx.Client, clinic: PracticeClinic) -> None:
    photo = clinic.album(patients.PRIYA_RAMAN)[0]
    path = f"patients/{photo.pt_id}/images/{photo.id}/content"
    text = base64.b64encode(photo.content).decode()
    seen: dict[ContentForm, tuple[str, bytes]] = {}
    for form in ContentForm:
        clinic.switches.content = form
        answer = web.get(path)
        seen[form] = (answer.headers.get("content-type", "").partition(";")[0], answer.content)
    assert seen[ContentForm.RAW] == ("image/jpeg", photo.content)
    assert seen[ContentForm.OCTET_STREAM] == ("application/octet-stream", photo.content)
    assert seen[ContentForm.WRONG_TYPE] == ("text/html", photo.content)
    assert json.loads(seen[ContentForm.JSON_BASE64][1])["base64_content"] == text
    assert json.loads(seen[ContentForm.JSON_DATA_URI][1])["content"] == f"data:image/jpeg;base64,{text}"
    assert json.loads(seen[ContentForm.JSON_STRING][1]) == text
    assert seen[ContentForm.BASE64_TEXT] == ("text/plain", text.encode())
    assert seen[ContentForm.EMPTY][1] == b""
    assert seen[ContentForm.HTML][1].startswith(b"<html>")
    assert "base64_content" not in json.loads(seen[ContentForm.JSON_WITHOUT_PHOTO][1])
    assert web.get(path.replace("content", "stream")).content == photo.content


def test_envelopes(web: httpx.Client, clinic: PracticeClinic) -> None:
    sound = web.get(USERS).json()
    assert list(sound) == ["object", "total_count", "has_more", "data"]
    clinic.switches.envelope = Envelope.NO_HAS_MORE
    assert list(web.get(USERS).json()) == ["object", "total_count", "data"]
    clinic.switches.envelope = Envelope.BARE
    assert web.get(USERS).json() == sound["data"]
    clinic.switches.envelope = Envelope.INDEXED
    assert list(web.get(USERS).json()["data"].values()) == sound["data"]
    clinic.switches.envelope = Envelope.ONE_RECORD
    assert web.get(USERS, params={"limit": 1}).json()["data"] == sound["data"][0]
    assert web.get(USERS, params={"offset": 50}).json()["data"] is None


def test_lying_pages(web: httpx.Client, clinic: PracticeClinic) -> None:
    def page(offset: int) -> tuple[list[int], bool]:
        answer = web.get(LONG_ALBUM, params={"offset": offset}).json()
        return [row["id"] for row in answer["data"]], answer["has_more"]

    first, second = page(0)[0], page(100)[0]
    clinic.switches.paging = Paging.ALWAYS_MORE
    assert page(5000) == ([], True)
    clinic.switches.paging = Paging.NEVER_MORE
    assert page(0) == (first, False)
    clinic.switches.paging = Paging.REPEATED
    assert page(5000) == (first, True)
    clinic.switches.paging = Paging.SHIFTING
    assert page(100) == ([first[-1], *second[:-1]], True)


def test_upload_answers(web: httpx.Client, clinic: PracticeClinic) -> None:
    answers = {}
    for form in UploadAnswer:
        clinic.switches.upload_answer = form
        answers[form] = web.post(UPLOAD, json=FORM).json()
    ids = [request.id for request in clinic.photos_received(patients.THOMAS_BECKER)]
    assert answers[UploadAnswer.RESULT]["portal_queue_id"] == ids[0]
    assert answers[UploadAnswer.QUEUE_REQUEST]["queue_request_id"] == ids[1]
    assert answers[UploadAnswer.BARE]["id"] == ids[2]
    assert answers[UploadAnswer.NESTED]["data"]["id"] == ids[3]
    assert answers[UploadAnswer.NO_ID] == {"result": True}


def test_range_is_answered_only_when_switched_on(web: httpx.Client, clinic: PracticeClinic) -> None:
    photo = clinic.album(patients.PRIYA_RAMAN)[0]
    path = f"patients/{photo.pt_id}/images/{photo.id}/content"
    wanted = {"range": "bytes=0-1023"}
    assert web.get(path, headers=wanted).status_code == 200
    clinic.switches.answers_range = True
    answer = web.get(path, headers=wanted)
    assert (answer.status_code, answer.content) == (206, photo.content[:1024])
    assert answer.headers["content-range"] == f"bytes 0-1023/{len(photo.content)}"
    assert web.get(path, headers={"range": "bytes=99999999-"}).status_code == 416


def test_order_and_a_queue_that_hides_photos(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.switches.newest_first = True
    assert web.get(LONG_ALBUM, params={"limit": 1}).json()["data"][0]["date_taken"] == "2026-11-11 10:07:30"
    web.post(UPLOAD, json=FORM)
    clinic.switches.queue_calls_photos = "completed"
    (photo,) = web.get(f"patients/{patients.THOMAS_BECKER}/portal/enqueued").json()["data"]
    assert photo["status"] == "completed"
    clinic.switches.queue_lists_uploads = False
    assert web.get(f"patients/{patients.THOMAS_BECKER}/portal/enqueued").json()["data"] == []


def test_latency_is_waited_before_each_answer(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.switches.latency_s = 0.08
    assert web.get(USERS).elapsed.total_seconds() >= 0.08


def test_records_of_an_id_alone_or_of_another_patient(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.switches.names_other_patient = True
    assert web.get("patients/10482").json()["id"] == "10483"
    assert web.get("patients/10482/images").json()["data"][0]["pt_id"] == 10483
    clinic.switches.photo_ids_alone = True
    assert web.get("patients/10482/images").json()["data"][0] == {"object": "patient_image", "id": 50001}


def test_photo_ids_may_count_within_a_chart(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.switches.photo_ids_by_chart = True
    charts = ("10482", str(patients.DOROTHY_VANCE))
    listed = [[row["id"] for row in web.get(f"patients/{chart}/images").json()["data"]] for chart in charts]
    assert listed[0][:3] == listed[1][:3] == [1, 2, 3]
    one, other = (web.get(f"patients/{chart}/images/2/content").content for chart in charts)
    assert one != other
    assert web.get("patients/10482/images/2").json()["pt_id"] == 10482
    assert web.get("patients/10482/images/50002").status_code == 404
