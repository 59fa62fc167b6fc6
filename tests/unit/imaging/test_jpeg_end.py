"""A JPEG is as long as its decoder needs: short ones are heard, and what is behind the last pixel stays here."""

import base64
import io
from typing import Any

import pytest
from PIL import Image

from cerbo_desktop.domain.verdict import FileKind, RefusalReason, Refused
from cerbo_desktop.imaging.decode import decode
from cerbo_desktop.imaging.jpeg_pixels import JpegDecoder
from cerbo_desktop.imaging.validation import Validated, examine
from tests.fakes import damaged_jpegs as jpegs, hostile_images as made

ID = "0123456789abcdef" * 2
ARITHMETIC = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxO"
    "UlNSMj5aYVpQYEpRUk//yQALCAAYACgBAREA/8wABgAQEAX/2gAIAQEAAD8A/wClV4rqkMrsITkzccow+fEWApKURUiHBNKpAX2/"
    "HP/Z"
)
SOUND = dict(jpegs.variants())
ENCODED_ANEW = {"inks"}
HIDDEN = {name: (data, sound) for name, data, sound in jpegs.hidden_names()}


def sent(data: bytes) -> bytes:
    verdict = examine(data, None, ID)
    assert isinstance(verdict, Validated)
    return verdict.data


def is_refused(data: bytes) -> bool:
    verdict = examine(data, None, ID)
    assert not isinstance(verdict, Refused) or verdict.reason is RefusalReason.DAMAGED
    return isinstance(verdict, Refused)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_photo_is_heard_as_sound(name: str) -> None:
    data = SOUND[name]
    assert decode(data).is_whole
    assert decode(data, 40).is_whole
    assert made.same_pixels(sent(data), data) or name in ENCODED_ANEW


@pytest.mark.parametrize("name", SOUND)
def test_without_its_end_marker_it_is_still_sound_and_gets_one(name: str) -> None:
    data = SOUND[name]
    assert decode(data[:-2]).is_whole
    photo = sent(data[:-2])
    assert photo.endswith(jpegs.END)
    assert made.same_pixels(photo, data) or name in ENCODED_ANEW


@pytest.mark.parametrize("name", [name for name in SOUND if name not in ("1 by 1", "960 by 1", "1 by 960", "17 by 33")])
@pytest.mark.parametrize("share", [0.5, 0.1, 0.02])
def test_what_is_closed_neatly_is_not_whole_for_that(name: str, share: float) -> None:
    data = SOUND[name]
    start, end = jpegs.coded_bytes(data)
    short = jpegs.closed_neatly(data, max(12, round(share * (end - start))))
    assert is_refused(short)
    if not name.startswith("white"):
        assert not decode(short).is_whole
        assert not decode(short, 40).is_whole


@pytest.mark.parametrize("name", ["plain", "grey", "full colour", "progressive", "restarts"])
def test_no_lost_byte_that_some_pixel_needs_goes_unheard(name: str) -> None:
    """Where what is left of the last byte shows the same, nothing is lost."""
    data = SOUND[name]
    for lost_bytes in range(1, 40):
        short = jpegs.closed_neatly(data, lost_bytes)
        assert is_refused(short) or made.same_pixels(short, data), lost_bytes


def test_a_photo_cut_between_two_scans_is_not_whole() -> None:
    data = SOUND["progressive"]
    for count in range(1, 10):
        end = [at for at in range(len(data)) if data[at : at + 2] == b"\xff\xda"][count]
        tables = data.rindex(b"\xff\xc4", 0, end) if data.rfind(b"\xff\xc4", end - 200, end) > 0 else end
        assert is_refused(data[:tables] + jpegs.END)


@pytest.mark.parametrize("has_end", [True, False])
def test_a_copy_that_was_filled_up_with_zeros_is_not_whole(has_end: bool) -> None:
    for name in ("plain", "full colour", "own tables", "grey"):
        short = jpegs.filled_with_zeros(SOUND[name], has_end=has_end)
        assert is_refused(short), name
        assert not decode(short, 40).is_whole, name


def test_a_restart_interval_that_is_lost_or_short_is_heard() -> None:
    data = SOUND["restarts"]
    second, third = data.index(b"\xff\xd1"), data.index(b"\xff\xd2")
    assert is_refused(data[:second] + data[third:])
    assert is_refused(data[: third - 30] + data[third:])
    assert is_refused(data[: data.index(b"\xff\xd4")] + jpegs.END)


def test_zeros_behind_a_sound_photo_do_no_harm() -> None:
    for data in (SOUND["plain"], SOUND["white paper"], SOUND["progressive"]):
        padded = data[:-2] + bytes(500) + jpegs.END
        assert decode(padded).is_whole
        assert made.same_pixels(sent(padded), data)


@pytest.mark.parametrize("count", [1, 63, 200, 1_000])
def test_fill_bytes_before_a_marker_do_no_harm(count: int) -> None:
    for name in ("plain", "progressive"):
        filled = jpegs.with_fill_bytes(SOUND[name], count)
        assert decode(filled).is_whole
        assert made.same_pixels(sent(filled), SOUND[name])


@pytest.mark.parametrize("name", HIDDEN)
def test_no_byte_of_a_hidden_name_is_sent(name: str) -> None:
    data, sound = HIDDEN[name]
    photo = sent(data)
    pieces = {jpegs.NAME[at : at + 5] for at in range(len(jpegs.NAME) - 5)}
    assert [piece for piece in pieces if piece in photo] == []
    assert made.same_pixels(photo, sound)


def test_what_is_shown_of_a_half_is_the_photos_own_upper_half() -> None:
    data = SOUND["plain"]
    start, end = jpegs.coded_bytes(data)
    shown = decode(jpegs.closed_neatly(data, (end - start) // 3)).image
    with Image.open(io.BytesIO(data)) as whole:
        upper = (0, 0, shown.width, 64)
        assert shown.crop(upper).tobytes() == whole.convert("RGB").crop(upper).tobytes()


def test_an_arithmetic_coded_photo_is_shown_and_not_sent() -> None:
    """Pillow can't write one; this one shows a gradient."""
    data = base64.b64decode(ARITHMETIC)
    with Image.open(io.BytesIO(data)) as plain:
        assert decode(data).image.tobytes() == plain.convert("RGB").tobytes()
    assert decode(data).is_whole
    refused = examine(data, FileKind.JPEG, ID)
    assert isinstance(refused, Refused)
    assert refused.reason is RefusalReason.UNSUPPORTED_TYPE


@pytest.mark.parametrize("name", ["progressive", "plain", "progressive with restarts"])
def test_the_end_is_found_in_a_dozen_decodes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many bytes follow: a large photo has seconds for all of it."""
    counted: list[JpegDecoder] = []
    plain = JpegDecoder.__init__

    def counting(decoder: JpegDecoder, *arguments: Any, **named: Any) -> None:
        counted.append(decoder)
        plain(decoder, *arguments, **named)

    monkeypatch.setattr(JpegDecoder, "__init__", counting)
    sent(SOUND[name][:-2] + jpegs.NAME * 400)
    assert len(counted) <= 12
