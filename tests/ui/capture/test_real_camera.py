"""Runs `real_camera.py` in a child process whose V4L2 camera is played by a library under LD_PRELOAD."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[2]
_CHILD_TIMEOUT_S = 100


@pytest.fixture(scope="session")
def camera_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("the test camera needs Linux and a C compiler")
    library = tmp_path_factory.mktemp("fakecam") / "libfakecam.so"
    source = _ROOT / "tests" / "fakes" / "fakecam.c"
    options = ("-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror")
    subprocess.run([compiler, *options, "-o", str(library), str(source), "-ldl", "-lpthread"], check=True)
    return library


def test_a_real_camera_through_all_its_moods(camera_library: Path, tmp_path: Path) -> None:
    still, watched = tmp_path / "still.jpg", tmp_path / "watched"
    Image.new("RGB", (1600, 1200), (180, 90, 60)).save(still, quality=92)
    watched.mkdir()
    environment = {
        **os.environ,
        "LD_PRELOAD": str(camera_library),
        "FAKECAM": "/dev/video0",
        "FAKECAM_JPEG": str(still),
        "FAKECAM_CTL": str(tmp_path / "mood"),
        "FAKECAM_WATCHED": str(watched),
        "QT_QPA_PLATFORM": "offscreen",
    }
    options = ("-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", str(_ROOT))
    child = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(_HERE / "real_camera.py")],
        env=environment,
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=_CHILD_TIMEOUT_S,
    )
    assert child.returncode == 0, child.stdout[-6000:] + child.stderr[-2000:]
    assert "16 passed" in child.stdout
