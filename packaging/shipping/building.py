"""`dev.py build`: everything that this system can make, into `dist`."""

import shutil
import sys
from pathlib import Path

from shipping import archives, debian, freezing
from shipping.places import DIST, ROOT


def build(python: Path, *, only_check: bool) -> None:
    """Freeze, hold against the allow-list, self-test; then the packages, unless `only_check`. Raises `SystemExit`."""
    freezing.freeze(python)
    freezing.self_test()
    if only_check:
        return
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    made = [*_packages(), archives.copy_bill()]
    made.append(archives.write_sums(made))
    for file in made:
        print(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1e6:.1f} MB")


def _packages() -> list[Path]:
    if not sys.platform.startswith("linux"):
        print("Packages are made for Linux so far; the program itself lies in build/frozen.")
        return []
    portable = [archives.make_portable()]
    if shutil.which("dpkg-deb") is None:
        print("Without dpkg-deb there is no .deb.")
        return portable
    return [debian.make(), *portable]
