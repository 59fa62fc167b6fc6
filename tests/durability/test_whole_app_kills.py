"""The whole program, killed from the shutter on: nothing lost that it said it has, doubled, misplaced, or said falsely.

8 kills in each run, 50 before an issue ends, 1,000 before a release: see README.md.
"""

import asyncio
import sys
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
_KILLS_A_PART = 40
_PARTS = 1_000 // _KILLS_A_PART


def _part(number: int) -> range:
    """The chains of one part of the thousand."""
    chains = _KILLS_A_PART // KILLS_A_CHAIN
    return range(100 + number * chains, 100 + (number + 1) * chains)


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(range(2), id="8 kills"),
        pytest.param(range(2, 15), id="50 kills", marks=pytest.mark.release),
        *(
            pytest.param(_part(number), id=f"thousand, part {number + 1}", marks=pytest.mark.release)
            for number in range(_PARTS)
        ),
    ],
)
def test_killed_from_the_shutter_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: range) -> None:
    """Each seed is a chain of four kills on one data folder."""
    with secret_service(tmp_path / "session", monkeypatch):
        results = _lived(tmp_path, seeds)
    wrong = [line for result in results for line in result.wrong]
    sums = {name: sum(getattr(each, name) for each in results) for name in ("kills", "shutters", "kept", "stored")}
    print(f"\n{len(results)} chains, {sums}: {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)
    assert sums["kills"] >= len(results) * KILLS_A_CHAIN / 2
    assert sums["kept"] >= len(results)


def _lived(folder: Path, seeds: range) -> list[Result]:
    """Two chains at once against one clinic."""
    with PracticeClinic(resources_dir() / "practice") as clinic:
        asyncio.run(_prepare_keyring(clinic))

        def live(place: int) -> list[Result]:
            results = []
            for seed in seeds[place :: len(PLACES)]:
                chain = Chain(folder / f"chain-{seed}", clinic, seed, PLACES[place])
                chain.set_up()
                results.append(chain.live())
            return results

        with ThreadPoolExecutor(len(PLACES)) as pool:
            return [result for results in pool.map(live, range(len(PLACES))) for result in results]


async def _prepare_keyring(clinic: PracticeClinic) -> None:
    """The key that seals is made before two programs could make it at once: the data folder's lock is not shared."""
    await keep_secret(clinic)
    await MasterKey(KeyringSecrets()).get_or_make()
