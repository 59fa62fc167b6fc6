"""What a start puts off is not loaded when its first page is painted, and is there soon after."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from cerbo_desktop.app.deferred_imports import DEFERRED

_PRODUCT = Path(__file__).resolve().parents[3] / "cerbo_desktop"
_ROOMS = tuple(
    f"cerbo_desktop.{room}"
    for room in ("camera", "ui.capture", "ui.file_dialog", "ui.help", "ui.settings", "ui.setup", "ui.viewer")
)
_DOORS = {f"cerbo_desktop.{door}" for door in ("ui.capture", "ui.capture.part", "ui.viewer", "ui.viewer.part")}
"""All of these rooms that a start needs."""
_TELLS_MODULES = """
import os
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from cerbo_desktop.app.main import main
from cerbo_desktop.ui.window import MainWindow


class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.metaObject().className() == "MainPage":
            watched.removeEventFilter(self)
            print(*sys.modules, flush=True)
            self.timer = QTimer(self, interval=20)
            self.timer.timeout.connect(self.look)
            self.timer.start()
        return False

    def look(self):
        from cerbo_desktop.app.deferred_imports import DEFERRED

        if set(DEFERRED) <= set(sys.modules) and any(type(page).__name__ == "ViewerPage" for page in pages()):
            print("all", flush=True)
            os._exit(0)


def pages():
    return [window.pages.widget(at) for at in range(window.pages.count())]


def show(made, app):
    global window, watch
    window, watch = made, Watch(made)
    show_early(made, app)
    made.pages.currentChanged.connect(lambda _: made.pages.currentWidget().installEventFilter(watch))


show_early, MainWindow.show_early = MainWindow.show_early, show
main(sys.argv[1:])
"""


def test_the_first_page_is_painted_without_the_rooms_that_it_does_not_show(tmp_path: Path) -> None:
    options = ("--practice", "--data-dir", str(tmp_path / "data"), "--debuggable")
    told = subprocess.run(
        [sys.executable, "-c", _TELLS_MODULES, *options],
        check=True,
        capture_output=True,
        text=True,
        timeout=60.0,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    painted, later = told.stdout.splitlines()
    loaded = set(painted.split())
    assert "cerbo_desktop.ui.main_page" in loaded
    assert {name for name in loaded if _is_of_a_room(name)} - _DOORS == set()
    assert loaded & set(DEFERRED) == set()
    assert later == "all", "nobody who opens the camera or a photo waits for it to be loaded"


def test_what_is_put_off_is_imported_by_name_somewhere() -> None:
    """An import by a text alone is not seen by what packs the app, nor by the import contracts."""
    assert set(DEFERRED) - set(_imported()) == set()


def _is_of_a_room(module: str) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in _ROOMS)


def _imported() -> Iterator[str]:
    for file in _PRODUCT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.ImportFrom):
                yield node.module or ""
