"""Fixtures for every test. Qt runs offscreen unless a test asks for a real screen."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Generator, Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"  # a clock of 24 hours, wherever the tests run
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.symbolsresolver=false;qt.multimedia.ffmpeg*=false")

import pytest
import qasync
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cerbo_desktop.config import settings
from cerbo_desktop.runtime import events
from cerbo_desktop.ui.text.catalogue import install_language
from tests.log_lines import _no_surprising_log_lines as _no_surprising_log_lines
from tests.long_files import long_files_first
from tests.resuming import Resuming, committed_state

_TESTS_A_FULL_COLLECTION, _TESTS_A_THAW = 25, 500


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--keep-pictures", action="store_true", help="tests/golden keeps what it shows: look at it then")
    parser.addoption("--resume", metavar="FILE", help="pass over the release parts that FILE says are done")


def pytest_configure(config: pytest.Config) -> None:
    """Compiled files are kept, as they are for users: without them each process compiles all tests at every run, and
    each start of the app all that it imports."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    if state_file := config.getoption("--resume"):
        root = config.rootpath
        config.pluginmanager.register(Resuming(root / state_file, committed_state(root)), "resuming")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that count memory come before all others. In a process that has run thousands of others the C library
    grows by 53 MB where a fresh one, as the app is, grows by 38 (measured, 9.1)."""
    items[:] = long_files_first(items, config.rootpath)
    items.sort(key=lambda item: item.get_closest_marker("counts_memory") is None)


@pytest.fixture(scope="session", autouse=True)
def _qt_first(qapp: QApplication) -> Iterator[QApplication]:
    """At the end the clipboard is emptied: what Python made crashes the process if Qt lets go of it after the
    interpreter has ended. The offscreen platform does, real ones don't (measured, 7.4; no
    upstream report was found)."""
    qapp.setQuitOnLastWindowClosed(False)
    install_language(qapp)
    yield qapp
    qapp.clipboard().clear()


def pytest_sessionstart() -> None:
    """As in the app: a Qt object collected in another thread crashes the process some time later.

    And a busy machine is no disk that hangs: a test that reads settings or the log finds what was written.
    """
    events.WRITTEN_WITHIN_S = settings.WRITTEN_WITHIN_S = 30.0
    gc.disable()


def pytest_collection_finish() -> None:
    """Modules and tests stay, and collecting walked through them each time: a twentieth of the run (measured, 9.1)."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """What has outlived a full collection is passed over by the next ones: in the last third of a run each took 0.4 s
    otherwise (measured, 9.1), and a tenth of the run in all.

    Widgets that a test has left are deleted at its end. Without a loop they would stay until some later test runs one,
    and each theme that is applied meanwhile would dress all of them: 4 s a test with 4,800 widgets.
    """
    global _finished
    done = yield
    if QApplication.instance() is not None:
        _let_go_of_the_mouse()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    _finished += 1
    if _finished % _TESTS_A_THAW == 0:
        gc.unfreeze()
    if _finished % _TESTS_A_FULL_COLLECTION == 0:
        gc.collect()
        gc.freeze()
    else:
        gc.collect(1)
    return done


_finished = 0


def _let_go_of_the_mouse() -> None:
    """`QTest.mouseDClick` sends no release, and while Qt believes that a button is held, or a menu is open, no widget
    of a later test is entered or left."""
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()
    if (grabber := QWidget.mouseGrabber()) is not None:
        grabber.releaseMouse()
    if QGuiApplication.mouseButtons() is not Qt.MouseButton.NoButton:
        widget = QWidget()
        widget.show()
        for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            QTest.mouseRelease(widget, button)
        widget.close()
        widget.deleteLater()


def pytest_asyncio_loop_factories(config: Any, item: Any) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Coroutine tests run on the loop the app runs on."""
    return {"qasync": lambda: qasync.QEventLoop(QApplication.instance())}
