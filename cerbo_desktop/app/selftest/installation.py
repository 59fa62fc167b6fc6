"""Self-test: what an installation brings along, and what it finds on this PC."""

import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QImage

from cerbo_desktop.api import auth
from cerbo_desktop.app.selftest.outcomes import CheckFailedError, CheckSkippedError
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import CannotShow, NotSafe, NotSafeReason
from cerbo_desktop.domain.ports import SecretPlace
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.paths import DataDir, resources_dir
from cerbo_desktop.ui.kit.icons import app_icon, icon_pixmap
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.text.capture import already_safe
from cerbo_desktop.vault.keys import KeyringSecrets

_SAMPLES = ("PNG", "GIF", "WEBP", "HEIC")
"""A picture of each lies in `resources/self-test`: 64 x 48 pixels, brown beside green."""
_BROWN, _GREEN = QColor(180, 90, 60), QColor(20, 120, 110)
_ACCOUNT = "self-test"
_STORE_NAMES = {
    SecretPlace.WINDOWS: "Windows Credential Manager",
    SecretPlace.MAC: "Keychain",
    SecretPlace.LINUX: "Secret Service",
}


async def qt_platform() -> str:
    """Name Qt's platform. Where there is no screen, say whether X11 could be used: a missing library shows only when
    its plugin is loaded."""
    name = QGuiApplication.platformName()
    if not sys.platform.startswith("linux") or name != "offscreen":
        return name
    plugin = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms" / "libqxcb.so"
    if not QPluginLoader(str(plugin)).load():
        raise CheckFailedError("no display here, and what X11 needs is not there")
    return "no display here; X11 can be used"


async def fonts() -> str:
    """Names the app's own typeface. Raises `CheckFailedError` where it is missing."""
    if "Inter" not in QFontDatabase.families():
        raise CheckFailedError("the bundled typeface is missing")
    return "Inter"


async def icons() -> str:
    """Draws two icons. Raises `CheckFailedError` where nothing comes of it."""
    if _is_empty(icon_pixmap("camera", 24).toImage()) or _is_empty(app_icon().pixmap(64).toImage()):
        raise CheckFailedError("they are missing, or cannot be drawn")
    return "drawn from SVG"


async def language() -> str:
    """The catalogue gives English its plurals, and Qt's own file the words of its dialogs."""
    if "(" in already_safe(1):
        raise CheckFailedError("the catalogue of sentences is missing")
    if not (Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / "qtbase_en.qm").is_file():
        raise CheckFailedError("Qt’s own catalogue is missing")
    return "English, with its plurals"


async def data_folder(data_dir: DataDir) -> str:
    """Makes the app's folder ready. Raises `CheckFailedError` where it can't be written."""
    if not data_dir.prepare():
        raise CheckFailedError("nothing can be written there; settings and photos cannot be kept")
    return "can be written"


async def keyring() -> str:
    """Write, read back, erase. A PC without a keyring can still be used for looking, so that is no failure."""
    secrets = KeyringSecrets()
    try:
        place = await secrets.place()
        await secrets.write(_ACCOUNT, "nothing secret")
        await secrets.erase(_ACCOUNT)
    except NotSafe as failure:
        if failure.reason is NotSafeReason.KEYRING_FAILED:
            raise CheckFailedError("it is available but did not store the test value") from None
        is_locked = failure.reason is NotSafeReason.KEYRING_LOCKED
        words = "it is locked" if is_locked else "none here; secrets are kept for a session and no photo is taken"
        raise CheckSkippedError(words) from None
    return f"{_STORE_NAMES[place]} keeps a secret"


async def certificates() -> str:
    """Whom this PC trusts. Linux alone can be asked how many; elsewhere the system decides at each connection."""
    context = await auth.trust(Origin("https", "localhost", 443))
    if context is None:
        raise CheckFailedError("no encryption was asked for")
    if not sys.platform.startswith("linux"):
        return f"the system's own trust store, {context.minimum_version.name} and later"
    count = context.cert_store_stats()["x509_ca"]
    if not count:
        raise CheckFailedError("no certificate authority is known; install ca-certificates")
    return f"{count} authorities, {context.minimum_version.name} and later"


def decoder_checks(studio: WorkerStudio) -> list[tuple[str, Callable[[], Awaitable[str]]]]:
    """One photo a format, through the worker process."""
    samples: list[tuple[str, Callable[[], Awaitable[str]]]] = [
        (f"Decoder, {kind}", partial(_sample, studio, kind)) for kind in _SAMPLES
    ]
    return [("Decoder, JPEG", partial(_large_jpeg, studio)), *samples]


async def _large_jpeg(studio: WorkerStudio) -> str:
    data = (resources_dir() / "practice" / "patch-12mp.jpg").read_bytes()
    small = await studio.thumbnail(data, 256, urgency=Urgency.NOW)
    if max(small.width_px, small.height_px) != 256 or small.source_width_px != 4000:
        raise CheckFailedError("a 12 megapixel photo came out wrong")
    return "12 MP to 256 px"


async def _sample(studio: WorkerStudio, kind: str) -> str:
    data = (resources_dir() / "self-test" / f"sample.{kind.lower()}").read_bytes()
    try:
        image = raster_to_qimage(await studio.full(data))
    except CannotShow as failure:
        if kind == "HEIC" and failure.reason is RefusalReason.UNSUPPORTED_TYPE:
            raise CheckSkippedError("this build comes without the decoder") from None
        if kind == "HEIC" and failure.reason is RefusalReason.NOT_SAFE_HERE:
            raise CheckSkippedError("this system does not confine the decoder") from None
        raise CheckFailedError(f"a good picture was refused: {failure.reason.value}") from None
    seen = (image.pixelColor(8, 24), image.pixelColor(56, 24))
    if (image.width(), image.height()) != (64, 48) or not (_is_near(seen[0], _BROWN) and _is_near(seen[1], _GREEN)):
        raise CheckFailedError("the picture came out wrong")
    return "size and colours are right"


def _is_near(one: QColor, other: QColor) -> bool:
    apart = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
    return max(map(abs, apart)) < 16


def _is_empty(image: QImage) -> bool:
    """Whether every pixel is transparent."""
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    return not any(bytes(alpha.constBits()))
