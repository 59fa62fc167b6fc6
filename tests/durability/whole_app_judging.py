"""Chains of lives of the whole program on one data folder, each killed, and what a judge finds in the end.

The clinic and the keyring live outside the killed process. What the clinic stored, what the outbox holds, and what the
program had said are compared.
"""

import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from cerbo_desktop.app.outbox_factory import outbox_of
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.account import account_of
from cerbo_desktop.domain.address import Origin, parse_address
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.runtime.clock import SystemClock
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.vault.keys import KeyringSecrets
from tests.durability.numbered_pictures import number_of, unique_id_of

ROOT = Path(__file__).resolve().parents[2]
KILLS_A_CHAIN = 4
_LIFE_LIMIT_S = 300.0
_FIRST_ACCEPT, _LATER_ON_DISK, _SCREEN_MARKS = (1, 6), (7, 40), (1, 16)
"""Marks to die at: checkpoints while the first photo is accepted, those after it, and what happens on the screen."""
_KILLED_WITHIN_S = 3.0
_FAULTS = (
    *(Fault.RESET_MID_UPLOAD, Fault.ANSWER_LOST, Fault.RESET_AFTER_STORING, Fault.COMMIT_THEN_ERROR),
    *(Fault.SERVER_ERROR, Fault.TOO_MANY, Fault.LATE_COMMIT, Fault.OFFLINE),
)
_SAID_SENT = {"SENT", "ACCEPTED"}
_WOULD_BE_SENT = {"QUEUED", "REFUSED"}
"""States from which a photo leaves without anybody's looking for it first."""


@dataclass
class Told:
    """What the lives of one chain said."""

    shutters: dict[int, str] = field(default_factory=dict)
    """For whom each picture was taken, by its number."""
    kept: dict[str, set[str]] = field(default_factory=dict)
    """For whom the program said that it has a photo, by its id."""
    sent: set[str] = field(default_factory=set)
    at_rest: dict[str, str] = field(default_factory=dict)
    """The state of each upload when the last life ended by itself."""

    def hear(self, output: str) -> None:
        self.shutters |= {int(n): patient for n, patient in re.findall(r"^shutter (\d+) (\d+)$", output, re.M)}
        for upload_id, patient in re.findall(r"^kept (\w+) (\d+)$", output, re.M):
            self.kept.setdefault(upload_id, set()).add(patient)
        states = re.findall(r"^(?:state|rest) (\w+) (\w+)(?: \d+)?$", output, re.M)
        self.sent |= {upload_id for upload_id, state in states if state in _SAID_SENT}
        self.at_rest = dict(re.findall(r"^rest (\w+) (\w+) \d+$", output, re.M))


@dataclass
class Result:
    kills: int = 0
    shutters: int = 0
    kept: int = 0
    stored: int = 0
    wrong: list[str] = field(default_factory=list)


