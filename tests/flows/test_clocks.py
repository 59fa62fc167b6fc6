"""A PC whose clock is wrong, or is set while it works: said once, and no photo waits for it."""

from datetime import timedelta
from pathlib import Path

import pytest

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from cerbo_desktop.runtime.clock import SystemClock
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import words_of
from tests.flows.turned_clock import looked_long_enough, turned_clock
from tests.variants import some_now
from tests.waiting import until

_SEVEN_MINUTES_S = 7 * 60.0


async def test_a_clock_that_is_behind_is_said_once_in_a_session(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.clinic.switches.clock_ahead_s = _SEVEN_MINUTES_S
    await desk.start()
    strip = desk.pages.clock_strip
    await until(strip.isVisible)
    assert "This PC’s clock is 7 minutes behind Cerbo’s." in words_of(strip)
    assert "Photo times may be wrong. Ask your clinic’s IT to set it." in words_of(strip)
    assert_plain(words_of(strip))
    desk.click("Close", strip)
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    assert not strip.isVisible()


@some_now("clock_ahead_s", [0.0, 100.0, None])
async def test_a_clock_that_agrees_or_is_not_told_is_no_matter(closed_desk: Desk, clock_ahead_s: float | None) -> None:
    desk = closed_desk
    desk.clinic.switches.clock_ahead_s = clock_ahead_s
    await desk.start()
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    assert not desk.pages.clock_strip.isVisible()


async def test_a_clock_set_back_holds_no_photo(closed_desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cerbo is busy and asks for two seconds; then somebody sets the clock back by three hours."""
    right, clock, desk = SystemClock.now, turned_clock(monkeypatch), closed_desk
    await desk.start()
    desk.clinic.faults.set("upload", Fault.TOO_MANY, times=1, retry_after=2)
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("Cerbo is busy. Checking whether it has the photo")
    monkeypatch.setattr(SystemClock, "now", lambda clock: right(clock) - timedelta(hours=3))
    await desk.send_file(photo)  # the courier looks anew how long it has to wait
    await looked_long_enough(desk, clock)
    await until(lambda: len(desk.clinic.photos_received()) == 2)
