"""The strip about this PC's clock."""

from cerbo_desktop.ui.connection.clock_strip import ClockStrip
from cerbo_desktop.ui.part import Context


class ClockPart:
    """Says that this PC's clock is wrong, as far as Cerbo's answers tell."""

    def __init__(self, context: Context) -> None:
        self.strip = ClockStrip()
        self.widgets = (self.strip,)
        self._end = context.services.clock_check.feed.subscribe(self.strip.show_offset)
        context.window.add_strip(self.strip)

    def start(self) -> None:
        """The strip follows the clocks from the first."""

    async def aclose(self) -> None:
        """Follow the clocks no more."""
        self._end()
