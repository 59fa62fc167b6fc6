"""The line keeps what it promises: bytes whole, a round trip's wait, a ceiling each way, even shares, holds, cuts."""

import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.patients import RUTH_CALLOWAY
from cerbo_desktop.runtime.paths import resources_dir
from tests.fakes.lines import Quality, SlowLine


@pytest.fixture
def clinic() -> Iterator[PracticeClinic]:
    with PracticeClinic(resources_dir() / "practice") as clinic:
        yield clinic


@pytest.fixture
def line(clinic: PracticeClinic) -> Iterator[SlowLine]:
    with SlowLine(int(clinic.origin.rpartition(":")[2])) as line:
        yield line


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
    line.quality = Quality(down_bytes_s=4_000_000, latency_s=0.1)
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


def test_a_name_says_what_a_line_is_like() -> None:
    assert Quality.named("10 Mbit/s, 50 ms") == Quality(1_250_000, 1_250_000, 0.05)
    assert Quality.named("16/1 Mbit/s") == Quality(2_000_000, 125_000)
    assert Quality.named("2 Mbit/s, 150 ms, 1 % loss") == Quality(250_000, 250_000, 0.15, 0.01)
    assert Quality.named("150 ms") == Quality(latency_s=0.15)
    for nonsense in ("fast", "10 Mbit", "-1 ms"):
        with pytest.raises(ValueError, match=nonsense):
            Quality.named(nonsense)


def test_what_goes_up_has_a_ceiling_of_its_own(line: SlowLine, web: httpx.Client) -> None:
    web.get("/users")
    line.quality = Quality(up_bytes_s=400_000)
    line.count_anew()
    started_s = time.monotonic()
    web.post(f"/patients/{RUTH_CALLOWAY}/images", content=bytes(200_000))
    assert time.monotonic() - started_s >= 0.4
    assert line.sent_bytes > 200_000


def test_where_nobody_reads_nothing_more_comes_and_the_others_have_the_line(
    clinic: PracticeClinic, line: SlowLine, web: httpx.Client
) -> None:
    big = clinic.fill_album(RUTH_CALLOWAY, [lambda: bytes(4_000_000)])[0]
    path = f"/patients/{RUTH_CALLOWAY}/images/{big.id}/content"
    line.quality = Quality(down_bytes_s=8_000_000)
    with web.stream("GET", path) as unread:
        assert web.get(path).content == big.content
        assert line.delivered_bytes < 7_000_000
        assert unread.read() == big.content


def test_two_that_read_have_an_even_share(clinic: PracticeClinic, line: SlowLine, web: httpx.Client) -> None:
    big = clinic.fill_album(RUTH_CALLOWAY, [lambda: bytes(1_000_000)])[0]
    path = f"/patients/{RUTH_CALLOWAY}/images/{big.id}/content"
    line.quality = Quality(down_bytes_s=1_000_000)
    got: list[float] = []

    def fetch() -> None:
        assert web.get(path).content == big.content
        got.append(time.monotonic())

    threads = [threading.Thread(target=fetch) for _ in range(2)]
    started_s = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(got) - started_s > 1.5
    assert max(got) - started_s >= 1.9


def test_a_cut_breaks_so_many_connections_and_then_no_more(
    clinic: PracticeClinic, line: SlowLine, web: httpx.Client
) -> None:
    path, data = _photo(clinic)
    line.cut(after_bytes=30_000, times=2)
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            web.get(path)
    assert line.cuts_left == 0
    assert web.get(path).content == data


def test_a_lossy_line_brings_every_byte(clinic: PracticeClinic, line: SlowLine, web: httpx.Client) -> None:
    path, data = _photo(clinic)
    line.quality = Quality(loss=0.02)
    assert web.get(path).content == data


def _until(condition: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + 10.0
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(0.005)
