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
    cache = place.scratch / "pycache"
    bare_s, empty_s, full_s = [], [], []
    for _ in range(1 + _TRIES):
        bare_s.append(_painted_s(cache, "bare"))
        empty_s.append(_app_painted_s(cache, empty.root))
        full_s.append(_app_painted_s(cache, full.root))
    # The first of each compiled what it imported, which an installed app has behind it.
    return [times(FIRST_PAINT, empty_s[1:], bare_s[1:]), times(WITH_500, full_s[1:], empty_s[1:])]


def _app_painted_s(cache: Path, data_dir: Path) -> float:
    key = base64.b64encode(_KEY).decode()
    return _painted_s(cache, "app", key, "--server", _NOBODY, "--data-dir", str(data_dir))


def _painted_s(cache: Path, *arguments: str) -> float:
    """A fresh process, from before its start."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(cache)
    command = [sys.executable, "-m", "tests.bench.first_paint", *arguments]
    started_s = time.monotonic()
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60.0, env=environment).stdout
    return float(told.split()[-1]) - started_s
