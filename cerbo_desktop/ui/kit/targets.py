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
    """For a button that paints itself Qt tells assistive software the stock indicator's rectangle, 14 x 14. It takes
    that from the style, so the style has to be another."""

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
