"""One private desktop for all tests of this folder, and a program for each."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from cerbo_desktop.practice.clinic import PracticeClinic
from tests.screen import camera
from tests.screen.desktop import Desktop
from tests.screen.program import APP, Program

PRACTICE_PHOTOS = Path(__file__).resolve().parents[2] / "resources" / "practice"


class Run(Protocol):
    """Start the program with these options; its files go to `data_dir` under the test's own folder."""

    def __call__(
        self,
        *options: str,
        data_dir: str = "data",
        desktop: Desktop | None = None,
        environment: dict[str, str] | None = None,
        module: str = APP,
    ) -> Program: ...


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    with _desktop("practice") as running:
        yield running


@pytest.fixture(scope="session")
def desktop_without_keyring() -> Iterator[Desktop]:
    """Where nothing keeps a secret."""
    with _desktop(None) as running:
        yield running


@pytest.fixture(scope="session")
def webcam(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A camera in the environment of a program, with a person in front of it."""
    library = camera.build(tmp_path_factory.mktemp("camera"))
    return camera.plugged_in(library, PRACTICE_PHOTOS / "portrait-thomas.jpg")


@pytest.fixture
def clinic() -> Iterator[PracticeClinic]:
    """A clinic outside the program, for tests that look at it or break it."""
    with PracticeClinic(PRACTICE_PHOTOS) as running:
        yield running


@pytest.fixture
def run(desktop: Desktop, tmp_path: Path) -> Iterator[Run]:
    """Ends what it started. The last screen stays in the test's folder; a crash or a traceback fails the test."""
    default, running = desktop, list[Program]()

    def start(
        *options: str,
        data_dir: str = "data",
        desktop: Desktop | None = None,
        environment: dict[str, str] | None = None,
        module: str = APP,
    ) -> Program:
        running.append(Program(desktop or default, tmp_path / data_dir, options, environment, module))
        return running[-1]

    yield start
    for program in reversed(running):
        program.desktop.screenshot(tmp_path / "screen.png")
        program.kill()
    crashes = [program.crash for program in running]
    assert not any(crashes), "\n".join(crashes)
    outputs = [program.output for program in running]
    assert "Traceback" not in "".join(outputs), "\n".join(outputs)


def _desktop(keyring_password: str | None) -> Desktop:
    if not sys.platform.startswith("linux"):
        pytest.skip("a private desktop is made of an X server and Linux' accessibility bus")
    return Desktop(keyring_password=keyring_password)
