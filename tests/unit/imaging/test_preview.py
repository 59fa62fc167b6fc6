"""What can be seen before a photo is there: right side up, without bars, without a row that was made up."""

import pytest
from PIL import Image, ImageChops, ImageStat

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging.decode import decode
from cerbo_desktop.imaging.jpeg_head import read_head
from cerbo_desktop.imaging.preview import embedded, partial
from tests.fakes import hostile_images as made, icc_profiles
from tests.fakes.jpeg_parts import camera_jpeg, exif_block, with_thumbnail

HEAD_BYTES = 65_536
UNDONE = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
"""How a photo of that orientation is stored."""


def stored(picture: Image.Image, orientation: int) -> Image.Image:
    return picture if orientation == 1 else picture.transpose(Image.Transpose(UNDONE[orientation]))


def difference(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def refusal(data: bytes) -> RefusalReason:
    with pytest.raises(CannotShow) as refused:
        embedded(data, 240)
    return refused.value.reason


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(1600, 1200), (1500, 1000), (1920, 1080), (900, 1200), (1000, 1000)])
def test_a_thumbnail_is_upright_and_has_the_photos_shape(orientation: int, size: tuple[int, int]) -> None:
    drawn = made.gradient(*size)
    data = camera_jpeg(stored(drawn, orientation), orientation=orientation)
    picture = embedded(data[:HEAD_BYTES], 240)
    assert (picture.source_width_px, picture.source_height_px) == size
    assert picture.image.width / picture.image.height == pytest.approx(size[0] / size[1], rel=0.03)
    assert max(picture.image.size) >= 118
    assert difference(picture.image, drawn.resize(picture.image.size, Image.Resampling.LANCZOS)) < 6


def test_it_is_made_smaller_but_never_larger() -> None:
    data = camera_jpeg(made.gradient(1600, 1200))
    assert embedded(data, 80).image.size == (80, 60)
    assert embedded(data, 2_000).image.size == (160, 120)


def test_bars_are_gone_to_the_last_row() -> None:
    white = Image.new("RGB", (1500, 1000), "white")
    picture = embedded(camera_jpeg(white), 240)
    assert picture.image.size == (160, 106)
    darkest = min(low for low, _ in (band.getextrema() for band in picture.image.convert("L").split()))
    assert isinstance(darkest, int | float)
    assert darkest > 200


def test_its_colours_are_those_of_the_photo() -> None:
    red = Image.new("RGB", (1600, 1200), (234, 51, 35))
    picture = embedded(camera_jpeg(red, icc_profile=icc_profiles.display_p3()), 240)
    assert difference(picture.image, Image.new("RGB", (160, 120), (255, 0, 0))) < 4


def test_the_head_alone_is_enough() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((1600, 1200), 90) for _ in range(3)])
    data = camera_jpeg(noise)
    assert len(data) > 4 * HEAD_BYTES
    assert embedded(data[:HEAD_BYTES], 240).image.size == (160, 120)


