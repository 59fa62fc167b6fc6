"""`dev.py build`: everything that this system can make, into `dist`."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from shipping import archives, debian, floors, freezing, macos, windows
from shipping.places import BUILD, BUNDLE, DIST, NAME, ROOT, system_name, version


def build(python: Path, *, only_check: bool) -> None:
    """Freeze, hold against the lists, self-test; then the packages, unless `only_check`. Raises `SystemExit`."""
    freezing.freeze(python)
    floors.check(datetime.now(UTC).date(), only_warns_of_expiry=only_check)
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
    if sys.platform == "win32":
        return _for_windows()
    if sys.platform == "darwin":
        return [macos.make_image()]
    portable = [archives.make_portable()]
    if shutil.which("dpkg-deb") is None:
        print("Without dpkg-deb there is no .deb.")
        return portable
    return [debian.make(), *portable]


def _for_windows() -> list[Path]:
    product = windows.Product(BUNDLE, BUILD / "work" / NAME / "artwork" / f"{NAME}.ico", version())
    setup, package = (DIST / f"{NAME}-{version()}-{system_name()}{ending}" for ending in ("-setup.exe", ".msi"))
    windows.make_setup(product, setup)
    windows.make_msi(product, package)
    return [setup, package]
