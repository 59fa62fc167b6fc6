"""Dates, sizes, failures, hostile text, and pixels on their way to Qt and back."""

import gc
from datetime import date, datetime

import pytest
from hypothesis import given, strategies as st
from PySide6.QtGui import QImage

from cerbo_desktop.camera.raster_from_qimage import qimage_to_raster
from cerbo_desktop.domain import errors
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.phrases import ActionContext
from cerbo_desktop.ui.kit.text import plain

SHOT = datetime(2025, 11, 5, 9, 41)  # noqa: DTZ001  # clinic time, as the phrases take it


def test_dates_are_written_as_designed() -> None:
    assert phrases.day(date(1981, 3, 4)) == "4 Mar 1981"
    assert phrases.day_spoken(date(1981, 3, 4)) == "4 March 1981"
    assert phrases.weekday(date(2025, 11, 12)) == "Wed 12 Nov 2025"
    assert phrases.moment(SHOT) == "Wed 5 Nov 2025, 09:41"
    assert phrases.moment_spoken(SHOT) == "5 November 2025, 09:41"
    assert phrases.short_moment(SHOT) == "5 Nov, 09:41"
    assert phrases.clock(SHOT) == "09:41"
    assert phrases.month(date(2025, 11, 30)) == "November 2025"


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [(0, "0 KB"), (1, "1 KB"), (412_300, "412 KB"), (999_499, "999 KB"), (999_700, "1.0 MB"), (6_100_000, "6.1 MB")],
)
def test_sizes(size_bytes: int, words: str) -> None:
    assert phrases.megabytes(size_bytes) == words


def test_progress_names_the_unit_once() -> None:
    assert phrases.progress_of(2_700_000, 6_100_000) == "2.7 of 6.1 MB"
    assert phrases.progress_of(100_000, 412_000) == "100 of 412 KB"
    assert phrases.percent(0.45) == "45%"
    assert phrases.percent(0.999) == "99%"
    assert phrases.percent(1.0) == "100%"


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(1981, 3, 4), "44 years"),
        (date(1981, 11, 13), "43 years"),
        (date(2023, 11, 12), "2 years"),
        (date(2023, 11, 13), "23 months"),
        (date(2025, 10, 12), "1 month"),
        (date(2025, 11, 3), "9 days"),
        (date(2025, 11, 12), "0 days"),
        (date(2026, 1, 1), ""),
    ],
)
def test_ages(born: date, words: str) -> None:
    assert phrases.age(born, date(2025, 11, 12)) == words


def test_counts_and_waits() -> None:
    assert [phrases.count(n, "photo") for n in (0, 1, 3)] == ["0 photos", "1 photo", "3 photos"]
    assert phrases.count(2, "person/people") == "2 people"
    assert [phrases.wait(s) for s in (0.2, 10, 59.5, 60, 61)] == ["1 s", "10 s", "1 min", "1 min", "2 min"]


ALL_ERRORS: list[errors.CerboDesktopError] = [
    *(errors.Untrusted(fault, "Evil <b>CA</b>") for fault in errors.TlsFault),
    *(errors.BadAnswer(kind) for kind in errors.BadAnswerKind),
    *(errors.ServerRefused(reason) for reason in errors.ServerRefusal),
    *(errors.CannotShow(reason) for reason in RefusalReason),
    *(errors.NotSafe(reason) for reason in errors.NotSafeReason),
    *(kind() for kind in (errors.Unreachable, errors.SignedOut, errors.Forbidden, errors.Missing, errors.MaybeSent)),
    *(errors.Overloaded(), errors.Overloaded(60.0), errors.ServerError(), errors.CerboDesktopError()),
]


@pytest.mark.parametrize("doing", list(ActionContext))
@pytest.mark.parametrize("error", ALL_ERRORS, ids=repr)
def test_every_failure_has_plain_words(error: errors.CerboDesktopError, doing: ActionContext) -> None:
    sentence = phrases.error_sentence(error, doing=doing)
    assert sentence.title.endswith(".")
    assert not sentence.text or sentence.text.endswith((".", "?"))
    assert "  " not in sentence.whole
    for word in ("API", "timeout", "sync", "payload", "HTTP", "JSON", "TLS", "401", "Evil", "'", "None"):
        assert word not in sentence.whole


