"""A folder on a share that is gone: whoever asks about anything in it waits, in a real thread, until it is back."""

import builtins
import io
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_ASKING = ("stat", "lstat", "open", "scandir", "listdir", "access", "replace", "rename", "unlink", "mkdir")


class DeadShare:
    """`asked_by` names the threads that asked. The main thread alone does not wait: it gets an error."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked_by: list[str] = []
        self.is_back = threading.Event()
        self._main = threading.main_thread()

    @property
    def was_asked_by_window(self) -> bool:
        return self._main.name in self.asked_by

    def guarded(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """`real`, but for paths on the share."""

        def call(*arguments: Any, **named: Any) -> Any:
            if arguments and self._holds(arguments[0]):
                self._wait()
            return real(*arguments, **named)

        return call

    def _holds(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and str(path).startswith(str(self.folder))

    def _wait(self) -> None:
        self.asked_by.append(threading.current_thread().name)
        if threading.current_thread() is not self._main:
            self.is_back.wait()
        raise OSError("the share is gone")


def kill_share(folder: Path, replace: Callable[[Any, str, Any], None]) -> DeadShare:
    """From now on nothing in `folder` answers. `replace` sets an attribute of a module."""
    share = DeadShare(folder)
    for name in _ASKING:
        replace(os, name, share.guarded(getattr(os, name)))
    replace(io, "open", share.guarded(io.open))
    replace(builtins, "open", share.guarded(builtins.open))
    return share


@contextmanager
def dead_share(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeadShare]:
    """Back at the end, so that no thread of the test stays."""
    share = kill_share(folder, monkeypatch.setattr)
    try:
        yield share
    finally:
        share.is_back.set()
