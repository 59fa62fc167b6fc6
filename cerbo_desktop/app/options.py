"""The command line."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cerbo_desktop import __version__

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for. The defaults are a start without any arguments."""

    practice: bool = False
    server: str = ""
    data_dir: Path | None = None
    screenshot: Path | None = None
    self_test: bool = False
    as_json: bool = False
    leaves_camera: bool = False
    remove_my_data: bool = False
    even_unsent: bool = False
    debuggable: bool = False
    language: str = "en"
    with_patient_data: bool = False
    key: str = ""
    """Given for this start, with `secret`; see `key_variables`."""
    secret: str = field(default="", repr=False)

    @property
    def has_window(self) -> bool:
        """False where nobody is there to look at one."""
        return not (self.screenshot or self.self_test or self.remove_my_data)


DEBUGGABLE = "--debuggable"
"""Looked for before anything else is done: see `main`."""


def is_debuggable(arguments: Sequence[str]) -> bool:
    """Whether this process may be looked into by other programs. A packaged one never is."""
    return DEBUGGABLE in arguments and not _is_packaged()


def _is_packaged() -> bool:
    return bool(getattr(sys, "frozen", False))


def parse(arguments: list[str]) -> Options:
    """Options from the words after the program's name; prints usage and exits on words that make no sense.

    A start without any, as by the icon, doesn't load what reads them.
    """
    return _parsed(arguments) if arguments else Options()


def _parsed(arguments: list[str]) -> Options:
    parser = _parser()
    found = parser.parse_args(arguments)
    _refuse_what_makes_no_sense(parser, found)
    return Options(
        practice=found.practice,
        server=found.server,
        data_dir=found.data_dir,
        screenshot=found.screenshot,
        self_test=found.self_test,
        as_json=found.json,
        leaves_camera=found.no_camera,
        remove_my_data=found.remove_my_data,
        even_unsent=found.even_unsent,
        debuggable=found.debuggable,
        with_patient_data=found.with_patient_data,
        language=found.language,
    )


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog="cerbo-desktop", description="Patient photos for clinics on the Cerbo EHR.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"Cerbo Desktop {__version__}")
    parser.add_argument("--practice", action="store_true", help="open the practice clinic; its patients are fictional")
    parser.add_argument(
        "--server",
        metavar="ORIGIN",
        default="",
        help="talk to this server, such as https://clinic.md-hq.com or http://127.0.0.1:8080; "
        "key and secret come from setup, or from the variables CERBO_DESKTOP_KEY and CERBO_DESKTOP_SECRET",
    )
    parser.add_argument("--data-dir", metavar="DIR", type=Path, help="write everything to this folder")
    _add_screenshot(parser)
    parser.add_argument("--self-test", action="store_true", help="run the self-test, one line per check, and exit")
    parser.add_argument("--json", action="store_true", help="with --self-test: one JSON document instead of lines")
    parser.add_argument("--no-camera", action="store_true", help="with --self-test: skip the camera")
    _add_removal(parser)
    parser.add_argument(
        "--language",
        choices=("en", "pseudo"),
        default="en",
        help="the language of the interface; pseudo is for testing: every sentence longer and in brackets",
    )
    parser.add_argument(
        DEBUGGABLE,
        action="store_true",
        help="let other programs of this user read this one's memory, for measurements; not in a packaged program",
    )
    return parser


def _refuse_what_makes_no_sense(parser: argparse.ArgumentParser, found: argparse.Namespace) -> None:
    if found.practice and found.server:
        parser.error("--practice brings its own server; leave out --server")
    if found.json and not found.self_test:
        parser.error("--json goes with --self-test")
    if found.no_camera and not found.self_test:
        parser.error("--no-camera goes with --self-test")
    if found.even_unsent and not found.remove_my_data:
        parser.error("--even-unsent goes with --remove-my-data")
    if found.with_patient_data and found.screenshot is None:
        parser.error("--with-patient-data goes with --screenshot")
    if found.screenshot is not None and not (found.practice or found.with_patient_data):
        parser.error(
            "--screenshot writes names and photos of real patients into an unprotected file. "
            "With --practice it shows fictional patients; --with-patient-data confirms that you want real ones"
        )
    if found.debuggable and _is_packaged():
        parser.error(f"{DEBUGGABLE} isn’t allowed in a packaged program: it holds real patients’ data")


def _add_screenshot(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        type=Path,
        help="render the main window to a PNG (no display needed) and exit; goes with --practice",
    )
    parser.add_argument(
        "--with-patient-data",
        action="store_true",
        help="with --screenshot: use a real practice; names and photos of its patients are then in an unprotected file",
    )


def _add_removal(parser: argparse.ArgumentParser) -> None:
    """The exit codes are those of `app.removal.command`."""
    parser.add_argument(
        "--remove-my-data",
        action="store_true",
        help="remove all of this user's data from this PC and exit: 0 everything was removed, 1 something "
        "remains, 3 nothing was removed because photos are unsent, 4 nothing was removed because the app is open",
    )
    parser.add_argument(
        "--even-unsent",
        action="store_true",
        help="with --remove-my-data: also delete photos that were never sent; nobody can restore them",
    )
