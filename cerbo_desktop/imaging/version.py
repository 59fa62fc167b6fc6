"""Which Pillow reads and writes the pictures, for a support file. Loads nothing of it."""

from PIL import __version__ as pillow_version

__all__ = ["pillow_version"]
