"""The whole program in its window with the clinic's relay between it and Cerbo."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cerbo_desktop.app.options import Options
from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from tests.flows.desk import Desk
from tests.relay.conftest import authority, cerbo_tls, clinic, folder, papers, relay, relay_to
from tests.relay.running import RunningRelay

__all__ = ["authority", "cerbo_tls", "clinic", "folder", "papers", "relay", "relay_to"]


async def test_a_photo_goes_through_the_relay_and_into_the_chart(
    closed_desk: Desk, relay: RunningRelay, photo: Path
) -> None:
    desk, key = closed_desk, relay.add("front-desk-1")
    await desk.start_with(Options(server=relay.origin.text, key=key.username, secret=key.secret))
    await desk.open(GRACE_ADEYEMI)
    desk.drop([photo])
    await desk.examined()
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
    await desk.tray_says("Waiting in Cerbo’s queue. Sent. Staff accept it in Cerbo.")
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    await desk.pictures_are_there()
    assert len(desk.clinic.photos_received()) == 1
    told = {line["operation"]: line["status"] for line in relay.log}
    assert set(told.values()) == {200}
    assert {"LIST_APPOINTMENTS", "SHOW_PATIENT", "PHOTO_CONTENT", "CREATE_PHOTO", "LIST_QUEUE"} <= set(told)
