"""Checks an installation from within: one line a check, and a way to fail."""

import sys
import time
from collections.abc import Awaitable, Callable

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage

from cerbo_desktop import __version__
from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.app.practising import Practising
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.ports import PatientQuery
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.paths import DataDir, icons_dir, resources_dir
from cerbo_desktop.ui.kit.icons import icon_pixmap
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.vault.keys import KeyringSecrets


class CheckFailedError(Exception):
    """A check that did not hold; the text is a sentence of our own."""


async def self_test(data_dir: DataDir) -> int:
    """Run every check, print a line for each, return 0 only when all passed."""
    _say(f"Cerbo Desktop {__version__}, Qt {qVersion()}, Python {sys.version.split()[0]}, {sys.platform}")
    studio = WorkerStudio()
    checks: list[tuple[str, Callable[[], Awaitable[str]]]] = [
        ("Qt platform", _platform),
        ("Fonts and icons", _fonts_and_icons),
        ("Data folder", lambda: _data_folder(data_dir)),
        ("Keyring", _keyring),
        ("Camera support", _camera_support),
        ("Picture decoder", lambda: _decoder(studio)),
        ("Practice clinic, from search to queue", lambda: _practice(studio)),
    ]
    try:
        results = [await _run(name, check) for name, check in checks]
    finally:
        await studio.aclose()
    _say("All checks passed." if all(results) else f"{results.count(False)} of {len(results)} checks failed.")
    return 0 if all(results) else 1


async def _run(name: str, check: Callable[[], Awaitable[str]]) -> bool:
    started = time.monotonic()
    try:
        found = await check()
    except CheckFailedError as failure:
        _say(f"FAILED  {name}: {failure}")
        return False
    except Exception as failure:  # noqa: BLE001  # any defect is a failed check, told by its kind alone
        _say(f"FAILED  {name}: {type(failure).__name__}")
        return False
    _say(f"ok      {name}: {found} ({1000 * (time.monotonic() - started):.0f} ms)")
    return True


async def _platform() -> str:
    return QGuiApplication.platformName()


async def _fonts_and_icons() -> str:
    if "Inter" not in QFontDatabase.families():
        raise CheckFailedError("the bundled font is missing")
    if icon_pixmap("camera", 24).toImage().allGray() and not (icons_dir() / "icons.svg").exists():
        raise CheckFailedError("the icons are missing")
    return "Inter, icons"


async def _data_folder(data_dir: DataDir) -> str:
    if not data_dir.prepare():
        raise CheckFailedError("nothing can be written there; settings are not kept")
    return "can be written"


async def _keyring() -> str:
    """A PC without one can still be used: the secret is then asked for at each start."""
    try:
        return await KeyringSecrets().place()
    except NotSafe:
        return "none; the secret is kept for a session only"


async def _camera_support() -> str:
    from PySide6.QtMultimedia import QMediaCaptureSession, QMediaDevices, QMediaFormat

    QMediaCaptureSession()
    if not QMediaFormat().supportedVideoCodecs(QMediaFormat.ConversionMode.Decode):
        raise CheckFailedError("the media back end is missing")
    return f"media back end, {len(QMediaDevices.videoInputs())} cameras"


async def _decoder(studio: WorkerStudio) -> str:
    data = (resources_dir() / "practice" / "patch-12mp.jpg").read_bytes()
    small = await studio.thumbnail(data, 256, urgency=Urgency.NOW)
    image: QImage = raster_to_qimage(small)
    if max(image.width(), image.height()) != 256 or small.source_width_px != 4000:
        raise CheckFailedError("a 12 megapixel photo came out wrong")
    return "12 MP JPEG to 256 px"


async def _practice(studio: WorkerStudio) -> str:
    """Search, photos and one upload against the practice clinic, over a real socket."""
    practising = Practising(on_accepted=lambda: None)
    practising.start()
    credentials = practising.credentials
    server = CerboClient(credentials.origin, credentials.username, credentials.secret)
    try:
        found = await server.search_patients(PatientQuery(last_name="lopez"))
        patient_id = PatientId("10482")
        pages = [page async for page in server.photo_pages(patient_id)]
        photo = pages[0].items[0]
        content = await server.content(patient_id, photo.id)
        verdict = await studio.examine(content.data, "photo.jpg")
        if not isinstance(verdict, Accepted):
            raise CheckFailedError("a good photo was refused")
        await server.create_photo(patient_id, verdict.photo)
        queue = await server.enqueued(patient_id)
    finally:
        await server.aclose()
        practising.stop()
    if len(found.items) < 2 or not queue.items:
        raise CheckFailedError("the practice clinic does not answer as it should")
    return f"{len(found.items)} patients, {len(pages[0].items)} photos, 1 in the queue"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
