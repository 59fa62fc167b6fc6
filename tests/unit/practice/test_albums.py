"""The albums: what they hold, and photos that can be told apart."""

import io

import pytest
from PIL import Image, ImageOps

from cerbo_desktop.practice import drawing, patients
from cerbo_desktop.practice.clinic import PracticeClinic
from tests.unit.practice.conftest import NOW


def test_marias_album_is_the_designs(clinic: PracticeClinic) -> None:
    album = clinic.album(patients.MARIA_LOPEZ)
    days = [(NOW - photo.created).days for photo in album if not isinstance(photo.created, (str, type(None)))]
    assert len(album) == len({photo.content for photo in album}) == 23
    assert (min(days), max(days) > 365) == (7, True)


def test_photos_of_one_patient_differ(clinic: PracticeClinic) -> None:
    for pt_id in (patients.DOROTHY_VANCE, patients.OTHER_MARIA_LOPEZ, patients.WALTER_ELLIS, patients.GRACE_ADEYEMI):
        album = clinic.album(pt_id)
        assert len({photo.content for photo in album}) == len(album)


def test_who_has_no_photos_and_who_has_only_medical_ones(clinic: PracticeClinic) -> None:
    assert clinic.album(patients.THOMAS_BECKER) == clinic.album(patients.SAMUEL_OKAFOR) == []
    for pt_id in (patients.HANA_KIM, patients.MARISOL_LOPEZ_VEGA):
        assert {photo.photo_type for photo in clinic.album(pt_id)} == {"medical"}


@pytest.mark.parametrize("number", [1, 2, 777, 1200])
def test_a_numbered_photo_says_its_number_at_any_size(clinic: PracticeClinic, number: int) -> None:
    photo = clinic.album(patients.EVELYN_LONGACRE)[number - 1]
    with Image.open(io.BytesIO(photo.content)) as image:
        assert image.size == drawing.NUMBERED_SIZE_PX
        small = io.BytesIO()
        image.resize((160, 120)).save(small, "JPEG")
    assert drawing.number_of(photo.content) == drawing.number_of(small.getvalue()) == number


def test_file_kinds(clinic: PracticeClinic) -> None:
    png, gif, turned, small, corrupt, cut, mislabelled, *dateless = clinic.album(patients.PETER_HALLOWAY)
    kinds = [Image.open(io.BytesIO(photo.content)).format for photo in (png, gif, turned, small, mislabelled)]
    assert kinds == ["PNG", "GIF", "JPEG", "JPEG", "JPEG"]
    assert mislabelled.mime_type == "image/png"
    assert Image.open(io.BytesIO(small.content)).size == (200, 200)
    for broken in (corrupt, cut):
        with pytest.raises(OSError):
            Image.open(io.BytesIO(broken.content)).load()
    assert [photo.created for photo in dateless] == ["0000-00-00 00:00:00", None, ""]


def test_orientation_6_stands_upright_once_turned(clinic: PracticeClinic) -> None:
    with Image.open(io.BytesIO(clinic.album(patients.PETER_HALLOWAY)[2].content)) as image:
        assert (image.getexif()[0x0112], image.size) == (6, (1350, 1800))
        assert ImageOps.exif_transpose(image).size == (1800, 1350)


def test_large_photos_with_and_without_an_embedded_thumbnail(clinic: PracticeClinic) -> None:
    plain, with_thumbnail = (photo.content for photo in clinic.album(patients.RUTH_CALLOWAY))
    for content in (plain, with_thumbnail):
        with Image.open(io.BytesIO(content)) as image:
            assert image.size == (4000, 3000)
    start = with_thumbnail.index(b"\xff\xd8", 2)
    with Image.open(io.BytesIO(with_thumbnail[start:65536])) as thumbnail:
        thumbnail.load()
        assert max(thumbnail.size) == 160
