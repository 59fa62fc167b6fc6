"""Files are offered for deletion once Cerbo has all of their photos, and go only as they were sent."""

import hashlib
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cerbo_desktop.domain.acts import Act, OriginalsDeleted
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Recipient, Upload, UploadState, upload_id_of
from cerbo_desktop.domain.verdict import Accepted, FileKind, MediaType, OutgoingPhoto, Preparation
from cerbo_desktop.runtime import network_places
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.originals import Originals, OriginalsOffer
from cerbo_desktop.services.sent_originals import Kept, deletable_size
from tests.fakes.hand_clock import HandClock
from tests.waiting import until

MARIA = Patient(PatientId("10482"), "Maria", "Lopez")
PREVIEW = Raster(1, 1, b"\0\0\0\0", 1, 1)
S = UploadState


def photo_of(file: Path, done: Preparation, number: int) -> Accepted:
    """What goes out has an id of its own each time."""
    source = hashlib.sha256(file.read_bytes()).hexdigest()
    photo = OutgoingPhoto(b"", MediaType.JPEG, 1, 1, source, f"{number:032x}")
    return Accepted(photo, PREVIEW, source, done)


class Sender:
    """The files of one session, and how their uploads stand."""

    def __init__(self, folder: Path, *, are_offered: bool = True) -> None:
        self.folder, self.acts, self.failures = folder, list[Act](), list[BaseException]()
        self.uploads: Feed[tuple[Upload, ...]] = Feed(())
        self.scope = TaskScope("test", self.failures.append)
        self.originals = Originals(self.uploads, self.scope, self.acts.append, are_offered=are_offered)

    async def send(self, *names: str, **done: Preparation) -> None:
        """Until all of them are in the queue, and offered. `done`: what was done to a file, by its name without its
        extension."""
        self.hand_over(*names, **done)
        for number in range(len(names)):
            self.move(number, S.SENT)
        await self.offer()

    def hand_over(self, *names: str, **done: Preparation) -> None:
        batch = self.originals.batch(MARIA)
        for name in names:
            file = self.folder / name
            file.write_bytes(name.encode())
            photo = photo_of(file, done.get(file.stem, Preparation()), len(self.uploads.latest))
            batch.add(file, name, photo)
            now = HandClock().now()
            upload = Upload(
                upload_id_of(photo.photo.facts), Recipient.of(MARIA), photo.photo.facts, PREVIEW, now, now, S.QUEUED
            )
            self.uploads.publish((*self.uploads.latest, upload))
        batch.close()

    def move(self, number: int, state: UploadState, *, is_told: bool = False) -> None:
        uploads = list(self.uploads.latest)
        uploads[number] = replace(uploads[number], state=state, is_told=is_told)
        self.uploads.publish(tuple(uploads))

    def remove(self, number: int) -> None:
        self.uploads.publish(tuple(each for place, each in enumerate(self.uploads.latest) if place != number))

    @property
    def offered(self) -> list[list[str]]:
        return [[each.name for each in offer.originals] for offer in self.originals.feed.latest]

    async def offer(self) -> OriginalsOffer:
        await until(lambda: self.originals.feed.latest)
        (offer,) = self.originals.feed.latest
        return offer

    async def deleted(self) -> OriginalsDeleted:
        """Have the one offer carried out."""
        self.originals.delete((await self.offer()).id)
        await until(lambda: self.acts)
        (act,) = self.acts
        assert isinstance(act, OriginalsDeleted)
        return act


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    return Sender(tmp_path)


async def test_files_are_offered_once_cerbo_has_every_photo(sender: Sender) -> None:
    await sender.send("a.jpg", "b.jpg", "c.jpg")
    for state in (S.QUEUED, S.COMMITTING, S.UNSURE, S.NEEDS_REVIEW, S.REFUSED):
        sender.move(0, state)
        assert sender.offered == []
    for number, in_cerbo in enumerate((S.SENT, S.TAKEN, S.ACCEPTED)):
        sender.move(number, in_cerbo)
    assert sender.offered == [["a.jpg", "b.jpg", "c.jpg"]]
    offer = await sender.offer()
    assert (offer.folder, [each.size_bytes for each in offer.originals]) == (sender.folder, [5, 5, 5])
    sender.move(0, S.GONE)
    assert sender.offered == [], "Cerbo may not have it after all"


