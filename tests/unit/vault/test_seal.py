"""What was sealed comes back as it was, for the thing it was sealed for, or not at all."""

import base64
import dataclasses
import random
import struct
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings, strategies as st

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.limits import MAX_SEALED_BYTES
from cerbo_desktop.domain.outbox import SealContext, Sealer
from cerbo_desktop.vault import seal
from cerbo_desktop.vault.seal import AesGcmSealer

KEY = bytes(range(32))
CONTEXT = SealContext("photo", UploadId("0f" * 16), "4711", "image/jpeg")
HEADER_BYTES = 44
SMALL_CHUNK_BYTES = 4096
SEALED_CHUNK_BYTES = SMALL_CHUNK_BYTES + 16

Tampering = Callable[[random.Random, bytes, bytes], bytes]


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "_CHUNK_SIZE_BYTES", SMALL_CHUNK_BYTES)


def _is_broken(sealer: Sealer, sealed: bytes, context: SealContext = CONTEXT) -> bool:
    """True where it stays shut for the stated reason; any other exception is the test's failure."""
    try:
        sealer.open(sealed, context)
    except NotSafe as error:
        assert error.reason is NotSafeReason.SEAL_BROKEN
        assert error.__suppress_context__ or error.__context__ is None
        return True
    return False


def _flipped(sealed: bytes, bit: int) -> bytes:
    changed = bytearray(sealed)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _span(index: int) -> slice:
    start = HEADER_BYTES + index * SEALED_CHUNK_BYTES
    return slice(start, start + SEALED_CHUNK_BYTES)


def _with_chunk(sealed: bytes, index: int, chunk: bytes) -> bytes:
    return sealed[: _span(index).start] + chunk + sealed[_span(index).stop :]


def _flip_anywhere(rng: random.Random, sealed: bytes, _: bytes) -> bytes:
    return _flipped(sealed, rng.randrange(len(sealed) * 8))


def _flip_in_header(rng: random.Random, sealed: bytes, _: bytes) -> bytes:
    return _flipped(sealed, rng.randrange(HEADER_BYTES * 8))


def _cut_anywhere(rng: random.Random, sealed: bytes, _: bytes) -> bytes:
    return sealed[: rng.randrange(len(sealed))]


def _cut_at_a_chunk(rng: random.Random, sealed: bytes, _: bytes) -> bytes:
    whole = (len(sealed) - HEADER_BYTES - 1) // SEALED_CHUNK_BYTES
    stop = HEADER_BYTES + rng.randint(0, whole) * SEALED_CHUNK_BYTES + rng.choice((0, 0, 15, 16, 17))
    return sealed[: min(stop, len(sealed) - 1)]


def _append(rng: random.Random, sealed: bytes, other: bytes) -> bytes:
    return sealed + rng.choice((b"\0", rng.randbytes(rng.randint(1, 9000)), sealed[-16:], other[HEADER_BYTES:], sealed))


def _swap_within(rng: random.Random, sealed: bytes, _: bytes) -> bytes:
    first, second = rng.sample(range(3), 2)
    swapped = _with_chunk(sealed, first, sealed[_span(second)])
    return _with_chunk(swapped, second, sealed[_span(first)])


def _repeat_or_drop(rng: random.Random, sealed: bytes, _: bytes) -> bytes:
    index = rng.randrange(3)
    return _with_chunk(sealed, index, rng.choice((b"", sealed[_span(index)] * 2)))


def _swap_between(rng: random.Random, sealed: bytes, other: bytes) -> bytes:
    index = rng.randrange(3)
    return _with_chunk(sealed, index, other[_span(index)])


def _header_of_another(_: random.Random, sealed: bytes, other: bytes) -> bytes:
    return other[:HEADER_BYTES] + sealed[HEADER_BYTES:]


def _zero_a_chunk(rng: random.Random, sealed: bytes, _: bytes) -> bytes:
    return _with_chunk(sealed, rng.randrange(3), bytes(SEALED_CHUNK_BYTES))


def _invent_header(rng: random.Random, sealed: bytes, _: bytes) -> bytes:
    size_bytes = rng.choice((0, 1, 4095, 8192, 1 << 20, 1 << 21, 0xFFFFFFFF))
    return struct.pack(">6sHI", b"CDSEAL", rng.choice((0, 1, 1, 2, 0xFFFF)), size_bytes) + sealed[12:]


def _invent_all(rng: random.Random, sealed: bytes, _: bytes) -> bytes:
    return sealed[: rng.choice((0, 6, 12, HEADER_BYTES))] + rng.randbytes(rng.randint(0, 20_000))


TAMPERINGS: tuple[Tampering, ...] = (
    _flip_anywhere,
    _flip_in_header,
    _cut_anywhere,
    _cut_at_a_chunk,
    _append,
    _swap_within,
    _repeat_or_drop,
    _swap_between,
    _header_of_another,
    _zero_a_chunk,
    _invent_header,
    _invent_all,
)


