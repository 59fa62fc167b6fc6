"""The files tab of the capture sheet: what is taken, how many came and from where, and one of them large."""

from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import sentences

_LONGEST_FOLDER = 40


def drop_here() -> str:
    return translate("AddedFiles", "Drop photos or a folder here")


def limits() -> str:
    source = translate(
        "AddedFiles", "JPEG, PNG or GIF. HEIC, WebP, AVIF, TIFF and BMP become JPEG. Over {size} MB is fitted."
    )
    return source.format(size=f"{MAX_UPLOAD_BYTES / 1_000_000:g}")


def choose_files() -> str:
    return translate("AddedFiles", "Choose files")


def choose_photos() -> str:
    """Title of the window for choosing files."""
    return translate("AddedFiles", "Choose photos")


def photo_files(patterns: str) -> str:
    """A kind of file in the window for choosing files, with the patterns that Qt reads."""
    return translate("AddedFiles", "Photos ({patterns})").format(patterns=patterns)


def all_files() -> str:
    """The pattern at the end stays as it is."""
    return translate("AddedFiles", "All files (*)")


def added_files() -> str:
    return translate("AddedFiles", "Added files")


# The line above the list.


def count(files: int, chosen: int, folder_name: str) -> str:
    """7 files from Downloads, 3 chosen"""
    if not folder_name:
        return translate("AddedFiles", "%n file(s), {chosen} chosen", "", files).format(chosen=chosen)
    source = translate("AddedFiles", "%n file(s) from {folder}, {chosen} chosen", "", files)
    return source.format(folder=plain(folder_name, _LONGEST_FOLDER), chosen=chosen)


def first_of(shown: int, waiting: int, chosen: int) -> str:
    """60 of 300 files, 58 chosen. The other 240 follow after Send."""
    source = translate(
        "AddedFiles",
        "{shown} of {total} files, {chosen} chosen. The other (one follows|%n follow) after Send.",
        "",
        waiting,
    )
    return source.format(shown=shown, total=shown + waiting, chosen=chosen)


def data_removed() -> str:
    return translate("AddedFiles", "Location and device data are removed from every copy")


def no_photos(others: int) -> str:
    """Of a folder that was added."""
    return translate("AddedFiles", "%n other file(s) in the folder (is no photo|are no photos).", "", others)


def folder_is_cut(most: int) -> str:
    """Of a folder that was added."""
    source = translate("AddedFiles", "The folder holds more than {most} files. Add the rest from its inner folders.")
    return source.format(most=most)


def folder_unread() -> str:
    """Of a folder that was added."""
    return translate("AddedFiles", "A part of the folder could not be read.")


def not_compared(photos: int | None) -> str:
    """Photos of the chart: a file may be one of them. None where they can't be listed; empty where all are known."""
    if photos is None:
        return translate("AddedFiles", "Not compared with the photos of this chart: they could not be listed.")
    if not photos:
        return ""
    return translate(
        "AddedFiles",
        "%n photo(s) of this chart (was|were) not compared with these files: (it is|they are) not on this PC.",
        "",
        photos,
    )


# One file, large.


def same_zoom() -> str:
    return translate("AddedFiles", "Both at the same zoom")


def original() -> str:
    return translate("AddedFiles", "Original")


def to_be_sent() -> str:
    return translate("AddedFiles", "To be sent")


def stays_in(folder_name: str) -> str:
    """What becomes of the original."""
    if not folder_name:
        return translate("AddedFiles", "Not changed")
    source = translate("AddedFiles", "Stays in {folder}, not changed")
    return source.format(folder=plain(folder_name, _LONGEST_FOLDER))


def see_large() -> str:
    return translate("AddedFiles", "See large")


def see_both() -> str:
    return translate("AddedFiles", "See both")


def send_anyway() -> str:
    return translate("AddedFiles", "Send anyway")


def leave_out() -> str:
    return translate("AddedFiles", "Leave it out")


def left_out() -> str:
    """Over what would be sent of a file."""
    return translate("AddedFiles", "Left out")


def take_in() -> str:
    return translate("AddedFiles", "Send it too")


def large_once_checked() -> str:
    """After the key that shows a file large."""
    return translate("AddedFiles", "This file is still being checked. You can see it large as soon as that is done.")


# What came and is no file.


def link_is_no_photo() -> str:
    return translate(
        "AddedFiles", "This is a link to a web page, not a photo. Save the picture on this PC, then drop the file here."
    )


# After Send.


def rest_not_sent(safe: int, left_out: int, refused: int) -> str:
    """Once all that could be sent are safe, and those that were refused are left."""
    not_added = translate("AddedFiles", "%n file(s) below (was|were) not added.", "", refused)
    return sentences(_safe(safe), _left_out(left_out), not_added)


def next_files_here(safe: int, left_out: int) -> str:
    """After the first sixty files."""
    return sentences(_safe(safe), _left_out(left_out), translate("AddedFiles", "The next files are below."))


def _safe(count: int) -> str:
    """Where each of them is, Uploads says: Cerbo may be out of reach."""
    return translate("AddedFiles", "%n photo(s) (is|are) safe on this PC and listed in Uploads.", "", count)


def _left_out(count: int) -> str:
    """They have no row any more."""
    return translate("AddedFiles", "%n (was|were) left out.", "", count) if count else ""
