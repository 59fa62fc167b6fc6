"""A file that holds more than its picture is known as such, so that nobody is asked to delete it."""

import io

import pytest
from PIL import Image

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging.beside_picture import holds_more
from cerbo_desktop.imaging.sniff import kind_of
from cerbo_desktop.imaging.validation import Validated, examine
from tests.fakes.found_files import (
    CONVERTED,
    HALF_PHOTOS,
    MAIN_PICTURE,
    every_name,
    found,
    with_depth_map,
    with_film_behind,
)

ID = "0123456789abcdef" * 2
MP4 = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 400
"""A hundred kilobytes, as the shortest film of a phone has more."""
NOTE = b"SEFT" + b"\x01\x02" * 200
MORE = ("j02_ultra_hdr_gainmap.jpg", "j03_samsung_trailer_after_end.jpg", "j04_samsung_pano_no_eoi_trailer.jpg")


def saved(form: str, **more: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(stream, form, **more)
    return stream.getvalue()


def pages_beside(large: bytes) -> bytes:
    """A TIFF with an editor's layers behind its pixels."""
    return saved("TIFF") + large


def boxed_beside(content: bytes) -> bytes:
    """A HEIC with a phone's own box for the film."""
    return found("h05_grid_irot_270.heic") + (8 + len(content)).to_bytes(4, "big") + b"mpvd" + content


@pytest.mark.parametrize("name", [name for name in every_name() if name not in (*HALF_PHOTOS, *CONVERTED)])
def test_of_found_files_only_those_with_more_behind_their_picture_hold_more(name: str) -> None:
    verdict = examine(found(name), None, ID)
    assert isinstance(verdict, Validated)
    assert verdict.preparation.holds_more is (name in MORE)


@pytest.mark.parametrize("name", CONVERTED)
def test_a_heic_of_tiles_holds_one_picture(name: str) -> None:
    assert not holds_more(FileKind.HEIC, found(name))


@pytest.mark.parametrize(
    "data",
    [
        with_film_behind(found(MAIN_PICTURE), 1_000_000) + MP4,
        found(MAIN_PICTURE) + found(MAIN_PICTURE),
        with_depth_map(found(MAIN_PICTURE), 1_000_000),
        saved("PNG") + MP4,
        saved("GIF") + MP4,
        saved("WEBP") + MP4,
        saved("BMP") + MP4,
        pages_beside(MP4 * 3),
        boxed_beside(MP4),
    ],
    ids=["film", "second picture", "depth map", "png", "gif", "webp", "bmp", "layers", "heic film"],
)
def test_large_data_behind_or_within_counts(data: bytes) -> None:
    assert holds_more(kind_of(data), data)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
@pytest.mark.parametrize("behind", [b"", bytes(100_000), NOTE], ids=["nothing", "padding", "a note"])
def test_padding_and_notes_do_not_count(form: str, behind: bytes) -> None:
    data = saved(form) + behind
    assert not holds_more(kind_of(data), data)
