"""Where the same photo is already: in Cerbo, in this PC's uploads, in the chart, or with another patient."""

import hashlib
import itertools
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cerbo_desktop.domain.errors import NotSafeReason, Unreachable
from cerbo_desktop.domain.sent_before import SentBefore, SentWhere
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.domain.verdict import Accepted, Preparation
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.same_in_chart import SameInChart
from cerbo_desktop.services.uploads.sent_photos import KnownSentPhotos
from tests.unit.services.uploads.desk import ID, MARIA, MARKED, RUTH, Desk, photo
from tests.waiting import until

_numbers = itertools.count()
TAKEN = datetime(2025, 8, 14, 14, 22, tzinfo=UTC)


def from_file(data: bytes, pixels: str = "", carried_id: str = "") -> Accepted:
    """What is made of a file: what goes out has an id of its own each time, and so other bytes."""
    source_sha256 = hashlib.sha256(data).hexdigest()
    preparation = Preparation(pixels_sha256=pixels, source_unique_id=carried_id)
    made = photo(b"made of %b, number %d" % (data, next(_numbers)))
    return replace(made, source_sha256=source_sha256, preparation=preparation)


class Knowing(Desk):
    """A desk with Maria's chart open."""

    def __init__(self) -> None:
        super().__init__()
        self.album = Feed(Album(MARIA.id))
        chart = SameInChart(self.contents, self.album)
        self.sent_photos = KnownSentPhotos(self.outbox, self.uploading.feed, chart)

    async def where(self, accepted: Accepted) -> SentWhere | None:
        found = await self.sent_photos.find(MARIA.id, accepted)
        return found.where if found is not None else None

    async def charted(self, data: bytes) -> None:
        """A photo of Maria's chart that was downloaded."""
        listed = self.server.add_photo(MARIA.id, data, taken_at=TAKEN)
        self.album.publish(Album(MARIA.id, (listed,)))
        await self.contents.get(MARIA.id, listed.id)


@pytest.fixture
def desk() -> Knowing:
    return Knowing()


async def test_a_file_is_in_uploads_until_cerbo_has_it(desk: Knowing) -> None:
    desk.server.fail("create_photo", Unreachable())
    await desk.uploading.accept(MARIA, from_file(b"file"))
    added_at = desk.clock.now()
    assert await desk.sent_photos.find(MARIA.id, from_file(b"file")) == SentBefore(SentWhere.UPLOADS, added_at)
    desk.server.heal()
    desk.uploading.resume()
    await until(lambda: desk.only.state is UploadState.SENT)
    assert await desk.sent_photos.find(MARIA.id, from_file(b"file")) == SentBefore(SentWhere.CERBO, added_at)
    await desk.uploading.aclose()


@pytest.mark.parametrize(
    "again",
    [from_file(b"saved again", pixels="pixels"), from_file(b"saved from Cerbo", carried_id=ID)],
    ids=["the same pixels", "the id that was sent"],
)
async def test_a_copy_in_other_bytes_is_known(desk: Knowing, again: Accepted) -> None:
    sent = replace(from_file(MARKED, pixels="pixels"))
    await desk.uploading.accept(MARIA, sent)
    assert await desk.where(again) is not None
    assert await desk.where(from_file(b"another file", pixels="others", carried_id="7e" * 16)) is None
    await desk.uploading.aclose()


async def test_a_photo_that_was_withdrawn_is_not_already_sent(desk: Knowing) -> None:
    await desk.uploading.accept(MARIA, from_file(b"file"))
    await until(lambda: desk.only.can_be_withdrawn)
    await desk.uploading.withdraw(desk.only.id)
    assert await desk.where(from_file(b"file")) is None
    await desk.uploading.aclose()


async def test_the_same_file_of_another_patient_is_told_after_the_patient_s_own(desk: Knowing) -> None:
    await desk.uploading.accept(RUTH, from_file(b"file"))
    assert await desk.where(from_file(b"file")) is SentWhere.OTHER_PATIENT
    await desk.charted(b"file")
    assert await desk.where(from_file(b"file")) is SentWhere.CHART
    await desk.uploading.accept(MARIA, from_file(b"file"))
    assert await desk.where(from_file(b"file")) in (SentWhere.UPLOADS, SentWhere.CERBO)
    await desk.uploading.aclose()


async def test_a_file_that_was_saved_from_cerbo_is_in_the_chart_and_nothing_is_loaded_for_it(desk: Knowing) -> None:
    await desk.charted(MARKED)
    loaded = desk.server.count("content") + desk.server.count("stream")
    in_chart = SentBefore(SentWhere.CHART, TAKEN)
    assert await desk.sent_photos.find(MARIA.id, from_file(MARKED)) == in_chart
    assert await desk.sent_photos.find(MARIA.id, from_file(b"its copy", carried_id=ID)) == in_chart
    assert await desk.sent_photos.find(RUTH.id, from_file(MARKED)) is None
    assert desk.server.count("content") + desk.server.count("stream") == loaded


async def test_a_photo_that_has_left_the_chart_is_not_in_it(desk: Knowing) -> None:
    await desk.charted(MARKED)
    assert await desk.where(from_file(MARKED)) is SentWhere.CHART
    desk.album.publish(Album(MARIA.id))
    assert await desk.where(from_file(MARKED)) is None


async def test_where_the_outbox_does_not_open_the_chart_is_still_known(desk: Knowing) -> None:
    await desk.charted(MARKED)
    desk.outbox.fails["earlier_uploads"] = NotSafeReason.KEY_GONE
    assert await desk.where(from_file(MARKED)) is SentWhere.CHART
    assert await desk.where(from_file(b"file")) is None
