"""Work that may hang: a time limit for whoever waits, the order of one thread, and an end that waits for nothing."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.threads import DaemonThreads, wait_for

_LONG_S = 30.0


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Opened at the end, so that no thread of a test stays."""
    opened = threading.Event()
    yield opened
    opened.set()


async def test_what_answers_in_time_is_given_and_what_it_raises_is_raised() -> None:
    assert await in_time(_LONG_S, lambda: 5) == 5
    with pytest.raises(FileNotFoundError):
        await in_time(_LONG_S, lambda: open("/nowhere/at/all"))  # noqa: SIM115 - it is not there


async def test_what_does_not_answer_is_given_up(gate: threading.Event) -> None:
    with pytest.raises(OSError) as caught:
        await in_time(0.05, gate.wait)
    assert isinstance(caught.value, TimeoutError)


def test_without_a_loop_too(gate: threading.Event) -> None:
    assert wait_for(_LONG_S, lambda: "there") == "there"
    with pytest.raises(TimeoutError):
        wait_for(0.05, gate.wait)


def test_one_thread_does_its_jobs_in_order() -> None:
    threads, done = DaemonThreads("one", 1), list[int]()
    jobs = [threads.submit(done.append, number) for number in range(50)]
    jobs[-1].result(_LONG_S)
    assert done == list(range(50))
    assert [thread.name for thread in threading.enumerate()].count("one") == 1
    threads.shutdown()


def test_a_thread_that_hangs_leaves_the_others_free_and_idle_ones_are_used_again(gate: threading.Event) -> None:
    threads = DaemonThreads("several", 8)
    hung = threads.submit(gate.wait)
    for number in range(50):
        assert threads.submit(lambda n: n, number).result(_LONG_S) == number
    assert [thread.name for thread in threading.enumerate()].count("several") <= 3
    assert not hung.done()
    threads.shutdown()
    with pytest.raises(RuntimeError):
        threads.submit(gate.wait)


def test_what_was_submitted_is_done_after_a_shutdown_and_nobody_waits_for_it(gate: threading.Event) -> None:
    threads = DaemonThreads("leaving", 1)
    first, second = threads.submit(gate.wait), threads.submit(lambda: "done all the same")
    threads.shutdown()
    assert not first.done()
    gate.set()
    assert second.result(_LONG_S) == "done all the same"


_HANGS = """
import threading, time
from cerbo_desktop.app.loop import run_until_done
from PySide6.QtWidgets import QApplication
import asyncio

async def main():
    for _ in range(3):
        asyncio.get_running_loop().run_in_executor(None, threading.Event().wait)
    await asyncio.sleep(0.1)
    return 0

raise SystemExit(run_until_done(QApplication([]), main))
"""


async def test_the_process_ends_while_threads_of_the_loop_hang() -> None:
    process = await asyncio.to_thread(
        lambda: subprocess.run([sys.executable, "-c", _HANGS], timeout=60, capture_output=True, check=False)
    )
    assert process.returncode == 0, process.stderr
