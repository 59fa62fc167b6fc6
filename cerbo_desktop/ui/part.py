"""A part of the app on screen: a page, a strip, or whatever else one feature shows. How to add one: README.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.practice import PracticeServices
from cerbo_desktop.ui.navigator import Navigator
from cerbo_desktop.ui.window import MainWindow


class Part(Protocol):
    """Built from a `Context` in `ui/<feature>/part.py`, and held by `app.workspace.Workspace` until the practice is
    left."""

    @property
    def widgets(self) -> Sequence[QWidget]:
        """The pages and strips that it has put into the window; they are taken out once everything has ended."""

    def start(self) -> None:
        """Begin, once all parts are there. Needs a running loop."""

    async def aclose(self) -> None:
        """Listen to nothing any more, and wait until all that it began has ended."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a part is built from: all of one practice, or of the window that shows it."""

    window: MainWindow
    services: PracticeServices
    settings: SettingsFile
    scope: TaskScope
    """To make a child of: it closes after all parts."""
    navigator: Navigator

    @property
    def clock(self) -> Clock:
        """The clock that all services of this practice use."""
        return self.services.clock
