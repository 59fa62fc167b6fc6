"""The policy file, as an administrator writes it: what it sets, and what happens when it is wrong."""

import os
import re
import sys
from pathlib import Path

import pytest
import trustme

from cerbo_desktop.config import policy_reading
from cerbo_desktop.config.effective import Effective, SetBy
from cerbo_desktop.config.policy import SAFE_SIDE, Policy, PolicyFaultKind, PolicyReading
from cerbo_desktop.config.policy_places import PolicyFile, policy_path
from cerbo_desktop.config.policy_reading import read_policy, read_policy_in_time
from cerbo_desktop.config.settings import Settings
from cerbo_desktop.runtime.events import recent_events
from cerbo_desktop.runtime.paths import resources_dir
from tests.fakes.dead_share import dead_share

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are POSIX's")

_WHOLE = """\
# Front desks
server = "https://relay.clinic.example"
idle_lock_minutes = 3
camera = false
thumbnail_cache = true
taken_photo_days = 3
copy_save_print = false
practice = false
update_notice_text = "Version 1.2 comes on Friday"
update_notice_url = "https://clinic.example/photos"
"""


def _written(tmp_path: Path, content: str | bytes) -> Path:
    folder = tmp_path / "cerbo-desktop"
    folder.mkdir(mode=0o755)
    file = folder / "policy.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    file.chmod(0o644)
    return file


def _read(file: Path) -> PolicyReading:
    return read_policy([PolicyFile(file)], owner_uid=file.parent.stat().st_uid)


def _effective(reading: PolicyReading, own: str = "", *, wants_thumbnails: bool = False) -> Effective:
    return Effective(reading, Settings(origin=own, keeps_thumbnails=wants_thumbnails))


async def test_a_disk_that_does_not_answer_leaves_the_safe_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy_reading, "_ANSWER_WITHIN_S", 0.1)
    file = tmp_path / "share" / "policy.toml"
    with dead_share(file.parent, monkeypatch):
        reading = await read_policy_in_time([PolicyFile(file)])
    assert reading.policy == SAFE_SIDE
    assert reading.fault is not None
    assert reading.fault.kind is PolicyFaultKind.CANNOT_BE_READ


def test_without_a_file_everything_is_free(tmp_path: Path) -> None:
    for file in (tmp_path / "policy.toml", tmp_path / "no folder" / "policy.toml"):
        assert read_policy([PolicyFile(file)]) == PolicyReading()


def test_every_key_is_read(tmp_path: Path) -> None:
    file = _written(tmp_path, _WHOLE)
    reading = _read(file)
    assert reading.policy == Policy(
        server="https://relay.clinic.example",
        idle_lock_minutes=3,
        camera=False,
        thumbnail_cache=True,
        taken_photo_days=3,
        copy_save_print=False,
        practice=False,
        update_notice_text="Version 1.2 comes on Friday",
        update_notice_url="https://clinic.example/photos",
    )
    assert reading.places == (str(file),)
    assert (reading.fault, reading.unknown_keys) == (None, ())
    assert _effective(reading, "https://mine.example").address == "https://relay.clinic.example"
    assert _effective(reading).address_set_by is SetBy.CLINIC


@pytest.mark.parametrize("content", [b"", b"# nothing yet\n", b"\xef\xbb\xbfcamera = true\r\n"])
def test_an_empty_file_and_windows_habits_are_no_fault(tmp_path: Path, content: bytes) -> None:
    reading = _read(_written(tmp_path, content))
    assert reading.fault is None
    assert _effective(reading).allows_camera
    assert _effective(reading).allows_practice
    assert _effective(reading, wants_thumbnails=True).keeps_thumbnails
    assert not _effective(reading, wants_thumbnails=False).keeps_thumbnails
    assert _effective(reading, "https://mine.example").address_set_by is SetBy.PERSON


def test_unknown_keys_are_named_and_do_nothing(tmp_path: Path) -> None:
    reading = _read(_written(tmp_path, "camra = false\npractice = false\n[lock]\nminutes = 4\n"))
    assert reading.unknown_keys == ("camra", "lock")
    assert reading.policy == Policy(practice=False)
    assert reading.fault is None
    assert recent_events()[-1].endswith("policy operation=unknown keys count=2")
    assert "camra" not in recent_events()[-1]


