"""The words around a photo in the viewer."""

from cerbo_desktop.domain.moments import Local, When, on_wall_clock
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.ui.text import album, dates, lists, numbers
from cerbo_desktop.ui.text.catalogue import translate


def album_button() -> str:
    return translate("Viewer", "Album")


def back_to_album() -> str:
    return translate("Viewer", "Back to album")


def fit() -> str:
    return translate("Viewer", "Fit")


def fit_tip(key: str) -> str:
    """Without a key where none works; so with the others."""
    return translate("Viewer", "Fit ({key})").format(key=key) if key else fit()


def actual_size() -> str:
    return translate("Viewer", "100 percent")


def actual_size_tip(key: str) -> str:
    return translate("Viewer", "100% ({key})").format(key=key) if key else translate("Viewer", "100%")


def full_screen() -> str:
    return translate("Viewer", "Full screen")


def full_screen_tip(key: str) -> str:
    return translate("Viewer", "Full screen ({key})").format(key=key) if key else full_screen()


def leave_full_screen() -> str:
    return translate("Viewer", "Leave full screen")


def rotate() -> str:
    return translate("Viewer", "Rotate right")


def rotate_tip(key: str) -> str:
    return translate("Viewer", "Rotate right ({key})").format(key=key) if key else rotate()


def zoom_out() -> str:
    return translate("Viewer", "Zoom out")


def zoom_out_tip(key: str) -> str:
    return translate("Viewer", "Zoom out ({key})").format(key=key) if key else zoom_out()


def zoom_in() -> str:
    return translate("Viewer", "Zoom in")


def zoom_in_tip(key: str) -> str:
    return translate("Viewer", "Zoom in ({key})").format(key=key) if key else zoom_in()


def previous_photo() -> str:
    return translate("Viewer", "Previous photo")


def previous_photo_tip(key: str) -> str:
    return translate("Viewer", "Previous photo ({key})").format(key=key)


def next_photo() -> str:
    return translate("Viewer", "Next photo")


def next_photo_tip(key: str) -> str:
    return translate("Viewer", "Next photo ({key})").format(key=key)


def film_strip() -> str:
    return translate("Viewer", "Film strip")


# Which photo it is.


def taken(when: When | None, local: Local) -> str:
    """Wed 5 Nov 2025, 09:41"""
    return dates.moment(on_wall_clock(when, local)) if when else translate("Viewer", "No date in Cerbo")


def place(photo_type: PhotoType, number: int, count: int, *, is_partial: bool) -> str:
    """Medical · 23 of 23"""
    kind = album.photo_type(photo_type) or translate("Viewer", "Photo")
    return lists.dotted(kind, album.place(number, count, is_partial=is_partial))


def month(when: When | None, local: Local) -> str:
    """Nov 2025, above the first of a month in the film strip"""
    return dates.short_month(on_wall_clock(when, local)) if when else album.no_date()


# How good the picture is.


def preview() -> str:
    return translate("Viewer", "Preview")


def full_quality() -> str:
    return translate("Viewer", "Full quality")


def in_part() -> str:
    return translate("Viewer", "In part")


def loading() -> str:
    return translate("Viewer", "Loading")


def loading_photo() -> str:
    return translate("Viewer", "Loading photo")


def preview_loaded(percent: int | None, *, is_part: bool) -> str:
    """Preview, 45 percent of full quality loaded; `is_part`: the top of the photo is shown, and no preview"""
    if percent is None:
        return in_part() if is_part else preview()
    if is_part:
        return translate("Viewer", "In part, {percent} percent of full quality loaded").format(percent=percent)
    return translate("Viewer", "Preview, {percent} percent of full quality loaded").format(percent=percent)


def full_quality_loading() -> str:
    return translate("Viewer", "Preview. Full quality is loading")


def rest_loading() -> str:
    return translate("Viewer", "The top of the photo is here. The rest is loading")


def progress(done_bytes: int, total_bytes: int | None) -> tuple[str, str]:
    """`3.8 of 6.1 MB` and `62%`; what is not known is left out."""
    if not total_bytes:
        return (numbers.megabytes(done_bytes) if done_bytes else ""), ""
    return numbers.progress_of(done_bytes, total_bytes), numbers.percent(done_bytes / total_bytes)


def full_quality_failed() -> str:
    return translate("Viewer", "Could not load full quality. Showing the preview.")


def full_quality_not_allowed() -> str:
    return translate("Viewer", "This key isn’t allowed to show the whole photo. Showing the preview.")


def full_quality_tried_again() -> str:
    return translate("Viewer", "Full quality has not arrived yet. Showing the preview and trying again.")


def upper_part_failed() -> str:
    """Over a photo whose upper part is sharp, with the preview below it."""
    return translate("Viewer", "Only the upper part arrived. Below it is the preview.")


def upper_part_tried_again() -> str:
    return translate("Viewer", "Only the upper part arrived. Below it is the preview. Trying again.")


def upper_part_not_allowed() -> str:
    return translate(
        "Viewer", "Only the upper part arrived: this key isn’t allowed to show the rest. Below it is the preview."
    )


def arrived_in_part(share: float) -> str:
    """The first 49% of this photo arrived. The rest is missing."""
    return translate("Viewer", "The first {percent} of this photo arrived. The rest is missing.").format(
        percent=numbers.percent(share)
    )


def rotated() -> str:
    return translate("Viewer", "Rotated on screen only. The photo is not changed.")


def damaged() -> str:
    return translate("Viewer", "Damaged in part")


def damaged_note() -> str:
    return translate("Viewer", "Damaged in part. Showing what can be read.")


def reduced() -> str:
    return translate("Viewer", "Shown smaller")


def reduced_note() -> str:
    return translate("Viewer", "This photo has too many pixels to show them all. Cerbo has the whole photo.")


def thumbnail_only_note() -> str:
    return translate("Viewer", "Thumbnail only. Cerbo has no larger version of this photo.")
