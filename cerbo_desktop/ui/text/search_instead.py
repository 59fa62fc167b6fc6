"""Where nobody was found, or Cerbo could not be asked: what to try, and who is known here."""

from cerbo_desktop.ui.text.catalogue import translate


def nobody_found() -> str:
    return translate("SearchInstead", "No patient found")


def nobody_found_yet() -> str:
    return translate("SearchInstead", "Nobody found yet")


def no_patient_has_id(number: str) -> str:
    return translate("SearchInstead", "No patient has ID {number}.").format(number=number)


def check_spelling() -> str:
    return translate("SearchInstead", "Check the spelling, or type fewer letters.")


def check_date() -> str:
    return translate("SearchInstead", "Check the date, or search by name.")


def type_more_or_date() -> str:
    return translate("SearchInstead", "Type more letters, or the date of birth.")


def try_instead() -> str:
    return translate("SearchInstead", "Try instead")


def last_name_starts_with(letters: str) -> str:
    return translate("SearchInstead", "Last name starts with “{letters}”").format(letters=letters)


def any_last_name(first_name: str) -> str:
    return translate("SearchInstead", "{first_name}, any last name").format(first_name=first_name)


def first_name_starts_with(letters: str) -> str:
    return translate("SearchInstead", "First name starts with “{letters}”").format(letters=letters)


def email_starts_with(letters: str) -> str:
    return translate("SearchInstead", "E-mail starts with “{letters}”").format(letters=letters)


def date_of_birth() -> str:
    return translate("SearchInstead", "Date of birth")


# Cerbo could not be asked.


def offline() -> str:
    return translate("SearchInstead", "Offline")


def cannot_search() -> str:
    return translate("SearchInstead", "Cannot search")


def open_from_today() -> str:
    return translate("SearchInstead", "You can open patients already on today’s list.")


def known_here_alone() -> str:
    """Above people of today's list and those opened before, where Cerbo could not be asked."""
    return translate(
        "SearchInstead", "Known here. Others of this name may exist: ask for the date of birth before you open."
    )


def search_goes_on() -> str:
    return translate("SearchInstead", "The search will continue automatically once Cerbo answers again.")


def search_needs_key() -> str:
    """Beneath the strip that says that the key is refused."""
    return translate("SearchInstead", "The search will continue once Cerbo accepts the key.")
