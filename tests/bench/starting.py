"""From the start of a process to the board with names, and to the tray with what waits; each in a fresh process."""

import base64
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cerbo_desktop.app.key_variables import KEY_VARIABLE, SECRET_VARIABLE
from cerbo_desktop.domain.account import account_of
from cerbo_desktop.domain.address import Origin, parse_address
from cerbo_desktop.runtime.paths import DataDir
from tests.bench import limits
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, times, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import Place
from tests.bench.keeping import RECOVER, fill, recovered

_MANY, _VERY_MANY = 500, 5000
_KEY = bytes(range(32))
_FEW = 1
"""With none at all no tray is ever filled."""
_FLOOR = "start with 1 waiting, to the tray filled"

BOARD = Budget("start to the board with names", "bare QtWidgets window, same interpreter", limits.BOARD)
WITH_500 = Budget("start with 500 waiting, to the tray filled", _FLOOR, limits.WITH_500)
WITH_5000 = Budget("start with 5,000 waiting, to the tray filled", _FLOOR, limits.WITH_5000)
A_PHOTO = Budget(
    "memory of all processes for each of 5,000 that wait", "start with 1 waiting", limits.A_WAITING_PHOTO, unit="KB"
)
BUDGETS = (BOARD,)
BUDGETS_OF_MANY = (WITH_500, RECOVER, WITH_5000, A_PHOTO)


class Painted(NamedTuple):
    took_s: float
    """From before the process began."""
    worked_s: float
    """Its processor time, which no other program's work lengthens much."""
    pss_bytes: float


async def measure(place: Place) -> AsyncIterator[Measured]:
    with _clinic(place) as clinic:
        starts = _Starts(place.scratch, clinic.origin)
        bare, board = [], []
        for _ in range(1 + LEAST_TRIES):
            bare.append(starts.run("bare"))
            board.append(starts.board())
    # The first of each compiled what it imported, which an installed app has behind it.
    told = _worked_told(board[1:], bare[1:])
    yield times(BOARD, [each.took_s for each in board[1:]], [each.took_s for each in bare[1:]], told)


async def measure_many(place: Place) -> AsyncIterator[Measured]:
    with _clinic(place) as clinic:
        starts = _Starts(place.scratch, clinic.origin)
        few = await starts.trays(clinic.username, _FEW)
        few_s = [each.took_s for each in few]
        many = await starts.trays(clinic.username, _MANY)
        yield times(WITH_500, [each.took_s for each in many], few_s)
        yield await recovered(place.scratch / "recovered")
        very_many = await starts.trays(clinic.username, _VERY_MANY)
        yield times(WITH_5000, [each.took_s for each in very_many], few_s)
        yield worst(A_PHOTO, [_each_kb(one, other) for one, other in zip(few, very_many, strict=True)])


@contextmanager
def _clinic(place: Place) -> Iterator[ClinicProcess]:
    """One to which this PC's key is given, and which takes no photo: what waits, waits."""
    with ClinicProcess(place.scratch) as clinic:
        os.environ[KEY_VARIABLE], os.environ[SECRET_VARIABLE] = clinic.username, clinic.secret
        clinic.refuse_uploads()
        yield clinic


class _Starts:
    """Starts of the app before one clinic, each with its own folder."""

    def __init__(self, scratch: Path, origin: str) -> None:
        self._scratch, self._origin = scratch, origin
        self._key = base64.b64encode(_KEY).decode()

    def board(self) -> Painted:
        return self.run("board", self._key, *self._options(DataDir(self._scratch / "empty")))

    async def trays(self, username: str, waiting_count: int) -> list[Painted]:
        data_dir, origin = DataDir(self._scratch / str(waiting_count)), parse_address(self._origin)
        assert isinstance(origin, Origin)
        data_dir.prepare()
        await fill(data_dir.outbox_dir, waiting_count, key=_KEY, account=account_of(origin, username))
        options = self._options(data_dir)
        return [self.run("tray", str(waiting_count), self._key, *options) for _ in range(LEAST_TRIES)]

    def _options(self, data_dir: DataDir) -> list[str]:
        data_dir.prepare()
        return ["--server", self._origin, "--data-dir", str(data_dir.root), "--debuggable"]

    def run(self, *arguments: str) -> Painted:
        """In a fresh process."""
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = str(self._scratch / "pycache")
        command = [sys.executable, "-m", "tests.bench.started", *arguments]
        started_s = time.monotonic()
        told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120.0, env=environment)
        at_s, worked_s, pss_bytes = map(float, told.stdout.split())
        return Painted(at_s - started_s, worked_s, pss_bytes)


def _worked_told(app: list[Painted], bare: list[Painted]) -> str:
    app_s, bare_s = (statistics.median(each.worked_s for each in starts) for starts in (app, bare))
    return f"{1000 * app_s:.0f} ms of processor, the floor {1000 * bare_s:.0f}: {app_s / bare_s:.1f} x"


def _each_kb(few: Painted, many: Painted) -> float:
    return (many.pss_bytes - few.pss_bytes) / (_VERY_MANY - _FEW) / 1000
