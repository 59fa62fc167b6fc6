"""Policies written as TOML, with the lines in which their faults stand."""

import re
from typing import Any

from cerbo_desktop.config.policy import PolicyFaultKind
from cerbo_desktop.config.trusted_files import FaultyPolicyError

_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TOML_TWICE = ("Cannot overwrite a value", "Cannot declare", "Cannot redefine namespace")


def parsed(text: str) -> dict[str, Any]:
    """The keys of a text in TOML. Raises `FaultyPolicyError`."""
    import tomllib  # for PCs that have a policy

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise FaultyPolicyError(PolicyFaultKind.NOT_TOML) from None
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _TOML_LINE.search(message)
        # Without a place: the text ended too early.
        line = int(found.group(1)) if found is not None else text.rstrip("\n").count("\n") + 1
        kind = PolicyFaultKind.TWICE if message.startswith(_TOML_TWICE) else PolicyFaultKind.NOT_TOML
        raise FaultyPolicyError(kind, line) from None


def line_of(key: str, text: str) -> int:
    """Where the key, or a table of its name, stands."""
    begins = re.compile(rf"\s*(\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    return next((number for number, line in enumerate(text.split("\n"), start=1) if begins.match(line)), 1)
