"""What a worker can't do any more, tried in a real one, and what it still can: its work."""

import ctypes
import logging
import os
import platform
import struct
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import RefusalReason, Refused
from cerbo_desktop.imaging import heic
from cerbo_desktop.imaging.memory_cap import JobLimits
from cerbo_desktop.imaging.process import WorkerProcess, worker_command
from cerbo_desktop.imaging.sandbox import Confinement, leave_calls
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.imaging.system_calls import call_filter
from tests.fakes import heic_pictures, hostile_images as made, icc_profiles
from tests.fakes.jpeg_parts import camera_jpeg
from tests.fakes.prying_worker import CALLS, DONE, FAILED, FORBIDDEN

PRYING = [sys.executable, "-P", "-m", "tests.fakes.prying_worker"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone lets a process give up so much")


@pytest.fixture(scope="module")
def got() -> Confinement:
    worker = WorkerProcess(worker_command())
    worker.end()
    return worker.confinement


@pytest.fixture
async def studio() -> AsyncIterator[WorkerStudio]:
    one = WorkerStudio(PRYING, worker_count=1)
    yield one
    await one.aclose()


async def what_came_of(studio: WorkerStudio, deed: bytes) -> RefusalReason:
    verdict = await studio.examine(deed, "")
    assert isinstance(verdict, Refused)
    return verdict.reason


async def test_no_file_no_socket_no_program(studio: WorkerStudio, got: Confinement) -> None:
    if Confinement.FILES not in got and Confinement.CALLS not in got:
        pytest.skip("this kernel has neither Landlock nor seccomp filters")
    for deed in (b"READ", b"WRITE", b"REMOVE", b"LIST"):
        assert await what_came_of(studio, deed) is FORBIDDEN, deed
    if Confinement.CALLS in got:
        for deed in (b"SOCKET", b"PAIR", b"FORK", b"EXEC", b"SPAWN", b"SIGNAL"):
            assert await what_came_of(studio, deed) is FORBIDDEN, deed
    assert await what_came_of(studio, b"THREAD") is DONE


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers are those of x86-64")
async def test_no_system_call_that_it_does_not_need(studio: WorkerStudio, got: Confinement) -> None:
    if Confinement.CALLS not in got:
        pytest.skip("this kernel has no seccomp filters")
    allowed = [deed for deed in CALLS if await what_came_of(studio, deed) is not FORBIDDEN]
    assert allowed == []
    assert (await studio.thumbnail(made.jpeg(), 100)).width_px == 100


async def test_memory_ends_at_its_ceiling_and_the_worker_does_not(studio: WorkerStudio, got: Confinement) -> None:
    assert Confinement.MEMORY in got
    assert await what_came_of(studio, b"HOARD") is FAILED
    assert (await studio.thumbnail(made.jpeg(), 100)).width_px == 100


async def test_every_format_is_decoded_all_the_same() -> None:
    colours = {"icc_profile": icc_profiles.display_p3()}
    pictures = [
        *(sample.data for sample in made.odd_but_sound()),
        made.encoded(made.gradient(), "JPEG", **colours),
        made.encoded(made.gradient(mode="CMYK"), "JPEG", icc_profile=icc_profiles.red_cyan()),
        made.encoded(made.gradient(), "WEBP", **colours),
        made.gif(3),
        *([heic_pictures.PLAIN, heic_pictures.WIDE_COLOURS] if heic.FORMAT else []),
    ]
    studio = WorkerStudio(worker_count=1)
    try:
        worker = None
        for data in pictures:
            assert (await studio.full(data)).is_full_size
            assert (await studio.thumbnail(data, 64)).width_px <= 64
            worker = worker or studio.process_ids
            assert studio.process_ids == worker
        data = camera_jpeg(made.gradient(1600, 1200))
        assert (await studio.embedded(data, 240)).width_px == 160
        assert (await studio.partial(data[: len(data) // 2], 240)).known_rows > 50
        assert studio.process_ids == worker
    finally:
        await studio.aclose()


@pytest.mark.parametrize("first", sorted({"JPEG", "PNG", "GIF", "WEBP"} | ({"HEIF"} if heic.FORMAT else set())))
async def test_the_first_picture_needs_nothing_that_was_not_loaded(first: str) -> None:
    data = heic_pictures.PLAIN if first == "HEIF" else made.encoded(made.gradient(), first)
    worker = WorkerStudio(worker_count=1)
    try:
        assert (await worker.full(data)).is_full_size
    finally:
        await worker.aclose()


@pytest.mark.parametrize("leaving", ["leave_files", "leave_calls"])
def test_each_holds_alone_or_says_that_it_does_not(leaving: str) -> None:
    script = (
        f"from cerbo_desktop.imaging.sandbox import {leaving} as leave\n"
        "did = leave()\n"
        "try:\n"
        "    open('/proc/version').close()\n"
        "    print(did, 'opened')\n"
        "except PermissionError:\n"
        "    print(did, 'refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30)
    assert done.stdout in ("True refused\n", "False opened\n"), done.stderr


@pytest.mark.parametrize(
    ("got", "is_confined"),
    [
        (Confinement.NOTHING, False),
        (Confinement.MEMORY | Confinement.FILES, False),
        (Confinement.MEMORY | Confinement.INTEGRITY, False),
        (Confinement.MEMORY | Confinement.CALLS, True),
        (Confinement.SANDBOX, True),
    ],
)
def test_confined_is_who_can_reach_nothing(got: Confinement, is_confined: bool) -> None:
    assert got.is_confined is is_confined


def test_on_a_machine_that_the_filter_does_not_know_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert not leave_calls()


async def test_the_log_says_once_what_the_workers_got(got: Confinement, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="cerbo_desktop")
    studio = WorkerStudio(worker_count=1, jobs_a_worker=1)
    try:
        for _ in range(3):
            await studio.thumbnail(made.jpeg(), 100)
    finally:
        await studio.aclose()
    assert caplog.messages.count(f"decoder confined what=Confinement.{got.name}") == 1


async def test_a_worker_steps_back_behind_the_interface() -> None:
    studio = WorkerStudio(worker_count=1)
    try:
        await studio.thumbnail(made.jpeg(), 100)
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, studio.process_ids[0]) == min(19, own + 10)
    finally:
        await studio.aclose()


def test_where_the_system_has_no_ceiling_a_watch_ends_the_process() -> None:
    script = (
        "import threading\n"
        "from cerbo_desktop.imaging.memory_cap import watch_memory\n"
        "watch_memory(200_000_000)\n"
        "hoard = bytearray(300_000_000)\n"
        "threading.Event().wait(60)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=50).returncode == 70


def test_the_limits_of_a_windows_job_are_laid_out_as_windows_has_them() -> None:
    assert ctypes.sizeof(JobLimits) == 144
    assert (JobLimits.flags.offset, JobLimits.active_processes.offset) == (16, 40)
    assert (JobLimits.io_counters.offset, JobLimits.process_memory_bytes.offset) == (64, 112)


@pytest.mark.parametrize(
    ("machine", "audit", "refused", "allowed", "guarded"),
    [
        ("x86_64", 0xC000003E, (2, 257, 41, 57, 59, 62, 90, 302, 322, 425), (0, 1, 11, 12, 60, 202, 231), (9, 10)),
        ("aarch64", 0xC00000B7, (56, 198, 221, 281, 129, 53, 261, 425), (63, 64, 93, 94, 98, 214, 215), (222, 226)),
    ],
)
def test_what_the_filter_refuses(
    machine: str, audit: int, refused: tuple[int, ...], allowed: tuple[int, ...], guarded: tuple[int, ...]
) -> None:
    program = call_filter(machine)
    permission, unknown, killed, passed = 0x50001, 0x50026, 0x80000000, 0x7FFF0000
    assert {outcome(program, audit, number) for number in refused} == {permission}
    assert {outcome(program, audit, number) for number in allowed} == {passed}
    assert {outcome(program, audit, number, third=3) for number in guarded} == {passed}
    assert {outcome(program, audit, number, third=7) for number in guarded} == {permission}
    assert outcome(program, audit, 435) == unknown
    assert outcome(program, 0x40000003, allowed[0]) == killed
    assert outcome(program, audit, 0x40000000 + 2) == killed
    clone = {"x86_64": 56, "aarch64": 220}[machine]
    assert outcome(program, audit, clone, 0x003D0F00) == passed  # as threads are made
    assert outcome(program, audit, clone, 0x007D0F00) == passed  # by another C library
    assert outcome(program, audit, clone, 0x103D0F00) == permission  # in a user namespace of its own
    assert outcome(program, audit, clone, 0x01200011) == permission  # as fork makes a process


def test_every_call_that_is_no_thread_s_is_refused_by_default() -> None:
    """Of all numbers that there are: as many pass as the list has, and no more."""
    program = call_filter("x86_64")
    passed = [number for number in range(600) if outcome(program, 0xC000003E, number) == 0x7FFF0000]
    assert len(passed) == 31


def outcome(program: bytes, audit: int, number: int, first: int = 0, third: int = 0) -> int:
    """Run the filter on one call with these arguments."""
    call = struct.pack("<IIQQQQ", number, audit, 0, first, 0, third)
    value, at = 0, 0
    instructions = list(struct.iter_unpack("=HBBI", program))
    while True:
        code, if_true, if_false, operand = instructions[at]
        at += 1
        if code == 0x06:
            return int(operand)
        if code == 0x20:
            (value,) = struct.unpack_from("<I", call, operand)
        else:
            holds = {0x15: value == operand, 0x35: value >= operand, 0x45: bool(value & operand)}[code]
            at += if_true if holds else if_false


async def test_a_broken_photo_is_still_only_a_broken_photo(studio: WorkerStudio) -> None:
    with pytest.raises(CannotShow):
        await studio.full(made.jpeg()[:300])
    assert (await studio.full(made.jpeg())).is_full_size
