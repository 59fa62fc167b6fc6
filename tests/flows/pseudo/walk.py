"""Shows what a scene has on the screen to both judges, at each size of the window."""

import asyncio
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.kit.sheet import Sheet, open_sheet
from cerbo_desktop.ui.screen_fit import fit_into
from tests.flows.desk import Desk
from tests.flows.pseudo.brackets import Reading, texts_of
from tests.flows.pseudo.room import hidden_buttons, hidden_primaries, small_letters, troubles, visible
from tests.flows.pseudo.screens import SMALLEST, TOO_SMALL, USUAL

SIZES = (*reversed(USUAL), SMALLEST)
"""First the one where every pane is beside the others."""
_LAYOUTS_WITHIN_LAYOUTS = 10


async def laid_out() -> None:
    """Every layout within a layout has had its say."""
    for _ in range(_LAYOUTS_WITHIN_LAYOUTS):
        await asyncio.sleep(0)
        QCoreApplication.sendPostedEvents()


def top(desk: Desk) -> Sheet:
    """The sheet that lies over all others."""
    found = open_sheet(desk.window)
    assert found is not None
    return found


class Walk:
    """Collects what is amiss; `judge` fails with all of it."""

    def __init__(self, *data: str) -> None:
        """`data`: words of the scenes that are no sentence."""
        self._reading = Reading(*data)
        self._amiss: dict[str, str] = {}
        """Where each was met first."""

    async def see(self, scene: str, window: QWidget, *parts: QWidget, sizes: Sequence[QSize] = SIZES) -> None:
        """Look at these parts of the window at each size, and at their feet where the screen is too small."""
        for size in (*sizes, *(TOO_SMALL if sizes is SIZES else ())):
            if sizes is SIZES:
                fit_into(window, QRect(QPoint(), window.frameGeometry().size() - window.size() + size), SMALLEST)
            window.resize(size)
            await laid_out()
            where = f"{scene} at {size.width()} x {size.height()}"
            judges = (hidden_buttons,) if size in TOO_SMALL else (troubles, hidden_primaries)
            self._note(where, (trouble for part in parts for judge in judges for trouble in judge(part)))
        window.resize(sizes[0])
        self._note(scene, (trouble for part in parts for trouble in small_letters(part)))
        self.read(scene, *{text for part in parts for widget in visible(part) for text in texts_of(widget)})

    def read(self, scene: str, *texts: str) -> None:
        """Judge the brackets of these texts."""
        self._note(scene, (f"{why}: {text!r}" for text in sorted(texts) if (why := self._reading.amiss(text))))

    def judge(self) -> None:
        """Fails where anything was amiss in any scene."""
        told = "\n".join(f"{where}: {what}" for what, where in self._amiss.items())
        assert not told, told

    def _note(self, where: str, troubles: Iterable[str]) -> None:
        for trouble in troubles:
            self._amiss.setdefault(trouble, where)
