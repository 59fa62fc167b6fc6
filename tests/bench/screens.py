"""The screens on which the app is measured: without one, and on X servers of their own."""

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    name: str
    width_px: int
    height_px: int
    is_x11: bool = True

    @property
    def is_here(self) -> bool:
        return not self.is_x11 or (sys.platform == "linux" and shutil.which("xvfb-run") is not None)

    def command(self, *words: str) -> list[str]:
        """That runs a program in front of this screen."""
        if not self.is_x11:
            return list(words)
        server = f"-screen 0 {self.width_px}x{self.height_px}x24 -nolisten tcp"
        return ["xvfb-run", "--auto-servernum", f"--server-args={server}", *words]

    def environment(self) -> Mapping[str, str]:
        return {**os.environ, "QT_QPA_PLATFORM": "xcb" if self.is_x11 else "offscreen"}


OFFSCREEN = Screen("offscreen 1440x900", 1440, 900, is_x11=False)
X11 = Screen("X11 1440x900", 1440, 900)
LARGE_X11 = Screen("X11 3840x2160", 3840, 2160)
SCREENS = {screen.name: screen for screen in (OFFSCREEN, X11, LARGE_X11)}
