"""The network goes, or an answer is lost, while a photo is under way: not lost, not doubled, not on the disk."""

from pathlib import Path

import pytest

from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import THOMAS_BECKER
from tests.screen.conftest import Run
from tests.screen.program import Program
from tests.screen.steps import open_visit, take_id_photo

pytestmark = pytest.mark.screen

_THOMAS = "Thomas Becker, born 2 February 1958"
_LOOKS_FOR_S = 60.0
_ASKS = "_NET_WM_STATE_DEMANDS_ATTENTION"
_JPEG_STARTS = b"\xff\xd8\xff"
_WHOLE_JPEG_START = b"\xff\xd8\xff\xe0\x00\x10JFIF"
"""Long enough never to stand in sealed bytes by chance."""


def test_photo_taken_offline_goes_out_by_itself(run: Run, webcam: dict[str, str], clinic: PracticeClinic) -> None:
    program = _photographing_thomas(run, webcam, clinic)
    reader = program.reader
    clinic.go_offline()
    take_id_photo(program)
    reader.wait_for(name=f"{_THOMAS}, Safe on this PC")
    reader.wait_for(name_contains="Offline since")
    _assert_no_photo_in(program.data_dir)

    program.walk_to("Try now")
    clinic.go_online()
    program.desktop.key("space")
    reader.wait_for(name=f"{_THOMAS}, Waiting in Cerbo’s queue", timeout_s=_LOOKS_FOR_S)
    reader.wait_until_gone(name_contains="Offline since")
    assert len(clinic.photos_received(THOMAS_BECKER)) == 1


def test_person_settles_what_a_lost_answer_left_open(run: Run, webcam: dict[str, str], clinic: PracticeClinic) -> None:
    program = _photographing_thomas(run, webcam, clinic)
    reader = program.reader
    clinic.faults.set("upload", Fault.ANSWER_LOST)
    take_id_photo(program)

    reader.wait_for(name=f"{_THOMAS}, May have arrived, needs attention", timeout_s=_LOOKS_FOR_S)
    reader.wait_for(name_contains="The queue has one more entry than before.")
    program.walk_to("It’s there")
    program.desktop.key("space")

    reader.wait_for(name=f"{_THOMAS}, Waiting in Cerbo’s queue")
    assert len(clinic.photos_received(THOMAS_BECKER)) == 1
    clinic.accept_all()
    reader.wait_for(name=f"{_THOMAS}, Found in chart", timeout_s=_LOOKS_FOR_S)
    assert [photo.content[:3] for photo in clinic.album(THOMAS_BECKER)] == [_JPEG_STARTS]
    _assert_no_photo_in(program.data_dir)


def test_a_minimized_window_asks_for_attention_where_a_photo_needs_a_person(
    run: Run, webcam: dict[str, str], clinic: PracticeClinic
) -> None:
    program = _photographing_thomas(run, webcam, clinic)
    desktop = program.desktop
    clinic.go_offline()
    take_id_photo(program)
    program.reader.wait_for(name=f"{_THOMAS}, Safe on this PC")
    window = desktop.minimize()
    program.wait_until(lambda: "HIDDEN" in desktop.states_of(window), "the window to be minimized")
    assert _ASKS not in desktop.states_of(window), "it goes out by itself"
    clinic.faults.set("upload", Fault.BAD_REQUEST)
    clinic.go_online()
    program.reader.wait_for(name=f"{_THOMAS}, Not sent, needs attention", timeout_s=_LOOKS_FOR_S)
    program.wait_until(lambda: _ASKS in desktop.states_of(window), "the window to ask for attention")


def test_a_window_in_front_asks_for_no_attention(run: Run, webcam: dict[str, str], clinic: PracticeClinic) -> None:
    program = _photographing_thomas(run, webcam, clinic)
    clinic.faults.set("upload", Fault.BAD_REQUEST)
    take_id_photo(program)
    program.reader.wait_for(name=f"{_THOMAS}, Not sent, needs attention")
    assert _ASKS not in program.desktop.states_of(program.desktop.minimize())


def _photographing_thomas(run: Run, webcam: dict[str, str], clinic: PracticeClinic) -> Program:
    known = {"CERBO_DESKTOP_KEY": clinic.username, "CERBO_DESKTOP_SECRET": clinic.secret}
    program = run("--server", clinic.origin, environment=webcam | known)
    open_visit(program, _THOMAS)
    program.reader.wait_for_focus("Live camera")
    return program


def _assert_no_photo_in(folder: Path) -> None:
    files = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert files, "not even a log"
    assert not [file for file, data in files.items() if _WHOLE_JPEG_START in data or b"Becker" in data]
