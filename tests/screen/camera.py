"""The test camera of `tests/fakes/fakecam.c` as a person's webcam: plugged into a program by its environment."""

import subprocess
from pathlib import Path

_SOURCE = Path(__file__).resolve().parents[1] / "fakes" / "fakecam.c"


def build(folder: Path) -> Path:
    library = folder / "libfakecam.so"
    command = ["gcc", "-shared", "-fPIC", "-O2", "-o", str(library), str(_SOURCE), "-ldl", "-lpthread"]
    subprocess.run(command, check=True)
    return library


def plugged_in(library: Path, picture: Path) -> dict[str, str]:
    """What a program needs to find a camera that films `picture`, a JPEG file."""
    return {
        "LD_PRELOAD": str(library),
        "FAKECAM": "/dev/video0",
        "FAKECAM_NAME": "Desk Camera",
        "FAKECAM_JPEG": str(picture),
    }
