"""The rows of today's board as values: group heads, visits, and the earlier ones, collapsed into one row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cerbo_desktop.domain.appointment import Appointment, VisitStage
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.services.today import Board
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import dates, lists, patients, today as text

EARLIER_KEY = "group earlier"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The head of a group; it cannot be chosen."""

    key: str
    title: str
    count: int
    spoken: str
    can_be_chosen: bool = False


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """The one row into which visits that are over collapse."""

    count: int
    is_expanded: bool
    key: str = EARLIER_KEY
    can_be_chosen: bool = True

    @property
    def text(self) -> str:
        return text.earlier_today(self.count)

    @property
    def spoken(self) -> str:
        """As a screen reader says it."""
        return text.earlier_today_spoken(self.count, is_expanded=self.is_expanded)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit, every text ready to be painted."""

    key: str
    """The appointment's id: a patient may come twice in one day."""
    patient_id: str
    time: str
    name: str
    born: str
    stage: VisitStage
    stage_words: str
    spoken: str
    """Without the badge: "Thomas Becker, born 2 February 1958, 10:30, checked in"."""
    can_be_chosen: bool = True


BoardRow = GroupRow | EarlierRow | VisitRow


def visit_rows(visits: Iterable[Appointment], clock: Clock) -> tuple[VisitRow, ...]:
    """The rows of these visits, without heads."""
    return tuple(_visit_row(visit, clock) for visit in visits)


def board_rows(board: Board, clock: Clock, *, is_expanded: bool) -> tuple[BoardRow, ...]:
    """The rows of the board: who is here, who comes, and the earlier visits where `is_expanded`."""
    return tuple(_rows(board, clock, is_expanded))


def _rows(board: Board, clock: Clock, is_expanded: bool) -> Iterator[BoardRow]:
    if here := board.here_now:
        yield GroupRow("group here", text.here_now(), len(here), text.here_now_spoken(len(here)))
        yield from (_visit_row(visit, clock) for visit in here)
    if coming := board.coming_up:
        yield GroupRow("group coming", text.coming_up(), len(coming), text.coming_up_spoken(len(coming)))
        yield from (_visit_row(visit, clock) for visit in coming)
    if board.earlier:
        yield EarlierRow(len(board.earlier), is_expanded)
        if is_expanded:
            yield from (_visit_row(visit, clock) for visit in board.earlier)


def _visit_row(visit: Appointment, clock: Clock) -> VisitRow:
    time = dates.clock(clock.local(visit.starts_at))
    words = text.stage(visit.stage) or plain(visit.status_words, 24) or text.other_status()
    name = patients.full_name(visit.patient)
    return VisitRow(
        key=visit_key(visit),
        patient_id=visit.patient.id,
        time=time,
        name=name,
        born=patients.date_of_birth(visit.patient.born),
        stage=visit.stage,
        stage_words=words,
        spoken=lists.spoken(
            patients.name_and_birth_spoken(name, visit.patient.born), time, text.stage_spoken(visit.stage) or words
        ),
    )


def visit_key(visit: Appointment) -> str:
    """The key of a visit's row."""
    return f"visit {visit.id}"
