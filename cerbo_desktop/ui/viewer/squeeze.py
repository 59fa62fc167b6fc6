"""How the viewer's top bar gets by with less room."""

from enum import IntEnum


class Squeeze(IntEnum):
    """What gives way in a narrow bar, in this order, until the rest has room."""

    NOTHING = 0
    SEX_AND_ID = 1
    WORD_OF_QUALITY = 2
    WORD_OF_WAY_BACK = 3
    """Its arrow and its key still say what leads back."""
    NAME_ON_TWO_LINES = 4
    ZOOM = 5
    """Keys and wheel still zoom."""
    KEY_OF_WAY_BACK = 6
    HEIGHT = 7
    """The bar grows by the lines that a very long name takes."""
