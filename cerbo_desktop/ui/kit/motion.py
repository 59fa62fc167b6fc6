"""How long things move. Nothing moves for a person who asked the system for calm."""

import sys

from PySide6.QtWidgets import QApplication, QStyle

SHEET_IN_MS = 160
SHEET_OUT_MS = 120
CROSS_FADE_MS = 120
SPINNER_DELAY_MS = 300

_SPI_GETCLIENTAREAANIMATION = 0x1042


def duration_ms(wanted_ms: int) -> int:
    """`wanted_ms`, or 0 when the system asks for reduced motion."""
    return 0 if is_motion_reduced() else wanted_ms


def is_motion_reduced() -> bool:
    """True with "Animation effects" off in Windows, or with a style that animates nothing."""
    if sys.platform == "win32":
        import ctypes  # Qt does not read this setting

        animates = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0)
        if not animates.value:
            return True
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return True
    return app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) <= 0
