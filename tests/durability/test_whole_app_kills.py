"""The whole program, killed from the shutter on: nothing lost that it said it has, doubled, misplaced, or said falsely.

8 kills in each run, 50 before an issue ends, 1,000 before a release: see README.md.
"""

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.patients import (
    DOROTHY_VANCE,
    GRACE_ADEYEMI,
    HANA_KIM,
    JOSE_NUNEZ,
    PRIYA_RAMAN,
    SAMUEL_OKAFOR,
)
from cerbo_desktop.runtime.paths import resources_dir
from cerbo_desktop.vault.keys import KeyringSecrets
from cerbo_desktop.vault.master_key import MasterKey
from tests.durability.whole_app_judging import KILLS_A_CHAIN, Chain, Result, keep_secret
from tests.fakes.secret_service import needs_secret_service, secret_service

pytestmark = [
    needs_secret_service,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL"),
    pytest.mark.timeout(20_000),
]

PLACES = ([GRACE_ADEYEMI, PRIYA_RAMAN, DOROTHY_VANCE], [HANA_KIM, JOSE_NUNEZ, SAMUEL_OKAFOR])
"""Chains that run at once have patients of their own, so that neither is a second PC to the other."""
STATE_VARIABLE = "WHOLE_APP_KILLS_STATE"
_CHAINS_A_CLINIC = 8


@pytest.mark.parametrize("kills", [8, pytest.param(50, marks=pytest.mark.release)])
def test_killed_from_the_shutter_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kills: int) -> None:
    seeds = range(-(-kills // KILLS_A_CHAIN))
    with secret_service(tmp_path / "session", monkeypatch):
        results = dict(_lived(tmp_path, list(seeds)))
    _report(results)
    assert sum(result.kills for result in results.values()) >= kills / 2
    assert sum(result.kept for result in results.values()) >= kills / 2


@pytest.mark.release
def test_a_thousand_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Can be broken off: chains that were found clean are remembered in the file that the variable names."""
    state = State(Path(os.environ.get(STATE_VARIABLE, str(tmp_path / "done.json"))))
    with secret_service(tmp_path / "session", monkeypatch):
        left = [seed for seed in range(1_000 // KILLS_A_CHAIN) if seed not in state.done]
        for at in range(0, len(left), _CHAINS_A_CLINIC):
            results = dict(_lived(tmp_path, left[at : at + _CHAINS_A_CLINIC]))
            state.add({seed for seed, result in results.items() if not result.wrong})
            _report(results)


class State:
    """The seeds of the chains that are done."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.done: set[int] = set(json.loads(file.read_text())) if file.exists() else set()

    def add(self, seeds: set[int]) -> None:
        self.done |= seeds
        self._file.write_text(json.dumps(sorted(self.done)))


def _lived(folder: Path, seeds: list[int]) -> Iterator[tuple[int, Result]]:
    """Two chains at once against one clinic."""
    with PracticeClinic(resources_dir() / "practice") as clinic:
        asyncio.run(_prepare_keyring(clinic))

        def live(place: int) -> list[tuple[int, Result]]:
            lived = []
            for seed in seeds[place :: len(PLACES)]:
                chain = Chain(folder / f"chain-{seed}", clinic, seed, PLACES[place])
                chain.set_up()
                lived.append((seed, chain.live()))
            return lived

        with ThreadPoolExecutor(len(PLACES)) as pool:
            for lived in pool.map(live, range(len(PLACES))):
                yield from lived


async def _prepare_keyring(clinic: PracticeClinic) -> None:
    """The key that seals is made before two programs could make it at once: the data folder's lock is not shared."""
    await keep_secret(clinic)
    await MasterKey(KeyringSecrets()).get_or_make()


def _report(results: dict[int, Result]) -> None:
    whole = list(results.values())
    wrong = [line for result in whole for line in result.wrong]
    sums = {name: sum(getattr(each, name) for each in whole) for name in ("kills", "shutters", "kept", "stored")}
    print(f"\n{len(whole)} chains, {sums}: {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)
