"""The gallery is tested dressed, as the app wears it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cerbo_desktop.ui.kit.theme import LIGHT, apply_theme, changes


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    """Dressing polishes every widget of the process again: once is enough."""
    if not changes.is_dressed or changes.theme != LIGHT:
        apply_theme(qapp, Qt.ColorScheme.Light)
