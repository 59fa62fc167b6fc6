"""The rows of today's board as values: group heads, visits, and the folded earlier ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cerbo_desktop.domain.appointment import Appointment, VisitStage
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.services.today import Board
from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.kit.text import plain

EARLIER_KEY = "group earlier"
_STAGE_WORDS = {
    VisitStage.CHECKED_IN: "Checked in",
    VisitStage.IN_ROOM: "In room",
    VisitStage.CONFIRMED: "Confirmed",
    VisitStage.SCHEDULED: "Scheduled",
    VisitStage.DONE: "Done",
}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The head of a group; it cannot be chosen."""

    key: str
    title: str
    count: int
    can_be_chosen: bool = False

    @property
    def spoken(self) -> str:
        return f"{self.title}, {phrases.count(self.count, 'visit')}"


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """The one row into which visits that are over fold."""

    count: int
    is_unfolded: bool
    key: str = EARLIER_KEY
    can_be_chosen: bool = True

    @property
    def text(self) -> str:
        return f"{self.count} earlier today"

    @property
    def spoken(self) -> str:
        return f"{self.text}, {'shown' if self.is_unfolded else 'folded'}"


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


def board_rows(board: Board, clock: Clock, *, is_unfolded: bool) -> tuple[BoardRow, ...]:
    return tuple(_rows(board, clock, is_unfolded))


def _rows(board: Board, clock: Clock, is_unfolded: bool) -> Iterator[BoardRow]:
    for key, title, visits in (
        ("group here", "Here now", board.here_now),
        ("group coming", "Coming up", board.coming_up),
    ):
        if visits:
            yield GroupRow(key, title, len(visits))
            yield from (_visit_row(visit, clock) for visit in visits)
    if board.earlier:
        yield EarlierRow(len(board.earlier), is_unfolded)
        if is_unfolded:
            yield from (_visit_row(visit, clock) for visit in board.earlier)


def _visit_row(visit: Appointment, clock: Clock) -> VisitRow:
    time = phrases.clock(clock.local(visit.starts_at))
    known = _STAGE_WORDS.get(visit.stage, "")
    words = known or plain(visit.status_words, 24) or "Other status"
    name = plain(visit.patient.full_name)
    return VisitRow(
        key=visit_key(visit),
        patient_id=visit.patient.id,
        time=time,
        name=name,
        born=born_text(visit.patient.born),
        stage=visit.stage,
        stage_words=words,
        spoken=f"{spoken_identity(name, visit.patient.born)}, {time}, {known.lower() or words}",
    )


def visit_key(visit: Appointment) -> str:
    return f"visit {visit.id}"


def born_text(born: date | None) -> str:
    return phrases.day(born) if born else "No birth date"


def spoken_identity(name: str, born: date | None) -> str:
    """Thomas Becker, born 2 February 1958"""
    return f"{name}, born {phrases.day_spoken(born)}" if born else f"{name}, no birth date"
