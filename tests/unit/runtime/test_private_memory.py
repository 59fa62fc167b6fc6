"""No memory leaves the process: not by a dump, not to another program, not in a warning."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="asks and dumps as Linux does")

_DUMPS = """
import os, resource
from cerbo_desktop.runtime.private_memory import is_memory_private, keep_memory_private, let_desktop_look
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
secret = "".join(("canary", "-of-", "memory"))
if os.environ["CASE"] == "looked into, without a limit":
    resource.setrlimit = lambda *_: None
if os.environ["CASE"] != "left alone":
    keep_memory_private()
    assert is_memory_private()
if os.environ["CASE"] == "looked into, without a limit":
    let_desktop_look()
    assert not is_memory_private()
os.abort()
"""
_WARNS = """
import warnings
from cerbo_desktop.runtime.private_memory import show_no_warnings
show_no_warnings()
warnings.warn("canary")
with warnings.catch_warnings():
    warnings.simplefilter("always")
    warnings.warn("canary")
"""


@linux_only
@pytest.mark.parametrize("case", ["left alone", "private", "looked into, without a limit"])
def test_a_dump_holds_nothing_even_while_the_desktop_may_look(tmp_path: Path, case: str) -> None:
    """Without a limit: as where the system pipes dumps to a program."""
    import resource

    elsewhere = Path("/proc/sys/kernel/core_pattern").read_text().startswith(("|", "/"))
    if elsewhere or resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        pytest.skip("this machine writes no dumps, or writes them elsewhere")
    root = str(Path(__file__).resolve().parents[3])
    surroundings = os.environ | {"CASE": case, "PYTHONPATH": root}
    subprocess.run([sys.executable, "-c", _DUMPS], cwd=tmp_path, env=surroundings, check=False, timeout=60)
    dumps = [file.read_bytes() for file in tmp_path.glob("core*")]
    assert bool(dumps) is (case != "private")
    assert any(b"canary-of-memory" in dump for dump in dumps) is (case == "left alone")


def test_no_warning_is_shown_even_where_a_library_wants_its_own() -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "always", "-c", _WARNS], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, "")
