"""The line keeps what it promises: bytes whole, a round trip's wait, a ceiling, a hold."""

import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.patients import RUTH_CALLOWAY
from cerbo_desktop.runtime.paths import resources_dir
from tests.fakes.slow_line import SlowLine


@pytest.fixture
def clinic() -> Iterator[PracticeClinic]:
    with PracticeClinic(resources_dir() / "practice") as clinic:
        yield clinic


@pytest.fixture
def line(clinic: PracticeClinic) -> Iterator[SlowLine]:
    line = SlowLine(int(clinic.origin.rpartition(":")[2]))
    line.start()
    yield line
    line.stop()


@pytest.fixture
def web(clinic: PracticeClinic, line: SlowLine) -> Iterator[httpx.Client]:
    base = f"http://127.0.0.1:{line.port}/api/v1"
    with httpx.Client(base_url=base, auth=(clinic.username, clinic.secret), trust_env=False) as web:
        yield web


def _photo(clinic: PracticeClinic) -> tuple[str, bytes]:
    photo = clinic.album(RUTH_CALLOWAY)[0]
    return f"/patients/{RUTH_CALLOWAY}/images/{photo.id}/content", photo.content


def test_bytes_come_whole_and_are_counted(clinic: PracticeClinic, line: SlowLine, web: httpx.Client) -> None:
    path, data = _photo(clinic)
    assert web.get(path).content == data
    assert line.delivered_bytes > len(data)
    line.count_anew()
    assert line.delivered_bytes == 0


def test_an_answer_takes_a_round_trip_and_its_size_at_the_rate(
    clinic: PracticeClinic, line: SlowLine, web: httpx.Client
) -> None:
    path, data = _photo(clinic)
    web.get("/users")
    line.latency_s, line.rate_bytes_s = 0.1, 4_000_000
    started_s = time.monotonic()
    assert web.get(path).content == data
    assert time.monotonic() - started_s >= 0.1 + len(data) / 4_000_000


def test_a_hold_lets_exactly_so_much_pass_until_it_is_lifted(
    clinic: PracticeClinic, line: SlowLine, web: httpx.Client
) -> None:
    path, data = _photo(clinic)
    web.get("/users")
    line.count_anew()
    line.hold_after_bytes = 20_000
    with web.stream("GET", path) as answer:
        parts = answer.iter_raw()
        got = next(parts)
        _until(lambda: line.delivered_bytes == 20_000)
        assert len(got) <= 20_000
        line.hold_after_bytes = None
        got += b"".join(parts)
    assert got == data


def _until(condition: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + 10.0
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(0.005)
