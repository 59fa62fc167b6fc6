"""The support file: what helps a stranger to help, and nothing that tells of a patient.

It is put together from values of our own alone (versions, states, counts, closed-set events), never from texts that
came from a server or that somebody typed; only the server's address and the policy's own texts are such, and a person
reads all of it before it is saved.
"""

import asyncio
import contextlib
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from cerbo_desktop import __version__
from cerbo_desktop.config.policy import PolicyReading
from cerbo_desktop.config.settings import Settings
from cerbo_desktop.imaging.version import pillow_version
from cerbo_desktop.outbox.survey import OutboxCounts
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.events import recent_events
from cerbo_desktop.runtime.own_program import start_own_program
from cerbo_desktop.ui.kit.text import plain

_SELF_TEST_LIMIT_S = 90.0
_FOLDER_WITHIN_S = 5.0


def support_text(
    made_at: datetime,
    settings: Settings,
    reading: PolicyReading,
    waiting: OutboxCounts | None,
    self_test: Iterable[str],
    crash: Iterable[str] = (),
) -> str:
    """The whole file. `waiting` is None where the disk does not say; `self_test` is what `self_test_lines` gave, and
    `crash` what `crash_trace.last_crash` did."""
    sections = {
        "Versions": _versions(),
        "Self-test": self_test,
        "Settings": _settings(settings),
        "Policy": _policy(reading),
        "Photos on this PC, all accounts": _photos(waiting),
        "Last crash: where the program was, without what it held": tuple(crash) or ("none",),
        "Last events": recent_events(),
    }
    head = f"Cerbo Desktop support file, created {made_at.isoformat(timespec='seconds')}"
    parts = (f"{title}\n" + "\n".join(f"  {line}" for line in lines) for title, lines in sections.items())
    return "\n\n".join((head, *parts)) + "\n"


async def self_test_lines() -> tuple[str, ...]:
    """What `--self-test` says, in a process and a folder of its own: what it finds broken breaks nothing here."""
    try:
        folder = await in_time(_FOLDER_WITHIN_S, lambda: tempfile.mkdtemp(prefix="cerbo-desktop-"))
        process = await asyncio.to_thread(_start_self_test, folder)
    except OSError:
        return ("could not be started",)
    try:
        said, _ = await asyncio.to_thread(process.communicate, timeout=_SELF_TEST_LIMIT_S)
    except subprocess.TimeoutExpired:
        return (f"did not end within {_SELF_TEST_LIMIT_S:.0f} s",)
    finally:
        await _end(process)
        with contextlib.suppress(OSError):
            await in_time(_FOLDER_WITHIN_S, lambda: shutil.rmtree(folder))
    lines = tuple(plain(line, 300) for line in said.decode("utf-8", "replace").splitlines())
    return lines or (f"no output, exit code {process.returncode}",)


def _start_self_test(folder: str) -> "subprocess.Popen[bytes]":
    return start_own_program("--self-test", "--no-camera", "--data-dir", folder, stdin=subprocess.DEVNULL)


async def _end(process: "subprocess.Popen[bytes]") -> None:
    """A sheet that was closed, or a limit, leaves no process and no pipe behind."""
    if process.poll() is None:
        process.kill()
        await asyncio.to_thread(process.wait)
    if process.stdout is not None:
        process.stdout.close()


def _versions() -> Iterator[str]:
    packed = "packaged" if getattr(sys, "frozen", False) else "from source"
    yield f"Cerbo Desktop {__version__}, {packed}"
    yield f"Python {platform.python_version()}, Qt {qVersion()}, Pillow {pillow_version}"
    yield f"{platform.system()} {platform.release()} {platform.version()}, {platform.machine()}"
    screens = ", ".join(
        f"{screen.size().width()} x {screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    )
    yield f"Window system {QGuiApplication.platformName()}, screens {screens}"


def _settings(settings: Settings) -> Iterator[str]:
    """Without the key, the practice's name, or a device's serial number."""
    yield f"server address: {plain(settings.origin, 200) or 'none'}"
    yield f"key: {'set' if settings.username else 'none'}"
    yield f"camera: {'chosen' if settings.camera_id else 'the first found'}"
    yield f"picture size: {plain(settings.camera_size, 12) or 'the largest'}"
    yield f"tiles: {settings.tile_px} px"
    yield f"mirrored view: {_on(settings.mirrors_view)}, grid: {_on(settings.shows_grid)}"
    yield f"single-letter keys: {_on(settings.single_letter_keys)}"
    yield f"thumbnails on disk: {_on(settings.keeps_thumbnails)}"


def _policy(reading: PolicyReading) -> Iterator[str]:
    if not reading.places:
        yield "none on this PC"
        return
    yield from (plain(place, 200) for place in reading.places)
    if reading.fault is not None:
        line = f", line {reading.fault.line}" if reading.fault.line is not None else ""
        key = f", key {plain(reading.fault.key, 40)}" if reading.fault.key else ""
        yield f"not used: {reading.fault.kind.value}{line}{key}. Safe defaults apply:"
    if reading.unknown_keys:
        yield f"unknown keys: {', '.join(plain(key, 40) for key in reading.unknown_keys)}"
    for key, value in reading.set_keys().items():
        yield f"{key}: {str(value).lower() if isinstance(value, bool) else plain(str(value), 300)}"


def _photos(waiting: OutboxCounts | None) -> Iterator[str]:
    if waiting is None:
        yield "cannot be counted"
        return
    for state, number in sorted(waiting.counts.items(), key=lambda pair: pair[0].value):
        yield f"{state.value}: {number}"
    if waiting.unlisted_count:
        yield f"sealed and not in the list: {waiting.unlisted_count}"
    if not waiting.counts and not waiting.unlisted_count:
        yield "none"


def _on(is_on: bool) -> str:
    return "on" if is_on else "off"
