"""A start that ends with a sentence instead of the app's window."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.loop import run_until_done
from cerbo_desktop.runtime.chosen_folder import SharedWith
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.kit.theme import apply_theme
from cerbo_desktop.ui.refusal import refuse
from cerbo_desktop.ui.text import start as words
from cerbo_desktop.ui.text.catalogue import install_language
from cerbo_desktop.ui.text.titles import titled

REFUSED = 1
"""The exit code."""


def say(title: str, text: str) -> None:
    """Write title and text to the standard error stream, for whoever started the app by a command. Windowed Windows
    programs have no such stream."""
    if sys.stderr is not None:
        sys.stderr.write(titled(title, text) + "\n")


def refuse_folder(folder: Path, sharing: SharedWith, *, has_window: bool) -> int:
    """Say why a folder that others have rights in is not used. Nothing was written there."""
    return _refused(lambda: words.shared_folder(plain(str(folder), 200), sharing), has_window=has_window)


def refuse_silent_folder(folder: Path, *, has_window: bool) -> int:
    """Say why the app does not open where its folder does not answer."""
    return _refused(lambda: words.silent_folder(plain(str(folder), 200)), has_window=has_window)


def _refused(title_and_text: Callable[[], tuple[str, str]], *, has_window: bool) -> int:
    say(*title_and_text())
    if has_window:
        app = QApplication([sys.argv[0]])
        install_language(app)
        apply_theme(app)
        run_until_done(app, lambda: _shown(*title_and_text()))
    return REFUSED


async def _shown(title: str, text: str) -> int:
    await refuse(title, text)
    return REFUSED