class Chain:
    """A data folder, some patients of its own, and as many lives as are asked for."""

    def __init__(self, folder: Path, clinic: PracticeClinic, seed: int, patients: list[int]) -> None:
        self._folder, self._clinic, self._seed, self._patients = folder, clinic, seed, patients
        self._dice = random.Random(seed)
        self._told, self._result = Told(), Result()
        self._data_dir = DataDir(folder / "data")
        origin = parse_address(clinic.origin)
        assert isinstance(origin, Origin)
        self._account = account_of(origin, clinic.username)

    def set_up(self) -> None:
        """As setup leaves it: the address in the settings, the secret in the keyring."""
        self._folder.mkdir(parents=True)
        assert self._data_dir.prepare()
        SettingsFile(self._data_dir.settings_file).change(
            origin=self._clinic.origin, username=self._clinic.username, accounts=(self._account,)
        )

    def live(self, kills: int = KILLS_A_CHAIN) -> Result:
        for number in range(kills):
            self._die(1 + self._seed * 16 + number)
        self._clinic.faults.clear("upload")
        output = self._run(0, "never")
        if "done" not in output.split():
            self._result.wrong.append("the last start did not come to its end")
        return self._judged()

    def _die(self, life: int) -> None:
        if self._dice.random() < 0.5:
            self._clinic.faults.set("upload", self._dice.choice(_FAULTS), times=1)
        if self._dice.random() < 0.3:
            self._clinic.accept_all()
        match life % KILLS_A_CHAIN:
            case 0:
                output = self._run(life, f"disk:{self._dice.randint(*_FIRST_ACCEPT)}")
            case 1:
                output = self._run(life, f"screen:{self._dice.randint(*_SCREEN_MARKS)}")
            case 2:
                output = self._run(life, f"disk:{self._dice.randint(*_LATER_ON_DISK)}")
            case _:
                output = self._run(life, "never", self._dice.uniform(0.0, _KILLED_WITHIN_S))
        self._result.kills += "done" not in output.split()

    def _run(self, life: int, die_at: str, killed_after_s: float | None = None) -> str:
        """What it said. `killed_after_s`: from its first shutter on."""
        errors_file = self._folder / f"{life}.stderr"
        with errors_file.open("wb") as errors:
            child = self._start(life, die_at, errors.fileno())
            timers = [threading.Timer(_LIFE_LIMIT_S, child.kill)]
            timers[0].start()
            output = ""
            assert child.stdout is not None
            for line in child.stdout:
                output += line
                if killed_after_s is not None and line.startswith("shutter") and len(timers) == 1:
                    timers.append(threading.Timer(killed_after_s, child.kill))
                    timers[1].start()
            code = child.wait()
            child.stdout.close()
            for timer in timers:
                timer.cancel()
                timer.join()
        self._told.hear(output)
        self._look_for_trouble(life, code, errors_file.read_text(errors="replace"))
        return output

    def _start(self, life: int, die_at: str, errors: int) -> "subprocess.Popen[str]":
        arguments = [self._data_dir.root, life, die_at, *self._patients]
        return subprocess.Popen(
            [sys.executable, "-m", "tests.durability.whole_app", *map(str, arguments)],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )

    def _look_for_trouble(self, life: int, code: int, errors: str) -> None:
        has_traceback = "Traceback" in errors or "Fatal Python error" in errors
        if has_traceback or code not in (0, -signal.SIGKILL):
            self._result.wrong.append(f"life {life} went wrong ({code}): {errors[-2000:]}")

    # Judging.

    def _judged(self) -> Result:
        result, told = self._result, self._told
        received = [photo for patient in self._patients for photo in self._clinic.photos_received(patient)]
        numbers = {photo.id: number_of(photo.content) for photo in received}
        mine = [photo for photo in received if numbers[photo.id] in told.shutters]
        ids = {photo.id: unique_id_of(photo.content) for photo in mine}
        result.wrong += [f"a picture without a number at {photo.pt_id}" for photo in received if not numbers[photo.id]]
        result.wrong += [f"{upload_id} shown for two" for upload_id, whom in told.kept.items() if len(whom) > 1]
        for photo in mine:
            if told.shutters[numbers[photo.id]] != str(photo.pt_id):
                result.wrong.append(f"picture {numbers[photo.id]} at another patient")
        for what, found in (("picture", Counter(numbers[each.id] for each in mine)), ("id", Counter(ids.values()))):
            result.wrong += [f"{what} {key} stored {times} times" for key, times in found.items() if times > 1]
        stored = set(ids.values())
        opening = asyncio.run(self._ids_that_open())
        for upload_id in told.kept:
            if upload_id not in stored and upload_id not in opening:
                result.wrong.append(f"{upload_id} lost ({told.at_rest.get(upload_id)})")
        result.wrong += [f"{upload_id} said sent and not stored" for upload_id in told.sent - stored]
        for upload_id in stored:
            if told.at_rest.get(upload_id) in _WOULD_BE_SENT:
                result.wrong.append(f"{upload_id} stored, and told as {told.at_rest[upload_id]}")
        result.shutters, result.kept, result.stored = len(told.shutters), len(told.kept), len(stored)
        result.wrong = [f"chain {self._seed}: {each}" for each in result.wrong]
        return result

    async def _ids_that_open(self) -> set[UploadId]:
        """Uploads whose sealed photo is on the disk, whole, and opens with the key from the keyring."""
        outbox = outbox_of(self._data_dir, KeyringSecrets(), self._account, SystemClock())
        found = set()
        for kept in (await outbox.recover()).kept:
            try:
                if (await outbox.photo(kept.upload.id)).sha256 == kept.upload.photo.sha256:
                    found.add(kept.upload.id)
            except NotSafe:
                continue
        await outbox.aclose()
        return found


async def keep_secret(clinic: PracticeClinic) -> None:
    """Into the keyring of this session, as setup does."""
    origin = parse_address(clinic.origin)
    assert isinstance(origin, Origin)
    await KeyringSecrets().write(account_of(origin, clinic.username), clinic.secret)
