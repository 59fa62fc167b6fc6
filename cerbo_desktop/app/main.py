"""The program's entry."""

import asyncio
import os
import sys
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from cerbo_desktop import __version__
from cerbo_desktop.app.options import Options, parse
from cerbo_desktop.runtime.events import Event, event, start_logging, stop_logging
from cerbo_desktop.runtime.paths import DataDir, default_data_dir, keep_files_private

if TYPE_CHECKING:
    from cerbo_desktop.app.crash import CrashReports
    from cerbo_desktop.app.program import Program
    from cerbo_desktop.app.single import SingleInstance

DECODE_WORKER_FLAG = "--decode-worker"
_CLOSING_LIMIT_S = 10.0
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
    can_write = data_dir.prepare()
    start_logging(data_dir.log_file if can_write else None)
    event(Event.STARTED, operation=__version__)
    try:
        return _run(options, data_dir)
    finally:
        event(Event.STOPPED)
        stop_logging()


def _has_display() -> bool:
    """Linux alone runs without one; whoever names a platform means it."""
    named = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def _run(options: Options, data_dir: DataDir) -> int:
    from PySide6.QtWidgets import QApplication

    from cerbo_desktop.app.crash import CrashReports
    from cerbo_desktop.app.loop import run_until_done
    from cerbo_desktop.app.side_files import keep_qt_from_remembering_folders
    from cerbo_desktop.app.single import SingleInstance
    from cerbo_desktop.ui.kit.theme import apply_theme

    app = QApplication([sys.argv[0]])
    app.setApplicationName("Cerbo Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("cerbo-desktop")
    keep_qt_from_remembering_folders()
    apply_theme(app)
    crashes = CrashReports(lambda: None)
    crashes.install()
    try:
        if options.self_test:
            from cerbo_desktop.app.selftest import self_test

            return run_until_done(app, lambda: self_test(data_dir, as_json=options.as_json))
        instance = SingleInstance(data_dir)
        if not instance.is_first:
            return 0 if instance.raise_first() else 1
        try:
            return run_until_done(app, lambda: _live(options, data_dir, crashes, instance))
        finally:
            instance.release()
    finally:
        crashes.uninstall()


async def _live(options: Options, data_dir: DataDir, crashes: "CrashReports", instance: "SingleInstance") -> int:
    from cerbo_desktop.app.program import Program
    from cerbo_desktop.app.screenshot import take_screenshot
    from cerbo_desktop.runtime.settings import SettingsFile
    from cerbo_desktop.vault.keys import KeyringSecrets

    crashes.watch(asyncio.get_running_loop())
    program = Program(options, data_dir, SettingsFile(data_dir.settings_file), KeyringSecrets(), crashes.report)
    instance.listen(program.raise_window)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(_close_in_time, program)
        await program.start()
        if options.screenshot is not None:
            return await take_screenshot(program, options.screenshot)
        await program.ended.wait()
    return 0


async def _close_in_time(program: "Program") -> None:
    """Unwind everything, but never keep a person waiting for a request that does not end."""
    try:
        async with asyncio.timeout(_CLOSING_LIMIT_S):
            await program.aclose()
    except TimeoutError:
        event(Event.FAILURE, operation="closing took too long", is_warning=True)


if __name__ == "__main__":
    console()