@pytest.mark.parametrize(
    ("content", "kind", "line", "key"),
    [
        ("camera = true\npractice = \n", PolicyFaultKind.NOT_TOML, 2, ""),
        ("camera = true\npractice\n", PolicyFaultKind.NOT_TOML, 2, ""),
        ("\n\nserver = https://a.example\n", PolicyFaultKind.NOT_TOML, 3, ""),
        ('camera = true\nserver = "https://a.example\n', PolicyFaultKind.NOT_TOML, 2, ""),
        ('camera = true\nserver = """https://a.example', PolicyFaultKind.NOT_TOML, 2, ""),
        ("{}", PolicyFaultKind.NOT_TOML, 1, ""),
        ("a = " + "[" * 20_000, PolicyFaultKind.NOT_TOML, None, ""),
        ("camera = true\n\ncamera = false\n", PolicyFaultKind.TWICE, 3, ""),
        ('camera = "yes"\n', PolicyFaultKind.BAD_VALUE, 1, "camera"),
        ("# a note\ncamera = 1\n", PolicyFaultKind.BAD_VALUE, 2, "camera"),
        ("practice = 0\ncamera = 1\n", PolicyFaultKind.BAD_VALUE, 1, "practice"),
        ("camera = true\n[practice]\nx = 1\n", PolicyFaultKind.BAD_VALUE, 2, "practice"),
        ("idle_lock_minutes = 0\n", PolicyFaultKind.BAD_VALUE, 1, "idle_lock_minutes"),
        ("idle_lock_minutes = 16\n", PolicyFaultKind.BAD_VALUE, 1, "idle_lock_minutes"),
        ("taken_photo_days = 15\n", PolicyFaultKind.BAD_VALUE, 1, "taken_photo_days"),
        ("idle_lock_minutes = 5.5\n", PolicyFaultKind.BAD_VALUE, 1, "idle_lock_minutes"),
        ("idle_lock_minutes = true\n", PolicyFaultKind.BAD_VALUE, 1, "idle_lock_minutes"),
        ('\nserver = "http://a.example"\n', PolicyFaultKind.BAD_VALUE, 2, "server"),
        ('server = "https://pk_1:sk_1@a.example"\n', PolicyFaultKind.BAD_VALUE, 1, "server"),
        ('server = ""\n', PolicyFaultKind.BAD_VALUE, 1, "server"),
        ("server = 7\n", PolicyFaultKind.BAD_VALUE, 1, "server"),
        ('update_notice_url = "javascript:1"\n', PolicyFaultKind.BAD_VALUE, 1, "update_notice_url"),
        (f'update_notice_text = "{"x" * 301}"\n', PolicyFaultKind.BAD_VALUE, 1, "update_notice_text"),
        (b"camera = true\n# caf\xe9\n", PolicyFaultKind.NOT_TEXT, 2, ""),
        ("camera = true\n".encode("utf-16"), PolicyFaultKind.NOT_TEXT, 1, ""),
        (b"#" * 65_537, PolicyFaultKind.TOO_LARGE, None, ""),
    ],
)
def test_a_malformed_file_names_its_line_and_falls_to_the_safe_side(
    tmp_path: Path, content: str | bytes, kind: PolicyFaultKind, line: int | None, key: str
) -> None:
    file = _written(tmp_path, content)
    reading = _read(file)
    assert reading.fault is not None
    assert (reading.fault.kind, reading.fault.line, reading.fault.key) == (kind, line, key)
    assert reading.fault.place == str(file)
    _assert_safe(reading)
    assert recent_events()[-1].endswith(f"policy what=PolicyFaultKind.{kind.name}")


def _assert_safe(reading: PolicyReading) -> None:
    assert reading.policy == SAFE_SIDE
    effective = _effective(reading, "https://mine.example", wants_thumbnails=True)
    assert not effective.keeps_thumbnails
    assert not effective.allows_practice
    assert not effective.copy_save_print
    assert effective.allows_camera
    assert effective.address == "https://mine.example"
    assert effective.address_set_by is SetBy.SAFE_SIDE
    assert _effective(reading).address_set_by is SetBy.PERSON, "a PC that was never set up can still be"


@posix_only
@pytest.mark.parametrize("mode", [0o666, 0o646, 0o664])
def test_a_file_that_others_may_write_is_not_trusted(tmp_path: Path, mode: int) -> None:
    file = _written(tmp_path, _WHOLE)
    file.chmod(mode)
    _assert_kind(_read(file), PolicyFaultKind.WRITABLE)


@posix_only
def test_a_folder_that_others_may_write_is_not_trusted(tmp_path: Path) -> None:
    file = _written(tmp_path, _WHOLE)
    file.parent.chmod(0o777)
    _assert_kind(_read(file), PolicyFaultKind.WRITABLE)


