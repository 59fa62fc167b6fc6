"""What the package asks the system for, read from real libraries."""

import re
import shutil
import sys
from pathlib import Path

import PySide6
import pytest

from shipping import debian

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("objdump") is None, reason="reads ELF files with objdump"
)
QT = Path(PySide6.__file__).parent / "Qt" / "lib"


def test_what_is_not_in_the_bundle_is_asked_of_the_system(tmp_path: Path) -> None:
    for pattern in ("libQt6XcbQpa.so.6", "libQt6Core.so.6", "libQt6Gui.so.6", "libQt6DBus.so.6", "libicu*.so.*"):
        for file in QT.glob(pattern):
            shutil.copyfile(file, tmp_path / file.name)
    (tmp_path / "libxcb-cursor.so.0").write_bytes((QT / "libQt6DBus.so.6").read_bytes())
    for name in ("icccm.so.4", "image.so.0", "keysyms.so.1", "render-util.so.0", "util.so.1"):
        shutil.copyfile(tmp_path / "libxcb-cursor.so.0", tmp_path / f"libxcb-{name}")
    needed = debian.depends(tmp_path)
    asked = [int(minor) for file in tmp_path.iterdir() for minor in re.findall(rb"\0GLIBC_2\.(\d+)", file.read_bytes())]
    assert needed[0] == f"libc6 (>= 2.{max(34, *asked)})"
    assert {"libx11-6", "libxcb1", "libglib2.0-0t64 | libglib2.0-0", "ca-certificates"} <= set(needed)
    assert not [each for each in needed if "qt6" in each.lower() or "icu" in each]


def test_a_library_of_unknown_origin_stops_the_build(tmp_path: Path) -> None:
    shutil.copyfile(QT / "libQt6XcbQpa.so.6", tmp_path / "libQt6XcbQpa.so.6")
    with pytest.raises(SystemExit, match="libQt6Gui"):
        debian.depends(tmp_path)
