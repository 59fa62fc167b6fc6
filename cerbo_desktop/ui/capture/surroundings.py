"""What the coordinator knows of the page around a card, and of the cameras it is given."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from cerbo_desktop.camera.port import CameraDevice


class CardPlace(Protocol):
    """The open patient's page, as far as the ID photo card needs it."""

    def set_card(self, card: QWidget | None) -> None: ...
    def focus_album(self) -> None: ...
    def isAncestorOf(self, child: QWidget, /) -> bool: ...  # noqa: N802 - Qt's name


class OwnedCamera(CameraDevice, Protocol):
    """A camera that is thrown away after use."""

    def deleteLater(self) -> None: ...  # noqa: N802 - Qt's name


MakeCamera = Callable[[], OwnedCamera]
