"""The words of today's board."""

from datetime import date, datetime
from typing import assert_never

from cerbo_desktop.domain.appointment import VisitStage
from cerbo_desktop.ui.text import dates
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import labelled


def today() -> str:
    return translate("Today", "Today")


def todays_visits() -> str:
    return translate("Today", "Today’s visits")


def loading_visits() -> str:
    return translate("Today", "Loading today’s visits")


def all_providers() -> str:
    return translate("Today", "All providers")


def providers() -> str:
    """All of them, where there is little room."""
    return translate("Today", "Providers")


def provider(name: str) -> str:
    """Provider: Dr. Lindqvist, or Provider: All providers"""
    return labelled(translate("Today", "Provider"), name)


# Rows.


def here_now() -> str:
    return translate("Today", "Here now")


def coming_up() -> str:
    return translate("Today", "Coming up")


def here_without_photo() -> str:
    return translate("Today", "Here now without an ID photo")


def here_now_spoken(n: int) -> str:
    return translate("Today", "Here now, %n visit(s)", "", n)


def coming_up_spoken(n: int) -> str:
    return translate("Today", "Coming up, %n visit(s)", "", n)


def earlier_today(n: int) -> str:
    return translate("Today", "%n earlier today", "", n)


def earlier_today_spoken(n: int, *, is_expanded: bool) -> str:
    if is_expanded:
        return translate("Today", "%n earlier today, expanded", "", n)
    return translate("Today", "%n earlier today, collapsed", "", n)


def stage(known: VisitStage) -> str:
    """Checked in; empty for a stage that has no name here"""
    match known:
        case VisitStage.CHECKED_IN:
            return translate("Today", "Checked in")
        case VisitStage.IN_ROOM:
            return translate("Today", "In room")
        case VisitStage.CONFIRMED:
            return translate("Today", "Confirmed")
        case VisitStage.SCHEDULED:
            return translate("Today", "Scheduled")
        case VisitStage.DONE:
            return translate("Today", "Done")
        case VisitStage.OTHER | VisitStage.CANCELLED:
            return ""
        case _:
            assert_never(known)


def stage_spoken(known: VisitStage) -> str:
    """checked in, as a fact among others; empty for a stage that has no name here"""
    match known:
        case VisitStage.CHECKED_IN:
            return translate("Today", "checked in")
        case VisitStage.IN_ROOM:
            return translate("Today", "in room")
        case VisitStage.CONFIRMED:
            return translate("Today", "confirmed")
        case VisitStage.SCHEDULED:
            return translate("Today", "scheduled")
        case VisitStage.DONE:
            return translate("Today", "done")
        case VisitStage.OTHER | VisitStage.CANCELLED:
            return ""
        case _:
            assert_never(known)


def other_status() -> str:
    return translate("Today", "Other status")


# In place of the rows, or of the date.


def could_not_load() -> str:
    return translate("Today", "Could not load today’s appointments.")


def busy() -> str:
    return translate("Today", "Cerbo is busy. This will load automatically.")


def not_allowed() -> str:
    return translate("Today", "This key isn’t allowed to read appointments. Search still works.")


def some_not_read() -> str:
    return translate("Today", "Some of today’s visits could not be read.")


def none_with_provider() -> str:
    return translate("Today", "No appointments today with this provider")


def no_appointments() -> str:
    return translate("Today", "No appointments today")


def visits_not_read(n: int) -> tuple[str, str]:
    """Say that `n` visits could not be read: in full, and shorter for a narrow place."""
    return translate("Today", "%n visit(s) could not be read", "", n), translate("Today", "%n not read", "", n)


def not_all_shown() -> tuple[str, str]:
    """Say that the board does not show every visit: in full, and shorter for a narrow place."""
    return translate("Today", "Not all visits shown"), translate("Today", "Not all shown")


def old_since(as_of: datetime, day: date) -> str:
    """as of 10:12; on another day than `day` with its date. Short: it stands between the title and the providers."""
    return translate("Today", "as of {time}").format(time=dates.short_time(as_of, day))
