"""What everybody else on a Windows PC may do with a folder. Written from the documentation; not run on Windows yet."""

import ctypes
import sys
from pathlib import Path

from cerbo_desktop.runtime.chosen_folder import SharedWith

_EVERYBODY = ("S-1-1-0", "S-1-5-11", "S-1-5-32-545", "S-1-5-32-546")
"""Everyone, signed-in users, the groups of users and of guests. Administrators and the system may read anything."""
_SE_FILE_OBJECT, _DACL_SECURITY_INFORMATION = 1, 4
_TO_READ, _TO_WRITE = 0x1, 0x2 | 0x4 | 0x40 | 0x1_0000 | 0x4_0000 | 0x8_0000
"""List and read; add files and folders, remove any, remove the folder, change its rights or its owner."""


class _Trustee(ctypes.Structure):
    _fields_ = (
        ("multiple", ctypes.c_void_p),
        ("operation", ctypes.c_int),
        ("form", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("identifier", ctypes.c_void_p),
    )


if sys.platform == "win32":

    def sharing_of(folder: Path) -> SharedWith | None:
        """None also where Windows does not say: that alone must not keep a person from working."""
        rights, descriptor = ctypes.c_void_p(), ctypes.c_void_p()
        refused = ctypes.windll.advapi32.GetNamedSecurityInfoW(
            ctypes.c_wchar_p(str(folder)),
            _SE_FILE_OBJECT,
            _DACL_SECURITY_INFORMATION,
            None,
            None,
            ctypes.byref(rights),
            None,
            ctypes.byref(descriptor),
        )
        if refused:
            return None
        try:
            if not rights.value:  # no list of rights: everybody may do everything
                return SharedWith.WRITERS
            masks = [_rights_of(identifier, rights) for identifier in _EVERYBODY]
        finally:
            ctypes.windll.kernel32.LocalFree(descriptor)
        if any(mask & _TO_WRITE for mask in masks):
            return SharedWith.WRITERS
        return SharedWith.READERS if any(mask & _TO_READ for mask in masks) else None

    def _rights_of(identifier: str, rights: ctypes.c_void_p) -> int:
        known, mask = ctypes.c_void_p(), ctypes.c_ulong(0)
        if not ctypes.windll.advapi32.ConvertStringSidToSidW(ctypes.c_wchar_p(identifier), ctypes.byref(known)):
            return 0
        try:
            trustee = _Trustee(None, 0, 0, 0, known)
            ctypes.windll.advapi32.GetEffectiveRightsFromAclW(rights, ctypes.byref(trustee), ctypes.byref(mask))
            return mask.value
        finally:
            ctypes.windll.kernel32.LocalFree(known)
