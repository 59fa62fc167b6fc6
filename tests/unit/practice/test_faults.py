"""Each fault is what its name says, as a client sees it through a real socket."""

import gzip
import json
import socket
import threading
import zlib
from contextlib import closing, suppress

import httpx
import pytest

from cerbo_desktop.practice import patients
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from tests.unit.practice.polling import until

UPLOAD = f"patients/{patients.THOMAS_BECKER}/images"
FORM = {"pt_id": patients.THOMAS_BECKER, "mime_type": "image/png", "base64_content": "iVBORw0KGgo="}
STATUSES = {
    Fault.BAD_REQUEST: 400,
    Fault.UNAUTHORIZED: 401,
    Fault.FORBIDDEN: 403,
    Fault.NOT_FOUND: 404,
    Fault.REQUEST_TIMEOUT: 408,
    Fault.CONFLICT: 409,
    Fault.TOO_LARGE: 413,
    Fault.UNSUPPORTED_TYPE: 415,
    Fault.UNPROCESSABLE: 422,
    Fault.TOO_MANY: 429,
    Fault.SERVER_ERROR: 500,
    Fault.BAD_GATEWAY_HTML: 502,
    Fault.UNAVAILABLE: 503,
    Fault.GATEWAY_TIMEOUT: 504,
    Fault.REDIRECT: 302,
    Fault.CAPTIVE_PORTAL: 200,
    Fault.NO_CONTENT: 204,
    Fault.RESULT_FALSE: 200,
}
BROKEN = {
    Fault.OFFLINE: httpx.RemoteProtocolError,
    Fault.RESET: httpx.ReadError,
    Fault.HANG: httpx.ReadTimeout,
    Fault.STOP_READING: httpx.ReadTimeout,
    Fault.GARBAGE_STATUS: httpx.RemoteProtocolError,
    Fault.HEADER_FLOOD: httpx.RemoteProtocolError,
    Fault.CUT_MID_BODY: httpx.RemoteProtocolError,
    Fault.RESET_MID_BODY: httpx.ReadError,
    Fault.STALL_MID_BODY: httpx.ReadTimeout,
    Fault.TRUNCATED_CHUNK: httpx.RemoteProtocolError,
    Fault.GZIP_BAD: httpx.DecodingError,
    Fault.ANSWER_LOST: httpx.RemoteProtocolError,
    Fault.RESET_AFTER_STORING: httpx.ReadError,
}
UNUSABLE_JSON = (Fault.MALFORMED_JSON, Fault.DEEP_JSON, Fault.BAD_UTF8)
STORED = (
    Fault.SLOW,
    Fault.SLOW_HEADER,
    Fault.CUT_MID_BODY,
    Fault.RESET_MID_BODY,
    Fault.STALL_MID_BODY,
    Fault.LENGTH_TOO_SMALL,
    Fault.NO_LENGTH,
    Fault.TRUNCATED_CHUNK,
    Fault.GZIP,
    Fault.GZIP_BAD,
    Fault.ANSWER_LOST,
    Fault.RESET_AFTER_STORING,
    Fault.COMMIT_THEN_ERROR,
    Fault.COMMIT_THEN_TOO_MANY,
)


@pytest.mark.parametrize("fault", STATUSES)
def test_statuses(web: httpx.Client, clinic: PracticeClinic, fault: Fault) -> None:
    clinic.faults.set("upload", fault)
    answer = web.post(UPLOAD, json=FORM)
    assert answer.status_code == STATUSES[fault]
    assert clinic.photos_received() == []
    assert clinic.counters.uploads_complete == 1
    assert web.get("users").status_code == 200


@pytest.mark.parametrize("fault", BROKEN)
def test_connections_that_break(web: httpx.Client, clinic: PracticeClinic, fault: Fault) -> None:
    web.get("users")
    clinic.faults.set("users", fault, times=1)
    with pytest.raises(BROKEN[fault]):
        web.get("users", timeout=0.2)
    assert web.get("users").status_code == 200
    assert clinic.faults.shown(fault) == 1


@pytest.mark.parametrize("fault", UNUSABLE_JSON)
def test_answers_that_are_no_json(web: httpx.Client, clinic: PracticeClinic, fault: Fault) -> None:
    clinic.faults.set("users", fault)
    answer = web.get("users")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    with pytest.raises((ValueError, RecursionError)):
        json.loads(answer.content)


@pytest.mark.parametrize("fault", [Fault.NAN_JSON, Fault.WRONG_TYPES, Fault.NULL_FIELDS])
def test_answers_that_are_json_and_unusable(web: httpx.Client, clinic: PracticeClinic, fault: Fault) -> None:
    clinic.faults.set("users", fault)
    assert json.loads(web.get("users").content)["data"] != []


@pytest.mark.parametrize("fault", STORED)
def test_faults_after_storing_store_exactly_once(web: httpx.Client, clinic: PracticeClinic, fault: Fault) -> None:
    clinic.faults.set("upload", fault, pace_s=0.001)
    try:
        web.post(UPLOAD, json=FORM, timeout=0.3)
    except httpx.HTTPError:
        assert fault is not Fault.SLOW
    assert len(clinic.photos_received(patients.THOMAS_BECKER)) == 1


@pytest.mark.parametrize("fault", [Fault.OFFLINE, Fault.RESET, Fault.HANG, Fault.STOP_READING, Fault.RESET_MID_UPLOAD])
def test_faults_before_storing_store_nothing(web: httpx.Client, clinic: PracticeClinic, fault: Fault) -> None:
    clinic.faults.set("upload", fault)
    with pytest.raises(httpx.TransportError):
        web.post(UPLOAD, json=FORM | {"base64_content": "A" * 12_000_000}, timeout=0.3)
    assert clinic.photos_received() == []