async def test_a_file_of_which_only_a_part_was_sent_is_never_offered(sender: Sender) -> None:
    await sender.send(
        *("whole.jpg", "pages.tiff", "huge.jpg", "small.jpg", "film.jpg", "fewer.jpg"),
        pages=Preparation(FileKind.TIFF, page_count=2),
        huge=Preparation(is_reduced=True),
        small=Preparation(is_fitted=True, is_below_minimum=True),
        film=Preparation(holds_more=True),
        fewer=Preparation(is_fitted=True, source_width_px=2, source_height_px=1),
    )
    assert sender.offered == [["whole.jpg"]]


async def test_what_a_person_alone_said_to_be_there_is_not_enough(sender: Sender) -> None:
    await sender.send("a.jpg")
    sender.move(0, S.SENT, is_told=True)
    assert sender.offered == []


async def test_the_file_of_a_photo_that_was_withdrawn_is_kept_and_never_offered(sender: Sender) -> None:
    await sender.send("a.jpg", "b.jpg")
    sender.move(1, S.DISCARDED)
    sender.remove(1)
    assert sender.offered == [["a.jpg"]]
    assert (await sender.deleted()).deleted_count == 1
    assert [each.name for each in sender.folder.iterdir()] == ["b.jpg"]


async def test_a_photo_that_left_the_list_from_the_chart_counts_as_there(sender: Sender) -> None:
    await sender.send("a.jpg")
    sender.move(0, S.ACCEPTED)
    sender.remove(0)
    assert sender.offered == [["a.jpg"]]


async def test_deleting_leaves_what_was_changed_since_and_says_so(sender: Sender) -> None:
    await sender.send("a.jpg", "b.jpg", "c.jpg")
    (sender.folder / "b.jpg").write_bytes(b"b.jpX")
    (sender.folder / "c.jpg").unlink()
    assert await sender.deleted() == OriginalsDeleted(MARIA.id, deleted_count=2, kept_count=1)
    offer = await sender.offer()
    assert [(each.name, each.kept) for each in offer.originals] == [("b.jpg", Kept.CHANGED)]
    assert (offer.deletable, offer.is_deleting) == ((), False)
    assert [each.name for each in sender.folder.iterdir()] == ["b.jpg"]
    sender.originals.keep(offer.id)
    assert sender.offered == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may delete anything")
async def test_a_file_that_cannot_be_deleted_keeps_its_row(sender: Sender) -> None:
    await sender.send("a.jpg")
    sender.folder.chmod(0o500)
    try:
        await sender.deleted()
    finally:
        sender.folder.chmod(0o700)
    (left,) = (await sender.offer()).deletable
    assert left.kept is Kept.REFUSED
    sender.acts.clear()
    assert (await sender.deleted()).deleted_count == 1


async def test_a_file_that_was_sent_twice_is_offered_while_cerbo_has_both_photos(sender: Sender) -> None:
    sender.hand_over("a.jpg")
    sender.hand_over("a.jpg", "b.jpg")
    for number in range(3):
        sender.move(number, S.SENT)
    await until(lambda: len(sender.offered) == 2)
    sender.move(0, S.REFUSED)
    assert sender.offered == []
    sender.move(0, S.SENT)
    assert sorted(sender.offered) == [["a.jpg"], ["a.jpg", "b.jpg"]]


async def test_keeping_keeps_every_file(sender: Sender) -> None:
    await sender.send("a.jpg")
    sender.originals.keep((await sender.offer()).id)
    sender.move(0, S.ACCEPTED)
    assert sender.offered == []
    assert (sender.folder / "a.jpg").exists()


async def test_nothing_is_offered_where_nothing_else_keeps_the_photo(tmp_path: Path) -> None:
    sender = Sender(tmp_path, are_offered=False)
    sender.hand_over("a.jpg")
    sender.move(0, S.SENT)
    assert sender.offered == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_and_folders_are_never_offered(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"photo")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "a.jpg")
    assert deletable_size(tmp_path / "a.jpg") == 5
    for other in ("link.jpg", "gone.jpg", "."):
        assert deletable_size(tmp_path / other) is None


@pytest.mark.skipif(sys.platform != "linux", reason="by the mounts of Linux")
def test_files_on_a_share_are_never_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").write_bytes(b"photo")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"1 0 8:2 / / rw - ext4 /dev/sda rw\n2 1 0:9 / {tmp_path} rw - cifs //server rw\n", "utf-8")
    monkeypatch.setattr(network_places, "MOUNTS_FILE", mounts)
    assert deletable_size(tmp_path / "a.jpg") is None
