"""Dates in each form that is likely: a moment in UTC, a day, or none."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given

from cerbo_desktop.api import dates
from cerbo_desktop.domain.moments import on_wall_clock
from tests.unit.api.test_wire import ANY_JSON

AT = datetime(2025, 11, 5, 9, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("1981-03-04", date(1981, 3, 4)),
        ("1981-03-04 00:00:00", date(1981, 3, 4)),
        (" 1981-03-04T10:00:00Z", date(1981, 3, 4)),
        ("0000-00-00", None),
        ("0000-00-00 00:00:00", None),
        ("1981-02-30", None),
        ("03/04/1981", None),
        ("", None),
        (None, None),
        (19810304, None),
        ("9999-12-31", None),
    ],
)
def test_days(value: object, read: date | None) -> None:
    assert dates.day(value) == read


@pytest.mark.parametrize(
    "value",
    [
        *("2025-11-05 09:40:00", "2025-11-05T09:40:00Z", "2025-11-05T05:40:00-04:00", "2025-11-05 09:40"),
        *("2025-11-05 09:40:00 UTC", "2025-11-05 09:40:00 GMT", "2025-11-05 09:40:00.000Z", " 2025-11-05 09:40:00z "),
        *("Wed, 05 Nov 2025 09:40:00 GMT", "5 Nov 2025 09:40 +0000", "Wed, 05 Nov 2025 04:40:00 -0500"),
        *(1762335600, "1762335600", 1762335600.0, 1762335600000, "1762335600000", "1762335600.0"),
        {"date": "2025-11-05 09:40:00.000000", "timezone_type": 3, "timezone": "UTC"},
    ],
    ids=str,
)
def test_a_moment_in_each_form(value: object) -> None:
    assert dates.when(value) == AT
    assert dates.moment(value) == AT


@pytest.mark.parametrize("value", ["2025-11-05", " 2025-11-05 ", "2025-11-05Z"])
@pytest.mark.parametrize("hours", [14, -8])
def test_a_day_alone_is_that_day_on_every_wall(value: str, hours: int) -> None:
    found = dates.when(value)
    assert found is not None
    shown = on_wall_clock(found, lambda moment: moment.astimezone(timezone(timedelta(hours=hours))))
    assert (shown, isinstance(shown, datetime)) == (date(2025, 11, 5), False)
    assert dates.moment(value) is None


def test_midnight_with_a_time_is_a_moment() -> None:
    assert dates.when("2025-11-05 00:00:00") == datetime(2025, 11, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        *("0000-00-00 00:00:00", "0000-00-00", "2025-11-05 25:00:00", "11/05/2025", "20251105", "yesterday", "", None),
        *("Wed, 05 Nov 2025 09:40:00 CET", "2025-11-05 09:40:00 EST", 0, 1, -5, 20251105, True, [], 1e300),
        *("202511050940", 202511050940, "20251105094000", 20251105094000, "2025110509", 2025110509, 10**400),
        *("9999-12-31T23:59:59-23:00", {"date": "2025-11-05 09:40:00", "timezone": "America/New_York"}, {}),
    ],
    ids=str,
)
def test_what_is_no_date(value: object) -> None:
    assert dates.when(value) is None


@given(ANY_JSON)
def test_no_value_raises(value: Any) -> None:
    dates.when(value)
