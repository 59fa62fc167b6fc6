"""Makes, from the table of policy keys, everything that tells a clinic's IT of them.

That is the example file, the reference, and the templates for management tools (`policy_templates`).
"""

import json
import textwrap
from pathlib import Path

from cerbo_desktop.config.policy_keys import KEYS, PolicyKey, Value
from cerbo_desktop.config.policy_kinds import (
    LONGEST_TEXT,
    ChartAddress,
    FilePath,
    Kind,
    ServerAddress,
    Text,
    TrueOrFalse,
    WebAddress,
    WholeNumber,
)
from cerbo_desktop.config.policy_places import PREFERENCE_DOMAIN, REGISTRY_KEY
from shipping import policy_templates
from shipping.places import ROOT

_EXAMPLE_HEAD = r"""# What your clinic sets for everybody on a PC. Copy this file to
#
#   Windows   C:\ProgramData\Cerbo Desktop\policy.toml
#   macOS     /Library/Application Support/Cerbo Desktop/policy.toml
#   Linux     /etc/cerbo-desktop/policy.toml
#
# and take away the # before what you want to set. Only administrators may be able to change the file and its folder;
# on macOS and Linux both must belong to root, on Windows to the administrators, the system or TrustedInstaller, or the
# file is not used. (On Windows: icacls "C:\ProgramData\Cerbo Desktop" /setowner *S-1-5-32-544 /T.) It is read when the
# app starts.
#
# While the file is not right, the app says so, with the line, and safe defaults apply: no practice clinic, no
# thumbnails on disk, no copy, save or print; the address stays what it was, and the camera works.
"""
_REFERENCE = r"""# What a clinic's IT can set

Made by `python3 packaging/dev.py policy` from the table in `cerbo_desktop/config/policy_keys.py`: change the table.

The app reads one file on each PC, when it starts, and what a management tool has set for the PC (below).
`resources/policy-example.toml` is a file to begin with.

| system | file |
| --- | --- |
| Windows | `C:\ProgramData\Cerbo Desktop\policy.toml` |
| macOS | `/Library/Application Support/Cerbo Desktop/policy.toml` |
| Linux | `/etc/cerbo-desktop/policy.toml` |

It is TOML in UTF-8, of at most 64 KB. Only administrators may be able to change the file and its folder: on macOS and
Linux both belong to root and nobody else may write to them; on Windows both belong to the administrators, the system or
TrustedInstaller (`icacls "C:\ProgramData\Cerbo Desktop" /setowner *S-1-5-32-544 /T`). No variable and no option moves
it.

A file that is missing sets nothing. A policy that is there and not right is not used at all, whichever of its places
is wrong: the app says which line or which key it is, in a strip for everybody and in the settings, and the safe
defaults of the last column apply until the app is started with a right one. Keys that this version does not know are
named in the settings and do nothing.

## Keys

{keys}

## Management tools

| system | template | where the app reads what it sets |
| --- | --- | --- |
| Windows | `windows/cerbo-desktop.admx`, `windows/en-US/cerbo-desktop.adml` | `HKEY_LOCAL_MACHINE\{registry_key}` |
| macOS | `macos/cerbo-desktop.mobileconfig` | `/Library/Managed Preferences/{domain}.plist` |

In the profile each key is a comment until you take it out. In the registry a text is a `REG_SZ`, a whole number a
`REG_DWORD`, and true and false are a `REG_DWORD` of 1 and 0. What is set for a user alone, and not for the computer, is
not read. Where a tool and the file set the same key, the tool's value holds; a key that the tool leaves out is the
file's to set.

The ADMX and ADML were checked against Microsoft's schema. What could not be tried yet: the Group Policy editor, a
profile on a Mac, and the registry of a real Windows.
"""


def made() -> dict[Path, str]:
    """The text of each file, by its path in the checkout."""
    folder = Path("packaging") / "policy"
    return {
        Path("resources") / "policy-example.toml": example(),
        folder / "README.md": reference(),
        folder / "windows" / "cerbo-desktop.admx": policy_templates.admx(),
        folder / "windows" / "en-US" / "cerbo-desktop.adml": policy_templates.adml(
            {key.name: f"{sentences(key)}\n\n{terms(key)}" for key in KEYS}
        ),
        folder / "macos" / "cerbo-desktop.mobileconfig": policy_templates.mobileconfig(
            {key.name: f"{key.about} {terms(key)}" for key in KEYS}
        ),
    }


def make() -> None:
    """Write all of them into the checkout."""
    for path, text in made().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, "utf-8", newline="\n")


def example() -> str:
    """The policy file with every key in it, each behind a #."""
    return "\n".join((_EXAMPLE_HEAD, *map(_example_of, KEYS)))


def reference() -> str:
    """The page for a clinic's IT."""
    head = ("key", "what it does", "takes", "where it is not set", "while a policy is not right")
    rows = (head, ("---",) * len(head), *map(_row_of, KEYS))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return _REFERENCE.format(keys=table, registry_key=REGISTRY_KEY, domain=PREFERENCE_DOMAIN)


def sentences(key: PolicyKey[Value | None]) -> str:
    """What the key does, for people."""
    return f"{key.about} {key.more}".rstrip()


def terms(key: PolicyKey[Value | None]) -> str:
    """What the key takes, and what holds without it."""
    return f"It takes {kind_words(key.kind)}. Not set: {_unset(key)}."


def kind_words(kind: Kind) -> str:
    """A kind of value, for people."""
    match kind:
        case TrueOrFalse():
            return "true or false"
        case WholeNumber(lowest, highest):
            return f"a whole number from {lowest} to {highest}"
        case Text():
            return f"a text of {LONGEST_TEXT} letters at most"
        case ServerAddress():
            return "an https:// address without a user name"
        case WebAddress():
            return "an https:// address"
        case ChartAddress():
            return "an https:// or http:// address"
        case FilePath():
            return "the full path of a file"
        case _:
            raise TypeError(kind)


def _example_of(key: PolicyKey[Value | None]) -> str:
    told = (line for part in (sentences(key), terms(key)) for line in textwrap.wrap(part, 118, break_on_hyphens=False))
    return "".join(f"# {line}\n" for line in (*told, f"{key.name} = {_toml(key.example)}"))


def _row_of(key: PolicyKey[Value | None]) -> tuple[str, ...]:
    faulty = key.while_faulty or "as where it is not set" if key.safe_side is None else f"`{_toml(key.safe_side)}`"
    unset = key.unset if key.default is None else f"`{_toml(key.default)}`"
    return f"`{key.name}`", sentences(key), kind_words(key.kind), unset, faulty


def _unset(key: PolicyKey[Value | None]) -> str:
    return key.unset if key.default is None else _toml(key.default)


def _toml(value: Value) -> str:
    """A value as TOML has it; of text it writes what JSON writes."""
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    make()
