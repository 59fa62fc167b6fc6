"""A start that does not find itself alone.

It raises the copy that is open, takes over from one that just ended, or says in a window why it does neither.
"""

import asyncio
import time

from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.instance.activation import knock
from cerbo_desktop.app.instance.lock import SingleInstance
from cerbo_desktop.app.loop import run_until_done
from cerbo_desktop.app.start_failure import REFUSED, say
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.ui.kit.theme import apply_theme
from cerbo_desktop.ui.refusal import AGAIN, SOLVED, close_window, refuse, try_again
from cerbo_desktop.ui.text import start as words

_PATIENCE_S = 10.0
"""A copy that was started a moment ago does not hear a knock yet; one that is closing still holds the lock."""
_PAUSE_S = 0.1


def find_a_way(app: QApplication, data_dir: DataDir, instance: SingleInstance, *, has_window: bool) -> int | None:
    """An exit code, or None: the other copy has ended, and this start may go on."""
    code = run_until_done(app, lambda: _found(app, data_dir, instance, has_window))
    return None if instance.is_first else code


async def _found(app: QApplication, data_dir: DataDir, instance: SingleInstance, has_window: bool) -> int:
    while not await _is_settled(data_dir, instance):
        title, text = words.already_open() if instance.is_held else words.cannot_lock()
        say(title, text)
        if not has_window:
            return REFUSED
        apply_theme(app)
        answer = await refuse(
            title, text, (close_window(), try_again()), is_solved=lambda: _is_settled_now(data_dir, instance)
        )
        if answer == SOLVED:
            return 0
        if answer != AGAIN:
            return REFUSED
    return 0


async def _is_settled_now(data_dir: DataDir, instance: SingleInstance) -> bool:
    """The other copy was raised, or the lock is ours."""
    return await asyncio.to_thread(knock, data_dir) or instance.try_again()


async def _is_settled(data_dir: DataDir, instance: SingleInstance) -> bool:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        if await _is_settled_now(data_dir, instance):
            return True
        if not instance.is_held or time.monotonic() > deadline:
            return False  # nobody holds what could become free, or somebody does for too long
        await asyncio.sleep(_PAUSE_S)
