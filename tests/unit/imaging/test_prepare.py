"""What leaves this PC: the pixels, an id, and nothing else that the file knew."""

import io
import warnings
from collections.abc import Callable

import pytest
from PIL import ExifTags, Image, ImageChops, ImageCms, ImageStat, PngImagePlugin

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging import heic
from cerbo_desktop.imaging.bare_profile import bare_profile
from cerbo_desktop.imaging.decode import decode, stored_orientation, translated
from cerbo_desktop.imaging.prepare import prepared
from cerbo_desktop.imaging.sniff import kind_of
from cerbo_desktop.imaging.structure import scan_header
from cerbo_desktop.imaging.validation import Validated, examine
from tests.fakes import hostile_images as made
from tests.fakes.hidden_names import every_hidden_name, pieces_found

ID = "0123456789abcdef" * 2
CANARY = b"CANARY"
HIDDEN = {name: (data, sound) for name, data, sound in every_hidden_name()}
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def sent(data: bytes) -> bytes:
    return prepared(kind_of(data), data, stored_orientation(data), ID)


def unique_id_of(data: bytes) -> object:
    with Image.open(io.BytesIO(data)) as opened:
        return opened.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.ImageUniqueID)


def phone_jpeg(orientation: int) -> bytes:
    """With all that a phone and an editor leave in a photo, and a film behind its end."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = exif[ExifTags.Base.Artist] = CANARY.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = CANARY.decode()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = CANARY
    data = made.jpeg(320, 208, exif=exif, icc_profile=PROFILE, comment=CANARY)
    extra = b"".join(
        b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body
        for marker, body in (
            (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CANARY),
            (0xE0, b"JFXX\0\x10" + CANARY),
            (0xED, b"Photoshop 3.0\0" + CANARY),
            (0xEF, CANARY),
        )
    )
    after_jfif = 4 + int.from_bytes(data[4:6], "big")
    return data[:after_jfif] + extra + data[after_jfif:] + b"ftypmp42" + CANARY


def editor_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", CANARY.decode())
    notes.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation], exif[ExifTags.Base.Make] = 6, CANARY.decode()
    return made.encoded(made.gradient(), "PNG", pnginfo=notes, exif=exif, icc_profile=PROFILE, dpi=(300, 300))


def commented_gif() -> bytes:
    data = made.encoded(made.gradient(mode="P"), "GIF", comment=CANARY, transparency=3)
    first_frame = data.index(b"\x2c", 13 + 3 * 256)
    application = b"\x21\xff\x0bXMP DataXMP" + bytes([len(CANARY)]) + CANARY + b"\0"
    return data[:first_frame] + application + data[first_frame:] + CANARY


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_keeps_pixels_and_colours_alone_and_stands_upright(orientation: int) -> None:
    source = phone_jpeg(orientation)
    assert source.count(CANARY) > 8
    photo = sent(source)
    assert CANARY not in photo
    assert made.same_pixels(photo, source) or orientation != 1
    assert_alike(decode(photo).image, decode(source).image)
    assert unique_id_of(photo) == ID
    assert stored_orientation(photo) == 1
    with Image.open(io.BytesIO(photo)) as opened:
        assert opened.info["icc_profile"] == bare_profile(PROFILE)
        assert set(opened.getexif()) == {ExifTags.IFD.Exif}
    assert photo.endswith(b"\xff\xd9")


def test_a_png_keeps_pixels_and_colours_alone_and_stands_upright() -> None:
    source = editor_png()
    photo = sent(source)
    assert CANARY in source
    assert CANARY not in photo
    assert made.same_pixels(photo, source)
    assert (unique_id_of(photo), stored_orientation(photo)) == (ID, 1)
    with Image.open(io.BytesIO(photo)) as opened:
        assert opened.info["icc_profile"] == bare_profile(PROFILE)


def test_a_gif_keeps_its_frame_and_says_its_id_in_a_comment() -> None:
    source = commented_gif()
    photo = sent(source)
    assert source.count(CANARY) == 3
    assert CANARY not in photo
    assert made.same_pixels(photo, source)
    with Image.open(io.BytesIO(photo)) as opened:
        assert opened.info["comment"] == ID.encode()


@pytest.mark.parametrize("made_of", [made.deep_png_text, made.png_of_many_texts])
def test_what_no_decoder_would_take_in_a_text_is_gone_with_the_text(made_of: Callable[[], bytes]) -> None:
    source = made_of()
    assert _shown(source) is None
    assert _shown(sent(source)) is not None


@pytest.mark.parametrize("name", HIDDEN)
def test_a_name_that_no_decoder_would_look_at_stays_here(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heic, "is_allowed", lambda: True)
    data, sound = HIDDEN[name]
    assert pieces_found(data) != [] or name.startswith("PNG: in gAMA")
    verdict = examine(data, None, ID)
    assert isinstance(verdict, Validated)
    photo = verdict.data
    assert pieces_found(photo) == []
    if verdict.preparation.quality is None and stored_orientation(data) == 1:
        assert decode(photo).image.tobytes() == decode(sound).image.tobytes()
    else:
        assert_alike(decode(photo).image, decode(sound).image, mean=2.5)


def test_of_several_pictures_the_first_alone_goes_out() -> None:
    source = made.multi_picture()
    photo = sent(source)
    assert b"MPF\0" in source
    assert b"MPF\0" not in photo
    assert (source.count(b"\xff\xd8\xff"), photo.count(b"\xff\xd8\xff")) == (2, 1)
    assert made.same_pixels(photo, source)


def test_the_id_stands_near_the_start_of_every_kind() -> None:
    for sample in made.odd_but_sound():
        assert ID.encode() in sent(sample.data)[:2_048], sample.name


def test_preparing_twice_changes_nothing_but_the_id() -> None:
    for source in (phone_jpeg(6), editor_png(), commented_gif()):
        once = sent(source)
        assert sent(once) == once


def test_what_was_whole_stays_so_and_no_half_jpeg_is_made_a_whole_one() -> None:
    """A decoder that goes by markers would take half a JPEG for a whole one as soon as something gives it an end.

    What was broken in its metadata alone is mended by losing it.
    """
    compared = 0
    for data in made.mutants(1_500, seed=17):
        kind = kind_of(data)
        if kind not in (FileKind.JPEG, FileKind.PNG, FileKind.GIF):
            continue
        try:
            scan_header(kind, data)
        except CannotShow:
            continue
        before = _shown(data)
        try:
            with translated():
                after = _shown(sent(data))
        except CannotShow:  # written anew, a GIF and a JPEG's tables have to be whole
            assert before is None or kind is FileKind.GIF or not decode(data, is_exact=True).is_whole
            continue
        if before is not None:
            assert after == before or stored_orientation(data) != 1
        compared += before is not None
    assert compared > 100


def assert_alike(one: Image.Image, other: Image.Image, *, mean: float = 0.4) -> None:
    """Of one size, and with no plane that differs by more than `mean` of 255 on average."""
    assert one.size == other.size
    assert max(ImageStat.Stat(ImageChops.difference(one, other)).mean) <= mean


def _shown(data: bytes) -> bytes | None:
    try:
        with warnings.catch_warnings(action="ignore"):  # the worker only heeds the one of bombs
            picture = decode(data)
    except CannotShow:
        return None
    return repr((picture.image.size, picture.is_whole)).encode() + picture.image.tobytes()
