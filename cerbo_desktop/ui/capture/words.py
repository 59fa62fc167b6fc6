"""Every sentence of taking and adding photos."""

import sys
from datetime import date
from typing import NamedTuple, assert_never

from cerbo_desktop.camera.devices import CameraInfo, CameraState, PictureSize
from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.verdict import Accepted, RefusalReason, Refused
from cerbo_desktop.services.shots import Examining, Shot
from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.kit.text import plain

CONSENT = "Patient agreed to photos for the record"
LANDS_IN_QUEUE = "Photos land in Cerbo’s queue. Staff accept them there."
TICK_CONSENT = "Tick that the patient agreed"
STILL_CHECKING = "Photos are still being checked. Look at them, then press Enter."
LOOK_FIRST = "Look at the new photos, then press Enter."
ID_ASK = "Ask: “Please tell me your name and date of birth.” Check both above."
ID_KEEP = "Name and date of birth match? Then send."
ID_CAMERA_ON = "The camera is on only while this card is open."
ID_LANDS = "Lands in Cerbo’s queue. Staff accept it there."
SHOT_FAILED = "The camera did not give the photo. Take it again."
SESSION_FULL = "60 photos are the most at once. Send these first."
NO_PICTURE_PASTED = "There is no picture to paste."
BEING_SAVED = "This photo is just being saved. It can be deleted in the list of uploads."
DISK_IS_SILENT = "This PC’s disk does not answer. The photo is not saved yet: keep this open. It goes on by itself."
BLACK = "The picture is black. Open the shutter on the camera."


class CameraProblem(NamedTuple):
    """Why there is no picture, and how to mend it."""

    title: str
    text: str
    may_retry: bool = False
    has_settings: bool = False
    in_short: str = ""
    """For the list of cameras."""


def trouble(state: CameraState, camera: CameraInfo | None, *, has_shots: bool = False) -> CameraProblem:
    """The words of a state in which there is no picture."""
    match state:
        case CameraState.NO_CAMERA:
            return CameraProblem("No camera found", "Plug one in; video starts automatically.")
        case CameraState.TURNED_OFF:
            text = "Your clinic’s IT turned it off on this PC. Add photos from files."
            return CameraProblem("The camera is turned off", text, in_short="Turned off")
        case CameraState.UNPLUGGED:
            safe = "; your shots are safe" if has_shots else ""
            return CameraProblem("The camera was unplugged", f"Plug it in again{safe}.", in_short="Unplugged")
        case CameraState.BUSY:
            text = "Close Teams, Zoom or the browser tab."
            return CameraProblem("Another program uses the camera", text, may_retry=True, in_short="In use elsewhere")
        case CameraState.BLOCKED:
            return _blocked()
        case CameraState.STALLED:
            text = "Unplug it and plug it in again, or close other programs that use it."
            return CameraProblem(f"{camera_name(camera)} sends no picture", text, may_retry=True, in_short="No picture")
        case _:
            return CameraProblem(starting(camera), "")


def _blocked() -> CameraProblem:
    if sys.platform == "darwin":
        text = "In System Settings, Privacy & Security, Camera, turn on “Cerbo Desktop”. Then come back."
        return CameraProblem("macOS blocks the camera", text, True, True, "Blocked by macOS")
    if sys.platform == "win32":
        text = (
            "In Windows settings, Camera, turn on “Let desktop apps access your camera”. "
            "Then come back: video starts automatically."
        )
        return CameraProblem("Windows blocks the camera", text, True, True, "Blocked by Windows")
    text = "Your user account isn’t allowed to use the camera. Ask your clinic’s IT."
    return CameraProblem("This PC blocks the camera", text, may_retry=True, in_short="Not allowed")


def open_settings() -> str:
    return "Open System Settings" if sys.platform == "darwin" else "Open Windows settings"


def camera_name(camera: CameraInfo | None) -> str:
    return plain(camera.name, 40) if camera is not None and camera.name else "The camera"


def starting(camera: CameraInfo | None) -> str:
    return f"Starting {plain(camera.name, 40) if camera is not None else 'the camera'}…"


ID_TAKEN = "ID photo taken; Enter sends, R retakes"
"""What a screen reader hears for the live view while it shows the photo just taken."""


