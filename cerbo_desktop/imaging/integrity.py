"""Windows' low integrity level for this process: it can then write to nothing that belongs to the user.

What is open stays open, so the worker's pipes go on. Reading is not affected. Not tried on a Windows PC.
"""

import contextlib
import ctypes
import sys

_TOKEN_QUERY, _TOKEN_ADJUST_DEFAULT = 0x8, 0x80
_TOKEN_INTEGRITY_LEVEL = 25
_GROUP_INTEGRITY = 0x20
_LOW = "S-1-16-4096"


class MandatoryLabel(ctypes.Structure):
    """TOKEN_MANDATORY_LABEL; 16 bytes on 64-bit Windows."""

    _fields_ = (("sid", ctypes.c_void_p), ("attributes", ctypes.c_uint32))


def lower_integrity() -> bool:
    """Lower the integrity level of this process. True where Windows agreed; otherwise everything is as it was."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):
            return _lower(ctypes.WinDLL("kernel32"), ctypes.WinDLL("advapi32"))
    return False


if sys.platform == "win32":

    def _lower(kernel: ctypes.WinDLL, security: ctypes.WinDLL) -> bool:
        token, sid = ctypes.c_void_p(), ctypes.c_void_p()
        own = ctypes.c_void_p(-1)
        rights = _TOKEN_QUERY | _TOKEN_ADJUST_DEFAULT
        if not security.OpenProcessToken(own, rights, ctypes.byref(token)):
            return False
        try:
            if not security.ConvertStringSidToSidW(_LOW, ctypes.byref(sid)):
                return False
            label = MandatoryLabel(sid, _GROUP_INTEGRITY)
            size_bytes = ctypes.sizeof(label) + security.GetLengthSid(sid)
            done = security.SetTokenInformation(token, _TOKEN_INTEGRITY_LEVEL, ctypes.byref(label), size_bytes)
            kernel.LocalFree(sid)
            return bool(done)
        finally:
            kernel.CloseHandle(token)
