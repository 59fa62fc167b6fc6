"""Whether the app may be taken off a Windows PC, by the names of files alone."""

import os
from pathlib import Path

import pytest
from platformdirs import windows

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.outbox.disk import Disk
from cerbo_desktop.outbox.spool import Spool
from cerbo_desktop.runtime.paths import DataDir
from shipping import guard
from shipping.guard import Verdict, judge, unsent_count

FIRST, SECOND, THIRD = (UploadId(digit * 32) for digit in "123")


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """The outbox of a user named anna."""
    disk = Disk(tmp_path / "anna" / guard.OUTBOX)
    disk.prepare()
    return Spool(disk)


def _judge(top: Path, *, even_unsent: bool = False) -> tuple[Verdict, str]:
    return judge(sorted(top.iterdir()), is_open=False, even_unsent=even_unsent)


def test_it_looks_where_the_app_keeps_photos_on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData" / "Local"))
    monkeypatch.setattr(windows, "get_win_folder", windows.get_win_folder_from_env_vars)
    kept = DataDir(Path(windows.Windows("Cerbo Desktop", appauthor=False, roaming=False).user_data_dir))
    assert kept.outbox_dir == tmp_path / guard.OUTBOX


def test_a_photo_counts_from_its_first_byte_until_it_is_given_up(tmp_path: Path, spool: Spool) -> None:
    spool.write(FIRST, b"card", b"photo")
    counts = [unsent_count(tmp_path / "anna")]
    for step in (spool.finish, spool.mark_uncertain, spool.mark_removed, spool.restore, spool.remove):
        step(FIRST)
        counts.append(unsent_count(tmp_path / "anna"))
    assert counts == [1, 1, 1, 0, 1, 0]


def test_photos_of_every_user_are_counted_and_none_is_opened(tmp_path: Path, spool: Spool) -> None:
    for upload_id in (FIRST, SECOND):
        spool.write(upload_id, b"card", b"photo")
    other = tmp_path / "ben" / guard.OUTBOX
    other.mkdir(parents=True)
    (other / f"{THIRD}.photo").symlink_to("nowhere")  # whoever opened it would fail
    (tmp_path / "carl").mkdir()
    verdict, words = _judge(tmp_path)
    assert verdict is Verdict.PHOTOS_WAIT
    assert "3 photos" in words
    assert f"2 of {tmp_path / 'anna'}" in words
    assert f"1 of {tmp_path / 'ben'}" in words
    assert "carl" not in words


def test_photos_of_the_practice_clinic_and_other_files_keep_nothing_here(tmp_path: Path, spool: Spool) -> None:
    folder = tmp_path / "anna" / guard.OUTBOX
    practice = folder.with_name("practice-outbox")
    practice.mkdir()
    (practice / f"{FIRST}.photo").touch()
    (folder / "ledger.sqlite3").touch()
    assert _judge(tmp_path)[0] is Verdict.MAY_GO


def test_force_passes_by_photos(tmp_path: Path, spool: Spool) -> None:
    spool.write(FIRST, b"card", b"photo")
    assert _judge(tmp_path, even_unsent=True)[0] is Verdict.MAY_GO


@pytest.mark.parametrize("is_forced", [False, True])
def test_an_open_app_stays(tmp_path: Path, spool: Spool, is_forced: bool) -> None:
    verdict, words = judge([tmp_path / "anna"], is_open=True, even_unsent=is_forced)
    assert verdict is Verdict.IS_OPEN
    assert "for every signed-in user" in words


def test_a_folder_that_cannot_be_seen_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spool: Spool) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "not yours")

    monkeypatch.setattr(os, "scandir", refuse)
    verdict, words = judge([tmp_path / "anna"], is_open=False, even_unsent=False)
    assert verdict is Verdict.CANNOT_TELL
    assert "administrator" in words


def test_words_it_does_not_know_are_no_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert guard.main(["--remove"]) == 2
    assert guard.EVEN_UNSENT in capsys.readouterr().out
