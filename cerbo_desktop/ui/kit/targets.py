"""What assistive software is told of the place of a painted check box, switch or segment: all of it."""

from functools import cache

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QProxyStyle, QStyle, QStyleOption, QWidget

LEAST_TARGET_PX = 32
"""Smaller is hard to hit (design, focus order)."""
_PART = QStyle.SubElement
_WHOLE = (
    *(_PART.SE_CheckBoxClickRect, _PART.SE_CheckBoxIndicator, _PART.SE_CheckBoxContents),
    *(_PART.SE_RadioButtonClickRect, _PART.SE_RadioButtonIndicator, _PART.SE_RadioButtonContents),
)
"""A style sheet puts the place together from the other two."""


class _WholeTargetStyle(QProxyStyle):
    """Qt tells as the place of such a button where the stock one would have its indicator and its text: 14 x 14 where
    the words are painted. It asks the style for that, and there is no other way in."""

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        if widget is None or element in _WHOLE:
            return option.rect
        return super().subElementRect(element, option, widget)


@cache
def _style() -> _WholeTargetStyle:
    return _WholeTargetStyle("Fusion")


def tell_whole_target(button: QAbstractButton) -> None:
    """Let assistive software know the whole button as its place. For buttons that paint themselves."""
    button.setStyle(_style())
