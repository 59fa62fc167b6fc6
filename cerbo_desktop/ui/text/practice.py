"""The ribbon of the practice clinic, and the problems that can be simulated there."""

from cerbo_desktop.ui.text import settings
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import labelled
from cerbo_desktop.ui.text.settings import Entry


def ribbon() -> str:
    return translate("Practice", "Practice clinic: all patients are fictional")


def who_staff_are() -> str:
    """Nobody but the person at the app accepts photos here."""
    return translate(
        "Practice", "You are the clinic’s staff too: photos you send wait until you press “Accept waiting photos”."
    )


def accept_photos() -> str:
    return translate("Practice", "Accept waiting photos")


def accept_tip() -> str:
    return translate("Practice", "What staff do in Cerbo’s Patient Portal Queue")


def simulate() -> str:
    return translate("Practice", "Simulate a problem")


def accepted(count: int) -> str:
    """What the clinic's staff just did."""
    if not count:
        return translate("Practice", "Nothing is waiting.")
    return translate("Practice", "Staff accepted %n photo(s).", "", count)


def photos_waiting_title() -> str:
    return translate("Practice", "Practice photos waiting to be sent")


def photos_waiting(number: int | None) -> Entry:
    """The line of the settings about photos of the practice clinic; `number` is None where the disk does not say."""
    if number is None:
        return settings.waiting(None)._replace(title=photos_waiting_title())
    text = translate("Practice", "Fictional. They aren’t kept when you leave the practice clinic.")
    if not number:
        text = translate("Practice", "All photos have reached the practice clinic or were deleted.")
    return Entry(photos_waiting_title(), text, str(number))


def active(problem: str) -> str:
    return labelled(translate("Practice", "Active"), problem)


def no_practice_here() -> str:
    return translate("Practice", "No practice clinic on this PC")


# The problems.


def no_problem() -> str:
    return translate("Practice", "No problem")


def slow() -> str:
    return translate("Practice", "Slow connection")


def offline() -> str:
    return translate("Practice", "No connection")


def key_refused() -> str:
    return translate("Practice", "Key not accepted")


def busy() -> str:
    return translate("Practice", "Cerbo is busy")


def answers_lost() -> str:
    return translate("Practice", "Upload replies get lost")


def uploads_refused() -> str:
    return translate("Practice", "Uploads are refused")


def downloads_interrupted() -> str:
    return translate("Practice", "Downloads are interrupted")


def sign_in_page() -> str:
    return translate("Practice", "Network sign-in page")
