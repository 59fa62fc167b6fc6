"""The tool of the clinic's IT, as a process, beside the relay that it serves."""

from pathlib import Path

import pytest

from cerbo_desktop.practice.clinic import PracticeClinic
from tests.relay.running import RunningRelay


def test_check_tries_everything_and_leaves_nothing(relay: RunningRelay, clinic: PracticeClinic) -> None:
    relay.add("front-desk-1")
    lines = relay.tool("check").splitlines()
    assert len(lines) == 7
    assert {line.split()[0] for line in lines} == {"ok"}
    assert relay.tool("list").split() == ["front-desk-1"]
    assert clinic.counters.count() == 1


def test_check_names_what_is_wrong(relay: RunningRelay, clinic: PracticeClinic) -> None:
    clinic.go_offline()
    assert "Connection refused" in relay.tool("check", status=1)
    clinic.go_online()
    secret = relay.folder / "cerbo-authorization.conf"
    secret.chmod(0o644)
    assert "0600" in relay.tool("check", status=1)
    relay.tool("secret", typed=f"{relay.practice_key.username}\nsk_wrong\n")
    relay.stop()
    relay.start()
    assert "does not take the practice’s key" in relay.tool("check", status=1)
    assert relay.tool("list").split() == []


@pytest.mark.parametrize("line", ["practice = a.example; include /etc/shadow", "listen = 443", "name =", "worker = $x"])
def test_a_line_that_cannot_be_used_is_named_and_changes_nothing(line: str, relay: RunningRelay) -> None:
    before = relay.folder.joinpath("nginx.conf").read_bytes()
    _replace(relay.folder / "relay.ini", line)
    assert f"“{line.partition(' ')[0]}”" in relay.tool("apply", status=1)
    assert relay.folder.joinpath("nginx.conf").read_bytes() == before


def _replace(file: Path, line: str) -> None:
    name = line.partition(" ")[0]
    kept = [each for each in file.read_text().splitlines() if each.partition(" ")[0] != name]
    file.write_text("\n".join([*kept, line]) + "\n")


def test_names_and_secrets_that_would_break_a_file_are_refused(relay: RunningRelay) -> None:
    relay.add("room-2")
    for name in ("room-2", "Room 2", "a:b", "", "x" * 41, "-x"):
        relay.tool("add", "--", name, status=1)
    relay.tool("remove", "nobody", status=1)
    for typed in ("pk_a:b\nsk_c\n", 'pk_a\nsk_"; x\n', "\n\n", "pk_é\nsk_c\n"):
        relay.tool("secret", typed=typed, status=1)
    assert relay.tool("list").split() == ["room-2"]