@posix_only
def test_a_link_into_a_folder_that_others_may_write_is_not_trusted(tmp_path: Path) -> None:
    file = _written(tmp_path, _WHOLE)
    open_folder = tmp_path / "open"
    open_folder.mkdir()
    open_folder.chmod(0o777)
    file.rename(open_folder / "policy.toml")
    file.symlink_to(open_folder / "policy.toml")
    _assert_kind(_read(file), PolicyFaultKind.WRITABLE)


@posix_only
def test_a_file_of_an_ordinary_user_is_not_trusted(tmp_path: Path) -> None:
    file = _written(tmp_path, _WHOLE)
    _assert_kind(read_policy([PolicyFile(file)], owner_uid=os.getuid() + 1), PolicyFaultKind.WRONG_OWNER)


@posix_only
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    file = _written(tmp_path, b"")
    file.unlink()
    os.mkfifo(file, 0o644)
    _assert_kind(_read(file), PolicyFaultKind.NOT_A_FILE)
    file.unlink()
    file.mkdir()
    _assert_kind(_read(file), PolicyFaultKind.NOT_A_FILE)
    file.rmdir()
    file.symlink_to(tmp_path / "nowhere")
    _assert_kind(_read(file), PolicyFaultKind.CANNOT_BE_READ)
    file.unlink()
    file.symlink_to(file.name)
    _assert_kind(_read(file), PolicyFaultKind.CANNOT_BE_READ)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="nothing is unreadable for root")
def test_a_file_that_may_not_be_read_counts_as_one_that_cannot_be_trusted(tmp_path: Path) -> None:
    file = _written(tmp_path, _WHOLE)
    file.chmod(0o200)
    _assert_kind(_read(file), PolicyFaultKind.CANNOT_BE_READ)


def _assert_kind(reading: PolicyReading, kind: PolicyFaultKind) -> None:
    assert reading.fault is not None
    assert (reading.fault.kind, reading.fault.line) == (kind, None)
    _assert_safe(reading)


def test_no_variable_moves_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = policy_path()
    for name in ("XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "HOME", "PROGRAMDATA", "ALLUSERSPROFILE", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    assert policy_path() == before
    assert before.name == "policy.toml"


def test_the_example_names_every_key_and_is_right_as_it_stands(tmp_path: Path) -> None:
    example = (resources_dir() / "policy-example.toml").read_text("utf-8")
    assert _read(_written(tmp_path, example)).policy == Policy()
    (tmp_path / "set").mkdir()
    certificates = tmp_path / "authority.pem"
    certificates.write_bytes(trustme.CA().cert_pem.bytes())
    example = example.replace("/etc/cerbo-desktop/clinic-authority.pem", str(certificates))
    lines = [re.sub(r"^# (?=\w+ = )", "", line) for line in example.splitlines()]
    reading = _read(_written(tmp_path / "set", "\n".join(lines)))
    assert (reading.fault, reading.unknown_keys) == (None, ())
    assert all(getattr(reading.policy, key) is not None for key in Policy.__struct_fields__)


def test_one_more_authority_is_read_and_kept_as_it_was_judged(tmp_path: Path) -> None:
    certificates = trustme.CA(organization_name="The clinic's IT").cert_pem.bytes().decode()
    file = _written(tmp_path, "")
    more = file.with_name("authority.pem")
    more.write_text(certificates)
    more.chmod(0o644)
    file.write_text(f'authority_file = "{more}"\n')
    reading = _read(file)
    assert reading.fault is None
    assert reading.clinic_authority == certificates


@posix_only
@pytest.mark.parametrize("wrong", ["not there", "relative", "not certificates", "changed by others", "half a file"])
def test_an_authority_that_cannot_be_trusted_makes_the_policy_faulty(tmp_path: Path, wrong: str) -> None:
    certificates = trustme.CA().cert_pem.bytes().decode()
    file = _written(tmp_path, "")
    more = file.with_name("authority.pem")
    if wrong != "not there":
        more.write_text({"not certificates": "trust me", "half a file": certificates[:300]}.get(wrong, certificates))
        more.chmod(0o666 if wrong == "changed by others" else 0o644)
    file.write_text(f'camera = true\nauthority_file = "{more.name if wrong == "relative" else more}"\n')
    reading = _read(file)
    assert reading.fault is not None
    assert (reading.fault.kind, reading.fault.line) == (PolicyFaultKind.BAD_VALUE, 2)
    assert reading.fault.key == "authority_file"
    assert (reading.policy, reading.clinic_authority) == (SAFE_SIDE, "")
