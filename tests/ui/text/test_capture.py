"""The sentences of taking and adding photos, as designed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cerbo_desktop.camera.devices import CameraInfo, CameraState, PictureSize
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted, FileKind, MediaType, OutgoingPhoto, RefusalReason, Refused
from cerbo_desktop.services.shots import Examining, HandOverStage, Shot, ShotId, ShotName, ShotSource
from cerbo_desktop.ui.capture.camera_problem import live_name, problem_of
from cerbo_desktop.ui.capture.leave_question import leave_question
from cerbo_desktop.ui.text import camera, capture as words, shots
from tests.ui.capture.desk import MARIA

BRIO = CameraInfo("b1", "Logitech Brio")
NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)


def shot(number: int, *, is_chosen: bool = True, refused: Refused | None = None) -> Shot:
    state = refused or Examining()
    return Shot(ShotId(number), ShotName(ShotSource.CAMERA, number), NOW, state, is_chosen and refused is None)


@pytest.mark.parametrize(
    ("refused", "whole"),
    [
        (Refused(RefusalReason.NOT_A_PHOTO, FileKind.PDF), "Not a photo. This is a PDF document. Not added"),
        (Refused(RefusalReason.NOT_A_PHOTO, FileKind.VIDEO), "Not a photo. This is a video. Not added"),
        (Refused(RefusalReason.NOT_A_PHOTO), "Not a photo. Not added"),
        (Refused(RefusalReason.DAMAGED), "Damaged. It can’t be opened. Not added"),
        (
            Refused(RefusalReason.MOVING),
            "Animated image. Save one frame of it as a JPEG, and add that. Not added",
        ),
        (
            Refused(RefusalReason.TOO_BIG, size_bytes=71_400_000),
            "Too big. 71.4 MB. Files of up to 64 MB can be opened. Not added",
        ),
        (
            Refused(RefusalReason.UNSUPPORTED_TYPE, FileKind.HEIC),
            "Save it as JPEG first. This is a HEIC image. Cerbo doesn’t accept it. Not added",
        ),
        (
            Refused(RefusalReason.NOT_SAFE_HERE, FileKind.AVIF),
            "AVIF photos can’t be opened safely on this PC. Save it as JPEG first. Not added",
        ),
        (
            Refused(RefusalReason.NOT_SAFE_HERE, FileKind.HEIC),
            "HEIC photos can’t be opened safely on this PC. "
            "On the iPhone: Settings, Camera, Formats, Most Compatible. Not added",
        ),
    ],
)
def test_refusals(refused: Refused, whole: str) -> None:
    assert shots.state_in_one_line(shot(1, refused=refused)) == whole


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_every_refusal_says_that_the_file_was_not_added(reason: RefusalReason) -> None:
    title, text = shots.title_and_text(shot(1, refused=Refused(reason)))
    assert title
    assert text.endswith("Not added")


@pytest.mark.parametrize(
    ("state", "whole"),
    [
        (
            CameraState.TURNED_OFF,
            "The camera is turned off. Your clinic’s IT turned it off on this PC. Add photos from files.",
        ),
        (CameraState.NO_CAMERA, "No camera found. Plug one in; video starts automatically."),
        (CameraState.UNPLUGGED, "The camera was unplugged. Plug it in again."),
        (CameraState.BUSY, "Another program is using the camera. Close Teams, Zoom or the browser tab."),
        (CameraState.STARTING, "Starting Logitech Brio…"),
        (CameraState.LIVE, "Live camera, Logitech Brio; Space takes a photo"),
    ],
)
def test_what_a_screen_reader_hears_for_the_camera(state: CameraState, whole: str) -> None:
    assert live_name(state, BRIO) == whole


def test_unplugged_says_that_the_shots_are_safe() -> None:
    trouble = problem_of(CameraState.UNPLUGGED, BRIO, has_shots=True)
    assert trouble.text == "Plug it in again; your shots are safe."


def test_send_repeats_name_and_date_of_birth() -> None:
    assert words.send(3, MARIA) == "Send 3 to Maria Lopez, 4 Mar 1981"
    assert words.send(0, MARIA) == "Nothing to send to Maria Lopez yet"
    assert words.send_spoken(3, MARIA) == "Send 3 photos to Maria Lopez, born 4 March 1981"
    assert words.send(1, Patient(PatientId("1"), "Ana", "")) == "Send 1 to Ana"


def test_leaving_counts_what_would_be_lost() -> None:
    question = leave_question((shot(1), shot(2), shot(3)), MARIA)
    assert question.title == "3 photos are for Maria Lopez, 4\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}1981."
    assert (question.text, question.send, question.discard, question.stay) == (
        *("Send or discard before you leave.", "Send 3", "Discard 3"),
        "Stay here",
    )
    file = replace(shot(4), name=ShotName(ShotSource.FILE, file_name="a.jpg"), folder_name="Downloads")
    assert leave_question((file,), MARIA).text == "Send or discard before you leave. The files stay in Downloads."
    elsewhere = replace(file, folder_name="Pictures")
    assert leave_question((file, elsewhere), MARIA).text.endswith(" The files stay where they are.")
    lone = leave_question((shot(1, is_chosen=False), shot(2, refused=Refused(RefusalReason.DAMAGED))), MARIA)
    assert lone.title == "1 photo is for Maria Lopez, 4\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}1981."
    assert (lone.text, lone.send, lone.discard) == ("Discard before you leave.", "", "Discard 1")


def test_leaving_while_photos_are_saved_says_which_are_safe() -> None:
    waiting = replace(shot(1), hand_over=HandOverStage.WAITING)
    some = leave_question((waiting,) * 8, MARIA, safe_count=3)
    assert (some.title, some.text) == ("3 are already safe on this PC.", "Discard the other 8?")
    assert (some.send, some.discard, some.stay) == ("", "Discard 8", "Keep sending")
    none_yet = leave_question((waiting, waiting), MARIA)
    assert (none_yet.title, none_yet.text) == ("No photo is saved yet.", "Discard all 2?")
    stopped = leave_question((shot(2),), MARIA, safe_count=1)
    assert (stopped.title, stopped.text) == ("1 is already safe on this PC.", "Discard the other photo?")
    assert (stopped.send, stopped.discard, stopped.stay) == ("Send 1", "Discard 1", "Stay here")


def test_a_photo_that_is_being_saved_says_so() -> None:
    photo = Accepted(OutgoingPhoto(b"x", MediaType.JPEG, 2, 2, "0"), Raster(2, 2, bytes(16), 2, 2))
    saving = replace(shot(1), state=photo, hand_over=HandOverStage.RUNNING)
    assert shots.title_and_text(saving) == ("Saving", "Being saved on this PC")
    assert words.saving(1) == "Saving 1 photo on this PC…"
    assert words.already_safe(3) == "3 photos are already safe on this PC."


def test_strip_and_sizes() -> None:
    assert words.shots_chosen(()) == "No shots yet"
    assert words.shots_chosen((shot(1), shot(2, is_chosen=False))) == "2 shots, 1 chosen"
    assert camera.size(PictureSize(1920, 1080)) == "1920 × 1080, 2.1 MP"
    too_small = "Only 0.3 MP: too small for records. Choose a larger photo size."
    assert camera.too_small(PictureSize(640, 480), is_largest=False) == too_small
    assert camera.too_small(PictureSize(1280, 720), is_largest=False) == ""


def test_names_from_outside_are_made_plain() -> None:
    evil = CameraInfo("x", "Cam\u202eera\n2")
    assert camera.starting(evil) == "Starting Camera 2…"
