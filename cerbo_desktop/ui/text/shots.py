"""What is said of one photo before it is sent: its name, its state, and why it was not added."""

from typing import assert_never

from cerbo_desktop.domain.limits import MAX_FILE_BYTES
from cerbo_desktop.domain.verdict import Accepted, FileKind, RefusalReason, Refused
from cerbo_desktop.services.shots import Examining, Shot, ShotName, ShotSource
from cerbo_desktop.ui.kit.text import file_name
from cerbo_desktop.ui.text import file_faults, numbers, preparation
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.file_kinds import this_is
from cerbo_desktop.ui.text.lists import sentences, spoken
from cerbo_desktop.ui.text.titles import titled

_INSIDE = 40
"""The most letters that a name may have inside a sentence."""


def name(of: ShotName) -> str:
    """Shot 1, Pasted photo 2, or a file's name"""
    match of.source:
        case ShotSource.CAMERA:
            return translate("Shots", "Shot {number}").format(number=of.number)
        case ShotSource.PASTE:
            return translate("Shots", "Pasted photo {number}").format(number=of.number)
        case ShotSource.FILE:
            return file_name(of.file_name) or translate("Shots", "Unnamed")
        case _:
            assert_never(of.source)


def _name_inside(of: ShotName) -> str:
    """`name` as a part of a sentence."""
    match of.source:
        case ShotSource.CAMERA:
            return translate("Shots", "Shot {number}", "inside a sentence: a photo").format(number=of.number)
        case ShotSource.PASTE:
            return translate("Shots", "Pasted photo {number}", "inside a sentence: a photo").format(number=of.number)
        case ShotSource.FILE:
            return file_name(of.file_name, _INSIDE) or translate("Shots", "Unnamed", "inside a sentence: a photo")
        case _:
            assert_never(of.source)


def title_and_text(shot: Shot) -> tuple[str, str]:
    """Its state in a word, and a second line."""
    match shot.state:
        case Examining():
            return translate("Shots", "Checking"), translate("Shots", "Opening the photo")
        case Accepted() if shot.is_being_sent:
            return translate("Shots", "Saving"), translate("Shots", "Being saved on this PC")
        case Accepted() if shot.repeats is not None:
            return _same_as(_name_inside(shot.repeats), is_chosen=shot.is_chosen)
        case Accepted() if shot.sent_before is not None:
            return preparation.sent_before(shot.sent_before, is_chosen=shot.is_chosen)
        case Accepted():
            title, text = preparation.prepared(shot.state, shot.size_bytes, is_chosen=shot.is_chosen)
            return title, text if shot.is_chosen or shot.needs_a_word else _left_out()
        case Refused():
            return refusal_title(shot.state), sentences(_why(shot.state), translate("Shots", "Not added"))
        case _:
            assert_never(shot.state)


def _same_as(other: str, *, is_chosen: bool) -> tuple[str, str]:
    chosen = translate("Shots", "Will be sent as well") if is_chosen else _left_out()
    return translate("Shots", "Same as {other}").format(other=other), chosen


def _left_out() -> str:
    return translate("Shots", "Left out")


def state_in_one_line(shot: Shot) -> str:
    """Damaged. It can't be opened. Not added"""
    return titled(*title_and_text(shot))


def shot_spoken(shot: Shot) -> str:
    """Shot 1, chosen. Ready. Will be sent without location data"""
    choice = translate("Shots", "chosen") if shot.is_chosen else translate("Shots", "left out")
    return titled(spoken(name(shot.name), "" if shot.is_refused else choice), state_in_one_line(shot))


def size_and_bytes(shot: Shot) -> str:
    """3024 × 4032, 3.2 MB: of the file as it lies there"""
    if not isinstance(shot.state, Accepted):
        is_empty = isinstance(shot.state, Refused) and shot.state.reason is RefusalReason.EMPTY
        return numbers.megabytes(shot.size_bytes) if shot.size_bytes or is_empty else ""
    source_bytes = shot.state.preparation.source_bytes or shot.size_bytes
    return spoken(preparation.source_pixels(shot.state), numbers.megabytes(source_bytes))


