"""To whom a file or a folder belongs on Windows, where `os.stat` names nobody.

Its rights are not enough to look at: in `C:\\ProgramData` every user may make new files, in other people's folders too,
and what a user makes is that user's. Nobody but an administrator can give it away.
"""

import ctypes
import sys
from pathlib import Path

ADMINISTRATORS, SYSTEM = "S-1-5-32-544", "S-1-5-18"
TRUSTED_INSTALLER = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
TRUSTED = frozenset({ADMINISTRATORS, SYSTEM, TRUSTED_INSTALLER})
"""What an administrator, a management agent or group policy makes is owned by one of these."""

_SE_FILE_OBJECT = 1
_OWNER_SECURITY_INFORMATION = 1

if sys.platform == "win32":
    import msvcrt

    def owner_of_open(descriptor: int) -> str:
        """The security identifier of who owns what was opened, such as `S-1-5-18`. Raises `OSError`."""
        return _owner(ctypes.windll.advapi32.GetSecurityInfo, ctypes.c_void_p(msvcrt.get_osfhandle(descriptor)))

    def owner_of(path: Path) -> str:
        """As `owner_of_open`."""
        return _owner(ctypes.windll.advapi32.GetNamedSecurityInfoW, ctypes.c_wchar_p(str(path)))

    def _owner(ask: "ctypes._NamedFuncPointer", subject: ctypes.c_void_p | ctypes.c_wchar_p) -> str:
        owner, descriptor, text = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_wchar_p()
        refused = ask(
            subject,
            _SE_FILE_OBJECT,
            _OWNER_SECURITY_INFORMATION,
            ctypes.byref(owner),
            None,
            None,
            None,
            ctypes.byref(descriptor),
        )
        if refused:
            raise ctypes.WinError(refused)
        try:
            if not ctypes.windll.advapi32.ConvertSidToStringSidW(owner, ctypes.byref(text)):
                raise ctypes.WinError()
            told = str(text.value)
            ctypes.windll.kernel32.LocalFree(text)
            return told
        finally:
            ctypes.windll.kernel32.LocalFree(descriptor)
