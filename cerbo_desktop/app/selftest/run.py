"""Checks an installation from within: one line a check or one JSON document, and an exit code.

The packaged app runs it too: a build that lacks a camera back end or a decoder is found here, not at the front desk.
"""

import json
import platform
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Literal

from PySide6.QtCore import qVersion

from cerbo_desktop import __version__
from cerbo_desktop.app.selftest import camera, end_to_end, installation
from cerbo_desktop.app.selftest.outcomes import CheckFailedError, CheckSkippedError
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.paths import DataDir

Check = Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check of the self-test ended."""

    name: str
    status: Literal["ok", "failed", "skipped"]
    words: str
    """What was found, what is wrong, or why nothing could be checked: sentences of our own alone."""
    took_ms: int

    @property
    def line(self) -> str:
        """As one line for a person at a terminal."""
        return f"{self.status:<8}{self.name}: {self.words} ({self.took_ms} ms)"


async def self_test(data_dir: DataDir, *, as_json: bool = False, uses_camera: bool = True) -> int:
    """Run every check and say what came of it; 0 where none failed. A skipped check says why."""
    if not as_json:
        parts = f"Qt {qVersion()}, Python {platform.python_version()}, {_system()}"
        _say(f"Cerbo Desktop {__version__}, {_packed()}, {parts}")
    studio = WorkerStudio()
    outcomes = []
    try:
        for name, check in _checks(data_dir, studio, uses_camera):
            outcomes.append(await _run(name, check))
            if not as_json:
                _say(outcomes[-1].line)
    finally:
        await studio.aclose()
    failed_count = sum(outcome.status == "failed" for outcome in outcomes)
    if as_json:
        _say(_document(outcomes))
    else:
        _say(f"{failed_count} of {len(outcomes)} checks failed." if failed_count else "All checks passed.")
    return 1 if failed_count else 0


def _checks(data_dir: DataDir, studio: WorkerStudio, uses_camera: bool) -> list[tuple[str, Check]]:
    return [
        ("Qt platform", installation.qt_platform),
        ("Fonts", installation.fonts),
        ("Icons", installation.icons),
        ("Language", installation.language),
        ("Data folder", lambda: installation.data_folder(data_dir)),
        ("Keyring", installation.keyring),
        ("Certificates", installation.certificates),
        *installation.decoder_checks(studio),
        ("Media back end", camera.media_back_end),
        ("Camera pipeline without a device", camera.picture_from_drawn_frames),
        ("Photo from the camera", camera.picture_from_camera if uses_camera else _left_alone),
        ("Practice clinic", lambda: end_to_end.through_practice_clinic(studio)),
    ]


async def _left_alone() -> str:
    raise CheckSkippedError("camera check switched off")


async def _run(name: str, check: Check) -> Outcome:
    started = time.monotonic()
    status: Literal["ok", "failed", "skipped"] = "failed"
    try:
        words, status = await check(), "ok"
    except CheckSkippedError as reason:
        words, status = str(reason), "skipped"
    except CheckFailedError as failure:
        words = str(failure)
    except Exception as failure:  # noqa: BLE001  # any defect is a failed check, told by its kind alone
        words = type(failure).__name__
    return Outcome(name, status, words, round(1000 * (time.monotonic() - started)))


def _document(outcomes: list[Outcome]) -> str:
    return json.dumps(
        {
            "version": __version__,
            "packed": _packed(),
            "qt": qVersion(),
            "python": platform.python_version(),
            "system": _system(),
            "passed": all(each.status != "failed" for each in outcomes),
            "checks": [asdict(each) for each in outcomes],
        },
        indent=1,
        ensure_ascii=False,
    )


def _packed() -> str:
    return "packaged" if getattr(sys, "frozen", False) else "from source"


def _system() -> str:
    return f"{platform.system()} {platform.release()}"


def _say(text: str) -> None:
    """A windowed Windows program has nowhere to print to; its exit code then tells."""
    if sys.stdout is not None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
