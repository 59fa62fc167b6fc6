"""Two stages that show the same place at the same zoom, until a person lets each move alone."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from cerbo_desktop.ui.stage.geometry import ViewState
from cerbo_desktop.ui.stage.stage import Stage


class LinkedStages(QObject):
    """`acted_on` is the stage that keys and buttons zoom and move: the first while both are linked."""

    zoom_changed = Signal(float, bool)
    """As of a stage: of the one that is acted on."""

    def __init__(self, first: Stage, second: Stage) -> None:
        super().__init__(first)
        self._first, self._second = first, second
        self.acted_on, self.are_linked = first, True
        for stage, other in ((first, second), (second, first)):
            stage.moved_by_hand.connect(lambda state, other=other: self._follow(other, state))
            stage.zoom_changed.connect(lambda *_, stage=stage: self._tell(stage))
            stage.installEventFilter(self)

    def show_at(self, state: ViewState) -> None:
        """Show this place at this zoom in both."""
        for stage in (self._first, self._second):
            stage.set_view_state(state)

    def link(self, are_linked: bool) -> None:
        """Move both together from now on, beginning where the one lies that was moved last; or each alone."""
        self.are_linked = are_linked
        if are_linked:
            self.show_at(self.acted_on.view_state)
            self._act_on(self._first)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While each moves alone, keys are for the one that has the focus."""
        if event.type() is QEvent.Type.FocusIn and not self.are_linked and isinstance(watched, Stage):
            self._act_on(watched)
        return super().eventFilter(watched, event)

    def _follow(self, other: Stage, state: ViewState) -> None:
        if self.are_linked:
            other.set_view_state(state)
        else:
            moved = self._second if other is self._first else self._first
            if other.hasFocus():  # keys go where the eyes are
                moved.setFocus(Qt.FocusReason.MouseFocusReason)
            self._act_on(moved)

    def _act_on(self, stage: Stage) -> None:
        self.acted_on = stage
        self._tell(stage)

    def _tell(self, stage: Stage) -> None:
        if stage is self.acted_on:
            self.zoom_changed.emit(stage.zoom, stage.view_state.zoom is None)
