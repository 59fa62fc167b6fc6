"""A log line that nobody expects fails the test that it comes from.

Qt's messages are judged by pytest-qt (`qt_log_level_fail`), all others here. The app's own events are its behaviour,
but for a defect ("failure"). A test of something that logs on purpose says so: `@pytest.mark.logs("what it says")`.
"""

import logging
import re
from collections.abc import Iterator

import pytest

from cerbo_desktop.runtime.events import Event

_OWN_LOGGER = "cerbo_desktop"
_OF_PYTHON = "StreamReaderProtocol.connection_made"
"""Python 3.11 logs so where a test's server is closed while it still answers: the cancelled handler is asked for its
exception."""


@pytest.fixture(autouse=True)
def _no_surprising_log_lines(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    expected = [mark.args[0] for mark in request.node.iter_markers("logs")]
    lines = [record for when in ("setup", "call") for record in caplog.get_records(when) if _is_bad(record)]
    surprising = [f"{record.name}: {record.getMessage()}" for record in lines]
    assert [line for line in surprising if not any(re.search(each, line) for each in expected)] == []


def _is_bad(record: logging.LogRecord) -> bool:
    if record.name == _OWN_LOGGER:
        return record.getMessage().startswith(Event.FAILURE.value)
    return record.levelno >= logging.WARNING and _OF_PYTHON not in record.getMessage()
