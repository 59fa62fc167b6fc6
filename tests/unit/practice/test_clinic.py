"""Starting, stopping, staff's side of the queue, counting."""

import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest
import trustme

from cerbo_desktop.practice import patients
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.runtime.paths import resources_dir
from tests.unit.practice.polling import until

UPLOAD = "patients/{}/images"


def send(web: httpx.Client, pt_id: int, content: str = "iVBORw0KGgo=") -> int:
    form = {"pt_id": pt_id, "mime_type": "image/png", "base64_content": content}
    return int(web.post(UPLOAD.format(pt_id), json=form).json()["portal_queue_id"])


def test_stopping_is_quick_with_requests_hanging_and_leaves_no_thread(
    web: httpx.Client, clinic: PracticeClinic
) -> None:
    clinic.faults.set("users", Fault.HANG)
    clinic.faults.set("upload", Fault.STOP_READING)
    clinic.faults.set("patient", Fault.STALL_MID_BODY)
    asks = [("GET", "users"), ("GET", "users"), ("GET", "patients/10482"), ("POST", UPLOAD.format(8817))]
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(web.request, method, path, content=b"x" * 3_000_000) for method, path in asks]
        until(lambda: clinic.counters.in_flight() == 4)
        started = time.monotonic()
        clinic.stop()
        stopped_in_s = time.monotonic() - started
        assert all(isinstance(future.exception(5), httpx.TransportError) for future in asked)
    assert stopped_in_s < 30  # what hangs would hang for a minute
    assert "practice-clinic" not in [thread.name for thread in threading.enumerate()]
    clinic.stop()


def test_accepting_moves_the_same_bytes_to_the_chart_under_a_new_id(web: httpx.Client, clinic: PracticeClinic) -> None:
    queue_id = send(web, patients.MARIA_LOPEZ)
    photo = clinic.accept(queue_id, "personal")
    rows = web.get(UPLOAD.format(patients.MARIA_LOPEZ), params={"photo_type": "personal"}).json()["data"]
    assert rows[-1]["id"] == photo.id != queue_id
    assert (rows[-1]["created"], rows[-1]["mime_type"]) == ("2026-11-12 10:07:30", "image/png")
    bytes_now = web.get(f"{UPLOAD.format(patients.MARIA_LOPEZ)}/{photo.id}/content").content
    assert bytes_now == clinic.photos_received(patients.MARIA_LOPEZ)[0].content == b"\x89PNG\r\n\x1a\n"
    assert clinic.waiting(patients.MARIA_LOPEZ) == []
    with pytest.raises(KeyError):
        clinic.accept(queue_id)


def test_accept_all_makes_the_first_photo_personal_and_leaves_other_requests(
    web: httpx.Client, clinic: PracticeClinic
) -> None:
    for pt_id in (patients.THOMAS_BECKER, patients.THOMAS_BECKER, patients.DOROTHY_VANCE):
        send(web, pt_id)
    accepted = [(photo.pt_id, photo.photo_type) for photo in clinic.accept_all()]
    assert accepted == [
        (patients.THOMAS_BECKER, "personal"),
        (patients.THOMAS_BECKER, "medical"),
        (patients.DOROTHY_VANCE, "medical"),
    ]
    assert [request.request_type for request in clinic.waiting()] == ["questionnaire"]


def test_uploads_and_staff_at_the_same_time_lose_nothing(web: httpx.Client, clinic: PracticeClinic) -> None:
    with ThreadPoolExecutor(4) as pool:
        sending = [pool.submit(send, web, patients.HANA_KIM) for _ in range(40)]
        accepted = []
        for future in sending:
            future.result(5)
            accepted += clinic.accept_all()
    accepted += clinic.accept_all()
    assert len({photo.id for photo in accepted}) == len(clinic.photos_received(patients.HANA_KIM)) == 40


