"""The tables of a profile keep their numbers, and nothing that stands between them."""

import io
import struct

import pytest
from PIL import Image

from cerbo_desktop.imaging.bare_profile import bare_profile
from cerbo_desktop.imaging.decode import decode
from cerbo_desktop.imaging.profile_tables import bare_table
from tests.fakes import hostile_images as made
from tests.fakes.damaged_jpegs import NAME
from tests.fakes.hidden_names import pieces_found, with_tag
from tests.fakes.icc_profiles import display_p3

_GAP = NAME + bytes(-len(NAME) % 4)


def _curves(count: int) -> bytes:
    return (b"para" + bytes(8) + struct.pack(">i", 0x10000)) * count


def _new_table(gap: bytes) -> bytes:
    """Turns every colour to its opposite by a grid of two steps; `gap` stands between all parts."""
    corners = b"".join(bytes(255 * (1 - (number >> bit & 1)) for bit in (2, 1, 0)) for number in range(8))
    grid = bytes((2, 2, 2)) + bytes(13) + bytes((1, 0, 0, 0)) + corners
    parts, at, places = b"", 32, []
    for part in (_curves(3), grid, _curves(3)):
        parts += gap
        places.append(at + len(parts))
        parts += part
    last, middle, first = places
    return b"mAB " + bytes(4) + bytes((3, 3, 0, 0)) + struct.pack(">5I", last, 0, 0, middle, first) + parts + gap


def _old_table() -> bytes:
    steps = bytes(range(256))
    corners = b"".join(bytes(255 * (1 - (number >> bit & 1)) for bit in (2, 1, 0)) for number in range(8))
    matrix = struct.pack(">9i", *(0x10000 if at % 4 == 0 else 0 for at in range(9)))
    return b"mft1" + bytes(4) + bytes((3, 3, 2, 0)) + matrix + 3 * steps + corners + 3 * steps


@pytest.mark.parametrize(
    ("table", "told"), [(_new_table(bytes(32)), _new_table(_GAP)), (_old_table(), _old_table() + NAME)]
)
def test_a_table_shows_the_same_without_what_stands_between_its_parts(table: bytes, told: bytes) -> None:
    assert len(_GAP) == 32
    assert pieces_found(told) != []
    assert bare_table(told) == bare_table(table)
    assert table.startswith(bare_table(table))
    plain, profiled = display_p3(), with_tag(display_p3(), b"A2B0", told)
    shown = decode(made.jpeg(icc_profile=bare_profile(profiled))).image
    assert shown.tobytes() == decode(made.jpeg(icc_profile=profiled)).image.tobytes()
    assert shown.tobytes() != decode(made.jpeg(icc_profile=plain)).image.tobytes(), "the table is heeded"
    assert pieces_found(bare_profile(profiled)) == []


@pytest.mark.parametrize("kind", [b"mft1", b"mft2", b"mAB "])
def test_a_table_that_is_cut_or_no_table_is_left_out(kind: bytes) -> None:
    with pytest.raises(struct.error):
        bare_table(kind + bytes(4) + bytes((3, 3, 200)) + b"\xff" * 80)
    assert bare_table(kind + bytes(4) + NAME) == b""
    assert bare_profile(with_tag(display_p3(), b"A2B0", kind + bytes(4) + NAME)) == bare_profile(display_p3())
    with Image.open(io.BytesIO(made.jpeg(icc_profile=bare_profile(display_p3())))) as opened:
        assert opened.info["icc_profile"]
