"""The practice clinic's endpoints keep to the contract, over a real socket."""

import base64
import json
from typing import Any

import httpx
import pytest

from cerbo_desktop.practice import patients
from cerbo_desktop.practice.clinic import PracticeClinic
from tests.unit.practice.conftest import PHOTOS_DIR

JPEG = base64.b64encode(b"\xff\xd8\xff\xe0 a photo").decode()


def names(answer: httpx.Response) -> list[str]:
    return [f"{row['first_name']} {row['last_name']}" for row in answer.json()["data"]]


def form(pt_id: object = patients.THOMAS_BECKER, mime_type: str = "image/jpeg", content: str = JPEG) -> dict[str, Any]:
    return {"pt_id": pt_id, "mime_type": mime_type, "base64_content": content}


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({"last_name": "LOPEZ%", "first_name": "mar%"}, ["Maria Lopez", "Maria Lopez", "Marisol Lopez-Vega"]),
        ({"last_name": "lopez"}, ["Maria Lopez", "Maria Lopez"]),
        ({"last_name": "nunez"}, ["José Ángel Núñez"]),
        ({"last_name": "García Márquez", "dob": "1990-02-27"}, ["Carlos García Márquez"]),
        ({"last_name": "o'brien"}, ["James O'Brien", "Bridget O’Brien"]),
        ({"email": "%lopez.m@example.org"}, ["Maria Lopez"]),
        ({"dob": "1981-10-21"}, ["Maria Lopez"]),
        ({"dob": "1981-10%"}, []),
        ({"last_name": "l.pez"}, []),
    ],
)
def test_search_matches_as_documented(web: httpx.Client, criteria: dict[str, str], found: list[str]) -> None:
    assert names(web.get("patients/search", params=criteria)) == found


def test_search_without_criteria_is_refused(web: httpx.Client) -> None:
    answer = web.get("patients/search", params={"limit": 5})
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "invalid_request")


def test_inactive_hides_three_statuses_and_one_status_is_missing(web: httpx.Client) -> None:
    people = {int(row["id"]): row for row in web.get("patients").json()["data"]}
    traits = {pt: (row["inactive"], row.get("patient_status_description")) for pt, row in people.items()}
    assert traits[patients.SAMUEL_OKAFOR] == (True, "prospective")
    assert traits[patients.MARGARET_ELLISON] == (True, "inactive")
    assert traits[patients.HAROLD_WHITCOMBE] == (True, "deceased")
    assert traits[patients.ROBIN_ASHGROVE] == (False, None)
    assert len(people) == 40 + len(patients.ODD_PATIENTS)
    assert all(row["email1"].endswith((".com", ".org")) and "555-" in row["primary_phone"] for row in people.values())


@pytest.mark.parametrize("limit", ["100", "100000", ""])
def test_albums_come_in_pages_of_at_most_100(web: httpx.Client, limit: str) -> None:
    path = f"patients/{patients.EVELYN_LONGACRE}/images"
    ids: list[int] = []
    while True:
        page = web.get(path, params={"limit": limit, "offset": len(ids)}).json()
        assert len(page["data"]) == 100
        ids += [row["id"] for row in page["data"]]
        if not page["has_more"]:
            break
    assert len(set(ids)) == 1200


def test_photo_type_filters_and_an_unknown_one_is_refused(web: httpx.Client) -> None:
    path = f"patients/{patients.MARIA_LOPEZ}/images"
    counts = [len(web.get(path, params={"photo_type": kind}).json()["data"]) for kind in ("", "personal", "medical")]
    assert counts == [23, 4, 19]
    assert web.get(path, params={"photo_type": "holiday"}).status_code == 400


def test_one_photo_by_record_content_and_stream(web: httpx.Client, clinic: PracticeClinic) -> None:
    photo = clinic.album(patients.MARIA_LOPEZ)[-1]
    path = f"patients/{photo.pt_id}/images/{photo.id}"
    record = web.get(path).json()
    assert (record["id"], record["photo_type"], record["date_taken"]) == (photo.id, "medical", "2026-11-05 10:07:30")
    assert web.get(f"{path}/content").content == web.get(f"{path}/stream").content == photo.content
    assert web.get(f"patients/{patients.THOMAS_BECKER}/images/{photo.id}/content").status_code == 404


