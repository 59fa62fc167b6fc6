"""What Windows shows of a program under Properties, Details: a resource in the form that PyInstaller reads."""

import re

PUBLISHER = "The Cerbo Desktop authors"
PRODUCT = "Cerbo Desktop"
_ENGLISH_UNICODE = "040904B0"

_TEXT = """\
VSVersionInfo(
    ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1,
                      subtype=0x0, date=(0, 0)),
    kids=[
        StringFileInfo([StringTable({table!r}, [
{strings}
        ])]),
        VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
    ],
)
"""


def resource(program: str, description: str, version: str) -> str:
    """For `program` (without `.exe`); `version` is the app's own."""
    strings = {
        "CompanyName": PUBLISHER,
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": f"{PUBLISHER}. MIT licence; works of others: _internal\\legal\\THIRD_PARTY.txt",
        "OriginalFilename": f"{program}.exe",
        "ProductName": PRODUCT,
        "ProductVersion": version,
    }
    lines = "\n".join(f"            StringStruct({name!r}, {value!r})," for name, value in strings.items())
    return _TEXT.format(numbers=four_numbers(version), table=_ENGLISH_UNICODE, strings=lines)


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """Windows compares versions by these: `1.2.0rc1` is (1, 2, 0, 0)."""
    numbers = [int(part) for part in re.split(r"[^\d.]", version)[0].split(".") if part]
    first, second, third, fourth = (*numbers, 0, 0, 0, 0)[:4]
    return first, second, third, fourth
