"""From the start of a process to the first painting of its window, each time in a fresh process."""

import base64
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from cerbo_desktop.app.given_key import KEY_VARIABLE, SECRET_VARIABLE
from cerbo_desktop.domain.address import Origin, parse_address
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.ui.setup.presenter import account_of
from tests.bench.budgets import Budget, Measured, times
from tests.bench.desk import Place
from tests.bench.keeping import fill

_TRIES = 9
_WAITING = 500
_NOBODY = "http://127.0.0.1:9"
"""Nothing listens there: a start must not wait for the line."""
_KEY = bytes(range(32))
_USERNAME = "pk_bench"

FIRST_PAINT = Budget("window to first paint", "bare QtWidgets window, same interpreter", 1.6)
WITH_500 = Budget("start with 500 waiting uploads, to first paint", "start with an empty outbox", 1.3)
BUDGETS = (FIRST_PAINT, WITH_500)


async def measure(place: Place) -> list[Measured]:
    os.environ[KEY_VARIABLE], os.environ[SECRET_VARIABLE] = _USERNAME, "sk_bench"
    origin = parse_address(_NOBODY)
    assert isinstance(origin, Origin)
    empty, full = DataDir(place.scratch / "empty"), DataDir(place.scratch / "full")
    for data_dir in (empty, full):
        data_dir.prepare()
    await fill(full.outbox_dir, _WAITING, key=_KEY, account=account_of(origin, _USERNAME))
    cache = place.scratch / "pycache"
    bare, with_none, with_many = [], [], []
    for _ in range(1 + _TRIES):
        bare.append(_painted(cache, "bare"))
        with_none.append(_app_painted(cache, empty.root))
        with_many.append(_app_painted(cache, full.root))
    # The first of each compiled what it imported, which an installed app has behind it.
    bare_s, empty_s, full_s = ([each.took_s for each in starts[1:]] for starts in (bare, with_none, with_many))
    work_s, floor_s = (min(each.worked_s for each in starts) for starts in (with_none, bare))
    note = f"{1000 * work_s:.0f} ms of processor, the floor {1000 * floor_s:.0f}: {work_s / floor_s:.1f} x"
    return [times(FIRST_PAINT, empty_s, bare_s, note), times(WITH_500, full_s, empty_s)]


class _Painted(NamedTuple):
    took_s: float
    """From before the process began."""
    worked_s: float
    """Its processor time, which no other program's work lengthens much."""


def _app_painted(cache: Path, data_dir: Path) -> _Painted:
    key = base64.b64encode(_KEY).decode()
    return _painted(cache, "app", key, "--server", _NOBODY, "--data-dir", str(data_dir))


def _painted(cache: Path, *arguments: str) -> _Painted:
    """In a fresh process."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(cache)
    command = [sys.executable, "-m", "tests.bench.first_paint", *arguments]
    started_s = time.monotonic()
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60.0, env=environment).stdout
    at_s, worked_s = map(float, told.split())
    return _Painted(at_s - started_s, worked_s)
