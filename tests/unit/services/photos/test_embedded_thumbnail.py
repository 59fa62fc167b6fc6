"""When the beginning of a photo is looked at: once, as soon as it is there, and not again and again in vain."""

from dataclasses import dataclass, field

import pytest

from cerbo_desktop.services.photos.embedded_thumbnail import HEAD_BYTES, EmbeddedThumbnailProbe


@dataclass
class Growing:
    """`domain.ports.Arriving` of which `hidden_bytes` of the answer stand before the photo."""

    hidden_bytes: int = 0
    done_bytes: int = 0
    total_bytes: int | None = None
    asked: list[int] = field(default_factory=list)

    def head(self, limit_bytes: int | None = None) -> bytes:
        self.asked.append(self.done_bytes)
        return bytes(max(0, self.done_bytes - self.hidden_bytes))[:limit_bytes]


def heads_of(arriving: Growing, *, piece_bytes: int, total_bytes: int) -> list[int]:
    """How much of the answer was there at each look that brought something."""
    found: list[int] = []
    look = EmbeddedThumbnailProbe(lambda head: found.append(arriving.done_bytes) if len(head) == HEAD_BYTES else None)
    while arriving.done_bytes < total_bytes:
        arriving.done_bytes = min(total_bytes, arriving.done_bytes + piece_bytes)
        look(arriving)
    return found


@pytest.mark.parametrize("piece_bytes", [1_000, HEAD_BYTES, 256 * 1024])
def test_one_look_with_the_piece_that_completes_the_beginning(piece_bytes: int) -> None:
    (done_bytes,) = heads_of(Growing(), piece_bytes=piece_bytes, total_bytes=2_000_000)
    assert HEAD_BYTES <= done_bytes < HEAD_BYTES + piece_bytes


def test_text_has_to_bring_more() -> None:
    (done_bytes,) = heads_of(Growing(hidden_bytes=22_000), piece_bytes=4_096, total_bytes=2_000_000)
    assert HEAD_BYTES + 22_000 <= done_bytes < HEAD_BYTES + 22_000 + 4_096


def test_a_short_photo_is_not_looked_at() -> None:
    assert heads_of(Growing(), piece_bytes=1_000, total_bytes=HEAD_BYTES - 1) == []


def test_what_tells_no_beginning_is_not_asked_on_and_on() -> None:
    arriving = Growing(hidden_bytes=10**9)
    assert heads_of(arriving, piece_bytes=16_384, total_bytes=20_000_000) == []
    assert max(arriving.asked) <= 2 * HEAD_BYTES + 16_384
