"""One group of budgets in a process of its own, on the app's own loop: no group inherits another's memory.

python -m tests.bench.stage GROUP SCREEN PHOTOS ANSWER_FILE

SCREEN is there already.
"""

import pickle
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.loop import run_until_done
from cerbo_desktop.runtime.events import start_logging, stop_logging
from cerbo_desktop.runtime.memory import give_back_large_blocks
from cerbo_desktop.ui.kit.theme import apply_theme
from tests.bench.desk import Place
from tests.bench.groups import GROUPS
from tests.bench.screens import SCREENS


def main(name: str, screen_name: str, photos: str, answer_file: str) -> int:
    app = QApplication([name])
    give_back_large_blocks()
    apply_theme(app, Qt.ColorScheme.Light)
    with tempfile.TemporaryDirectory() as scratch:
        screen = SCREENS[screen_name]
        place = Place(Path(photos), Path(scratch), (screen.width_px, screen.height_px))
        start_logging(place.scratch / "log")

        async def run() -> int:
            with Path(answer_file).open("wb") as answer:
                async for measured in GROUPS[name].measured_on(screen, place):
                    pickle.dump(measured, answer)
                    answer.flush()  # what was measured counts, whatever comes of the rest
            return 0

        try:
            return run_until_done(app, run)
        finally:
            stop_logging()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
