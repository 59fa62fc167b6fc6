"""The same upload accepted again: nothing is overwritten, nothing is deleted, nothing is kept twice."""

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.outbox.disk import Disk
from tests.unit.outbox.stock import CANARY, outbox, photo, upload, walk

OTHER = replace(CANARY, id=PatientId("1"))


async def test_accepted_again_nothing_changes(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(), photo())
        (file,) = tmp_path.glob("*.photo")
        sealed = file.read_bytes()
        await opened.accept(upload(), photo())
        assert file.read_bytes() == sealed
        assert (await opened.photo(upload().id)).data == photo().data


async def test_for_another_patient_it_is_refused_and_the_first_stays(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(), photo())
        with pytest.raises(NotSafe) as caught:
            await opened.accept(upload(recipient=OTHER), photo())
        assert caught.value.reason is NotSafeReason.KEPT_FOR_ANOTHER
        assert (await opened.photo(upload().id)).data == photo().data
    async with outbox(tmp_path) as again:
        (kept,) = (await again.recover()).kept
        assert kept.upload.recipient == CANARY


async def test_in_another_account_it_is_refused(tmp_path: Path) -> None:
    async with outbox(tmp_path) as first:
        await first.recover()
        await first.accept(upload(), photo())
    async with outbox(tmp_path, account="another key") as second:
        await second.recover()
        with pytest.raises(NotSafe) as caught:
            await second.accept(upload(), photo())
        assert caught.value.reason is NotSafeReason.KEPT_FOR_ANOTHER


async def test_what_cerbo_has_already_does_not_come_back(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(), photo())
        await walk(opened, upload(), UploadState.SENDING, UploadState.COMMITTING, UploadState.UNSURE, UploadState.SENT)
        await opened.drop_photo(upload().id)
        await opened.accept(upload(), photo())
        assert not list(tmp_path.glob("*.photo"))
    async with outbox(tmp_path) as again:
        assert [kept.upload.state for kept in (await again.recover()).kept] == [UploadState.SENT]


class FailingDisk(Disk):
    """Refuses what is told until it is told otherwise."""

    refused: frozenset[str] = frozenset()

    def sync(self, descriptor: int) -> None:
        self._may("sync")
        super().sync(descriptor)

    def rename(self, old: str, new: str) -> None:
        self._may("rename")
        super().rename(old, new)

    def remove(self, name: str) -> None:
        self._may("remove")
        super().remove(name)

    def _may(self, act: str) -> None:
        if act in self.refused:
            raise OSError(errno.ENOSPC, "full")


@pytest.mark.parametrize("refused", [{"sync"}, {"rename"}, {"rename", "remove"}, {"sync", "remove"}])
async def test_tried_again_after_the_disk_failed_it_is_kept_once(tmp_path: Path, refused: set[str]) -> None:
    disk = FailingDisk(tmp_path)
    async with outbox(tmp_path, disk=disk) as opened:
        await opened.recover()
        disk.refused = frozenset(refused)
        with pytest.raises(NotSafe):
            await opened.accept(upload(), photo())
        disk.refused = frozenset()
        await opened.accept(upload(), photo())
        assert (await opened.photo(upload().id)).data == photo().data
    async with outbox(tmp_path) as again:
        (kept,) = (await again.recover()).kept
        assert kept.upload.state is UploadState.QUEUED
        assert [file.suffix for file in tmp_path.iterdir() if file.stem == upload().id] == [".photo"]
