"""The words of the questions before photos are lost."""

import pytest

from cerbo_desktop.ui.text import closing, leaving, removal


@pytest.mark.parametrize(
    ("unsent", "kept"),
    [
        (1, "The practice clinic starts anew each time, so it isn’t kept. All its patients are fictional."),
        (3, "The practice clinic starts anew each time, so they aren’t kept. All its patients are fictional."),
    ],
)
def test_what_the_practice_clinic_does_not_keep(unsent: int, kept: str) -> None:
    assert closing.lost_in_practice(unsent) == kept


@pytest.mark.parametrize(("count", "held", "label"), [(1, 3, "Send 1 of 3"), (2, 3, "Send 2 of 3"), (3, 3, "Send 3")])
def test_the_button_says_how_many_of_all_it_sends(count: int, held: int, label: str) -> None:
    assert leaving.send_count(count, held) == label


def test_unsent_photos_of_the_practice_clinic_are_told_of_before_the_data_go() -> None:
    assert "practice clinic" not in removal.question(0).text
    assert "1 unsent photo of the practice clinic goes too: its patients are fictional." in removal.question(1).text
    assert "2 unsent photos of the practice clinic go too: its patients are fictional." in removal.question(2).text
