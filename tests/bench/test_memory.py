"""All processes of the app count together, and those of the bench itself do not."""

import os
import subprocess
import sys

import pytest

from tests.bench.memory import Watch, pss_of_all_bytes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of processes from /proc")

_HOLD = "held = b'x' * 60_000_000; print(flush=True); input()"


def _holding(*words: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.mark.parametrize(("words", "most_mb"), [((), 90), (("tests.bench.floors",), 30)])
def test_a_child_counts_unless_it_is_the_benchs_own(words: tuple[str, ...], most_mb: int) -> None:
    before = pss_of_all_bytes(os.getpid())
    with _holding(*words) as child:
        more_mb = (pss_of_all_bytes(os.getpid()) - before) / 1e6
        child.communicate("\n")
    assert most_mb - 40 < more_mb < most_mb


def test_the_peak_stays_until_it_is_reset() -> None:
    with Watch(os.getpid()) as watch:
        with _holding() as child:
            held_bytes = watch.now_bytes
            child.communicate("\n")
        assert watch.peak_bytes >= held_bytes
        watch.reset()
        assert watch.peak_bytes < held_bytes - 40_000_000
