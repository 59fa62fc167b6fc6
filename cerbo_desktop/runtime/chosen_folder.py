"""A folder that somebody named for the app's data: whether it is this person's alone.

The app changes no rights of a folder that it did not make: others may work with what else is in it.
"""

import os
import stat
import sys
from enum import Enum
from pathlib import Path


class SharedWith(Enum):
    """Why a folder is not private."""

    OWNER = "belongs to somebody else"
    READERS = "others can read it"
    WRITERS = "others can write it"


def sharing_of(folder: Path) -> SharedWith | None:
    """None for a folder that is private, or that is not there yet: the app makes it, for this person alone.

    On Linux and macOS a list of further rights shows in the group's bits. Windows keeps rights in another way.
    """
    if sys.platform == "win32":
        from cerbo_desktop.runtime import windows_rights

        return None if not folder.exists() else windows_rights.sharing_of(folder)
    try:
        about = folder.stat()
    except OSError:
        return None
    if about.st_uid != os.getuid():
        return SharedWith.OWNER
    if about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return SharedWith.WRITERS
    if about.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return SharedWith.READERS
    return None
