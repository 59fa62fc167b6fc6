"""What a Mac is told about the app; read here, since nothing of it runs here."""

import plistlib
from pathlib import Path

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"


def test_the_hardened_runtime_opens_the_camera_and_little_else() -> None:
    allowed = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert allowed == {
        "com.apple.security.device.camera": True,
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
    }


def test_whoever_uses_the_camera_says_why() -> None:
    spec = (PACKAGING / "cerbo-desktop.spec").read_text("utf-8")
    assert '"NSCameraUsageDescription": "Cerbo Desktop takes patient photos' in spec
    assert '"macos" / "entitlements.plist"' in spec
