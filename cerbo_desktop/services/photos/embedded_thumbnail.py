"""When to look for the small picture that a camera puts in front of a photo."""

from collections.abc import Callable

from cerbo_desktop.domain.ports import PartialDownload

HEAD_BYTES = 64 * 1024
"""A camera's own small picture lies within the photo's first segment, which is never longer."""


class EmbeddedThumbnailProbe:
    """Hears of one photo's arrival and hands on its first 64 KB, once, as soon as they are there.

    A photo that is shorter needs no such look: it is there as soon.
    """

    def __init__(self, on_head: Callable[[bytes], None]) -> None:
        self._on_head = on_head
        self._is_over = False

    def __call__(self, arriving: PartialDownload) -> None:
        if self._is_over or arriving.done_bytes < HEAD_BYTES:
            return
        head = arriving.head(HEAD_BYTES)
        # Where twice as much of the answer has come and its beginning can't be told, it never will be.
        self._is_over = len(head) == HEAD_BYTES or arriving.done_bytes > 2 * HEAD_BYTES
        if len(head) == HEAD_BYTES:
            self._on_head(head)
