"""Facts in a row."""

from cerbo_desktop.ui.text import lists


def test_empty_parts_are_left_out() -> None:
    assert lists.spoken("Maria Lopez", "", "female") == "Maria Lopez, female"
    assert lists.sentences("Couldn’t reach Cerbo.", "") == "Couldn’t reach Cerbo."
    assert lists.spoken() == ""


def test_the_last_of_a_list_stands_apart() -> None:
    names = ["Maria Lopez", "Hana Kim", "Grace Adeyemi"]
    assert [lists.listed(names[:count]) for count in (1, 2, 3)] == [
        "Maria Lopez",
        "Maria Lopez and Hana Kim",
        "Maria Lopez, Hana Kim and Grace Adeyemi",
    ]
    assert lists.either(["Alt 1", "Alt 2", "Alt 3"]) == "Alt 1, Alt 2 or Alt 3"


def test_braces_in_a_name_stay_as_they_are() -> None:
    assert lists.spoken("a{b}", "{first}") == "a{b}, {first}"
