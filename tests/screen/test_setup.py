"""The first start on a new PC: key and secret are typed once, and the secret rests in the Secret Service alone."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cerbo_desktop.practice.clinic import PracticeClinic
from tests.screen.conftest import Run
from tests.screen.desktop import Desktop
from tests.screen.program import Program

pytestmark = pytest.mark.screen

_PASSED = (
    "Address answers, OK",
    "Secure connection, OK, On this PC only",
    "Key and secret, OK, Accepted by Cerbo",
    "Find patients, OK, Search works",
    "See photos, OK, List and photos work, by /stream and by /content.",
    "Today’s appointments, OK, The list works",
    "Send photos, Not tested, Nothing is sent to real charts.",
)


def test_tested_saved_and_known_at_the_next_start(run: Run, clinic: PracticeClinic) -> None:
    program = run("--server", clinic.origin)
    program.reader.wait_for(name_contains="The secret stays in Secret Service")
    assert program.reader.unnamed() == []
    _type_credentials(program, clinic)
    _test_connection(program)
    _save(program)
    program.reader.wait_for(name_contains="Thomas Becker")

    assert clinic.secret in _kept_secrets(program.desktop)
    assert clinic.secret.encode() not in b"".join(_files(program.data_dir))
    program.desktop.key("alt+F4")
    assert program.wait_for_end() == 0
    again = run("--server", clinic.origin)
    again.reader.wait_for(name_contains="Thomas Becker")
    assert not any("Connect to Cerbo" in name for name in again.reader.names())


def test_without_a_keyring_it_works_until_the_end(
    run: Run, clinic: PracticeClinic, desktop_without_keyring: Desktop
) -> None:
    program = run("--server", clinic.origin, desktop=desktop_without_keyring)
    program.reader.wait_for(name_contains="This PC’s password store isn’t there")
    _type_credentials(program, clinic)
    _save(program)

    program.reader.wait_for(name_contains="Thomas Becker")
    assert clinic.secret.encode() not in b"".join(_files(program.data_dir))


def test_wrong_secret_is_neither_read_out_nor_accepted(run: Run, clinic: PracticeClinic) -> None:
    program = run("--server", clinic.origin)
    program.reader.wait_for_focus("API key")
    program.desktop.type(clinic.username)
    program.walk_to("Secret")
    program.desktop.type("wrong")
    field = program.reader.wait_for(name="Secret", states=("focused", "editable"))
    read_out = program.reader.text(field)
    assert (len(read_out), "wrong" in read_out) == (5, False)
    program.reader.press("Test connection")

    program.reader.wait_for(name="Key and secret, Failed, Cerbo does not accept this key and secret.")


def _type_credentials(program: Program, clinic: PracticeClinic) -> None:
    program.reader.wait_for_focus("API key")
    program.desktop.type(clinic.username)
    program.walk_to("Secret")
    program.desktop.type(clinic.secret)


def _test_connection(program: Program) -> None:
    program.walk_to("Test connection")
    program.desktop.key("space")
    for line in _PASSED:
        program.reader.wait_for(name_contains=line)
    program.reader.wait_to_hear("All checks passed.")


def _save(program: Program) -> None:
    program.walk_to("Save and start")
    program.desktop.key("space")


def _files(folder: Path) -> Iterator[bytes]:
    return (file.read_bytes() for file in folder.rglob("*") if file.is_file())


def _kept_secrets(desktop: Desktop) -> list[str]:
    """Everything in the Secret Service, read by another program of the same user."""
    program = (
        "import secretstorage; bus = secretstorage.dbus_init(); "
        "[print(item.get_secret().decode()) for item in secretstorage.get_default_collection(bus).get_all_items()]"
    )
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=desktop.environment, capture_output=True, text=True, check=True).stdout.split()