def test_an_upload_waits_in_the_queue_and_is_not_in_the_album(web: httpx.Client, clinic: PracticeClinic) -> None:
    answer = web.post(f"patients/{patients.THOMAS_BECKER}/images", json=form()).json()
    assert answer["result"] is True
    queue = web.get(f"patients/{patients.THOMAS_BECKER}/portal/enqueued").json()["data"]
    assert [(row["id"], row["request_type"]) for row in queue] == [(answer["portal_queue_id"], "image")]
    assert web.get(f"patients/{patients.THOMAS_BECKER}/images").json()["data"] == []
    assert clinic.photos_received(patients.THOMAS_BECKER)[0].content == base64.b64decode(JPEG)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (form(pt_id=patients.MARIA_LOPEZ), 400),
        (form(mime_type="image/heic"), 400),
        (form(content="not*base64"), 400),
        (form(content=""), 400),
        (form(content="A" * 16_000_004), 413),
        ([], 400),
    ],
)
def test_bad_uploads_are_refused_and_not_stored(
    web: httpx.Client, clinic: PracticeClinic, body: Any, status: int
) -> None:
    answer = web.post(f"patients/{patients.THOMAS_BECKER}/images", content=json.dumps(body).encode())
    assert (answer.status_code, answer.json()["error"]["message"] != "") == (status, True)
    assert clinic.photos_received() == []


def test_the_largest_photo_the_app_sends_is_taken(web: httpx.Client, clinic: PracticeClinic) -> None:
    content = base64.b64encode(bytes(11_500_000)).decode()
    answer = web.post(f"patients/{patients.THOMAS_BECKER}/images", json=form(content=content))
    assert answer.status_code == 200
    assert len(clinic.photos_received()[0].content) == 11_500_000
    assert clinic.counters.upload_bytes > len(content)


def test_withdrawing_is_for_open_entries_of_that_patient(web: httpx.Client) -> None:
    queue_id = web.post(f"patients/{patients.THOMAS_BECKER}/images", json=form()).json()["portal_queue_id"]
    path = f"portal/enqueued/{queue_id}"
    assert web.delete(f"patients/{patients.MARIA_LOPEZ}/{path}").status_code == 404
    assert web.delete(f"patients/{patients.THOMAS_BECKER}/{path}").json()["result"] is True
    assert web.delete(f"patients/{patients.THOMAS_BECKER}/{path}").status_code == 404


def test_users_leave_out_the_suspended_unless_asked(web: httpx.Client) -> None:
    active, everyone = web.get("users").json()["data"], web.get("users", params={"status": "0"}).json()["data"]
    assert (len(active), len(everyone)) == (4, 5)
    assert [user["last_name"] for user in active if user["is_resource"]] == ["2"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "patients/1"), ("GET", "nothing"), ("PUT", "patients/10482"), ("DELETE", "patients/10482"), ("GET", "")],
)
def test_everything_else_is_missing(web: httpx.Client, method: str, path: str) -> None:
    answer = web.request(method, path)
    assert (answer.status_code, answer.json()["error"]["type"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["users", "patients/10482/images", "nothing"])
@pytest.mark.parametrize("auth", [None, ("pk_wrong", "sk_wrong")])
def test_wrong_credentials_are_refused_everywhere(
    clinic: PracticeClinic, path: str, auth: tuple[str, str] | None
) -> None:
    answer = httpx.get(f"{clinic.origin}/api/v1/{path}", auth=auth, trust_env=False, verify=False)
    assert (answer.status_code, answer.json()["error"]["type"]) == (401, "authentication_error")


def test_credentials_are_random_and_look_like_cerbos(clinic: PracticeClinic) -> None:
    other = PracticeClinic(PHOTOS_DIR)
    assert clinic.username.startswith("pk_")
    assert clinic.secret.startswith("sk_")
    assert (other.username, other.secret) != (clinic.username, clinic.secret)
