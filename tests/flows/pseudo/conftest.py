"""The made-up language, for a test and not longer."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from cerbo_desktop.ui.text.catalogue import PSEUDO, install_language


@pytest.fixture(autouse=True)
def _pseudo_language(qapp: QApplication) -> Iterator[None]:
    before = set(qapp.findChildren(QTranslator))
    install_language(qapp, PSEUDO)
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
