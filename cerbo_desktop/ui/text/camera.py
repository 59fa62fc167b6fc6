"""The camera: what is wrong with it, what it shows, and how its picture is set."""

import sys

from cerbo_desktop.camera.devices import CameraInfo, CameraState, PictureSize
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import lists, numbers
from cerbo_desktop.ui.text.catalogue import translate

_NAME_CHARS = 40


def camera() -> str:
    return translate("Camera", "Camera")


def take_photo() -> str:
    return translate("Camera", "Take photo")


def black() -> str:
    return translate("Camera", "The image is black. Open the shutter on the camera.")


def starting(found: CameraInfo | None) -> str:
    if found is None:
        return translate("Camera", "Starting the camera…")
    return translate("Camera", "Starting {camera}…").format(camera=plain(found.name, _NAME_CHARS))


def live() -> str:
    return translate("Camera", "Live")


def live_from(found: CameraInfo | None) -> str:
    """Say on the live picture which camera it comes from."""
    name = _name(found)
    return translate("Camera", "Live: {camera}").format(camera=name) if name else live()


def live_spoken(state: CameraState, found: CameraInfo | None, key: str) -> str:
    """What a screen reader hears for the live view while there is a picture, or none is wanted."""
    if state is CameraState.OFF:
        return translate("Camera", "Camera is off")
    name = _name(found)
    if state is CameraState.BLACK:
        live_camera = translate("Camera", "Live camera, {camera}").format(camera=name)
        return lists.headed(live_camera if name else translate("Camera", "Live camera"), black())
    if not name:
        return translate("Camera", "Live camera; {key} takes a photo").format(key=key)
    return translate("Camera", "Live camera, {camera}; {key} takes a photo").format(camera=name, key=key)


def id_photo_taken_spoken(send_key: str, retake_key: str) -> str:
    """What a screen reader hears for the live view while it shows the photo just taken. `retake_key` is empty where
    letters are switched off."""
    if not retake_key:
        return translate("Camera", "ID photo taken; {send_key} sends").format(send_key=send_key)
    pattern = translate("Camera", "ID photo taken; {send_key} sends, {retake_key} retakes")
    return pattern.format(send_key=send_key, retake_key=retake_key)


# What is wrong.


def title_of(state: CameraState, found: CameraInfo | None) -> str:
    match state:
        case CameraState.NO_CAMERA:
            return translate("Camera", "No camera found")
        case CameraState.TURNED_OFF:
            return translate("Camera", "The camera is turned off")
        case CameraState.UNPLUGGED:
            return translate("Camera", "The camera was unplugged")
        case CameraState.BUSY:
            return translate("Camera", "Another program is using the camera")
        case CameraState.BLOCKED:
            return _blocked_title()
        case CameraState.STALLED:
            if name := _name(found):
                return translate("Camera", "No video from {camera}").format(camera=name)
            return translate("Camera", "No video from the camera")
        case _:
            return starting(found)


def text_of(state: CameraState, *, has_shots: bool = False) -> str:
    """Say what a person can do about a camera in this state."""
    match state:
        case CameraState.NO_CAMERA:
            return translate("Camera", "Plug one in; video starts automatically.")
        case CameraState.TURNED_OFF:
            return translate("Camera", "Your clinic’s IT turned it off on this PC. Add photos from files.")
        case CameraState.UNPLUGGED if has_shots:
            return translate("Camera", "Plug it in again; your shots are safe.")
        case CameraState.UNPLUGGED:
            return translate("Camera", "Plug it in again.")
        case CameraState.BUSY:
            return translate("Camera", "Close Teams, Zoom or the browser tab.")
        case CameraState.BLOCKED:
            return _blocked_text()
        case CameraState.STALLED:
            return translate("Camera", "Unplug it and plug it in again, or close other programs that use it.")
        case _:
            return ""


def in_short(state: CameraState) -> str:
    """Say in the list of cameras, in a word or two, why this one gives no picture."""
    match state:
        case CameraState.TURNED_OFF:
            return translate("Camera", "Turned off")
        case CameraState.UNPLUGGED:
            return translate("Camera", "Unplugged")
        case CameraState.BUSY:
            return translate("Camera", "In use elsewhere")
        case CameraState.BLOCKED:
            return _blocked_in_short()
        case CameraState.STALLED:
            return translate("Camera", "No video")
        case _:
            return ""


def _blocked_title() -> str:
    return {
        "darwin": translate("Camera", "macOS is blocking the camera"),
        "win32": translate("Camera", "Windows is blocking the camera"),
    }.get(sys.platform, translate("Camera", "This PC is blocking the camera"))


def _blocked_text() -> str:
    windows = translate(
        "Camera",
        "In Windows settings, Camera, turn on “Let desktop apps access your camera”. Then come back: video starts "
        "automatically.",
    )
    mac = translate(
        "Camera", "In System Settings, Privacy & Security, Camera, turn on “Cerbo Desktop”. Then come back."
    )
    linux = translate("Camera", "Your user account isn’t allowed to use the camera. Ask your clinic’s IT.")
    return {"darwin": mac, "win32": windows}.get(sys.platform, linux)


def _blocked_in_short() -> str:
    return {
        "darwin": translate("Camera", "Blocked by macOS"),
        "win32": translate("Camera", "Blocked by Windows"),
    }.get(sys.platform, translate("Camera", "Not allowed"))


def has_settings_page() -> bool:
    """Whether the system has a page with the switch for cameras."""
    return sys.platform in ("darwin", "win32")


def open_settings() -> str:
    """The label of the button that opens the system's own settings for cameras."""
    windows = translate("Camera", "Open Windows settings")
    return translate("Camera", "Open System Settings") if sys.platform == "darwin" else windows


def add_files_instead() -> str:
    return translate("Camera", "Add files instead")


def files_still_work() -> str:
    return translate("Camera", "Files still work.")


# Beside the live view.


def cameras_here() -> str:
    return translate("Camera", "Cameras on this PC")


def not_tried() -> str:
    return translate("Camera", "Not tried")


def infrared() -> str:
    return translate("Camera", "Infrared camera, skipped")


def last_used() -> str:
    return translate("Camera", "Last used on this PC")


def settings() -> str:
    """The button that shows them beside the live view."""
    return translate("Camera", "Camera settings")


def photo_size() -> str:
    return translate("Camera", "Photo size")


def size(of: PictureSize) -> str:
    return translate("Camera", "{width} × {height}, {megapixels} MP").format(
        width=of.width_px, height=of.height_px, megapixels=numbers.decimal(of.megapixels)
    )


def highest_resolution() -> str:
    return translate("Camera", "Highest resolution")


def too_small(of: PictureSize, *, is_largest: bool) -> str:
    """Say that photos of this size are too small for records; empty where they are large enough."""
    if not of.is_too_small:
        return ""
    source = translate("Camera", "Only {megapixels} MP: too small for records. Choose a larger photo size.")
    if is_largest:
        source = translate(
            "Camera", "Only {megapixels} MP: too small for records. This is the camera’s highest resolution."
        )
    return source.format(megapixels=numbers.decimal(of.megapixels))


def grid() -> str:
    return translate("Camera", "Framing grid")


def grid_note() -> str:
    return translate("Camera", "Rule of thirds, on screen only")


def mirror() -> str:
    return translate("Camera", "Mirror the view")


def mirror_note() -> str:
    return translate("Camera", "The saved photo is never mirrored")


def _name(found: CameraInfo | None) -> str:
    return plain(found.name, _NAME_CHARS) if found is not None else ""
