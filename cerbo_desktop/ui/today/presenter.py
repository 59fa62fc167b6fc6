"""Puts today's board into the pane, in its words, for the provider a person chose; and tells who waits for an ID
photo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, assert_never

from cerbo_desktop.domain.ids import UserId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.connection import PASSING, ConnectionState, KeyRefused
from cerbo_desktop.services.today import Board, BoardState, Today
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import dates, today as text
from cerbo_desktop.ui.today.rows import VisitRow, board_rows, visit_key, visit_rows

if TYPE_CHECKING:
    from cerbo_desktop.ui.patients.row_faces import RowFaces
    from cerbo_desktop.ui.today.board_view import BoardView


class BoardPresenter:
    """Keeps which provider was chosen and whether earlier visits are shown. `on_open` gets whoever is opened."""

    def __init__(
        self,
        view: BoardView,
        today: Today,
        clock: Clock,
        on_open: Callable[[Patient], None],
        line: Feed[ConnectionState],
    ) -> None:
        """`line`: whether Cerbo can be reached."""
        self._view, self._today = view, today
        self._clock, self._on_open = clock, on_open
        self._provider_id: UserId | None = None
        self._is_expanded = False
        self._is_told_above = _is_told_by_strip(line.latest)
        view.earlier_toggled.connect(self._toggle_earlier)
        view.provider_chosen.connect(self._choose_provider)
        view.retry_wanted.connect(today.look_again)
        self._end = today.feed.subscribe(self._show)
        self._end_line = line.subscribe(self._follow_line, replay=False)

    def open(self, key: str) -> None:
        """Open the patient of a row; a key that no visit has any more opens nobody."""
        visit = next((each for each in self._today.feed.latest.visits if visit_key(each) == key), None)
        if visit is not None:
            self._on_open(visit.patient)

    def close(self) -> None:
        """Follow the board and the connection no more."""
        self._end()
        self._end_line()

    def _follow_line(self, state: ConnectionState) -> None:
        """Once the trouble that the strip tells is over, the board loads by itself: the strip has the one button."""
        before, self._is_told_above = self._is_told_above, _is_told_by_strip(state)
        if before != self._is_told_above and self._today.feed.latest.state is BoardState.FAILED:
            self._show(self._today.feed.latest)

    def _show(self, board: Board) -> None:
        self._view.show_date(*self._date_words(board))
        self._show_providers(board)
        match board.state:
            case BoardState.LOADING:
                self._view.show_loading()
            case BoardState.READY | BoardState.OLD:
                self._show_rows(board)
            case BoardState.FAILED:
                self._view.show_words(text.could_not_load(), can_retry=not self._is_told_above)
            case BoardState.BUSY:
                self._view.show_words(text.busy())
            case BoardState.NOT_ALLOWED:
                self._view.show_words(text.not_allowed(), can_retry=True)
            case _:
                assert_never(board.state)

    def _show_rows(self, board: Board) -> None:
        rows = board_rows(board.of_provider(self._provider_id), self._clock, is_expanded=self._is_expanded)
        if rows:
            self._view.show_rows(rows)
        elif not board.is_complete:
            self._view.show_words(text.some_not_read(), can_retry=True)
        elif self._provider_id is not None and not board.is_empty:
            self._view.show_words(text.none_with_provider())
        else:
            self._view.show_words(text.no_appointments())

    def _show_providers(self, board: Board) -> None:
        """A chosen provider without visits any more is no choice any more."""
        if board.state not in (BoardState.READY, BoardState.OLD):
            self._view.show_providers((), "")
        else:
            if all(provider.id != self._provider_id for provider in board.providers):
                self._provider_id = None
            names = [(provider.id, plain(provider.name, 60)) for provider in board.providers]
            self._view.show_providers(names, self._provider_id or "")

    def _date_words(self, board: Board) -> tuple[str, str]:
        if board.state is BoardState.OLD and board.as_of is not None:
            words = text.old_since(self._clock.local(board.as_of), board.day)
            return words, words
        if board.unreadable_count:
            return text.visits_not_read(board.unreadable_count)
        if not board.is_complete:
            return text.not_all_shown()
        return dates.weekday(board.day), dates.short_weekday(board.day)

    def _toggle_earlier(self) -> None:
        self._is_expanded = not self._is_expanded
        self._show(self._today.feed.latest)

    def _choose_provider(self, provider_id: str) -> None:
        self._provider_id = UserId(provider_id) if provider_id else None
        self._show(self._today.feed.latest)


class WithoutPhotoPresenter:
    """Tells who is here and has no ID photo, as the board and the faces have it. `want_faces` has the faces of these
    patients asked for: their rows may be out of view on the board."""

    def __init__(
        self,
        show_rows: Callable[[Sequence[VisitRow]], None],
        today: Today,
        faces: RowFaces,
        clock: Clock,
        want_faces: Callable[[list[str]], None],
    ) -> None:
        self._show_rows, self._want_faces = show_rows, want_faces
        self._today, self._faces, self._clock = today, faces, clock
        faces.changed.connect(self._show_changed)
        self._end = today.feed.subscribe(self._follow)

    def close(self) -> None:
        """Follow nothing any more."""
        self._end()
        self._faces.changed.disconnect(self._show_changed)

    def _follow(self, board: Board) -> None:
        self._show()
        if board.here_now:
            self._want_faces([visit.patient.id for visit in board.here_now])

    def _show_changed(self, patient_ids: Iterable[str]) -> None:
        if any(visit.patient.id in patient_ids for visit in self._today.feed.latest.here_now):
            self._show()

    def _show(self) -> None:
        here = {visit.patient.id: visit for visit in self._today.feed.latest.here_now}  # some come twice a day
        lacking = (visit for visit in here.values() if self._faces.lacks_id_photo(visit.patient.id))
        self._show_rows(visit_rows(lacking, self._clock))


def _is_told_by_strip(state: ConnectionState) -> bool:
    """What the board lacks comes by itself once that is over, or once a person has mended the key."""
    return isinstance(state, (*PASSING, KeyRefused))
