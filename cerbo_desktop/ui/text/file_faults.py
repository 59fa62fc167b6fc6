"""Why a file can't be shown as a photo."""

from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.ui.text.catalogue import translate


def heic_not_safe() -> str:
    return translate("FileFaults", "HEIC photos can’t be opened safely on this PC")


def avif_not_safe() -> str:
    return translate("FileFaults", "AVIF photos can’t be opened safely on this PC")


def take_jpeg() -> str:
    """How to keep an iPhone from making HEIC photos."""
    return translate("FileFaults", "On the iPhone: Settings, Camera, Formats, Most Compatible.")


def why_not_shown(reason: RefusalReason) -> str:
    """Say why a photo that Cerbo sent isn't shown."""
    match reason:
        case RefusalReason.DAMAGED:
            return translate("FileFaults", "It is damaged.")
        case RefusalReason.NOT_A_PHOTO:
            return translate("FileFaults", "It is not a photo.")
        case RefusalReason.TOO_BIG | RefusalReason.TOO_MANY_PIXELS:
            return translate("FileFaults", "It is too big.")
        case RefusalReason.TOO_SLOW:
            return translate("FileFaults", "It takes too long to read. Open it in Cerbo instead.")
        case RefusalReason.EMPTY:
            return translate("FileFaults", "It is empty.")
        case RefusalReason.OUT_OF_ORDER:
            return translate("FileFaults", "The image reader stopped. Try again, or restart the app.")
        case _:
            return translate("FileFaults", "Open it in Cerbo instead.")
