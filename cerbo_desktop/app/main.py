"""The program's entry. Imports little: what is not needed for the first painting comes with `living`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cerbo_desktop import __version__
from cerbo_desktop.app.options import Options, parse
from cerbo_desktop.runtime.events import Event, event, hold_events, start_logging, stop_logging
from cerbo_desktop.runtime.paths import DataDir, default_data_dir, keep_files_private
from cerbo_desktop.runtime.placement import read_placement

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

DECODE_WORKER_FLAG = "--decode-worker"
_QT_NOISE = "qt.multimedia.*=false"


def console() -> None:
    """For the scripts `cerbo-desktop` and `cerbo-desktop-gui`."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    if arguments == [DECODE_WORKER_FLAG]:
        from cerbo_desktop.imaging.worker import run_worker

        run_worker()
        return 0
    options = parse(arguments)
    keep_files_private()
    os.environ.setdefault("QT_LOGGING_RULES", _QT_NOISE)
    if options.screenshot is not None or (options.self_test and not _has_display()):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    data_dir = DataDir(options.data_dir) if options.data_dir is not None else default_data_dir()
    if options.remove_my_data:
        from cerbo_desktop.app.removal_command import remove_my_data

        return remove_my_data(data_dir, even_unsent=options.even_unsent)
    can_write = data_dir.prepare()
    hold_events()
    event(Event.STARTED, operation=__version__)
    try:
        return _run(options, data_dir, data_dir.log_file if can_write else None)
    finally:
        event(Event.STOPPED)
        stop_logging()


def _has_display() -> bool:
    """Linux alone runs without one; whoever names a platform means it."""
    named = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def _run(options: Options, data_dir: DataDir, log_file: Path | None) -> int:
    """The empty window comes first: what the rest of the app needs to be loaded is six times as much (measured)."""
    from PySide6.QtWidgets import QApplication

    from cerbo_desktop.app.side_files import keep_qt_from_remembering_folders
    from cerbo_desktop.ui.kit.theme import apply_theme

    app = QApplication([sys.argv[0]])
    app.setApplicationName("Cerbo Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("cerbo-desktop")
    keep_qt_from_remembering_folders()
    apply_theme(app, is_early=True)
    if options.self_test:
        start_logging(log_file)
        from cerbo_desktop.app.living import test_itself

        return test_itself(app, data_dir, as_json=options.as_json, leaves_camera=options.leaves_camera)
    return _run_alone(app, options, data_dir, log_file)


def _run_alone(app: "QApplication", options: Options, data_dir: DataDir, log_file: Path | None) -> int:
    from cerbo_desktop.app.single import SingleInstance
    from cerbo_desktop.ui.window import MainWindow

    instance = SingleInstance(data_dir)
    if not instance.is_first:
        return 0 if instance.raise_first() else 1
    try:
        window = MainWindow()
        window.first_painted.connect(lambda: event(Event.PAINTED))
        window.place(read_placement(data_dir.window_file))
        if options.screenshot is None:
            window.show_early(app)
        start_logging(log_file)
        from cerbo_desktop.app.living import live

        return live(app, window, options, data_dir, instance)
    finally:
        instance.release()
        data_dir.leave_if_empty()


if __name__ == "__main__":
    console()