def test_counters_tell_requests_headers_and_concurrency(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.switches.latency_s = 0.05
    headers = {"accept-encoding": "identity", "connection": "close"}
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: web.get("users", headers=headers), range(3)))
    web.get("patients/10482/images/50001/content")
    counters = clinic.counters
    assert (counters.count("users"), counters.count("content"), counters.count()) == (3, 1, 4)
    assert (counters.peak("users"), counters.peak("content"), counters.in_flight()) == (3, 1, 0)
    assert counters.by_template()["GET", "/api/v1/patients/{pt_id}/images/{image_id}/content"] == 1
    assert counters.last_headers("users")["accept-encoding"] == "identity"
    assert counters.last_headers()["authorization"].startswith("Basic ")
    assert [seen.path for seen in counters.seen("content")] == ["/api/v1/patients/10482/images/50001/content"]
    assert counters.connections == 4
    counters.reset()
    assert counters.count() == counters.peak() == 0


def test_upload_bytes_are_counted_as_they_come(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.switches.upload_pace_s = 0.01
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(send, web, patients.HANA_KIM, "A" * 2_000_000)
        until(lambda: clinic.counters.upload_bytes)
        first = clinic.counters.upload_bytes
        sending.result(10)
    assert first < 2_000_000 < clinic.counters.upload_bytes


def test_nothing_is_logged(web: httpx.Client, clinic: PracticeClinic, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING", "httpx")
    clinic.faults.set("patient", Fault.OFFLINE, times=1)
    with pytest.raises(httpx.TransportError):
        web.get("patients/10482")
    web.get("patients/search", params={"last_name": "lopez"})
    assert [record for record in caplog.records if record.name.startswith("uvicorn")] == []


def test_a_failure_of_the_clinic_itself_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), PracticeClinic(tmp_path) as empty:
        auth = (empty.username, empty.secret)
        path = f"{empty.origin}/api/v1/patients/10482/images/50023/content"
        assert httpx.get(path, auth=auth, trust_env=False, verify=False).status_code == 500


@pytest.mark.parametrize("fault", [None, Fault.SLOW])
def test_clients_that_wait_for_each_answer_are_never_counted_twice(
    web: httpx.Client, clinic: PracticeClinic, fault: Fault | None
) -> None:
    if fault is not None:
        clinic.faults.set("users", fault, pace_s=0.0, piece_bytes=300)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: web.get("users"), range(60)))
    assert (clinic.counters.count("users"), clinic.counters.peak("users")) == (60, clinic.counters.peak())
    assert 1 <= clinic.counters.peak() <= 3


def test_stopping_is_quick_while_answers_are_waited_for_or_trickle(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.faults.set("users", Fault.SLOW, pace_s=60)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(web.get, "users")]
        until(lambda: clinic.faults.shown(Fault.SLOW))
        clinic.switches.latency_s = 60
        asked.append(pool.submit(web.get, "patients/10482"))
        until(lambda: clinic.counters.in_flight() == 2)
        started = time.monotonic()
        clinic.stop()
        assert time.monotonic() - started < 30  # both answers would take a minute
        assert all(isinstance(future.exception(5), httpx.TransportError) for future in asked)


def test_an_album_can_be_filled_anew_newest_first(web: httpx.Client, clinic: PracticeClinic) -> None:
    files = [b"newest", b"middle", b"oldest"]
    photos = clinic.fill_album(patients.MARIA_LOPEZ, [partial(bytes, data) for data in files])
    assert [photo.content for photo in photos] == files[::-1]
    rows = web.get(UPLOAD.format(patients.MARIA_LOPEZ)).json()["data"]
    assert [row["id"] for row in rows] == [photo.id for photo in photos]
    assert [row["created"] for row in rows] == sorted(row["created"] for row in rows)
    newest = web.get(f"{UPLOAD.format(patients.MARIA_LOPEZ)}/{rows[-1]['id']}/content")
    assert newest.content == b"newest"


def test_over_tls_only_who_trusts_the_authority_gets_an_answer() -> None:
    authority, server_side = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server_side)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with PracticeClinic(resources_dir() / "practice", tls=server_side) as clinic:
        url = f"{clinic.origin}/api/v1/users"
        assert url.startswith("https://")
        with httpx.Client(verify=trusting, trust_env=False) as web:
            assert web.get(url, auth=(clinic.username, clinic.secret)).status_code == 200
        with httpx.Client(trust_env=False) as web, pytest.raises(httpx.ConnectError):
            web.get(url)
