"""The app in an ordinary user's session with the desktop's portal; says what the desktop told it, and ends.

python at_portal.py DATA_DIR
"""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.application import Application
from cerbo_desktop.app.main import main
from cerbo_desktop.runtime.private_memory import is_memory_private
from cerbo_desktop.ui.file_dialog.process import DialogProcess
from cerbo_desktop.ui.file_dialog.request import DialogStart, FileRequest
from cerbo_desktop.ui.kit.theme import current
from tests.fakes.dialog_hand import use_instead

_TRIES = 100


async def _start(self: Application) -> None:
    await _started(self)
    timer, tries = QTimer(self.window), iter(range(_TRIES))
    timer.timeout.connect(lambda: _look(self, timer, is_last=next(tries, None) is None))
    timer.start(50)


def _look(program: Application, timer: QTimer, *, is_last: bool) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    scheme = app.styleHints().colorScheme().name
    if scheme != "Dark" and not is_last:
        return
    timer.stop()
    start = DialogStart(
        request=FileRequest(title="Choose", filters=("All files (*)",)),
        theme=current(),
        folder="",
        parent_window=int(program.window.winId()),
        room=(0, 0, 800, 600),
    )
    packages = f"PYTHONPATH={os.environ['PYTHONPATH']}"  # this Python has none of its own
    hand = ["env", packages, sys.executable, "-m", "tests.fakes.dialog_hand", __file__]
    use_instead(pytest.MonkeyPatch(), hand)
    dialog = DialogProcess(start, program.window)
    dialog.answered.connect(lambda paths: _tell(program, scheme, paths))


def _tell(program: Application, scheme: str, paths: list[Path] | None) -> None:
    print(f"private={is_memory_private()} scheme={scheme} dialog={paths == [Path(__file__)]}", flush=True)
    program.ended.set()


_started, Application.start = Application.start, _start  # type: ignore[method-assign]
sys.exit(main(["--practice", "--data-dir", sys.argv[1]]))
