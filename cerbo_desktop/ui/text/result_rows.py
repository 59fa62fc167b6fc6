"""The words of search results and of the cards of people with the same name."""

from collections.abc import Sequence
from datetime import datetime

from cerbo_desktop.domain.patient import PatientStatus
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import dates, empty_album, lists
from cerbo_desktop.ui.text.catalogue import translate


def status(stated: PatientStatus) -> str:
    """Inactive; empty for active and unknown"""
    match stated:
        case PatientStatus.PROSPECTIVE:
            return translate("ResultRows", "Prospective")
        case PatientStatus.INACTIVE:
            return translate("ResultRows", "Inactive")
        case PatientStatus.DECEASED:
            return translate("ResultRows", "Deceased")
        case _:
            return ""


def status_spoken(stated: PatientStatus) -> str:
    """inactive, as a fact among others; empty for active and unknown"""
    match stated:
        case PatientStatus.PROSPECTIVE:
            return translate("ResultRows", "prospective")
        case PatientStatus.INACTIVE:
            return translate("ResultRows", "inactive")
        case PatientStatus.DECEASED:
            return translate("ResultRows", "deceased")
        case _:
            return ""


def visit_today(starts_at: datetime) -> str:
    """Today 10:15; the moment is in clinic time"""
    return translate("ResultRows", "Today {time}").format(time=dates.clock(starts_at))


def visit_today_spoken(starts_at: datetime) -> str:
    """today 10:15, as a fact among others"""
    return translate("ResultRows", "today {time}").format(time=dates.clock(starts_at))


def no_visit_today() -> str:
    return translate("ResultRows", "No visit today")


def age() -> str:
    return translate("ResultRows", "Age")


def sex() -> str:
    return translate("ResultRows", "Sex")


def patient_status() -> str:
    return translate("ResultRows", "Status")


def email() -> str:
    return translate("ResultRows", "E-mail")


def phone() -> str:
    return translate("ResultRows", "Phone")


def masked_email(address: str) -> str:
    """mar•••@example.com: enough to compare with what the person says, too little to read out."""
    mailbox, at, host = plain(address).rpartition("@")
    if not at:
        return ""
    return f"{mailbox[: min(3, max(1, len(mailbox) - 1))]}•••@{plain(host, 32)}"


def masked_phone(number: str) -> str:
    """ends in 42"""
    digits = [sign for sign in number if sign.isascii() and sign.isdigit()]
    if len(digits) < 4:
        return ""
    return translate("ResultRows", "ends in {digits}").format(digits="".join(digits[-2:]))


def labelled(label: str, value: str) -> str:
    """Age 44 years"""
    return translate("ResultRows", "{label} {value}").format(label=label, value=value)


# The page of people with the same name.


def which(name: str) -> str:
    return translate("ResultRows", "Which {name}?").format(name=name)


def ask_date_of_birth() -> str:
    return translate("ResultRows", "Ask: “What is your date of birth?” Then choose the matching card.")


def how_to_choose(keys: Sequence[str], enter: str) -> str:
    """Click a card, or press Alt 1 or Alt 2; give the names of two keys or more"""
    return translate(
        "ResultRows",
        "{enter} won’t choose between people with the same name. Click a card, or press {keys}.",
    ).format(enter=enter, keys=lists.either(keys))


def open_card(born: str) -> str:
    return translate("ResultRows", "Open {born}").format(born=born)


def take_id_photo_spoken(name: str, born: str) -> str:
    """Of whoever the card stands for, for a screen reader."""
    return lists.spoken(empty_album.take_id_photo(), name, born)


def open_card_spoken(name: str, born: str, facts: str, visit: str) -> str:
    return lists.spoken(translate("ResultRows", "Open {name}").format(name=name), born, facts, visit)