def _tampered(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Each from a file of four or five chunks and another that was sealed for the very same context."""
    rng = random.Random(seed)
    sealer = AesGcmSealer(KEY)
    for number in range(count):
        tampering = TAMPERINGS[number % len(TAMPERINGS)]
        size_bytes = rng.choice((3 * SMALL_CHUNK_BYTES + 1, 4 * SMALL_CHUNK_BYTES, 4 * SMALL_CHUNK_BYTES + 700))
        sealed, other = (sealer.seal(rng.randbytes(size_bytes), CONTEXT) for _ in range(2))
        changed = tampering(rng, sealed, other)
        assert changed != sealed
        yield tampering.__name__, changed


@pytest.mark.parametrize("count", [1_000, pytest.param(5_000, marks=pytest.mark.release)])
def test_tampered_blobs_stay_shut(count: int, small_chunks: None) -> None:
    """1,000 in each run and 5,000 before a release."""
    sealer = AesGcmSealer(KEY)
    opened = [name for name, changed in _tampered(count, seed=count) if not _is_broken(sealer, changed)]
    assert opened == []


def test_every_bit_of_a_small_file_counts() -> None:
    sealer = AesGcmSealer(KEY)
    sealed = sealer.seal(b"12", CONTEXT)
    assert all(_is_broken(sealer, _flipped(sealed, bit)) for bit in range(len(sealed) * 8))
    assert all(_is_broken(sealer, sealed[:size]) for size in range(len(sealed)))
    assert sealer.open(sealed, CONTEXT) == b"12"


def test_every_cut_at_a_chunk_is_found(small_chunks: None) -> None:
    """A whole number of chunks is left each time, all of them genuine and in their places."""
    sealer = AesGcmSealer(KEY)
    sealed = sealer.seal(bytes(5 * SMALL_CHUNK_BYTES), CONTEXT)
    assert len(sealed) == HEADER_BYTES + 5 * SEALED_CHUNK_BYTES
    assert all(_is_broken(sealer, sealed[: HEADER_BYTES + count * SEALED_CHUNK_BYTES]) for count in range(5))


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(SealContext)])
def test_each_part_of_the_context_is_bound(field: str) -> None:
    """A row moved to another patient does not open; nor does a field added later and forgotten in the seal."""
    sealer = AesGcmSealer(KEY)
    sealed = sealer.seal(b"photo", CONTEXT)
    now = getattr(CONTEXT, field)
    for other in ("", now + " ", now[:-1], now.upper() + "\0", "5"):
        changed: dict[str, Any] = {field: other}
        assert _is_broken(sealer, sealed, dataclasses.replace(CONTEXT, **changed))
    assert sealer.open(sealed, dataclasses.replace(CONTEXT)) == b"photo"


def test_neighbouring_fields_do_not_run_together() -> None:
    sealer = AesGcmSealer(KEY)
    sealed = sealer.seal(b"", SealContext("photo", UploadId("1"), "23", "image/png"))
    for upload, patient, media in (("12", "3", "image/png"), ("", "123", "image/png"), ("1", "23image/", "png")):
        assert _is_broken(sealer, sealed, SealContext("photo", UploadId(upload), patient, media))


def test_another_key_does_not_open_it() -> None:
    sealed = AesGcmSealer(KEY).seal(b"photo", CONTEXT)
    assert _is_broken(AesGcmSealer(bytes(32)), sealed)


_EDGES = [0, 1, 15, 16, 17, *(n * SMALL_CHUNK_BYTES + d for n in (1, 2, 5) for d in (-17, -16, -1, 0, 1, 16, 17))]


@given(
    size_bytes=st.sampled_from(_EDGES) | st.integers(0, 6 * SMALL_CHUNK_BYTES), words=st.lists(st.text(), min_size=4)
)
@settings(max_examples=200, deadline=None)
def test_what_is_sealed_comes_back(size_bytes: int, words: list[str]) -> None:
    context = SealContext(words[0], UploadId(words[1]), words[2], words[3])
    plain = random.Random(size_bytes).randbytes(size_bytes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal, "_CHUNK_SIZE_BYTES", SMALL_CHUNK_BYTES)
        sealed = AesGcmSealer(KEY).seal(plain, context)
    # Opened by a release that would itself choose larger chunks.
    assert AesGcmSealer(KEY).open(sealed, context) == plain
    assert len(sealed) == HEADER_BYTES + size_bytes + 16 * max(1, -(-size_bytes // SMALL_CHUNK_BYTES))


@pytest.mark.parametrize("size_bytes", [0, 131_071, 131_072, 131_073, 11_500_000, MAX_SEALED_BYTES])
def test_the_chunks_in_use(size_bytes: int) -> None:
    plain = random.Random(1).randbytes(size_bytes)
    assert AesGcmSealer(KEY).open(AesGcmSealer(KEY).seal(plain, CONTEXT), CONTEXT) == plain


def test_a_lone_surrogate_is_bound_and_not_in_the_way() -> None:
    context = dataclasses.replace(CONTEXT, patient_id="\ud83d")
    sealed = AesGcmSealer(KEY).seal(b"x", context)
    assert AesGcmSealer(KEY).open(sealed, context) == b"x"
    assert _is_broken(AesGcmSealer(KEY), sealed, dataclasses.replace(CONTEXT, patient_id="?"))


def test_no_plain_text_and_no_context_in_the_sealed_text() -> None:
    canary, context = b"canary-Ortiz-1975", dataclasses.replace(CONTEXT, patient_id="patient-canary")
    sealed = AesGcmSealer(KEY).seal(canary * 20_000, context)
    for word in (
        canary,
        base64.b64encode(canary)[:12],
        b"patient-canary",
        b"image/jpeg",
        CONTEXT.subject.encode(),
        KEY,
    ):
        assert word not in sealed


def test_the_same_photo_twice_shares_nothing_but_the_header() -> None:
    first, second = (AesGcmSealer(KEY).seal(bytes(300_000), CONTEXT) for _ in range(2))
    assert first[:12] == second[:12] == b"CDSEAL\0\1\0\2\0\0"
    blocks = {first[at : at + 16] for at in range(12, len(first), 16)}
    assert len(blocks) > 18_000
    assert not any(second[at : at + 16] in blocks for at in range(12, len(second), 16))


def test_format_one_stays_readable() -> None:
    """Sealed by the first release; photos wait in outboxes across updates."""
    kept = base64.b64decode(_SEALED_BY_THE_FIRST_RELEASE)
    assert AesGcmSealer(KEY).open(kept, CONTEXT) == b"kept across updates"


_SEALED_BY_THE_FIRST_RELEASE = (
    "Q0RTRUFMAAEAAgAAaxwWPK3yUEmdP5rr9m3oGSMKXR2J4LX7O2zP7zhc+qpFlYT5Pxk6I1Aemd335KnIYNwIxkYgmXCWQ5OFWl6/1uvYxw=="
)


def test_a_key_has_32_bytes() -> None:
    for size in (0, 16, 31, 33, 64):
        with pytest.raises(ValueError, match="32 bytes"):
            AesGcmSealer(bytes(size))


def test_the_key_is_not_shown() -> None:
    sealer = AesGcmSealer(b"k" * 32)
    assert "k" * 8 not in f"{sealer!r} {sealer}"
    assert not hasattr(sealer, "__dict__")


def test_absurd_sizes_are_refused_before_anything_is_set_aside() -> None:
    sealer = AesGcmSealer(KEY)
    too_much = bytes(MAX_SEALED_BYTES + 1)
    with pytest.raises(ValueError, match="too large"):
        sealer.seal(too_much, CONTEXT)
    hostile = [
        struct.pack(">6sHI32s", b"CDSEAL", 1, size_bytes, bytes(32)) + body
        for size_bytes in (0, 131_072, 0xFFFFFFFF)
        for body in (b"", bytes(16), bytes(MAX_SEALED_BYTES + 20_000))
    ]
    tracemalloc.start()
    try:
        assert all(_is_broken(sealer, sealed) for sealed in hostile)
        assert tracemalloc.get_traced_memory()[1] < 300_000
    finally:
        tracemalloc.stop()


def test_speed_and_memory(capsys: pytest.CaptureFixture[str]) -> None:
    sealer, plain = AesGcmSealer(KEY), random.Random(2).randbytes(11_000_000)
    sealed = sealer.seal(plain, CONTEXT)
    seal_s = min(_took_s(lambda: sealer.seal(plain, CONTEXT)) for _ in range(5))
    open_s = min(_took_s(lambda: sealer.open(sealed, CONTEXT)) for _ in range(5))
    seal_peak, open_peak = _peak(lambda: sealer.seal(plain, CONTEXT)), _peak(lambda: sealer.open(sealed, CONTEXT))
    cipher = AESGCM(KEY)
    floor_s = min(_took_s(lambda: cipher.encrypt(bytes(12), plain, None)) for _ in range(5))
    with capsys.disabled():
        sys.stdout.write(
            f"\nseal {11 / seal_s:.0f} MB/s, open {11 / open_s:.0f} MB/s, the cipher in one go {11 / floor_s:.0f};"
            f" peak {seal_peak / 11e6:.2f} and {open_peak / 11e6:.2f} times the photo\n"
        )
    assert max(seal_s, open_s) < 4 * floor_s
    assert max(seal_peak, open_peak) < 2.05 * 11_000_000


def _took_s(work: Callable[[], object]) -> float:
    """Processor time of this program."""
    started_s = time.process_time()
    work()
    return time.process_time() - started_s


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
