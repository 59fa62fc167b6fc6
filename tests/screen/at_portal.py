"""The app in an ordinary user's session with the desktop's portal; says what the desktop told it, and ends.

python at_portal.py DATA_DIR
"""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.main import main
from cerbo_desktop.app.program import Program
from cerbo_desktop.runtime.private_memory import is_memory_private
from cerbo_desktop.ui.kit.file_dialog import file_dialog

_TRIES = 100


async def _start(self: Program) -> None:
    await _started(self)
    timer, tries = QTimer(self.window), iter(range(_TRIES))
    timer.timeout.connect(lambda: _look(self, timer, is_last=next(tries, None) is None))
    timer.start(50)


def _look(program: Program, timer: QTimer, *, is_last: bool) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    scheme = app.styleHints().colorScheme().name
    if scheme != "Dark" and not is_last:
        return
    timer.stop()
    dialog = file_dialog(program.window, "Choose")
    dialog.open()
    is_shown = dialog.isVisible() and len(dialog.children()) > 1
    print(f"private={is_memory_private()} scheme={scheme} dialog={is_shown}", flush=True)
    program.ended.set()


_started, Program.start = Program.start, _start  # type: ignore[method-assign]
sys.exit(main(["--practice", "--data-dir", sys.argv[1]]))
