"""What the running app has from its start to its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cerbo_desktop.app.options import Options
from cerbo_desktop.config.effective import Effective
from cerbo_desktop.config.policy import PolicyReading
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.ports import Clock, SecretStore
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from cerbo_desktop.camera.camera import Camera


@dataclass(frozen=True, slots=True)
class AppContext:
    """Handed to whoever starts, switches or ends something, in place of a list of parameters."""

    window: MainWindow
    options: Options
    data_dir: DataDir
    settings: SettingsFile
    secrets: SecretStore
    clock: Clock
    reading: PolicyReading
    """For `effective` alone: everybody else asks that."""
    scope: TaskScope
    """The root of all task scopes."""
    acts: Acts
    make_camera: Callable[[], Camera]
    """A camera as the clinic wants it: switched off where its policy says so."""

    @property
    def effective(self) -> Effective:
        """What holds on this PC now: policy, this start's options and the person's settings together."""
        return Effective(self.reading, self.settings.current, self.options.server)
