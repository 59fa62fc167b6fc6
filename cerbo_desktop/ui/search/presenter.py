"""Joins the left pane with searching, the board and faces. Decides who opens: never one of two namesakes by Enter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cerbo_desktop.domain.appointment import Appointment
from cerbo_desktop.domain.errors import Overloaded, ServerError
from cerbo_desktop.domain.id_photos import is_id_photo_on_its_way
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.cause_now import cause_now
from cerbo_desktop.services.connection import PASSING, ConnectionState
from cerbo_desktop.services.search.interpretation import Interpretation, SearchKind
from cerbo_desktop.services.search.searching import MAX_SHOWN, Searching, SearchResult, namesakes
from cerbo_desktop.services.today import Board, Today
from cerbo_desktop.ui.navigator import Navigator
from cerbo_desktop.ui.search.asking_faces import AskingFaces, FaceSource
from cerbo_desktop.ui.search.known_here import KnownHere
from cerbo_desktop.ui.search.pages import busy_wait_s, error_page, found_page, hint_page, searching_page
from cerbo_desktop.ui.search.rows import ResultRow, namesake_card, result_row
from cerbo_desktop.ui.today.presenter import BoardPresenter

if TYPE_CHECKING:
    from cerbo_desktop.ui.search.namesakes import NamesakesPage
    from cerbo_desktop.ui.search.pane import SearchPane


class SearchPresenter:
    """Joins the search pane to the services: asks for what is typed, shows what was found, and opens a patient at
    once."""

    def __init__(
        self,
        pane: SearchPane,
        namesakes_page: NamesakesPage,
        searching: Searching,
        today: Today,
        faces: FaceSource,
        uploads: Feed[tuple[Upload, ...]],
        clock: Clock,
        scope: TaskScope,
        navigator: Navigator,
        line: Feed[ConnectionState],
    ) -> None:
        """`line`: whether Cerbo can be reached."""
        self._pane, self._cards = pane, namesakes_page
        self._searching, self._today, self._clock = searching, today, clock
        self._navigator, self._line = navigator, line
        self._scope = scope.child("search")
        self._faces = AskingFaces(pane, faces, self._scope)
        self._known = KnownHere(today, searching, navigator)
        self._found: tuple[Patient, ...] = ()
        self._groups: tuple[tuple[Patient, ...], ...] = ()
        self._shows_namesakes = False
        self._has_opened = False
        """Somebody was opened for the present text: no cards are laid over whoever is open."""
        self._under_way: Interpretation | None = None
        """What Cerbo is being asked, as long as that goes on."""
        self._is_in_trouble = False
        self._failure: ServerError | None = None
        """Why it could not be asked."""
        self._unanswered: Interpretation | None = None
        """The page says that this could not be asked."""
        self._board = BoardPresenter(pane.board, today, clock, self._open, line)
        self._end_uploads = uploads.subscribe(self._mark_photographed)
        self._day = today.feed.latest.day
        self._end_day = today.feed.subscribe(self._follow_day, replay=False)
        self._end_line = line.subscribe(self._follow_line)
        self._connect()

    def select_patient(self, patient_id: PatientId | None) -> None:
        """Mark whom the centre shows, also when it was opened from somewhere else."""
        self._pane.select_patient(patient_id)

    def look_again(self) -> None:
        """Ask again whether the faces in view still hold: a person wants to know."""
        self._faces.look_again()

    def try_again(self) -> None:
        """Cerbo can be reached again: what could not be asked is asked now."""
        self._faces.try_again()
        if self._unanswered is not None:
            self._scope.start(self._run(self._unanswered), key="query")

    async def aclose(self) -> None:
        """Ask nothing more, and follow the services no more."""
        self._end_uploads()
        self._end_day()
        self._end_line()
        self._faces.close()
        self._board.close()
        await self._scope.aclose()

    def _connect(self) -> None:
        pane = self._pane
        pane.text_edited.connect(self._edit)
        pane.query_changed.connect(self._ask)
        pane.visit_opened.connect(self._board.open)
        pane.result_opened.connect(self._open_found)
        pane.namesake_reached.connect(self._show_group_of)
        pane.faces_wanted.connect(self._faces.want)
        self._cards.patient_chosen.connect(self._open_found)

    def _edit(self, text: str) -> None:
        self._has_opened = False
        self._follow(text)

    def _follow(self, text: str) -> Interpretation:
        """At each letter: what does not fit the text any more leaves at once, and so does an answer on its way."""
        self._scope.cancel("query")
        self._unanswered = None
        asked = self._searching.interpret(text)
        if asked.kind is SearchKind.NOTHING:
            self._forget_found()
            self._pane.show_board()
        elif not asked.can_be_asked:
            self._forget_found()
            self._pane.show_search_page(hint_page(asked))
        else:
            self._hide_cards()
            self._remember(self._known.fitting(asked, self._found))
            self._pane.show_search_page(searching_page(self._rows()))
        return asked

    def _ask(self, text: str) -> None:
        """A question that is under way is not asked a second time."""
        if self._searching.interpret(text) == self._under_way and self._scope.is_running("query"):
            return
        asked = self._follow(text)
        if asked.can_be_asked and not self._scope.is_closed:  # a text may settle while the practice is being left
            self._scope.start(self._run(asked), key="query")

    async def _run(self, asked: Interpretation) -> None:
        """Until there is an answer; only being busy is a reason to ask again by itself."""
        while True:
            self._under_way = asked
            try:
                self._show_found(await self._searching.search(asked))
                self._unanswered = None
                return
            except Overloaded as error:
                self._show_failure(error, asked)
                await self._clock.sleep(busy_wait_s(error))
            except ServerError as error:
                self._show_failure(error, asked)
                return

    def _show_found(self, result: SearchResult) -> None:
        """Whoever was in view while Cerbo was asked keeps the place: a click must not hit somebody else."""
        in_view, told = _by_id(self._found), _by_id(result.patients)
        known = _by_id(self._known.fitting(result.interpretation, self._found))
        everybody = tuple((in_view | known | told).values())
        is_complete = result.is_complete and len(everybody) <= MAX_SHOWN
        self._remember(everybody[:MAX_SHOWN])
        shown = replace(result, patients=self._found, is_complete=is_complete)
        page = found_page(shown, self._rows(), self._groups)
        self._pane.show_search_page(page)
        self._ask_which()

    def _ask_which(self) -> None:
        """Where everybody of a name is found, the cards ask who is meant."""
        if len(self._groups) == 1 and not self._has_opened:
            self._show_cards(self._groups[0])

    def _show_failure(self, error: ServerError, asked: Interpretation) -> None:
        """People who are known here can still be opened."""
        self._unanswered, self._failure, self._under_way = asked, error, None
        before = self._groups
        self._remember(self._known.fitting_while_away(asked, self._found))
        if self._groups != before:
            self._hide_cards()
        cause = cause_now(error, self._line.latest)
        page = error_page(cause, self._rows(), self._groups, is_in_trouble=self._is_in_trouble)
        self._pane.show_search_page(page)
        if not self._shows_namesakes:  # cards that are shown stay: somebody may be at them
            self._ask_which()

    def _follow_line(self, state: ConnectionState) -> None:
        """What could not be asked says whether it is asked again by itself."""
        before, self._is_in_trouble = self._is_in_trouble, isinstance(state, PASSING)
        is_shown = self._unanswered is not None and self._failure is not None and not self._scope.is_running("query")
        if before != self._is_in_trouble and is_shown and self._unanswered is not None and self._failure is not None:
            self._show_failure(self._failure, self._unanswered)

    def _follow_day(self, board: Board) -> None:
        """What was shown yesterday is looked at once more."""
        if board.day != self._day:
            self._day = board.day
            self._faces.look_again()

    def _rows(self) -> tuple[ResultRow, ...]:
        shared = {patient.id for group in self._groups for patient in group}
        return tuple(
            result_row(each, self._visit(each), self._clock, is_namesake=each.id in shared) for each in self._found
        )

    def _visit(self, patient: Patient) -> Appointment | None:
        return self._today.visit_of(patient.id)

    def _remember(self, patients: tuple[Patient, ...]) -> None:
        self._found, self._groups = patients, namesakes(patients)

    def _forget_found(self) -> None:
        self._remember(())
        self._hide_cards()

    def _show_group_of(self, patient_id: str) -> None:
        for group in self._groups:
            if any(patient.id == patient_id for patient in group):
                self._show_cards(group)

    def _show_cards(self, group: Sequence[Patient]) -> None:
        is_known = self._today.feed.latest.has_everybody
        cards = [namesake_card(each, self._visit(each), self._clock, is_day_known=is_known) for each in group]
        self._cards.show_namesakes(cards)
        self._faces.want([patient.id for patient in group])
        self._shows_namesakes = True
        self._navigator.show_namesakes(True)

    def _hide_cards(self) -> None:
        if self._shows_namesakes:
            self._shows_namesakes = False
            self._navigator.show_namesakes(False)

    def _open_found(self, patient_id: str) -> None:
        patient = next((each for each in self._found if each.id == patient_id), None)
        if patient is not None:
            self._open(patient)

    def _open(self, patient: Patient) -> None:
        self._shows_namesakes, self._has_opened = False, True
        self._known.keep_opened(patient)
        self._navigator.open_patient(patient)

    def _mark_photographed(self, uploads: tuple[Upload, ...]) -> None:
        """Badges for ID photos on their way, those of earlier sessions too."""
        self._pane.faces.set_photo_taken({each.recipient.id for each in uploads if is_id_photo_on_its_way(each)})


def _by_id(patients: Iterable[Patient]) -> dict[PatientId, Patient]:
    return {patient.id: patient for patient in patients}
