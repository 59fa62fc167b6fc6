"""The calendar: today around now, inside the local day, UTC on the wire."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from cerbo_desktop.practice import patients
from cerbo_desktop.practice.appointments import calendar
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.tenant import Tenant
from cerbo_desktop.services.today import MISSED_AFTER
from tests.unit.practice.conftest import PHOTOS_DIR


def visits(web: httpx.Client, **query: Any) -> list[dict[str, Any]]:
    bounds = {"start_date": "2026-11-12", "end_date": "2026-11-12"}
    answer = web.get("appointments", params=bounds | query)
    assert answer.status_code == 200
    rows: list[dict[str, Any]] = answer.json()["data"]
    return [row for row in rows if not row["datedeleted"]]


def test_today_is_the_designs_board(web: httpx.Client) -> None:
    people = {v["patient_details"]["last_name"]: v for v in visits(web) if v["patient_details"]}
    board = {name: (people[name]["start_date_time"][11:16], people[name]["appointment_status"]) for name in people}
    assert board["Vance"] == ("10:00", "in-room")
    assert board["Lopez"] == ("10:15", "checked-in")
    assert board["Becker"] == ("10:30", "checked-in")
    assert board["Raman"] == ("10:45", "confirmed")
    assert board["Okafor"] == ("12:00", "scheduled")
    assert board["D'Angelo"][1] == "Checked Out"
    assert board["O'Brien"][1] == "Waiting-Labs"
    assert people["Lopez"]["associated_providers"][0]["last_name"] == "Lindqvist"


def test_filters_and_the_flag_that_any_text_turns_on(web: httpx.Client) -> None:
    sound = {v["appointment_status"] for v in visits(web)}
    assert "cancelled" not in sound
    assert "cancelled" in {v["appointment_status"] for v in visits(web, include_cancelled="false")}
    assert "cancelled" not in {v["appointment_status"] for v in visits(web, include_cancelled="")}
    chosen = visits(web, **{"status[]": ["in-room", "checked-in"]})
    assert {v["appointment_status"] for v in chosen} == {"in-room", "checked-in"}
    assert [v["patient_details"]["id"] for v in visits(web, pt_id=patients.THOMAS_BECKER)] == ["8817"]
    assert [v["appointment_type"] for v in visits(web) if v["patient_details"] is None] == ["Team meeting"]


def test_yesterday_and_tomorrow_have_visits_and_days_are_bounds(web: httpx.Client) -> None:
    assert len(visits(web, start_date="2026-11-11", end_date="2026-11-11")) == 3
    assert len(visits(web, start_date="2026-11-13", end_date="2026-11-13")) == 3
    assert web.get("appointments", params={"start_date": "12.11.2026", "end_date": "x"}).status_code == 400


def test_the_front_desk_can_check_someone_in(web: httpx.Client, clinic: PracticeClinic) -> None:
    clinic.set_visit_status(patients.HANA_KIM, "checked-in")
    assert [v["appointment_status"] for v in visits(web, pt_id=patients.HANA_KIM)] == ["checked-in"]
    with pytest.raises(KeyError):
        clinic.set_visit_status(patients.EVELYN_LONGACRE, "checked-in")


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", "UTC"])
@pytest.mark.parametrize("minute", [*range(0, 24 * 60, 97), 4, 24 * 60 - 16, 24 * 60 - 1])
def test_todays_board_is_the_same_at_every_time_of_the_day(zone: str, minute: int) -> None:
    local_now = datetime(2026, 11, 12, minute // 60, minute % 60, tzinfo=ZoneInfo(zone))
    rows = calendar(local_now.astimezone(UTC), ZoneInfo(zone))
    today, others = rows[:14], rows[14:20]
    days = {moment.astimezone(ZoneInfo(zone)).date() for v in today for moment in (v.starts_at, v.starts_at + v.length)}
    assert days == {local_now.date()}
    assert local_now.date() not in {v.starts_at.astimezone(ZoneInfo(zone)).date() for v in others}
    assert all(v.starts_at.tzinfo is UTC and v.length > timedelta(0) for v in rows)
    assert [v.starts_at for v in today] == sorted(v.starts_at for v in today)
    assert all(
        v.starts_at + v.length + MISSED_AFTER > local_now for v in today if v.status in ("confirmed", "scheduled")
    )


def test_the_calendar_moves_on_at_midnight() -> None:
    clock = [datetime(2026, 11, 12, 23, 50, tzinfo=UTC)]
    tenant = Tenant(PHOTOS_DIR, lambda: clock[0], UTC, odd_patients=False)
    tenant.set_visit_status(patients.HANA_KIM, "in-room")
    clock[0] += timedelta(minutes=20)
    hana = next(visit for visit in tenant.visits() if visit.pt_id == patients.HANA_KIM)
    assert (hana.status, hana.starts_at.day) == ("scheduled", 13)
