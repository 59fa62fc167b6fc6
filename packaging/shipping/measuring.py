"""`dev.py measure`: what the packaged program weighs, and how soon it paints beside the same program unpackaged."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from shipping.places import BUNDLE, PROGRAM, ROOT

SIZE_LIMIT_MB = 240
"""Unpacked, on Linux; a megabyte is 1,000,000 bytes."""
PAINT_LIMIT = 1.25
"""Times the first paint of the same program from source, in the same environment."""
_TRIES = 7
_PAINTED = "INFO window painted"
_LIMIT_S = 60.0
_PAUSE_S = 0.02


def measure(python: Path) -> int:
    """Print a line a figure; 1 where one is over its limit."""
    if not PROGRAM.exists():
        print("There is no packaged program yet: python3 packaging/dev.py build --check", file=sys.stderr)
        return 1
    size_mb = sum(file.lstat().st_size for file in BUNDLE.rglob("*") if not file.is_dir()) / 1e6
    packaged, unpackaged = _first_paints([[str(PROGRAM)], [str(python), "-m", "cerbo_desktop.app.main"]])
    ratio = packaged / unpackaged
    print(f"unpacked size: {size_mb:.0f} MB (at most {SIZE_LIMIT_MB})")
    print(f"start to first paint, best of {_TRIES}: {packaged:.0f} ms packaged, {unpackaged:.0f} ms from source")
    print(f"ratio: {ratio:.2f} (at most {PAINT_LIMIT})")
    return int(size_mb > SIZE_LIMIT_MB or ratio > PAINT_LIMIT)


def _first_paints(commands: Sequence[list[str]]) -> list[float]:
    """Milliseconds, the best of several fresh processes each; in turns, so that a busy moment hits all alike."""
    rounds = [[_first_paint(command) for command in commands] for _ in range(_TRIES + 1)]
    return [min(times) for times in zip(*rounds[1:], strict=True)]  # the first round only warms the disk cache


def _first_paint(command: list[str]) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "cerbo-desktop.log"
        started_s = time.time()
        process = subprocess.Popen([*command, "--practice", "--data-dir", folder], env=environment)
        try:
            return 1000 * (_painted_at_s(log, process) - started_s)
        finally:
            process.kill()
            process.wait()


def _painted_at_s(log: Path, process: "subprocess.Popen[bytes]") -> float:
    """Seconds since 1970, as the log has them. Raises `SystemExit` where nothing is painted."""
    deadline_s = time.monotonic() + _LIMIT_S
    while process.poll() is None and time.monotonic() < deadline_s:
        lines = log.read_text("utf-8").splitlines() if log.exists() else []
        for line in lines:
            if _PAINTED in line:
                return datetime.strptime(line[:23], "%Y-%m-%d %H:%M:%S,%f").astimezone().timestamp()
        time.sleep(_PAUSE_S)
    raise SystemExit("The program painted nothing.")
