"""What is asked of a dialog for files, and what its process is told at its start."""

import msgspec

from cerbo_desktop.ui.kit.tokens import Theme


class FileRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Files to be chosen or, with `save_as`, a place for one to be written."""

    title: str
    filters: tuple[str, ...]
    """As Qt writes them: "Photos (*.jpg *.png)"."""
    save_as: str = ""
    """The file name that is offered."""
    suffix: str = ""
    """Without the dot; for a name that was typed without one."""


class DialogStart(msgspec.Struct, frozen=True, kw_only=True):
    """One line of JSON on the standard input of the dialog's process. Nothing in it tells of a patient.

    Its answer is lines, too: `ALIVE` every so often, and at the end a JSON list of the chosen paths, empty where the
    person cancelled.
    """

    request: FileRequest
    theme: Theme
    language: str = "en"
    """Of Qt's own words in it."""
    folder: str
    """Where it opens; empty for the user's own."""
    parent_window: int
    """The X11 window that it stays in front of; 0 where there is none."""
    room: tuple[int, int, int, int]
    """Where it should lie: left, top, width and height, in device-independent pixels of the screen."""


ALIVE = b"alive"
RAISE = b"raise"
"""To the dialog: come to the front."""