def pixels(accepted: Accepted) -> str:
    """3024 × 4032, of the photo as it is sent"""
    return numbers.measures(accepted.photo.width_px, accepted.photo.height_px)


def refusal_title(refused: Refused) -> str:
    """What is wrong with a file, in short."""
    match refused.reason:
        case RefusalReason.EMPTY:
            return translate("Shots", "Empty")
        case RefusalReason.NOT_A_FILE:
            return translate("Shots", "Not a file")
        case RefusalReason.UNREADABLE | RefusalReason.BROKEN_LINK:
            return translate("Shots", "Can’t be read")
        case RefusalReason.NO_ANSWER:
            return translate("Shots", "Not responding")
        case RefusalReason.NOT_A_PHOTO:
            return translate("Shots", "Not a photo")
        case RefusalReason.UNSUPPORTED_TYPE:
            return translate("Shots", "Save it as JPEG first")
        case RefusalReason.TOO_BIG | RefusalReason.TOO_MANY_PIXELS:
            return translate("Shots", "Too big")
        case RefusalReason.DAMAGED:
            return translate("Shots", "Damaged")
        case RefusalReason.TOO_SLOW:
            return translate("Shots", "Takes too long to read")
        case RefusalReason.MOVING:
            return translate("Shots", "Animated image")
        case RefusalReason.NOT_SAFE_HERE:
            is_avif = refused.found is FileKind.AVIF
            return file_faults.avif_not_safe() if is_avif else file_faults.heic_not_safe()
        case RefusalReason.OUT_OF_ORDER:
            return translate("Shots", "Could not be checked")
        case RefusalReason.NO_PHOTOS_INSIDE:
            return translate("Shots", "No photos inside")
        case RefusalReason.CHANGED:
            return translate("Shots", "Changed")
        case _:
            assert_never(refused.reason)


def _why(refused: Refused) -> str:
    """The rest of what is to be said; empty where the title says it all."""
    match refused.reason:
        case RefusalReason.EMPTY:
            return translate("Shots", "There is nothing in this file.")
        case RefusalReason.NOT_A_FILE:
            return translate("Shots", "Only files and folders can be added.")
        case RefusalReason.UNREADABLE:
            return translate("Shots", "It was moved, or you don’t have permission to open it.")
        case RefusalReason.BROKEN_LINK:
            return translate("Shots", "The link points to nothing.")
        case RefusalReason.NO_ANSWER:
            return translate("Shots", "Copy it to this PC, then try again.")
        case RefusalReason.NOT_A_PHOTO:
            return this_is(refused.found)
        case RefusalReason.UNSUPPORTED_TYPE:
            return sentences(this_is(refused.found), translate("Shots", "Cerbo doesn’t accept it."))
        case RefusalReason.TOO_BIG:
            return _too_big(refused.size_bytes)
        case RefusalReason.TOO_MANY_PIXELS:
            return translate("Shots", "It has too many pixels. Save a smaller copy.")
        case RefusalReason.DAMAGED:
            return translate("Shots", "It can’t be opened.")
        case RefusalReason.TOO_SLOW:
            return translate("Shots", "Save it as a smaller JPEG.")
        case RefusalReason.MOVING:
            return translate("Shots", "Save one frame of it as a JPEG, and add that.")
        case RefusalReason.NOT_SAFE_HERE:
            is_avif = refused.found is FileKind.AVIF
            return translate("Shots", "Save it as JPEG first.") if is_avif else file_faults.take_jpeg()
        case RefusalReason.OUT_OF_ORDER:
            return translate("Shots", "The image reader stopped. Try again, or restart the app.")
        case RefusalReason.NO_PHOTOS_INSIDE:
            return translate("Shots", "This folder holds no photos.")
        case RefusalReason.CHANGED:
            return translate("Shots", "This file was changed after it was checked. Add it again.")
        case _:
            assert_never(refused.reason)


def _too_big(size_bytes: int) -> str:
    most = f"{MAX_FILE_BYTES / 1_000_000:g}"
    if not size_bytes:
        return translate("Shots", "Files of up to {most} MB can be opened.").format(most=most)
    return translate("Shots", "{size}. Files of up to {most} MB can be opened.").format(
        size=numbers.megabytes(size_bytes), most=most
    )
