"""In place of the dialog for files: a program that misbehaves, or answers when it is told to.

`python -m tests.fakes.odd_dialog HOW [FILE]`; `HOWS` lists them.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from cerbo_desktop.ui.file_dialog.request import ALIVE, RAISE
from tests.fakes.dialog_hand import use_instead


def odd_dialog(monkeypatch: pytest.MonkeyPatch, how: str, file: Path | str = "") -> None:
    """Wherever the app asks for files from now on."""
    use_instead(monkeypatch, [sys.executable, "-m", "tests.fakes.odd_dialog", how, str(file)])


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _answer_when_raised(file: str) -> None:
    for line in sys.stdin.buffer:
        if line.strip() == RAISE:
            _say(msgspec.json.encode([file]))


def _be_silent(_file: str) -> None:
    sys.stdin.buffer.read()


def _wake_when_raised(_file: str) -> None:
    for line in sys.stdin.buffer:
        if line.strip() == RAISE:
            _say(ALIVE)


def _die(_file: str) -> None:
    _say(ALIVE)


def _lie(_file: str) -> None:
    _say(b'{"paths": 7}')


def _babble(_file: str) -> None:
    while True:
        sys.stdout.buffer.write(b"x" * 65536)


def _write_down(file: str) -> None:
    """What it was told, into `file`; then nothing is chosen."""
    Path(file).write_bytes(_told)
    _say(b"[]")


HOWS: dict[str, Callable[[str], None]] = {
    "answers when raised": _answer_when_raised,
    "is silent": _be_silent,
    "wakes when raised": _wake_when_raised,
    "dies": _die,
    "lies": _lie,
    "babbles": _babble,
    "writes down": _write_down,
}

if __name__ == "__main__":
    _told = sys.stdin.buffer.readline()
    HOWS[sys.argv[1]](sys.argv[2])
