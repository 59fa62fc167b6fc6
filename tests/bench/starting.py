"""From the start of a process to the first painting of its window, each time in a fresh process."""

import base64
import os
import subprocess
import sys
import time
from pathlib import Path

from cerbo_desktop.app.program import KEY_VARIABLE, SECRET_VARIABLE
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
    bare_s, empty_s, full_s = [], [], []
    for _ in range(_TRIES):
        bare_s.append(_painted_s("bare"))
        empty_s.append(_app_painted_s(empty.root))
        full_s.append(_app_painted_s(full.root))
    return [times(FIRST_PAINT, empty_s, bare_s), times(WITH_500, full_s, empty_s)]


def _app_painted_s(data_dir: Path) -> float:
    key = base64.b64encode(_KEY).decode()
    return _painted_s("app", key, "--server", _NOBODY, "--data-dir", str(data_dir))


def _painted_s(*arguments: str) -> float:
    """A fresh process, from before its start."""
    started_s = time.monotonic()
    command = [sys.executable, "-m", "tests.bench.first_paint", *arguments]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60.0).stdout
    return float(told.split()[-1]) - started_s
