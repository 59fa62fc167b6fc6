"""The stage is tested dressed, as the app wears it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cerbo_desktop.ui.kit.theme import apply_theme


@pytest.fixture(autouse=True, scope="module")
def _light(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, Qt.ColorScheme.Light)
    yield
