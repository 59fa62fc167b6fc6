"""The window of the running program, on screens that leave it less room than it would like."""

import pytest

from tests.screen.conftest import Run
from tests.screen.desktop import HEIGHT_PX, WIDTH_PX

pytestmark = pytest.mark.screen


@pytest.mark.parametrize("scale", ["1.5", "1.75"])
def test_the_window_with_its_frame_opens_inside_the_screen(run: Run, scale: str) -> None:
    """960 x 600 and 822 x 514 layout pixels: one holds the smallest window of the design, the other does not."""
    program = run("--practice", environment={"QT_SCALE_FACTOR": scale})
    program.reader.wait_for(name_contains="Find a patient", role="text")
    window = program.desktop.window_in_front

    def is_inside() -> bool:
        left, top, right, bottom = program.desktop.frame_of(window)
        return left >= 0 and top >= 0 and right <= WIDTH_PX and bottom <= HEIGHT_PX

    program.wait_until(is_inside, "the whole window on the screen")
    width, height = program.desktop.smallest_of(window)
    assert width < WIDTH_PX, "maximised it would reach beyond the screen"
    assert height < HEIGHT_PX, "maximised it would reach beyond the screen"
