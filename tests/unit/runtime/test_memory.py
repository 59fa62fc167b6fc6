"""What a large block took is the system's again once it is freed."""

import subprocess
import sys

import pytest

_GROW_AND_FREE = """
import sys
from pathlib import Path
from cerbo_desktop.runtime.memory import give_back_large_blocks

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

if sys.argv[1] == "given back":
    give_back_large_blocks()
bytearray(b"x") * 30_000_000  # freed at once: glibc then takes this for a usual size
before = resident_mb()
kept = []
photos = []
for number in range(12):
    photos.append(bytearray(b"x") * 10_000_000)
    kept.append(bytearray(b"x") * 5_000)  # something small behind each, as in any program that goes on
photos.clear()
print(resident_mb() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc")
def test_freed_photos_do_not_stay_in_memory() -> None:
    grown_mb = {how: _grown_mb(how) for how in ("given back", "left alone")}
    assert grown_mb["given back"] < 10
    assert grown_mb["left alone"] > 2 * grown_mb["given back"] + 10, "without it there is nothing to prove"


def _grown_mb(how: str) -> float:
    told = subprocess.run([sys.executable, "-c", _GROW_AND_FREE, how], check=True, capture_output=True, text=True)
    return float(told.stdout)
