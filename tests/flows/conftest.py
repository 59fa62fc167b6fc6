"""A practice clinic on a real socket, and a desk with the real window in front of it."""

import asyncio
import functools
from collections.abc import Callable, Coroutine, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cerbo_desktop.practice import drawing
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.runtime.paths import DataDir, resources_dir
from cerbo_desktop.services import today
from cerbo_desktop.ui.kit.theme import apply_theme
from cerbo_desktop.ui.search import pane
from tests.fakes.loops import kept_loop
from tests.fakes.own_photos import own_photo
from tests.flows.desk import Desk

_WITH_A_PERSONS_PAUSES = frozenset({"test_searching.py", "test_early_keys.py"})
_PAUSE_MS = 20


def pytest_asyncio_loop_factories(config: Any, item: Any) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The setup flows use the keyring's threads: see `kept_loop`."""
    return {"qasync": kept_loop}


@pytest.fixture(scope="session", autouse=True)
def _dressed(_qt_first: QApplication) -> None:
    apply_theme(_qt_first, Qt.ColorScheme.Light)


@pytest.fixture(scope="session", autouse=True)
def _drawn_once() -> Iterator[None]:
    """Each test has a clinic of its own with the same photos: they are drawn for the first alone."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(drawing, "varied", functools.cache(drawing.varied))
        yield


@pytest.fixture(autouse=True)
def _typing_ends_soon(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test types a text in one go, and then would wait for the pause that ends a person's typing: a tenth of all
    flows. Where the pause is what matters it is real."""
    if request.path.name not in _WITH_A_PERSONS_PAUSES:
        monkeypatch.setattr(pane, "DEBOUNCE_MS", _PAUSE_MS)


@pytest.fixture
def board_read_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by itself each half minute, which a test may take on a busy PC: then each reading has a cause."""
    monkeypatch.setattr(today, "REFRESH_S", 3_600.0)


@pytest.fixture
def clinic() -> Iterator[PracticeClinic]:
    """Fails at the end where the clinic itself crashed."""
    with PracticeClinic(resources_dir() / "practice") as clinic:
        yield clinic


@pytest.fixture
def closed_desk(clinic: PracticeClinic, tmp_path: Path) -> Desk:
    """Not started yet; closed by itself at the end of the test."""
    data_dir = DataDir(tmp_path / "data")
    assert data_dir.prepare()
    return Desk(clinic, data_dir)


@pytest.fixture
def desk(closed_desk: Desk) -> Desk:
    """Connected when the test begins, with the board on screen or on its way."""
    return closed_desk


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Start and close the desk inside the test's own run of the loop.

    Between a test and its fixtures Qt turns while no loop runs, and every task that steps then fails.
    """
    if not isinstance(item, pytest.Function) or "closed_desk" not in item.fixturenames:
        return (yield)
    desk, test = item.funcargs["closed_desk"], item.obj
    assert isinstance(desk, Desk)
    item.obj = _at_desk(test, desk, is_started="desk" in item.fixturenames)
    try:
        return (yield)
    finally:
        item.obj = test  # pytest keeps every test to the end, and would keep the desk and its clinic with it


def _at_desk(
    test: Callable[..., Coroutine[Any, Any, None]], desk: Desk, *, is_started: bool
) -> Callable[..., Coroutine[Any, Any, None]]:
    @functools.wraps(test)
    async def run(**fixtures: Any) -> None:
        try:
            if is_started:
                await desk.start()
            await test(**fixtures)
        finally:
            await desk.close()

    return run


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A sound JPEG on this PC, which is in nobody's chart."""
    file = tmp_path / "plaque.jpg"
    file.write_bytes(own_photo())
    return file
