"""Inter, bundled, with the figures and letters a clinic needs, and the type scale."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from cerbo_desktop.runtime.paths import resources_dir

FAMILIES = ("Inter", "Noto Sans", "DejaVu Sans")


@dataclass(frozen=True)
class TypeStyle:
    """One step of the type scale: letter size and line height in pixels, weight 400 to 600, tracking in em."""

    size_px: int
    line_px: int
    weight: int
    tracking_em: float = 0.0

    @property
    def face(self) -> tuple[int, int, float]:
        """The arguments of `font()`."""
        return self.size_px, self.weight, self.tracking_em


CLOCK = TypeStyle(88, 96, 600, -0.02)
PAGE_TITLE = TypeStyle(32, 40, 600, -0.02)
PATIENT_NAME = TypeStyle(24, 32, 600, -0.018)
PANE_TITLE = TypeStyle(20, 24, 600, -0.012)
GROUP = TypeStyle(16, 24, 600)
BODY = TypeStyle(14, 20, 400)
NAME = TypeStyle(14, 20, 600)
SECOND = TypeStyle(13, 20, 400)
SECOND_STRONG = TypeStyle(13, 20, 600)
LABEL = TypeStyle(12, 16, 500)
LABEL_STRONG = TypeStyle(12, 16, 600)
HINT = TypeStyle(12, 16, 400)


def load_fonts() -> bool:
    """Register the bundled faces; False when one could not be read (the fallback families then serve)."""
    folder = resources_dir() / "fonts"
    names = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
    loaded = [QFontDatabase.addApplicationFont(str(folder / name)) >= 0 for name in names]
    return all(loaded)


def font(size_px: int, weight: int = 400, tracking_em: float = 0.0) -> QFont:
    """The app's font with tabular figures and the tailed l; a copy, free to change."""
    return QFont(_made(size_px, weight, tracking_em, False))


def id_font(size_px: int, weight: int = 400) -> QFont:
    """The font for patient ids: its zero is slashed, and no letter in it looks like a figure."""
    return QFont(_made(size_px, weight, 0.0, True))


def styled(style: TypeStyle) -> QFont:
    """The font of one step of the type scale."""
    return font(*style.face)


@lru_cache(maxsize=128)
def _made(size_px: int, weight: int, tracking_em: float, for_ids: bool) -> QFont:
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(size_px)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in ("tnum", "cv05", "zero", "ss02") if for_ids else ("tnum", "cv05"):
        made.setFeature(QFont.Tag(feature), 1)
    if tracking_em:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking_em * size_px)
    return made
