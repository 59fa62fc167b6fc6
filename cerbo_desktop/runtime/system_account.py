"""The account of the operating system in which the app runs: until people sign in, it stands for whoever acts."""

import os
import sys

from cerbo_desktop.domain.person import NOBODY, Person
from cerbo_desktop.runtime.deadlines import in_time

_TOLD_WITHIN_S = 5.0
"""A directory service may be asked for the name over a network."""


async def person_at_this_pc() -> Person:
    """Who acts at this PC; `NOBODY` where the system does not tell, or not in time. Never raises."""
    try:
        return Person(await in_time(_TOLD_WITHIN_S, _account_name))
    except (OSError, KeyError):
        return NOBODY


def _account_name() -> str:
    """By the system itself: a variable of the session may say anything."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd

    return pwd.getpwuid(os.geteuid()).pw_name
