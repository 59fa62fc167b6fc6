"""A PC that slept in the middle of an upload: the answer that lay there when it woke is used, and nobody is asked."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from tests.durability.counting_server import CountingServer, PostFault
from tests.durability.desk import photo
from tests.durability.judging import Outcome, start_clerk

_ASLEEP_S = 60.0
"""Longer than an upload of this size may take, which is 31 s."""


class DozingServer(CountingServer):
    """Stops the process that sends before it answers, and wakes it long after it has answered."""

    def __init__(self) -> None:
        super().__init__(PostFault.NONE)
        self.sender_pid = 0
        self.has_answered = threading.Event()

    def _store(self, patient_id: str, body: bytes) -> str:
        os.kill(self.sender_pid, signal.SIGSTOP)
        queue_id = super()._store(patient_id, body)
        self._loop.call_later(1.0, self.has_answered.set)
        return queue_id


@pytest.mark.release
@pytest.mark.timeout(200)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGSTOP")
def test_an_answer_that_came_during_a_minute_of_sleep_is_used(tmp_path: Path) -> None:
    with DozingServer() as server:
        child = start_clerk(tmp_path, server.address, 1)
        server.sender_pid = child.pid
        assert server.has_answered.wait(60)
        assert not threading.Event().wait(_ASLEEP_S)
        os.kill(child.pid, signal.SIGCONT)
        output, trouble = child.communicate(timeout=60)
    assert "Traceback" not in trouble, trouble
    assert Outcome.of(output).states == {photo(0).sha256: "SENT"}
    assert len(server.stored[photo(0).sha256]) == 1
