"""Both versions of one file, large and side by side: as it came, and as it will be sent."""

from typing import assert_never

from cerbo_desktop.domain.verdict import Accepted, MediaType
from cerbo_desktop.services.shots import Shot
from cerbo_desktop.services.versions import NoOriginal
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import ended, sentences, spoken
from cerbo_desktop.ui.text.shots import name, pixels, state_in_one_line
from cerbo_desktop.ui.text.titles import titled


def see_both() -> str:
    """Name of the page."""
    return translate("SeeBoth", "Both versions")


def all_files() -> str:
    return translate("SeeBoth", "All files")


def number_of(number: int, count: int) -> str:
    return translate("SeeBoth", "{number} of {count}").format(number=number, count=count)


def file_spoken(shot: Shot, number: int, count: int) -> str:
    """arm-left.jpg, 3 of 7"""
    whole = spoken(name(shot.name), number_of(number, count))
    if shot.needs_a_word or not shot.is_chosen:
        return titled(whole, state_in_one_line(shot) if shot.needs_a_word else left_out())
    return whole


def original() -> str:
    return translate("SeeBoth", "Original")


def to_be_sent() -> str:
    return translate("SeeBoth", "To be sent")


def original_pixels(accepted: Accepted) -> str:
    """8064 × 6048"""
    done = accepted.preparation
    if not done.source_width_px:
        return pixels(accepted)
    return translate("SeeBoth", "{width} × {height}").format(width=done.source_width_px, height=done.source_height_px)


def not_changed() -> str:
    """What becomes of the original."""
    return translate("SeeBoth", "Not changed")


def how_it_is_sent(accepted: Accepted) -> str:
    """JPEG, quality 90; without the quality where no pixel was encoded anew"""
    quality = accepted.preparation.quality
    if quality is None:
        return _type(accepted.photo.media_type)
    return translate("SeeBoth", "JPEG, quality {quality}").format(quality=quality)


def linked() -> str:
    """The button that makes both versions move together, or each alone."""
    return translate("SeeBoth", "Linked")


def link_tip(key: str) -> str:
    if not key:
        return translate("SeeBoth", "Move both together")
    return translate("SeeBoth", "Move both together ({key})").format(key=key)


def _how_they_lie(are_linked: bool) -> str:
    if are_linked:
        return translate("SeeBoth", "Same place, same zoom.")
    return translate("SeeBoth", "Each moves alone.")


def _rule(accepted: Accepted) -> str:
    """What was kept to."""
    if accepted.preparation.is_below_minimum:
        return translate("SeeBoth", "It fits only below quality 85 or 3000 pixels: look closely before you use it.")
    if accepted.preparation.quality is None:
        return translate("SeeBoth", "Every pixel is as in the original.")
    if not accepted.preparation.is_fitted:
        return ""
    return translate("SeeBoth", "Never below quality 85 or 3000 pixels without asking you.")


def state_and_rule(shot: Shot, accepted: Accepted, *, are_linked: bool = True) -> str:
    """The line beneath both versions: first why the file is left out, or goes out all the same; then how the two are
    shown, and what was kept to."""
    why = state_in_one_line(shot) if shot.needs_a_word else "" if shot.is_chosen else left_out()
    return sentences(ended(why) if why else "", _how_they_lie(are_linked), _rule(accepted))


def next_file() -> str:
    return translate("SeeBoth", "Next file")


def leave_out() -> str:
    return translate("SeeBoth", "Leave it out")


def remove() -> str:
    """The button that takes a file which is left out from the list. The file stays where it lies."""
    return translate("SeeBoth", "Remove from list")


def left_out() -> str:
    """In the place of `to_be_sent`."""
    return translate("SeeBoth", "Left out")


def keep_left_out() -> str:
    """The button that goes on from a file that is left out."""
    return translate("SeeBoth", "Keep it left out")


def use_file() -> str:
    """The button that chooses a file which is sent as it is."""
    return translate("SeeBoth", "Use this file")


def use(shot: Shot) -> str:
    """The button that chooses what will be sent."""
    if not shot.is_chosen and (shot.sent_before is not None or shot.repeats is not None):
        return translate("SeeBoth", "Send anyway")
    if not isinstance(shot.state, Accepted) or not shot.has_two_versions:
        return use_file()
    if shot.state.preparation.is_fitted:
        return translate("SeeBoth", "Use fitted version")
    if shot.state.preparation.is_reduced:
        return translate("SeeBoth", "Use smaller version")
    return translate("SeeBoth", "Use JPEG version")


def opening_original() -> str:
    return translate("SeeBoth", "Opening the original…")


def opening_sent() -> str:
    return translate("SeeBoth", "Opening the version to be sent…")


def only_preview() -> str:
    """Of the version to be sent, which was checked when the file was added."""
    return translate("SeeBoth", "Could not open it in full. Showing the preview.")


def no_original(why: NoOriginal) -> tuple[str, str]:
    """Why there is nothing to be seen of the original, and what that means for the photo."""
    match why:
        case NoOriginal.UNREADABLE:
            title = translate("SeeBoth", "The original can’t be read any more")
            return title, sentences(translate("SeeBoth", "It was moved or deleted."), _photo_is_whole())
        case NoOriginal.NO_ANSWER:
            title = translate("SeeBoth", "The original can’t be read now")
            return title, sentences(
                translate("SeeBoth", "The disk that it lies on doesn’t respond."), _photo_is_whole()
            )
        case NoOriginal.CHANGED:
            title = translate("SeeBoth", "The original has changed since you added it")
            return title, sentences(
                translate("SeeBoth", "To send it as it is now, remove it from the list and add it again."),
                _photo_is_of_before(),
            )
        case NoOriginal.NOT_KEPT:
            return translate("SeeBoth", "The original is not here any more"), _photo_is_whole()
        case NoOriginal.CANNOT_SHOW:
            return translate("SeeBoth", "The original can’t be shown in full"), _photo_is_whole()
        case _:
            assert_never(why)


def _photo_is_whole() -> str:
    return translate("SeeBoth", "The version to be sent is complete.")


def _photo_is_of_before() -> str:
    return translate("SeeBoth", "The version to be sent is from before the change.")


def _type(media_type: MediaType) -> str:
    match media_type:
        case MediaType.JPEG:
            return translate("SeeBoth", "JPEG")
        case MediaType.PNG:
            return translate("SeeBoth", "PNG")
        case MediaType.GIF:
            return translate("SeeBoth", "GIF")
        case _:
            assert_never(media_type)
