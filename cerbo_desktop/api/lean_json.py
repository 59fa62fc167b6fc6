"""JSON without its long texts: a record that inlines its picture is read like any other, and the picture never kept.

Whether Cerbo does so is unknown (contract 6.2). One photo of a phone is 6 MB of base64.
"""

import re

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind
from cerbo_desktop.domain.limits import MAX_JSON_BYTES

_LONG_BYTES = 64 * 1024
"""No text that the app shows of a record is nearly as long."""
_QUOTE = b'"'
_REST = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
"""Of a text, up to its closing quote or to the end of what is here."""


class LeanJson:
    """Takes an answer piece by piece, and empties each text in it that is longer than 64 KB."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._text_start = -1
        """In what is kept, of the text that is not closed yet; -1 outside of one."""
        self._is_long = False
        self._is_escaped = False
        """The piece before ended in half an escape."""

    def take(self, piece: bytes) -> None:
        """Take in the next piece. Raises `BadAnswer` where too much is left of the answer."""
        at = 0
        while at < len(piece):
            at = self._outside(piece, at) if self._text_start < 0 else self._inside(piece, at)
        if len(self._kept) > MAX_JSON_BYTES:
            raise BadAnswer(BadAnswerKind.TOO_LARGE)

    def text(self) -> bytes:
        """The JSON so far, with its long texts emptied."""
        return bytes(self._kept)

    def _outside(self, piece: bytes, at: int) -> int:
        quote = piece.find(_QUOTE, at)
        if quote < 0:
            self._kept += piece[at:]
            return len(piece)
        self._kept += piece[at : quote + 1]
        self._text_start, self._is_long = len(self._kept), False
        return quote + 1

    def _inside(self, piece: bytes, at: int) -> int:
        found = _REST.match(piece, at + self._is_escaped)
        end = found.end() if found is not None else at
        self._is_escaped = piece[end : end + 1] == b"\\"
        end += self._is_escaped
        self._keep(piece[at:end])
        if piece[end : end + 1] != _QUOTE:
            return end
        self._kept += _QUOTE
        self._text_start = -1
        return end + 1

    def _keep(self, part: bytes) -> None:
        if not self._is_long:
            self._kept += part
            self._is_long = len(self._kept) - self._text_start > _LONG_BYTES
        if self._is_long:
            del self._kept[self._text_start :]
