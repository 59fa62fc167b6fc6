"""What the search box understands, told while nobody is open."""

from cerbo_desktop.ui.text.catalogue import translate


def find_a_patient() -> str:
    return translate("Welcome", "Find a patient")


def how_to_search(key: str) -> str:
    return translate("Welcome", "Use any of these. Select a result and press {key}.").format(key=key)


def name() -> tuple[str, str, str]:
    """The row about names: its title, how to type one, and an example. The other rows are made alike."""
    return (
        translate("Welcome", "Name"),
        translate("Welcome", "First or last name, or its start"),
        translate("Welcome", "lopez, mar"),
    )


def date_of_birth() -> tuple[str, str, str]:
    return (
        translate("Welcome", "Date of birth"),
        translate("Welcome", "Day, month and year"),
        translate("Welcome", "4 mar 1981"),
    )


def patient_id() -> tuple[str, str, str]:
    return translate("Welcome", "ID"), translate("Welcome", "The number Cerbo shows"), "10482"


def email() -> tuple[str, str, str]:
    return (
        translate("Welcome", "E-mail"),
        translate("Welcome", "The start of the address"),
        translate("Welcome", "maria.lopez@"),
    )


def what_examples_do() -> str:
    """For screen readers, after the example itself."""
    return translate("Welcome", "An example. Searches for it.")
