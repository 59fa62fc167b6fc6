"""After a whole session with troubles nothing on disk names a patient, a date of birth, an id, the secret or a path."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import DOROTHY_VANCE
from cerbo_desktop.runtime.events import start_logging, stop_logging
from tests.flows.desk import Desk
from tests.waiting import until


@pytest.fixture
def log_file(closed_desk: Desk) -> Iterator[Path]:
    start_logging(closed_desk.data_dir.log_file)
    yield closed_desk.data_dir.log_file
    stop_logging()


async def _session(desk: Desk, photo: Path) -> None:
    await desk.search("vance, dorothy")
    await desk.search("23 sep 1947")
    await desk.open(DOROTHY_VANCE)
    await desk.pictures_are_there()
    await desk.open_photo(0)
    await desk.full_quality()
    desk.click("Back to album", desk.pages.viewer)
    desk.clinic.faults.set("search", Fault.SERVER_ERROR, times=3)
    await desk.search("dorothy.vance10071@example.com")
    desk.clinic.faults.set("images", Fault.MALFORMED_JSON)
    await desk.search("10071")
    desk.click_row(desk.pane.results.list, 0)
    await until(lambda: desk.pages.patient.list_notes.texts)
    desk.clinic.faults.clear()
    desk.click("Try again", desk.pages.patient)
    await desk.pictures_are_there()
    desk.clinic.faults.set("upload", Fault.TOO_LARGE, times=1)
    await desk.send_file(photo)
    await desk.click_when_there("Try again", desk.pages.tray)
    await desk.tray_says("Waiting in Cerbo’s queue")
    desk.clinic.faults.set("*", Fault.UNAUTHORIZED, times=1)
    await desk.search("adeyemi")
    await desk.strip_says("Key not accepted")


async def test_nothing_on_disk_tells_of_anybody(desk: Desk, photo: Path, log_file: Path) -> None:
    await _session(desk, photo)
    secret, key = desk.clinic.secret, desk.clinic.username
    await desk.close()
    stop_logging()
    names = ("Vance", "Dorothy", "Adeyemi", "Becker", "Lopez")
    facts = ("1947", "23 Sep", "10071", "10233", "10482", "example.com", "555-01")
    secrets = (secret, key, "/api/v1", "patients/", "images/", "last_name", "plaque")
    written = {file: file.read_bytes().lower() for file in desk.data_dir.root.rglob("*") if file.is_file()}
    assert b"request failed" in written[log_file]
    for file, content in written.items():
        for canary in (*names, *facts, *secrets):
            assert canary.lower().encode() not in content, f"{canary} in {file.name}"
        assert not content.startswith(b"\xff\xd8"), file.name
