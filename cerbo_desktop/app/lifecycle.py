"""What runs on the event loop, from the window's first painting to the end."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.application import Application
from cerbo_desktop.app.crash import CrashReports
from cerbo_desktop.app.instance.lock import SingleInstance
from cerbo_desktop.app.loop import run_until_done
from cerbo_desktop.app.options import Options
from cerbo_desktop.config.effective import Effective
from cerbo_desktop.config.policy_places import policy_places
from cerbo_desktop.config.policy_reading import read_policy, read_policy_in_time
from cerbo_desktop.config.settings import Settings, opened_settings
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.memory import give_back_large_blocks
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.ui.kit.theme import apply_theme
from cerbo_desktop.ui.window import MainWindow
from cerbo_desktop.vault.keys import KeyringSecrets

_CLOSING_LIMIT_S = 10.0


def run_app(
    app: QApplication,
    window: MainWindow,
    options: Options,
    data_dir: DataDir,
    crashes: CrashReports,
    instance: SingleInstance,
) -> int:
    """Returns the exit code."""
    return _run_on_loop(app, crashes, lambda: _run(window, options, data_dir, crashes, instance))


def run_self_test(
    app: QApplication, data_dir: DataDir, crashes: CrashReports, *, as_json: bool, leaves_camera: bool
) -> int:
    """The self-test's exit code. A camera that the clinic has switched off stays off here too."""
    from cerbo_desktop.app.selftest.run import self_test

    uses_camera = not leaves_camera and Effective(read_policy(policy_places()), Settings()).allows_camera
    return _run_on_loop(app, crashes, lambda: self_test(data_dir, as_json=as_json, uses_camera=uses_camera))


def _run_on_loop(app: QApplication, crashes: CrashReports, work: Callable[[], Coroutine[Any, Any, int]]) -> int:
    crashes.listen_to_qt()
    give_back_large_blocks()
    apply_theme(app)
    return run_until_done(app, work)


async def _run(
    window: MainWindow, options: Options, data_dir: DataDir, crashes: CrashReports, instance: SingleInstance
) -> int:
    crashes.watch(asyncio.get_running_loop())
    settings, policy = await opened_settings(data_dir.settings_file), await read_policy_in_time(policy_places())
    scope = TaskScope("app", crashes.report)
    application = Application(window, options, data_dir, settings, KeyringSecrets(), scope, reading=policy)
    instance.listen(application.raise_window)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(_close_in_time, application, scope)
        await _start(application, scope.child("start"))
        if options.screenshot is not None:
            from cerbo_desktop.app.screenshot import take_screenshot  # rarely needed

            return await take_screenshot(application, options.screenshot)
        await application.ended.wait()
        instance.stop_listening()
    return 0


async def _start(application: Application, scope: TaskScope) -> None:
    """Returns when the application has started, or has been closed before that: a keyring may never answer."""
    starting, ending = scope.start(application.start()), scope.start(application.ended.wait())
    try:
        await asyncio.wait({starting, ending}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
            application.warm_up()
    finally:
        await scope.aclose()


async def _close_in_time(application: Application, scope: TaskScope) -> None:
    """Unwind everything, but never keep a person waiting for a request that does not end."""
    try:
        async with asyncio.timeout(_CLOSING_LIMIT_S):
            await application.aclose()
            await scope.aclose()
    except TimeoutError:
        event(Event.FAILURE, operation="closing took too long", is_warning=True)
