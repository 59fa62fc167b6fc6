"""What a drag or the clipboard names: files on this machine, or a page on the web."""

import os
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl

_WEB = ("http", "https", "ftp")


def local_files(data: QMimeData) -> list[Path]:
    """In the order they were dragged; links to web pages are left out.

    By their names alone: whoever asks the disk may wait for a share that is gone, and the window with it. What turns
    out to be a folder, or not to be there, is told apart when it is read.
    """
    return [_path_of(url) for url in data.urls() if url.isLocalFile()]


def holds_photos(data: QMimeData) -> bool:
    """It names files, or is a picture; neither is opened to tell."""
    return bool(local_files(data)) or data.hasImage() or any(kind.startswith("image/") for kind in data.formats())


def is_web_link(data: QMimeData) -> bool:
    """It names pages or pictures on the web, and no file."""
    if data.hasUrls():
        return any(url.scheme() in _WEB for url in data.urls())
    text = data.text().strip() if data.hasText() else ""
    return text.startswith(tuple(f"{scheme}://" for scheme in _WEB)) and len(text.split()) == 1


def _path_of(url: QUrl) -> Path:
    """On Linux a name may be any bytes; Qt would put another letter in the place of those that are no UTF-8."""
    if not sys.platform.startswith("linux") or url.host():
        return Path(url.toLocalFile())
    return Path(os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded))))
