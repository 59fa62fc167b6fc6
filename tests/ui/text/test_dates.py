"""Dates and times are written as designed."""

import os
import subprocess
import sys
from datetime import date, datetime

import pytest

from cerbo_desktop.ui.text import dates

SHOT = datetime(2025, 11, 5, 9, 41)  # noqa: DTZ001  # clinic time, as the texts take it
AFTERNOON = datetime(2025, 11, 5, 15, 7)  # noqa: DTZ001


def test_dates_are_written_as_designed() -> None:
    assert dates.day(date(1981, 3, 4)) == "4 Mar 1981"
    assert dates.day_spoken(date(1981, 3, 4)) == "4 March 1981"
    assert dates.weekday(date(2025, 11, 12)) == "Wed 12 Nov 2025"
    assert dates.short_weekday(date(2025, 11, 12)) == "Wed 12 Nov"
    assert dates.moment(SHOT) == "Wed 5 Nov 2025, 09:41"
    assert dates.moment_spoken(SHOT) == "5 November 2025, 09:41"
    assert dates.short_moment(SHOT) == "5 Nov, 09:41"
    assert dates.clock(SHOT) == "09:41"
    assert dates.month(date(2025, 11, 30)) == "November 2025"


def test_a_moment_without_a_time_is_its_day() -> None:
    assert dates.moment(SHOT.date()) == "Wed 5 Nov 2025"
    assert dates.short_moment(SHOT.date()) == "5 Nov"


def test_the_day_stands_with_a_time_only_where_it_is_another() -> None:
    assert dates.short_time(SHOT, date(2025, 11, 5)) == "09:41"
    assert dates.short_time(SHOT, date(2025, 11, 6)) == "5 Nov, 09:41"


def test_the_clock_has_12_hours_where_the_system_says_so() -> None:
    assert [dates.clock_of(when, has_12_hours=True) for when in (SHOT, AFTERNOON)] == ["9:41 AM", "3:07 PM"]
    assert [dates.clock_of(when, has_12_hours=False) for when in (SHOT, AFTERNOON)] == ["09:41", "15:07"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the clock is set in the system's own settings")
@pytest.mark.parametrize(
    ("system", "words"),
    [
        ({"LANG": "en_US.UTF-8"}, "3:07 PM"),
        ({"LANG": "en_GB.UTF-8"}, "15:07"),
        ({"LANG": "en_GB.UTF-8", "LC_TIME": "en_US.UTF-8"}, "3:07 PM"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "de_DE.UTF-8"}, "15:07"),
    ],
)
def test_a_program_takes_the_clock_from_its_system(system: dict[str, str], words: str) -> None:
    code = (
        "from datetime import datetime; from cerbo_desktop.ui.text.dates import clock;"
        "print(clock(datetime(2025, 11, 5, 15, 7)))"
    )
    others = {
        name: value for name, value in os.environ.items() if name not in ("LANG", "LC_ALL", "LC_TIME", "LANGUAGE")
    }
    said = subprocess.run([sys.executable, "-c", code], env=others | system, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == words
