"""Delegates, banner, cards, sheet and the viewer's bar look as they did, in light and in dark.

After a wanted change `pytest tests/golden --keep-pictures` keeps the new ones: look at them before you commit. Where
one differs, what was shown is beside it as `*.shown.png`.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.kit.theme import apply_theme
from tests.golden.comparing import PICTURES, difference, picture_of
from tests.golden.subjects import SUBJECTS, WITH_FOCUS

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


@pytest.fixture(params=_SCHEMES)
def scheme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    apply_theme(qapp, _SCHEMES[request.param])
    yield request.param
    apply_theme(qapp, Qt.ColorScheme.Light)


@pytest.mark.parametrize("name", SUBJECTS)
async def test_it_looks_as_before(name: str, scheme: str, qtbot: QtBot, request: pytest.FixtureRequest) -> None:
    widget = SUBJECTS[name]()
    qtbot.addWidget(widget)
    widget.ensurePolished()
    if name in WITH_FOCUS:
        widget.activateWindow()
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
    shown, file = picture_of(widget), PICTURES / f"{name}-{scheme}.png"
    if request.config.getoption("--keep-pictures"):
        assert shown.save(str(file))
    told = difference(shown, QImage(str(file)))
    if told:
        shown.save(str(file.with_suffix(".shown.png")))
    assert not told
