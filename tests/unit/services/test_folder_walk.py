"""A folder that was added: which of its files could be photos, and what is left out without a word."""

import os
from pathlib import Path

import pytest

from cerbo_desktop.services import folder_walk
from cerbo_desktop.services.folder_walk import FolderFiles, files_in


def _made(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def _names(found: FolderFiles, folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in found.photos]


async def test_photos_come_as_a_person_orders_them_and_those_of_inner_folders_last(tmp_path: Path) -> None:
    _made(tmp_path, "IMG_10.jpg", "IMG_9.JPG", "scan", "inner/a.heic", "inner/deep/b.tiff", "note.txt", "film.mp4")
    found = await files_in(tmp_path)
    assert _names(found, tmp_path) == ["IMG_9.JPG", "IMG_10.jpg", "scan", "inner/a.heic", "inner/deep/b.tiff"]
    assert (found.other_count, found.is_cut, found.has_unread_part) == (2, False, False)


async def test_what_is_hidden_or_of_the_system_is_not_even_counted(tmp_path: Path) -> None:
    _made(tmp_path, ".hidden.jpg", "._a.jpg", ".cache/b.jpg", "Thumbs.db", "desktop.ini", "__MACOSX/c.jpg", "d.jpg")
    found = await files_in(tmp_path)
    assert _names(found, tmp_path) == ["d.jpg"]
    assert found.other_count == 0


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
async def test_links_lead_nowhere(tmp_path: Path) -> None:
    _made(tmp_path, "in/a.jpg", "out/b.jpg")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "away").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "c.jpg").symlink_to(tmp_path / "out" / "b.jpg")
    assert _names(await files_in(tmp_path / "in"), tmp_path) == ["in/a.jpg"]


async def test_depth_and_number_have_their_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_walk, "MOST_FILES", 3)
    _made(tmp_path / "many", *(f"{number}.jpg" for number in range(5)))
    found = await files_in(tmp_path / "many")
    assert (len(found.photos), found.is_cut) == (3, True)
    _made(tmp_path / "deep", "/".join(["in"] * 9) + "/a.jpg")
    found = await files_in(tmp_path / "deep")
    assert (found.photos, found.is_cut) == ([], True)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read by the administrator")
async def test_an_inner_folder_that_is_closed_is_told(tmp_path: Path) -> None:
    _made(tmp_path, "a.jpg", "closed/b.jpg")
    (tmp_path / "closed").chmod(0)
    found = await files_in(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert (_names(found, tmp_path), found.has_unread_part) == (["a.jpg"], True)


async def test_a_folder_that_is_not_there_raises(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        await files_in(tmp_path / "gone")
