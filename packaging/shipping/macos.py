"""The .dmg: the app beside a link to Applications. Runs on macOS alone, and has not been run yet.

`CODESIGN_IDENTITY` (a Developer ID Application) makes the spec sign the app with the hardened runtime, and this the
image. `NOTARY_PROFILE` (of `xcrun notarytool store-credentials`) has Apple look at it. Without both, macOS warns
whoever opens it.
"""

import os
import shutil
import subprocess
from pathlib import Path

from shipping.places import BUILD, DIST, NAME, system_name, version

APP = BUILD / "frozen" / "Cerbo Desktop.app"
_VOLUME = "Cerbo Desktop"


def make_image() -> Path:
    """Raises `CalledProcessError` where one of Apple's tools fails."""
    staged = BUILD / "dmg"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    _run("codesign", "--verify", "--deep", "--strict", str(APP))
    _run("ditto", str(APP), str(staged / APP.name))
    (staged / "Applications").symlink_to("/Applications")
    image = DIST / f"{NAME}-{version()}-{system_name()}.dmg"
    options = ["-volname", _VOLUME, "-srcfolder", str(staged), "-fs", "HFS+", "-format", "UDZO", "-ov"]
    _run("hdiutil", "create", *options, str(image))
    if identity := os.environ.get("CODESIGN_IDENTITY"):
        _run("codesign", "--sign", identity, "--timestamp", str(image))
    if profile := os.environ.get("NOTARY_PROFILE"):
        _run("xcrun", "notarytool", "submit", str(image), "--keychain-profile", profile, "--wait")
        _run("xcrun", "stapler", "staple", str(image))
    return image


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
