"""Hostile text is made harmless before a label shows it."""

import pytest
from hypothesis import given, strategies as st

from cerbo_desktop.ui.kit.text import plain


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
