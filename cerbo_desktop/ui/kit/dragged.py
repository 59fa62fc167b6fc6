"""What a drag or the clipboard names: files on this machine, or a page on the web."""

from pathlib import Path

from PySide6.QtCore import QMimeData

_WEB = ("http", "https", "ftp")


def local_files(data: QMimeData) -> list[Path]:
    """In the order they were dragged; links to web pages are left out.

    By their names alone: whoever asks the disk may wait for a share that is gone, and the window with it. What turns
    out to be a folder, or not to be there, is told apart when it is read.
    """
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def is_web_link(data: QMimeData) -> bool:
    """It names pages or pictures on the web, and no file."""
    if data.hasUrls():
        return any(url.scheme() in _WEB for url in data.urls())
    text = data.text().strip() if data.hasText() else ""
    return text.startswith(tuple(f"{scheme}://" for scheme in _WEB)) and len(text.split()) == 1
