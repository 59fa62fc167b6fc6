"""The app's entry. Imports little: what is not needed for the first painting comes with `lifecycle`."""

import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cerbo_desktop import __version__
from cerbo_desktop.app.key_variables import with_key_of_environment
from cerbo_desktop.app.options import Options, is_debuggable, parse
from cerbo_desktop.runtime import start_flags
from cerbo_desktop.runtime.chosen_folder import sharing_of
from cerbo_desktop.runtime.environment import ignore_foreign_settings
from cerbo_desktop.runtime.events import Event, event, hold_events, start_logging, stop_logging
from cerbo_desktop.runtime.paths import DataDir, default_data_dir, keep_files_private
from cerbo_desktop.runtime.private_memory import keep_memory_private, let_desktop_look, show_no_warnings
from cerbo_desktop.runtime.window_geometry import read_placement

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from cerbo_desktop.app.crash import CrashReports

_QT_NOISE = "qt.multimedia.*=false"


def console() -> None:
    """Run the app and end the process: what the scripts `cerbo-desktop` and `cerbo-desktop-gui` call.

    The process ends here. What Python does at its own end waits for every file that is open: the log on a share that is
    gone kept the closed app, and its lock on the folder, for as long as that share was away (measured, 8.1).
    """
    code = main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)


def main(arguments: list[str]) -> int:
    """Run the app, or the command that `arguments` ask for; returns the exit code."""
    if not is_debuggable(arguments):
        keep_memory_private()
    show_no_warnings()
    ignore_foreign_settings()
    if (code := _run_as_helper(arguments)) is not None:
        return code
    gc.disable()  # what a start makes stays; `GuiThreadCollector` takes the collector over when the loop begins
    options = with_key_of_environment(parse(arguments))
    keep_files_private()
    os.environ.setdefault("QT_LOGGING_RULES", _QT_NOISE)
    if options.screenshot is not None or (options.self_test and not _has_display()):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    data_dir = default_data_dir() if options.data_dir is None else DataDir(options.data_dir)
    if not data_dir.answers():
        from cerbo_desktop.app.start_failure import refuse_silent_folder

        return refuse_silent_folder(data_dir.root, has_window=options.has_window)
    if options.data_dir is None:
        data_dir.take_rights_from_others()
    elif (sharing := sharing_of(options.data_dir)) is not None:
        from cerbo_desktop.app.start_failure import refuse_folder

        return refuse_folder(options.data_dir, sharing, has_window=options.has_window)
    if options.remove_my_data:
        from cerbo_desktop.app.removal.command import remove_my_data

        return remove_my_data(data_dir, even_unsent=options.even_unsent)
    can_write = data_dir.prepare()
    hold_events()
    event(Event.STARTED, operation=__version__)
    try:
        return _run(options, data_dir, data_dir.log_file if can_write else None)
    finally:
        event(Event.STOPPED)
        stop_logging()


def _run_as_helper(arguments: list[str]) -> int | None:
    """Run as one of the app's helper processes and return the exit code; None where this is a start of the app."""
    if arguments == [start_flags.DECODE_WORKER]:
        from cerbo_desktop.imaging.worker import run_worker

        run_worker()
        return 0
    if arguments == [start_flags.FILE_DIALOG]:
        from cerbo_desktop.ui.file_dialog.program import run_dialog

        return run_dialog()
    return None


def _has_display() -> bool:
    """Linux alone runs without one; whoever names a platform means it."""
    named = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def _run(options: Options, data_dir: DataDir, log_file: Path | None) -> int:
    """A failure of our own ends as a line in the log: a traceback on a terminal can quote what it failed at."""
    from cerbo_desktop.app.crash import CrashReports

    crashes = CrashReports(lambda: None)
    crashes.install()
    try:
        return _run_in_window(options, data_dir, log_file, crashes)
    except Exception as failure:  # noqa: BLE001 - reported by its kind and place
        start_logging(log_file)
        crashes.report(failure)
        return 1
    finally:
        crashes.leave_qt()


def _keep_private(options: Options) -> None:
    if not options.debuggable:
        keep_memory_private()


def _run_in_window(options: Options, data_dir: DataDir, log_file: Path | None, crashes: "CrashReports") -> int:
    """The empty window comes first: what else the app has to load is six times as much (measured, 5.1)."""
    from PySide6.QtWidgets import QApplication

    from cerbo_desktop.ui.kit.theme import apply_theme
    from cerbo_desktop.ui.text.catalogue import install_language

    if options.has_window and not options.debuggable:
        let_desktop_look()
    app = QApplication([sys.argv[0], "-style", "fusion"])  # as `apply_theme` sets it later: by name it is quicker
    app.setApplicationName("Cerbo Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("cerbo-desktop")
    install_language(app, options.language)
    apply_theme(app, is_early=True)
    if options.self_test:
        start_logging(log_file)
        from cerbo_desktop.app.lifecycle import run_self_test

        return run_self_test(app, data_dir, crashes, as_json=options.as_json, leaves_camera=options.leaves_camera)
    return _run_alone(app, options, data_dir, log_file, crashes)


def _run_alone(
    app: "QApplication", options: Options, data_dir: DataDir, log_file: Path | None, crashes: "CrashReports"
) -> int:
    from cerbo_desktop.app.crash_trace import begin_trace, end_trace
    from cerbo_desktop.app.instance.lock import SingleInstance
    from cerbo_desktop.ui.window import MainWindow

    instance = SingleInstance(data_dir)
    if not instance.is_first:
        _keep_private(options)
        from cerbo_desktop.app.instance.second_start import find_a_way

        code = find_a_way(app, data_dir, instance, has_window=options.has_window)
        if code is not None:
            return code
    try:
        begin_trace(data_dir.crash_file)
        window = MainWindow()
        window.first_painted.connect(lambda: event(Event.PAINTED))
        window.place(read_placement(data_dir.window_file))
        if options.screenshot is None:
            window.show_early(app)
        start_logging(log_file)
        from cerbo_desktop.app.lifecycle import run_app

        _keep_private(options)
        return run_app(app, window, options, data_dir, crashes, instance)
    finally:
        end_trace()
        instance.release()
        data_dir.leave_if_empty()


if __name__ == "__main__":
    console()
