"""Nothing but our own closed set of words gets into the log."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import Unreachable
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.runtime.events import Event, event, hold_events, recent_events, start_logging, stop_logging


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    start_logging(tmp_path / "app.log")
    yield tmp_path / "app.log"
    stop_logging()


def test_an_event_is_its_kind_and_its_fields(log: Path) -> None:
    event(Event.UPLOAD_MOVED, what=UploadState.SENT)
    event(Event.REQUEST_FAILED, what=Unreachable, operation="content", status=502, is_warning=True)
    stop_logging()
    first, second = log.read_text().splitlines()
    assert first.endswith("INFO upload moved what=UploadState.SENT")
    assert second.endswith("WARNING request failed what=Unreachable operation=content status=502")


@pytest.mark.logs("a message of another.library was withheld")
def test_other_libraries_words_are_withheld(log: Path) -> None:
    logging.getLogger("one.library").info("GET https://x/api/v1/patients/search?last_name=Lopez")
    try:
        raise ValueError("Maria Lopez")
    except ValueError:
        logging.getLogger("another.library").exception("failed for %s", "Lopez")
    stop_logging()
    text = log.read_text()
    assert "Lopez" not in text
    assert "a message of another.library was withheld" in text


def test_the_last_events_are_there_without_any_log() -> None:
    start_logging(None)
    for count in range(1, 251):
        event(Event.UPLOAD_MOVED, what=UploadState.SENT, count=count)
    event(Event.REQUEST_FAILED, what=Unreachable, is_warning=True)
    recent = recent_events()
    assert len(recent) == 200
    assert recent[0].endswith(" INFO upload moved what=UploadState.SENT count=52")
    assert recent[-1].endswith(" WARNING request failed what=Unreachable")


def test_what_was_held_comes_first_and_once(tmp_path: Path) -> None:
    hold_events()
    event(Event.STARTED, operation="1.0")
    for _ in range(2):
        start_logging(tmp_path / "app.log")
        event(Event.PAINTED)
        stop_logging()
    first, *others = (tmp_path / "app.log").read_text().splitlines()
    assert first.endswith("INFO started operation=1.0")
    assert [line.rstrip().endswith("INFO window painted") for line in others] == [True, True]