def test_the_designed_sentences_stand_word_for_word() -> None:
    def whole(error: errors.CerboDesktopError, doing: ActionContext) -> str:
        return phrases.error_sentence(error, doing=doing).whole

    sending = ActionContext.SENDING
    unreached = "Could not reach Cerbo. Nothing was sent; the photo is safe on this PC."
    assert whole(errors.Unreachable(), sending) == unreached
    assert whole(errors.Overloaded(60), sending) == "Cerbo is busy. Nothing was sent; the photo is safe on this PC."
    assert whole(errors.Overloaded(10), ActionContext.SEARCHING) == "Cerbo is busy. This loads by itself."
    assert phrases.error_sentence(errors.Forbidden(), doing=sending).title == "This key isn’t allowed to send photos."
    too_big = errors.ServerRefused(errors.ServerRefusal.TOO_BIG)
    assert phrases.error_sentence(too_big, doing=sending).title == "Cerbo refused the photo: too big."
    appointments = "This key isn’t allowed to read appointments. Search still works."
    assert whole(errors.Forbidden(), ActionContext.READING_APPOINTMENTS) == appointments
    assert whole(errors.SignedOut(), ActionContext.SIGNING_IN) == "User name or password is not right."


def test_only_a_doubtful_or_unkept_photo_is_called_unsafe() -> None:
    for error in ALL_ERRORS:
        is_kept_elsewhere = isinstance(error, errors.NotSafe) and error.reason is errors.NotSafeReason.KEPT_FOR_ANOTHER
        unsafe = isinstance(error, errors.MaybeSent | errors.NotSafe) and not is_kept_elsewhere
        assert phrases.error_sentence(error, doing=ActionContext.SENDING).is_safe is not unsafe


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("Maria\u202egpj.exe\u202c", "Mariagpj.exe"),
        ("line\r\nbreak\tand\x00nul", "line break andnul"),
        ("\u2066isolated\u2069 \ufeffmark", "isolated mark"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("José Ángel Núñez", "José Ángel Núñez"),
        ("نرگس\u200cزاده", "نرگس\u200cزاده"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 4),
        ("\ud800lone", "lone"),
        ("   ", ""),
    ],
)
def test_hostile_text_is_made_harmless(hostile: str, harmless: str) -> None:
    assert plain(hostile) == harmless


@given(st.text(max_size=400), st.integers(1, 60))
def test_text_is_one_short_line_whatever_comes(text: str, max_chars: int) -> None:
    shown = plain(text, max_chars)
    assert len(shown) <= max_chars
    assert shown == plain(shown, max_chars)
    assert not set(shown) & set("\n\r\t\x00\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def test_long_text_ends_in_an_ellipsis() -> None:
    assert plain("x" * 500) == "x" * 119 + "…"


def test_pixels_survive_the_way_to_qt_and_back() -> None:
    raster = Raster(3, 2, bytes(byte if at % 4 != 3 else 255 for at, byte in enumerate(range(10, 34))), 3, 2)
    image = raster_to_qimage(raster)
    first = image.pixelColor(0, 0)
    assert (first.blue(), first.green(), first.red()) == (10, 11, 12)
    assert qimage_to_raster(image) == raster


def test_the_image_outlives_the_raster_and_is_not_a_copy() -> None:
    raster = Raster(256, 256, bytes([1, 2, 3, 255]) * 65536, 256, 256)
    image = raster_to_qimage(raster)
    copy = QImage(image)
    del raster, image
    gc.collect()
    churn = [bytes([9]) * 262144 for _ in range(8)]
    assert copy.pixelColor(255, 255).red() == 3
    assert churn


def test_an_empty_image_is_refused() -> None:
    with pytest.raises(ValueError, match="no pixels"):
        qimage_to_raster(QImage())
