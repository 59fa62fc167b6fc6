"""A file that opens when nobody waits for it any more, because the sheet was closed, stays open for nobody."""

import asyncio
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from cerbo_desktop.services import chosen_files
from cerbo_desktop.services.chosen_files import read_chosen
from tests.waiting import until


async def test_a_file_that_opens_too_late_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"photo")
    may_open, opened = threading.Event(), list[BinaryIO]()

    def slowly(path: Path) -> BinaryIO:
        assert may_open.wait(20.0)
        opened.append(path.open("rb", buffering=0))
        return opened[0]

    monkeypatch.setattr(chosen_files, "_opened", slowly)
    reading = asyncio.ensure_future(read_chosen(file))
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    may_open.set()
    await until(lambda: opened and opened[0].closed)
