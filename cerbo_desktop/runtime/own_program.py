"""Another start of this app, for work that must not hold up this one, or must not know what it knows."""

import subprocess
import sys
from pathlib import Path

import cerbo_desktop
from cerbo_desktop.runtime.environment import for_own_program

_MAIN = "cerbo_desktop.app.main"


def start_own_program(*arguments: str, stdin: int) -> "subprocess.Popen[bytes]":
    """Start this app again with these arguments; `stdin` is as for `Popen`.

    What it prints comes by a pipe. Its errors, which can quote, go nowhere. Raises `OSError`.
    """
    return subprocess.Popen(  # noqa: S603 - our own program, no shell
        own_program(*arguments),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=for_own_program(PYTHONPATH=str(Path(cerbo_desktop.__file__).parents[1])),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def own_program(*arguments: str) -> list[str]:
    """The command line that starts this app again with these arguments. A packaged app is its own interpreter."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", _MAIN]
    return [*program, *arguments]
