"""The command line."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from cerbo_desktop import __version__


@dataclass(frozen=True, slots=True)
class Options:
    practice: bool = False
    server: str = ""
    data_dir: Path | None = None
    screenshot: Path | None = None
    self_test: bool = False
    as_json: bool = False
    leaves_camera: bool = False
    remove_my_data: bool = False
    even_unsent: bool = False


def parse(arguments: list[str]) -> Options:
    """Options from the words after the program's name; prints usage and exits on words that make no sense."""
    parser = argparse.ArgumentParser(
        prog="cerbo-desktop", description="Patient photos for clinics on the Cerbo EHR.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"Cerbo Desktop {__version__}")
    parser.add_argument("--practice", action="store_true", help="open the practice clinic: nobody there is real")
    parser.add_argument(
        "--server",
        metavar="ORIGIN",
        default="",
        help="talk to this server, such as https://clinic.md-hq.com or http://127.0.0.1:8080; "
        "key and secret come from set-up, or from the variables CERBO_DESKTOP_KEY and CERBO_DESKTOP_SECRET",
    )
    parser.add_argument("--data-dir", metavar="DIR", type=Path, help="everything the app writes goes to this folder")
    parser.add_argument(
        "--screenshot", metavar="FILE", type=Path, help="draw the main window into a PNG file without a display and end"
    )
    parser.add_argument("--self-test", action="store_true", help="check this installation, a line a check, and end")
    parser.add_argument("--json", action="store_true", help="with --self-test: one JSON document in place of the lines")
    parser.add_argument("--no-camera", action="store_true", help="with --self-test: leave the camera alone")
    _add_removal(parser)
    found = parser.parse_args(arguments)
    if found.practice and found.server:
        parser.error("--practice brings its own server; leave out --server")
    if found.json and not found.self_test:
        parser.error("--json goes with --self-test")
    if found.no_camera and not found.self_test:
        parser.error("--no-camera goes with --self-test")
    if found.even_unsent and not found.remove_my_data:
        parser.error("--even-unsent goes with --remove-my-data")
    return Options(
        found.practice,
        found.server,
        found.data_dir,
        found.screenshot,
        found.self_test,
        found.json,
        found.no_camera,
        found.remove_my_data,
        found.even_unsent,
    )


def _add_removal(parser: argparse.ArgumentParser) -> None:
    """The exit codes are `app.removal_command`'s."""
    parser.add_argument(
        "--remove-my-data",
        action="store_true",
        help="take everything of this user off this PC and end: 0 all is gone, 1 something stays, "
        "3 nothing was removed because photos wait to be sent, 4 nothing was removed because the app is open",
    )
    parser.add_argument(
        "--even-unsent",
        action="store_true",
        help="with --remove-my-data: delete photos that were never sent too; nobody can bring them back",
    )
