"""Who acts at this PC, by the system's word."""

import sys

import pytest

from cerbo_desktop.domain.person import NOBODY
from cerbo_desktop.runtime import system_account
from cerbo_desktop.runtime.system_account import person_at_this_pc


@pytest.mark.skipif(sys.platform == "win32", reason="there the variables are not asked in any case")
async def test_no_variable_of_the_session_makes_it_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    known = await person_at_this_pc()
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody else")
    assert await person_at_this_pc() == known
    assert known.name != "somebody else"


@pytest.mark.parametrize("failure", [KeyError(1000), OSError(), TimeoutError()], ids=repr)
async def test_a_system_that_does_not_tell_stops_nothing(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    def not_told() -> str:
        raise failure

    monkeypatch.setattr(system_account, "_account_name", not_told)
    assert await person_at_this_pc() == NOBODY
