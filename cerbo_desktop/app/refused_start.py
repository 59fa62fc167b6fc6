"""A start that ends with a sentence instead of the app's window."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.loop import run_until_done
from cerbo_desktop.runtime.chosen_folder import SharedWith
from cerbo_desktop.ui.kit.theme import apply_theme
from cerbo_desktop.ui.refusal import refuse, shared_folder, silent_folder

REFUSED = 1
"""The exit code."""


def say(title: str, text: str) -> None:
    """On the standard error stream, for whoever started the app by a command. Windowed Windows programs have none."""
    if sys.stderr is not None:
        sys.stderr.write(f"{title}. {text}\n")


def refuse_folder(folder: Path, sharing: SharedWith, *, has_window: bool) -> int:
    """Say why a folder that others have rights in is not used. Nothing was written there."""
    return _refused(*shared_folder(folder, sharing), has_window=has_window)


def refuse_silent_folder(folder: Path, *, has_window: bool) -> int:
    """Say why the app does not open where its folder does not answer."""
    return _refused(*silent_folder(folder), has_window=has_window)


def _refused(title: str, text: str, *, has_window: bool) -> int:
    say(title, text)
    if has_window:
        app = QApplication([sys.argv[0]])
        apply_theme(app)
        run_until_done(app, lambda: _shown(title, text))
    return REFUSED


async def _shown(title: str, text: str) -> int:
    await refuse(title, text)
    return REFUSED
