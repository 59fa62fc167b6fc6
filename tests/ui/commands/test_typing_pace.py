"""Which presses belong to a burst, by the time between them."""

import pytest

from cerbo_desktop.ui.commands.typing_pace import TypingPace

_ENTER = ""
_CASES = [
    pytest.param([("1", 9.0), ("0", 0.02), ("4", 0.02), (_ENTER, 0.02)], [0, 1, 1, 1], "104", id="a reader's figures"),
    pytest.param([("1", 9.0), ("0", 0.02), (_ENTER, 0.89)], [0, 1, 1], "10", id="a reader's late Enter"),
    pytest.param([("1", 9.0), ("0", 0.02), (_ENTER, 0.91)], [0, 1, 0], "10", id="a person's own Enter"),
    pytest.param([("r", 9.0), ("i", 0.29)], [0, 1], "ri", id="two letters of a word"),
    pytest.param([("r", 9.0), ("i", 0.31)], [0, 0], "i", id="two commands"),
    pytest.param([("r", 9.0), ("R", 0.15), ("r", 0.15)], [0, 0, 0], "rRr", id="two steps"),
    pytest.param([("r", 9.0), ("r", 0.05)], [0, 1], "rr", id="a key held by a reader"),
    pytest.param([("1", 9.0), ("2", 0.07), ("3", 0.07)], [0, 0, 0], "3", id="figures at a person's pace"),
    pytest.param(
        [("h", 9.0), ("a", 0.04), (" ", 0.2), ("7", 0.29)], [0, 1, 1, 1], "ha 7", id="a fast pair, then slower"
    ),
    pytest.param([("h", 9.0), ("a", 0.04), ("r", 0.31)], [0, 1, 0], "r", id="a burst that is over"),
    pytest.param([(_ENTER, 9.0), (_ENTER, 0.02)], [0, 0], "", id="Enter and Enter again"),
    pytest.param([(_ENTER, 9.0), ("r", 0.02)], [0, 0], "r", id="Enter, then a letter at once"),
]


@pytest.mark.parametrize(("presses", "are_of_burst", "written"), _CASES)
def test_the_time_between_presses_tells_a_burst(
    presses: list[tuple[str, float]], are_of_burst: list[int], written: str
) -> None:
    pace, at_s = TypingPace(), 100.0
    noted = []
    for sign, gap_s in presses:
        at_s += gap_s
        noted.append(pace.note_press(sign, at_s, is_acting=sign in (_ENTER, " ")))
    assert (noted, pace.written) == ([bool(each) for each in are_of_burst], written)


def test_what_was_written_is_forgotten_and_the_burst_goes_on() -> None:
    pace = TypingPace()
    for at, sign in enumerate("lopez"):
        pace.note_press(sign, at * 0.02, is_acting=False)
    pace.forget_written()
    assert pace.written == ""
    assert pace.note_press(_ENTER, 0.3, is_acting=True)