def test_where_there_is_none_or_not_this_photos() -> None:
    photo, small = made.jpeg(1600, 1200), made.jpeg(160, 120)
    wide = made.encoded(Image.new("RGB", (160, 90), "white"), "JPEG")
    for data in (
        photo,
        made.turned(6),
        with_thumbnail(photo, b""),
        with_thumbnail(photo, small[: len(small) // 2]),
        with_thumbnail(photo, made.png(160, 120)),
        with_thumbnail(photo, small, start=2**31),
        with_thumbnail(photo, small, length=2**32 - 1, start=0),
        with_thumbnail(photo, wide),  # of what the photo was before it was cropped
        with_thumbnail(photo, made.jpeg(1, 160)),
        photo[:2] + b"\xff\xe1" + (8 + 60).to_bytes(2, "big") + b"Exif\0\0" + b"\xff" * 60 + photo[2:],
        with_thumbnail(photo, small)[:400],
        with_thumbnail(made.with_size(photo, 0, 1200), small),
    ):
        assert refusal(data) is RefusalReason.DAMAGED
    assert refusal(with_thumbnail(photo, made.with_size(small, 60_000, 60_000))) is RefusalReason.TOO_MANY_PIXELS
    assert refusal(with_thumbnail(made.with_size(photo, 60_000, 60_000), small)) is RefusalReason.TOO_MANY_PIXELS
    assert refusal(made.png()) is RefusalReason.UNSUPPORTED_TYPE
    assert refusal(b"") is RefusalReason.NOT_A_PHOTO


def test_directories_that_lead_in_a_circle_end() -> None:
    block = bytearray(exif_block(made.jpeg(160, 120)))
    block[22:26] = b"\0\0\0\x08"  # the first is followed by itself
    body = b"Exif\0\0" + bytes(block)
    photo = made.jpeg(1600, 1200)
    assert (
        refusal(photo[:2] + b"\xff\xe1" + (2 + len(body)).to_bytes(2, "big") + body + photo[2:])
        is RefusalReason.DAMAGED
    )


@pytest.mark.parametrize("edge_px", [200, 700, 1600])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("subsampling", [0, 2])
def test_a_baseline_prefix_shows_its_top_rows_as_they_will_be(edge_px: int, mode: str, subsampling: int) -> None:
    options = {} if mode != "RGB" else {"subsampling": subsampling}
    data = made.encoded(made.gradient(1600, 1200, mode), "JPEG", quality=90, **options)
    whole = decode(data, edge_px).image
    rows = []
    for share in (0.15, 0.4, 0.7, 0.95, 1.0):
        picture, known_rows = partial(data[: int(len(data) * share)], edge_px)
        assert picture.image.size == whole.size
        top = (0, 0, whole.width, known_rows)
        assert difference(picture.image.crop(top), whole.crop(top)) < 1.5
        assert not picture.image.crop((0, known_rows, *whole.size)).getbbox()
        assert share - 0.15 < known_rows / whole.height <= share + 0.05
        rows.append(known_rows)
    assert rows == sorted(rows)
    assert rows[-1] == whole.height


def test_no_row_is_made_up_wherever_the_data_ends() -> None:
    data = made.encoded(made.gradient(320, 240), "JPEG", quality=85, restart_marker_rows=1)
    whole = decode(data, 320).image
    for length in range(800, len(data), 97):
        try:
            picture, known_rows = partial(data[:length], 320)
        except CannotShow:
            continue
        top = (0, 0, 320, known_rows)
        assert picture.image.crop(top).tobytes() == whole.crop(top).tobytes()


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_progressive_prefix_shows_the_whole_picture_finer_and_finer(orientation: int) -> None:
    drawn = made.gradient(1600, 1200)
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = made.encoded(stored(drawn, orientation), "JPEG", quality=92, progressive=True, exif=exif)
    distances = []
    for share in (0.5, 0.8, 1.0):
        picture, known_rows = partial(data[: int(len(data) * share)], 800)
        assert picture.image.size == (800, 600)
        assert known_rows == 600
        distances.append(difference(picture.image, drawn.resize((800, 600), Image.Resampling.LANCZOS)))
    assert distances == sorted(distances, reverse=True)
    assert distances[0] < 12
    with pytest.raises(CannotShow):
        partial(data[:1_000], 800)


def test_what_cannot_grow_on_the_screen_says_so() -> None:
    for data, reason in (
        (made.turned(6), RefusalReason.UNSUPPORTED_TYPE),
        (made.png(), RefusalReason.UNSUPPORTED_TYPE),
        (b"%PDF-1.7", RefusalReason.NOT_A_PHOTO),
        (made.jpeg()[:300], RefusalReason.DAMAGED),
        (made.many_scans(5_000), RefusalReason.DAMAGED),
        (made.with_size(made.jpeg(), 60_000, 60_000), RefusalReason.TOO_MANY_PIXELS),
    ):
        with pytest.raises(CannotShow) as refused:
            partial(data, 800)
        assert refused.value.reason is reason


def test_a_prefix_of_a_picture_of_several() -> None:
    data = made.multi_picture()
    picture, known_rows = partial(data[: len(data) // 3], 320)
    assert 0 < known_rows < picture.image.height == 200


def test_every_prefix_of_a_head_ends_in_a_verdict() -> None:
    data = camera_jpeg(made.gradient(), icc_profile=icc_profiles.display_p3(), progressive=True)
    for length in range(0, len(data), 23):
        try:
            head = read_head(data[:length])
        except CannotShow:
            continue
        assert (head.width_px, head.height_px) == (320, 200)
    assert read_head(data).profile == icc_profiles.display_p3()
