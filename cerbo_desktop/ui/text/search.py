"""The words of the search: the box, its hints, what was found and what to try instead."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import assert_never

from cerbo_desktop.services.search.interpretation import SearchedField, SearchedWord, SearchKind
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import dates, lists
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.pieces import Piece, with_pieces


def box_name() -> str:
    """The search box's name for screen readers."""
    return translate("Search", "Find a patient: name, date of birth, ID or e-mail")


def box_placeholder() -> str:
    return translate("Search", "Name, date of birth, ID, e-mail")


def patients() -> str:
    return translate("Search", "Patients")


def patients_found() -> str:
    return translate("Search", "Patients found")


def back_to_today() -> str:
    return translate("Search", "Back to Today")


def searching() -> str:
    return translate("Search", "Searching…")


def open_then_paste() -> str:
    """After a photo or files were pasted while nobody is open."""
    return translate("Search", "Open a patient first, then paste.")


def new_patient() -> str:
    return translate("Search", "New patient? Add them in Cerbo first.")


def open_cerbo() -> str:
    return translate("Search", "Open Cerbo")


# Text that is not asked for.


def hint(kind: SearchKind) -> tuple[str, ...]:
    """A title, and the lines below it."""
    match kind:
        case SearchKind.UNFINISHED_DATE:
            return translate("Search", "Date of birth"), type_a_date()
        case SearchKind.NO_SUCH_DAY:
            text = translate("Search", "The calendar has no such day. Check the date of birth.")
            return translate("Search", "No such day"), text
        case SearchKind.DAY_TO_COME:
            text = translate("Search", "This day has not come yet. Check the date of birth.")
            return translate("Search", "Date in the future"), text
        case SearchKind.TOO_LONG_AGO:
            text = translate("Search", "Nobody is that old. Check the year of birth.")
            return translate("Search", "Too long ago"), text
        case SearchKind.PHONE:
            text = translate("Search", "Patients can’t be found by their telephone number.")
            return translate("Search", "Phone number"), text, _what_to_type()
        case SearchKind.UNREADABLE:
            text = translate("Search", "Part of this text isn’t a name, so nobody was searched for.")
            return translate("Search", "Can’t read this"), text, _what_to_type()
        case _:
            return (translate("Search", "Type one more letter"),)


def type_a_date() -> str:
    return translate("Search", "Type it like 4 mar 1981")


def _what_to_type() -> str:
    return translate("Search", "Type a name, a date of birth like 4 mar 1981, an ID or an e-mail address.")


# What was found.


def patient_count(n: int) -> str:
    return translate("Search", "%n patient(s)", "", n)


def showing_the_first(count: int) -> str:
    return translate("Search", "Showing the first {count}").format(count=count)


def type_more() -> str:
    return translate("Search", "Type more to narrow it down.")


def may_be_more() -> str:
    return translate("Search", "Cerbo may have more who match. Type more to narrow it down.")


def patients_not_read(n: int) -> str:
    return translate(
        "Search",
        "%n (entry|entries) of Cerbo’s answer could not be read. If the patient is not here, look in Cerbo.",
        "",
        n,
    )


def nobody_has_id(number: str, born: Sequence[date]) -> str:
    """Above those who were born on the day that the figures make."""
    return translate("Search", "Nobody has ID {number}. Born {dates}:").format(number=number, dates=any_of(born))


def name_without(words: str) -> str:
    """Jr., or the like, was typed, and no record has it."""
    return translate("Search", "Cerbo has this name without “{words}”. Ask for the date of birth.").format(
        words=plain(words, 40)
    )


def several_share_a_name() -> str:
    return translate("Search", "Several people share a name")


def people_named(n: int, name: str) -> str:
    match n:
        case 2:
            pattern = translate("Search", "Two people are named {name}")
        case 3:
            pattern = translate("Search", "Three people are named {name}")
        case _:
            pattern = translate("Search", "%n people are named {name}", "", n)
    return pattern.format(name=name)


def ask_before_you_open() -> str:
    return translate("Search", "Ask for the date of birth before you open.")


def which_date(born: Sequence[date]) -> str:
    return translate("Search", "Did you mean {dates}?").format(dates=any_of(born))


def only_this_date() -> str:
    return translate("Search", "Only this date of birth")


def any_of(born: Sequence[date]) -> str:
    """4 Mar 1981 or 3 Apr 1981"""
    return lists.either([dates.day(each) for each in born])


# What was searched for.


def searched(words: Sequence[SearchedWord]) -> tuple[Piece, ...]:
    """Searched in Cerbo: last name lopez, first name mar"""
    pattern = lists.labelled(translate("Search", "Searched in Cerbo"), "{}")
    return with_pieces(pattern, _searched_words(words))


def not_all_listed() -> str:
    return translate("Search", "Cerbo did not list every name that may match.")


def _searched_words(words: Sequence[SearchedWord]) -> Iterator[Piece]:
    for at, word in enumerate(words):
        if at:
            yield Piece(lists.between())
        yield from with_pieces(_field(word.field), [Piece(plain(word.value, 60), is_strong=True)])


def _field(field: SearchedField) -> str:
    match field:
        case SearchedField.LAST_OR_FIRST_NAME:
            return translate("Search", "last or first name {}")
        case SearchedField.FIRST_AND_LAST_NAME:
            return translate("Search", "first and last name {}")
        case SearchedField.LAST_NAME:
            return translate("Search", "last name {}")
        case SearchedField.FIRST_NAME:
            return translate("Search", "first name {}")
        case SearchedField.EMAIL:
            return translate("Search", "e-mail {}")
        case SearchedField.LEFT_OUT:
            return translate("Search", "without {}")
        case SearchedField.ID:
            return translate("Search", "ID {}")
        case SearchedField.DATE_OF_BIRTH:
            return translate("Search", "date of birth {}")
        case _:
            assert_never(field)