def live_name(state: CameraState, camera: CameraInfo | None) -> str:
    """What a screen reader hears for the live view."""
    match state:
        case CameraState.LIVE:
            return f"Live camera, {camera_name(camera)}; Space takes a photo"
        case CameraState.BLACK:
            return f"Live camera, {camera_name(camera)}. {BLACK}"
        case CameraState.OFF:
            return "Camera is off"
        case _:
            words = trouble(state, camera)
            return f"{words.title}. {words.text}".strip(" .")


def picture_size(size: PictureSize) -> str:
    return f"{size.width_px} × {size.height_px}, {size.megapixels:.1f} MP"


def too_small(size: PictureSize, *, is_largest: bool) -> str:
    """Empty when the size will do."""
    if not size.is_too_small:
        return ""
    remedy = "This camera gives no more." if is_largest else "Choose a bigger picture size."
    return f"Only {size.megapixels:.1f} MP: too small for records. {remedy}"


def limits() -> str:
    return (
        f"JPEG, PNG or GIF, up to {MAX_UPLOAD_BYTES / 1_000_000:g} MB. Other kinds are not added.\n"
        "Save HEIC, WebP, TIFF or BMP pictures as JPEG first. Location is removed from all."
    )


class RowWords(NamedTuple):
    """State of one photo: icon, its colour token, a word, and a second line."""

    icon: str
    ink: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        return f"{self.title}. {self.text}".strip(" .")


def row(shot: Shot) -> RowWords:
    match shot.state:
        case Examining():
            return RowWords("waiting", "ink2", "Checking", "Opening the photo")
        case Accepted():
            if shot.is_being_sent:
                return RowWords("waiting", "ink2", "Saving", "Being saved on this PC")
            if shot.repeats:
                left_out = "" if shot.is_chosen else ". Left out"
                return RowWords("twins", "ink2", "Already added", f"Same photo as {plain(shot.repeats, 40)}{left_out}")
            return RowWords("done", "ok", "Ready", "Sent without location data")
        case Refused():
            title, text = refusal(shot.state)
            return RowWords("failed", "bad", title, text)
        case _:
            assert_never(shot.state)


def refusal(refused: Refused) -> tuple[str, str]:
    """What is wrong, and the rest of the sentence; each says that the file was not added."""
    found = plain(refused.found, 40)
    this_is = f"This is {_article(found)} {found}. " if found else ""
    match refused.reason:
        case RefusalReason.EMPTY:
            return "Empty", "There is nothing in this file. Not added"
        case RefusalReason.NOT_A_FILE:
            return "Not a file", "Folders and devices can’t be added; choose single photos. Not added"
        case RefusalReason.UNREADABLE:
            return "Cannot be read", "It was moved, or this PC may not open it. Not added"
        case RefusalReason.NO_ANSWER:
            return "Does not answer", "Copy it to this PC, then try again. Not added"
        case RefusalReason.NOT_A_PHOTO:
            return "Not a photo", f"{this_is}Not added"
        case RefusalReason.UNSUPPORTED_TYPE:
            return "Save it as JPEG first", f"{this_is}Cerbo cannot take it. Not added"
        case RefusalReason.WRONG_EXTENSION:
            return "Name and content differ", f"{this_is}Not added"
        case RefusalReason.TOO_BIG:
            size = f"{phrases.megabytes(refused.size_bytes)}. " if refused.size_bytes else ""
            return "Too big", f"{size}Cerbo takes up to {MAX_UPLOAD_BYTES / 1_000_000:g} MB. Not added"
        case RefusalReason.TOO_MANY_PIXELS:
            return "Too big", "More than 50 megapixels. Not added"
        case RefusalReason.DAMAGED:
            return "Damaged", "It cannot be opened. Not added"
        case RefusalReason.TOO_SLOW:
            return "Takes too long to read", "Save it as a smaller JPEG. Not added"
        case RefusalReason.MOVING:
            return "Moving picture", "Not added"
        case RefusalReason.NOT_SAFE_HERE:
            return phrases.HEIC_NOT_SAFE, f"{phrases.TAKE_JPEG} Not added"
        case RefusalReason.OUT_OF_ORDER:
            return "Could not be checked", "The picture reader stopped. Try again, or start the app again. Not added"
        case _:
            assert_never(refused.reason)


