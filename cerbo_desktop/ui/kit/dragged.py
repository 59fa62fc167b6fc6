"""What a drag or the clipboard names: files on this machine."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_files(data: QMimeData) -> list[Path]:
    """In the order they were dragged; links to web pages are left out.

    By their names alone: whoever asks the disk may wait for a share that is gone, and the window with it. What turns
    out to be a folder, or not to be there, is told apart when it is read.
    """
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
