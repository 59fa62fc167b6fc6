"""Settings survive, and nothing that is wrong with the file stops the app."""

from pathlib import Path

import pytest

from cerbo_desktop.config import settings
from cerbo_desktop.config.settings import Settings, SettingsFile, opened_settings
from cerbo_desktop.runtime.paths import DataDir
from tests.fakes.dead_share import dead_share


def test_what_was_changed_is_there_again(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    SettingsFile(file).change(origin="https://riverbend.md-hq.com", username="pk_1", tile_px=200)
    again = SettingsFile(file).current
    assert (again.origin, again.username, again.tile_px, again.is_set_up) == (
        "https://riverbend.md-hq.com",
        "pk_1",
        200,
        True,
    )
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"tile_px": "wide"}', b"\xff\xfe", b"[" * 100_000])
def test_an_unreadable_file_is_kept_beside(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    settings = SettingsFile(file)
    assert settings.current == Settings()
    assert (tmp_path / "settings.unreadable.json").read_bytes() == content
    settings.change(tile_px=120)
    assert SettingsFile(file).current.tile_px == 120


def test_unknown_keys_of_a_later_version_are_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"origin": "https://a.example", "invented_later": 1}')
    assert SettingsFile(file).current.origin == "https://a.example"


def test_a_folder_that_cannot_be_made_is_noticed(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    assert not DataDir(blocker / "inside").prepare()
    assert DataDir(tmp_path / "new" / "deep").prepare()
    assert (tmp_path / "new" / "deep").stat().st_mode & 0o777 == 0o700


def test_forgotten_settings_are_not_written_down_again(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    settings = SettingsFile(file)
    settings.change(origin="https://a.example", username="pk_1")
    file.unlink()
    settings.forget()
    assert settings.current == Settings()
    assert settings.change(tile_px=120).tile_px == 120
    assert list(tmp_path.iterdir()) == []


async def test_a_disk_that_does_not_answer_gives_no_settings_and_gets_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "_READ_WITHIN_S", 0.1)
    file = tmp_path / "share" / "settings.json"
    with dead_share(file.parent, monkeypatch) as share:
        opened = await opened_settings(file)
        assert opened.current == Settings()
        opened.change(tile_px=200)
        assert len(share.asked_by) == 1
        assert not share.was_asked_by_window


def test_what_the_app_has_written_is_named_and_nothing_else(tmp_path: Path) -> None:
    data_dir = DataDir(tmp_path)
    ours = ["settings.json", "settings.unreadable.json", ".settings-x", "cerbo-desktop.log", "cerbo-desktop.log.2"]
    for name in (*ours, "window", "lock", "holiday.jpg", "other.json"):
        (tmp_path / name).touch()
    for folder in (data_dir.outbox_dir, data_dir.practice_outbox_dir, data_dir.thumbnails_dir, tmp_path / "theirs"):
        folder.mkdir()
    assert sorted(path.name for path in data_dir.written()) == sorted(
        [*ours, "outbox", "practice-outbox", "thumbnails", "window"]
    )
    data_dir.leave_if_empty()
    assert tmp_path.exists()
    (tmp_path / "empty").mkdir()
    DataDir(tmp_path / "empty").leave_if_empty()
    assert not (tmp_path / "empty").exists()


def test_what_a_person_changes_is_told_by_its_name(tmp_path: Path) -> None:
    settings, told = SettingsFile(tmp_path / "settings.json"), list[str]()
    settings.report_changes_to(told.append)
    settings.change(camera_id="aa", camera_size="", tile_px=200)
    settings.change(camera_id="aa")
    assert told == ["camera_id"], "not what stays as it was, nor how the window looks"