def _article(noun: str) -> str:
    """By sound: an AVIF picture, an MP4 video, a HEIC picture."""
    return "an" if noun[:1].upper() in ("A", "E", "I", "O") or noun.startswith(("MP", "SVG", "HTML", "XML")) else "a"


def size_and_bytes(shot: Shot) -> str:
    """3024 × 4032, 3.2 MB"""
    size = phrases.megabytes(shot.size_bytes) if shot.size_bytes else ""
    if isinstance(shot.state, Accepted):
        return f"{shot.state.photo.width_px} × {shot.state.photo.height_px}, {size}"
    return size


def strip_title(shots: tuple[Shot, ...]) -> str:
    """4 shots, 3 chosen"""
    if not shots:
        return "No shots yet"
    return f"{phrases.count(len(shots), 'shot')}, {sum(shot.goes_out for shot in shots)} chosen"


def to_whom(patient: Patient) -> str:
    """Maria Lopez, 4 Mar 1981"""
    name = plain(patient.full_name)
    return f"{name}, {phrases.day(patient.born)}" if patient.born is not None else name


def send(count: int, patient: Patient) -> str:
    if count == 0:
        return f"Nothing to send to {plain(patient.full_name)} yet"
    return f"Send {count} to {to_whom(patient)}"


def send_without_name(count: int, born: date | None) -> str:
    """For a name too long for the button; the head of the sheet shows it whole."""
    return f"Send {count} to this patient{f', {phrases.day(born)}' if born else ''}"


def send_spoken(count: int, patient: Patient) -> str:
    if count == 0:
        return send(0, patient)
    born = f", born {phrases.day_spoken(patient.born)}" if patient.born is not None else ""
    return f"Send {phrases.count(count, 'photo')} to {plain(patient.full_name)}{born}"


class LeaveQuestion(NamedTuple):
    title: str
    text: str
    send: str
    """Empty where nothing is chosen."""
    discard: str
    stay: str = "Stay here"


def leave(shots: tuple[Shot, ...], patient: Patient, safe_count: int = 0) -> LeaveQuestion:
    """3 photos are for Maria Lopez, 4 Mar 1981. Send or discard them first."""
    held = sum(not shot.is_refused for shot in shots)
    if any(shot.is_being_sent for shot in shots) or safe_count:
        return _leave_the_rest(shots, held, safe_count)
    chosen = sum(shot.goes_out for shot in shots)
    verb = "is" if held == 1 else "are"
    title = f"{phrases.count(held, 'photo')} {verb} for {to_whom(patient)}."
    first = "Send or discard" if chosen else "Discard"
    what = "it" if held == 1 else "them"
    return LeaveQuestion(title, f"{first} {what} first.", f"Send {chosen}" if chosen else "", f"Discard {held}")


def _leave_the_rest(shots: tuple[Shot, ...], held: int, safe_count: int) -> LeaveQuestion:
    """3 are already safe on this PC. Discard the other 8?"""
    verb = "is" if safe_count == 1 else "are"
    title = f"{safe_count} {verb} already safe on this PC." if safe_count else "No photo is saved yet."
    others = "photo" if held == 1 else str(held)
    rest = f"Discard the other {others}?" if safe_count else f"Discard {'it' if held == 1 else f'all {held}'}?"
    is_being_sent = any(shot.is_being_sent for shot in shots)
    chosen = sum(shot.goes_out for shot in shots)
    go_on = "" if is_being_sent or not chosen else f"Send {chosen}"
    return LeaveQuestion(title, rest, go_on, f"Discard {held}", "Keep sending" if is_being_sent else "Stay here")


def saving(count: int) -> str:
    """In the place of the Send button's words, while photos are on their way into the outbox."""
    return f"Saving {phrases.count(count, 'photo')} on this PC…"


def some_are_safe(count: int) -> str:
    """After a failure: what became of those before it."""
    return f"{phrases.count(count, 'photo')} {'is' if count == 1 else 'are'} already safe on this PC."


def shot_spoken(shot: Shot) -> str:
    """Shot 1, chosen. Ready. Sent without location data"""
    choice = "" if shot.is_refused else ", chosen" if shot.is_chosen else ", left out"
    return f"{plain(shot.label)}{choice}. {row(shot).whole}"