def test_early_413_comes_before_the_body_was_sent(clinic: PracticeClinic) -> None:
    clinic.faults.set("upload", Fault.TOO_LARGE_EARLY)
    with closing(socket.create_connection(("127.0.0.1", int(clinic.origin.rpartition(":")[2])), timeout=5)) as sock:
        sock.sendall(f"POST /api/v1/{UPLOAD} HTTP/1.1\r\nhost: x\r\ncontent-length: 9000000\r\n\r\n{{".encode())
        assert sock.recv(100).startswith(b"HTTP/1.1 413 ")
        assert sock.recv(100) in (b"", b"\r\n")


def test_late_commit_stores_after_the_connection_is_gone(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.faults.set("upload", Fault.LATE_COMMIT, times=1, pace_s=0.15)
    with pytest.raises(httpx.RemoteProtocolError):
        web.post(UPLOAD, json=FORM)
    assert clinic.photos_received() == []
    queue = f"patients/{patients.THOMAS_BECKER}/portal/enqueued"
    until(lambda: web.get(queue).json()["data"])
    assert len(clinic.photos_received()) == 1


def test_slow_answers_arrive_whole_and_in_pieces(web: httpx.Client, clinic: PracticeClinic) -> None:
    photo = clinic.album(patients.MARIA_LOPEZ)[-1]
    clinic.faults.set("content", Fault.SLOW, pace_s=0.002, piece_bytes=len(photo.content) // 20)
    with web.stream("GET", f"patients/{photo.pt_id}/images/{photo.id}/content") as answer:
        pieces = list(answer.iter_raw())
    assert b"".join(pieces) == photo.content
    assert len(pieces) >= 5


def test_lengths_that_are_wrong_or_missing(web: httpx.Client, clinic: PracticeClinic) -> None:
    whole = web.get("users").content
    clinic.faults.set("users", Fault.NO_LENGTH)
    answer = web.get("users")
    assert (answer.content, "content-length" in answer.headers) == (whole, False)
    clinic.faults.set("users", Fault.LENGTH_TOO_SMALL)
    assert whole.startswith(web.get("users").content)


def test_gzip_comes_unasked_and_a_bomb_is_small_on_the_wire(web: httpx.Client, clinic: PracticeClinic) -> None:
    whole = web.get("users").content
    clinic.faults.set("users", Fault.GZIP)
    with web.stream("GET", "users", headers={"accept-encoding": "identity"}) as answer:
        assert gzip.decompress(b"".join(answer.iter_raw())) == whole
    clinic.faults.set("users", Fault.GZIP_BOMB)
    with web.stream("GET", "users") as answer:
        bomb = b"".join(answer.iter_raw())
    unpacked = zlib.decompressobj(31)
    size = sum(len(unpacked.decompress(bomb[at : at + 4096])) for at in range(0, len(bomb), 4096))
    assert (len(bomb) < 1_000_000, size) == (True, 300_000_000)


def test_details_of_retry_after_and_redirect(web: httpx.Client, clinic: PracticeClinic) -> None:
    for retry_after in ("7", "Wed, 21 Oct 2015 07:28:00 GMT", "soon"):
        clinic.faults.set("users", Fault.TOO_MANY, retry_after=retry_after)
        assert web.get("users").headers["retry-after"] == retry_after
    clinic.faults.set("users", Fault.REDIRECT, location="http://elsewhere.invalid/")
    assert web.get("users").headers["location"] == "http://elsewhere.invalid/"


def test_faults_run_out_follow_each_other_and_are_cleared(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.faults.set("users", Fault.SERVER_ERROR, times=2)
    clinic.faults.then("users", Fault.FORBIDDEN, times=1)
    assert [web.get("users").status_code for _ in range(4)] == [500, 500, 403, 200]
    clinic.faults.set("*", Fault.UNAVAILABLE)
    assert web.get("patients/10482").status_code == 503
    clinic.faults.clear()
    assert web.get("patients/10482").status_code == 200


def test_offline_refuses_connections_and_online_takes_them_at_the_same_port(
    web: httpx.Client, clinic: PracticeClinic
) -> None:
    web.get("users")
    clinic.go_offline()
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            web.get("users")
    with pytest.raises(httpx.ConnectError):
        web.get("users")
    clinic.go_offline()
    clinic.go_online()
    assert web.get("users").status_code == 200
    clinic.go_online()
    assert web.get("users").status_code == 200


def test_breaking_connections_ends_requests_in_flight(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.faults.set("users", Fault.HANG)
    failures: list[Exception] = []

    def ask() -> None:
        try:
            web.get("users")
        except httpx.TransportError as failure:
            failures.append(failure)

    asking = threading.Thread(target=ask)
    asking.start()
    until(lambda: clinic.counters.in_flight("users"))
    clinic.break_connections()
    asking.join(5)
    assert [type(failure) for failure in failures] == [httpx.ReadError]


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_shown_without_the_clinic_failing(
    web: httpx.Client, clinic: PracticeClinic, fault: Fault
) -> None:
    clinic.faults.set("users", fault, pace_s=0.001)
    with suppress(httpx.TransportError), web.stream("GET", "users", timeout=0.1) as answer:
        list(answer.iter_raw())
    assert (clinic.faults.shown(fault), clinic.crashes) == (1, [])
