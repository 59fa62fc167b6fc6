"""Reading the policy file: trusted only if no ordinary user could have written it, understood whole or not at all."""

import os
import re
import stat
import sys
from pathlib import Path
from typing import Any

from cerbo_desktop.config.policy import SAFE_SIDE, Policy, PolicyFault, PolicyFaultKind, PolicyReading
from cerbo_desktop.config.policy_keys import AUTHORITY_FILE, KEYS, NAMES
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.events import Event, event

_SIZE_LIMIT_BYTES = 65_536
_ROOT_UID = 0
_ANSWER_WITHIN_S = 5.0
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TOML_TWICE = ("Cannot overwrite a value", "Cannot declare", "Cannot redefine namespace")


class _FaultyError(Exception):
    def __init__(self, kind: PolicyFaultKind, line: int | None = None, key: str = "") -> None:
        super().__init__(kind.value)
        self.kind, self.line, self.key = kind, line, key


def read_policy(file: Path, *, owner_uid: int = _ROOT_UID) -> PolicyReading:
    """What `file` sets. A file that is not there sets nothing; one that cannot be trusted, the safe side.

    On POSIX it and its folder must belong to `owner_uid` and be writable by nobody else, or any user of a shared PC
    could point everybody's app at a server of their own. On Windows both must belong to the administrators or the
    system: every user may make such a file and such a folder there, but not one that is owned by those.
    """
    try:
        text = _text_of(file, owner_uid)
        if text is None:
            return PolicyReading(file)
        raw = _parsed(text)
        policy = _policy_of(raw, text)
        authority = _authority_of(policy, text, owner_uid)
    except _FaultyError as found:
        event(Event.POLICY, what=found.kind, is_warning=True)
        fault = PolicyFault(found.kind, file, found.line, found.key)
        return PolicyReading(file, SAFE_SIDE, is_there=True, fault=fault)
    unknown = tuple(key for key in raw if key not in NAMES)
    if unknown:
        event(Event.POLICY, operation="unknown keys", count=len(unknown), is_warning=True)
    return PolicyReading(file, policy, is_there=True, unknown_keys=unknown, clinic_authority=authority)


async def read_policy_in_time(file: Path) -> PolicyReading:
    """As `read_policy`, off the event loop. Where the disk does not answer, the safe defaults hold."""
    try:
        return await in_time(_ANSWER_WITHIN_S, lambda: read_policy(file))
    except TimeoutError:
        event(Event.POLICY, what=PolicyFaultKind.CANNOT_BE_READ, is_warning=True)
        fault = PolicyFault(PolicyFaultKind.CANNOT_BE_READ, file, None, "")
        return PolicyReading(file, SAFE_SIDE, is_there=True, fault=fault)


def _text_of(file: Path, owner_uid: int) -> str | None:
    try:
        data = _bytes_of(file, owner_uid)
    except OSError:
        raise _FaultyError(PolicyFaultKind.CANNOT_BE_READ) from None
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        # An old tool's UTF-16 begins with a mark; its zero bytes count no lines.
        raise _FaultyError(PolicyFaultKind.NOT_TEXT, data[: error.start].count(b"\n") + 1) from None


def _bytes_of(file: Path, owner_uid: int) -> bytes | None:
    # Not to wait for a pipe's writer; what was opened is what is judged.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(file, flags)
    except FileNotFoundError:
        if file.is_symlink():
            raise
        return None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _FaultyError(PolicyFaultKind.NOT_A_FILE)
        _trust(descriptor, {file.parent, file.resolve().parent}, owner_uid)
        if found.st_size > _SIZE_LIMIT_BYTES:
            raise _FaultyError(PolicyFaultKind.TOO_LARGE)
        return os.read(descriptor, _SIZE_LIMIT_BYTES)
    finally:
        os.close(descriptor)


def _trust(descriptor: int, folders: set[Path], owner_uid: int) -> None:
    if sys.platform == "win32":
        from cerbo_desktop.config import windows_owners

        owners = {windows_owners.owner_of_open(descriptor), *map(windows_owners.owner_of, folders)}
        if not owners <= windows_owners.TRUSTED:
            raise _FaultyError(PolicyFaultKind.WRONG_OWNER)
        return
    for about in (os.fstat(descriptor), *(folder.stat() for folder in folders)):
        if about.st_uid != owner_uid:
            raise _FaultyError(PolicyFaultKind.WRONG_OWNER)
        if about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise _FaultyError(PolicyFaultKind.WRITABLE)


def _parsed(text: str) -> dict[str, Any]:
    import tomllib  # for PCs that have a policy

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _FaultyError(PolicyFaultKind.NOT_TOML) from None
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _TOML_LINE.search(message)
        # Without a place: the text ended too early.
        line = int(found.group(1)) if found is not None else text.rstrip("\n").count("\n") + 1
        kind = PolicyFaultKind.TWICE if message.startswith(_TOML_TWICE) else PolicyFaultKind.NOT_TOML
        raise _FaultyError(kind, line) from None


def _policy_of(raw: dict[str, Any], text: str) -> Policy:
    found = [key for key in KEYS if key.name in raw]
    wrong = [key.name for key in found if not key.kind.takes(raw[key.name])]
    if wrong:
        line, name = min((_line_of(name, text), name) for name in wrong)
        raise _FaultyError(PolicyFaultKind.BAD_VALUE, line, name)
    return Policy(**{key.name: raw[key.name] for key in found})


def _authority_of(policy: Policy, text: str, owner_uid: int) -> str:
    """The certificates that the policy adds, from a file that is trusted on the same terms as the policy's own."""
    if policy.authority_file is None:
        return ""
    import ssl  # for PCs that have such a file

    file = Path(policy.authority_file)
    try:
        certificates = _text_of(file, owner_uid) if file.is_absolute() else None
        if not certificates:
            raise ValueError
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=certificates)
    except (OSError, ValueError, _FaultyError):
        line = _line_of(AUTHORITY_FILE.name, text)
        raise _FaultyError(PolicyFaultKind.BAD_VALUE, line, AUTHORITY_FILE.name) from None
    return certificates


def _line_of(key: str, text: str) -> int:
    """Where the key, or a table of its name, stands."""
    begins = re.compile(rf"\s*(\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    return next((number for number, line in enumerate(text.split("\n"), start=1) if begins.match(line)), 1)
