"""Sentences in which what a person typed stands out."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; what the person typed is emphasised."""

    text: str
    is_strong: bool = False


def with_pieces(pattern: str, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pattern with `pieces` in place of its "{}"."""
    before, _, after = pattern.partition("{}")
    return tuple(piece for piece in (Piece(before), *pieces, Piece(after)) if piece.text)


def plain_text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
