"""The left pane joined with the services, against a Cerbo in memory."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from cerbo_desktop.domain.errors import Forbidden, NotTold, Overloaded, ServerRefusal, ServerRefused, Unreachable
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Recipient, Upload, UploadState
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.connection import ConnectionState, KeyRefused, Offline, Online
from cerbo_desktop.services.photos.faces import FaceReader
from cerbo_desktop.services.photos.type_lists import ListsByType
from cerbo_desktop.services.search.interpretation import Interpretation
from cerbo_desktop.services.search.searching import Searching, SearchResult
from cerbo_desktop.services.today import BoardState, Today
from cerbo_desktop.ui.kit.faces import FaceLabel
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.search.namesake_cards import PersonCard
from cerbo_desktop.ui.search.namesakes import NamesakesPage
from cerbo_desktop.ui.search.pane import SearchPane
from cerbo_desktop.ui.search.presenter import SearchPresenter
from tests.fakes.cerbo_server import FakeCerboServer, refuse_everything
from tests.fakes.navigator import NotedNavigator
from tests.ui.search.people import (
    EVERYONE,
    JOHN,
    MARIA,
    MARISOL,
    OKORO,
    OTHER_JOHN,
    OTHER_MARIA,
    THOMAS,
    VISITS,
    morning_clock,
)
from tests.waiting import until

FACE = Raster(4, 4, bytes(64), 4, 4)

KNOWN_HERE_ALONE = "Known here. Others of this name may exist: ask for the date of birth before you open."


def fail_test(error: BaseException) -> None:
    raise AssertionError from error


@dataclass
class FewFaces:
    """Knows one face; for Thomas Cerbo cannot be reached the first time."""

    asked: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    look_fails: bool = False

    learnt: Feed[ListsByType] = field(default_factory=lambda: Feed(ListsByType.UNTRIED))
    not_told: set[str] = field(default_factory=set)
    readers: list[FaceReader] = field(default_factory=list)
    has_lost_face: bool = False
    """Maria's photo turned out to be medical."""

    async def face(self, patient_id: PatientId) -> Raster | None:
        if patient_id in self.not_told:
            raise NotTold
        self.asked.append(patient_id)
        await asyncio.sleep(0)
        if patient_id == THOMAS.id and self.asked.count(patient_id) == 1:
            raise Unreachable
        return FACE if patient_id == MARIA.id and not self.has_lost_face else None

    async def look_again(self, patient_id: PatientId) -> None:
        self.looked_at.append(patient_id)
        if self.look_fails:
            raise Unreachable

    def subscribe(self, reader: FaceReader) -> Callable[[], None]:
        self.readers.append(reader)
        return lambda: self.readers.remove(reader) if reader in self.readers else None


class Desk:
    """The pane as the window would have it, and what reached the window."""

    def __init__(self) -> None:
        self.server = FakeCerboServer()
        for patient in EVERYONE:
            self.server.add_patient(patient)
        self.server.visits = list(VISITS)
        self.clock, self.faces = morning_clock(), FewFaces()
        self.line: Feed[ConnectionState] = Feed(Online())
        self.uploads: Feed[tuple[Upload, ...]] = Feed(())
        self.navigator = NotedNavigator()
        self.opened, self.cards_shown = self.navigator.patients, self.navigator.namesakes_shown
        self.pane = SearchPane()
        self.cards = NamesakesPage(self.pane.faces)
        self.today = Today(self.server, self.clock, TaskScope("test", fail_test))
        self.presenter = SearchPresenter(
            self.pane,
            self.cards,
            Searching(self.server, self.clock),
            self.today,
            self.faces,
            self.uploads,
            self.clock,
            TaskScope("test", fail_test),
            self.navigator,
            self.line,
        )

    @property
    def title(self) -> str:
        return self.pane.results.title

    @property
    def found(self) -> list[str]:
        return [row.key for row in self.pane.results.list.rows_model.rows]

    @property
    def board(self) -> list[str]:
        return [row.key for row in self.pane.board.list.rows_model.rows]

    async def search(self, text: str) -> None:
        """Type and wait for the end of the search."""
        self.pane.field.setText(text)
        QTest.keyClick(self.pane.field, Qt.Key.Key_Return)
        await until(lambda: not self.pane.results.is_searching)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    # Never shown: a visible list asks for faces by a timer, which may fire between test and clean-up, outside the loop.
    made.today.start()
    await until(lambda: made.today.feed.latest.state is BoardState.READY)
    yield made
    await made.presenter.aclose()
    await made.today.aclose()
    made.pane.deleteLater()
    made.cards.deleteLater()


async def test_finding_and_opening(desk: Desk) -> None:
    await desk.search("mar, lop")
    assert desk.title == "No patient found"
    await desk.search("becker")
    assert desk.opened == [THOMAS], "Enter had been pressed"
    assert desk.pane.results.list.rows_model.rows[0].spoken == (
        "Thomas Becker, born 2 February 1958, 67 years, female, ID 8817, today 10:30"
    )


async def test_two_of_one_name_show_cards_and_open_nobody(desk: Desk) -> None:
    await desk.search("lopez, mar")
    assert desk.title == "3 patients"
    assert desk.found == [MARIA.id, MARISOL.id, OTHER_MARIA.id], "those of the board were in view first"
    assert desk.cards_shown == [True]
    assert desk.opened == []
    desk.cards.choose(2)
    assert desk.opened == [OTHER_MARIA]
    desk.pane.field.clear()
    assert not desk.pane.board.isHidden()
    assert desk.cards_shown == [True], "the open patient stays"


def visits_on_cards(desk: Desk) -> list[str]:
    """What each card that is shown says of today, from the left."""
    cards = [card for card in desk.cards.findChildren(PersonCard) if not card.isHidden()]
    return [chip.text() if (chip := card.chip).isVisibleTo(card) else "" for card in cards]


async def test_no_visit_is_told_only_where_the_whole_day_is_known(desk: Desk) -> None:
    await desk.search("lopez, maria")
    assert visits_on_cards(desk) == ["Today 10:15", "No visit today"]
    desk.server.fail("appointments", Forbidden())
    desk.today.refresh()
    await until(lambda: desk.today.feed.latest.state is BoardState.NOT_ALLOWED)
    await desk.search("smith, john")
    await desk.search("lopez, maria")
    assert visits_on_cards(desk) == ["Today 10:15", ""]


async def test_cards_go_away_with_the_search(desk: Desk) -> None:
    await desk.search("lopez")
    desk.pane.field.clear()
    assert desk.cards_shown == [True, False]


async def test_several_pairs_show_cards_when_one_is_reached(desk: Desk) -> None:
    jo = desk.server.add_patient(JOHN.__class__(PatientId("5"), "Jo", "Smith"))
    desk.server.add_patient(jo.__class__(PatientId("6"), "Jo", "Smith"))
    await desk.search("smith")
    assert desk.cards_shown == []
    desk.pane.namesake_reached.emit(OTHER_JOHN.id)
    assert desk.cards_shown == [True]
    desk.cards.choose(1)
    assert desk.opened == [JOHN]


async def test_the_latest_text_wins(desk: Desk) -> None:
    gate = desk.server.hold("search_patients")
    desk.pane.query_changed.emit("becker")
    await until(lambda: desk.server.in_flight > 0)
    desk.server._gates.clear()
    await desk.search("smith")
    gate.set()
    assert desk.found == [JOHN.id, OTHER_JOHN.id]
    assert desk.server.cancelled["search_patients"] > 0


async def test_a_letter_more_ends_the_search_at_once(desk: Desk) -> None:
    """Not only when Cerbo is asked again: its answer would be older than the text."""
    gate = desk.server.hold("search_patients")
    desk.pane.field.setText("smith")
    desk.pane.query_changed.emit("smith")
    await until(lambda: desk.server.in_flight > 0)
    desk.pane.field.setText("smithx")
    gate.set()
    await until(lambda: desk.server.in_flight == 0)
    assert desk.found == []
    assert desk.title == "Searching…"


async def test_the_board_and_those_opened_before_are_found_at_once(desk: Desk) -> None:
    obrien = desk.server.add_patient(replace(THOMAS, id=PatientId("9022"), first_name="Bridget", last_name="O’Brien"))
    await desk.search("obrien")
    assert desk.opened == [obrien]
    desk.pane.field.clear()
    desk.server.hold("search_patients")
    desk.pane.field.setText("OBRIEN")
    assert desk.found == [obrien.id]
    desk.pane.field.setText("ｂｅｃ")
    assert desk.found == [THOMAS.id]
    assert desk.title == "Searching…"


async def test_rows_in_view_keep_their_place_when_the_answer_comes(desk: Desk) -> None:
    """A click that is on its way must not hit somebody else."""
    gate = desk.server.hold("search_patients")
    desk.pane.field.setText("lop")
    at_once = desk.found
    assert at_once == [MARIA.id, MARISOL.id]
    desk.pane.query_changed.emit("lop")
    gate.set()
    await until(lambda: not desk.pane.results.is_searching)
    assert desk.found == [*at_once, OTHER_MARIA.id]


async def test_no_new_patient_where_the_answer_is_not_whole(desk: Desk) -> None:
    desk.server.fail("search_patients", ServerRefused(ServerRefusal.INVALID), times=4)
    await desk.search("kowalski")
    assert not desk.pane.results.page.offers_new_patient
    desk.server.heal()
    await desk.search("kowalskix")
    assert desk.pane.results.page.offers_new_patient


async def test_clearing_ends_the_search(desk: Desk) -> None:
    gate = desk.server.hold("search_patients")
    desk.pane.query_changed.emit("becker")
    await until(lambda: desk.server.in_flight > 0)
    desk.pane.query_changed.emit("")
    await until(lambda: desk.server.in_flight == 0)
    gate.set()
    assert not desk.pane.board.isHidden()


async def test_too_little_text_asks_nothing(desk: Desk) -> None:
    before = len(desk.server.calls)
    for text, title in (("l", "Type one more letter"), ("4 mar", "Date of birth")):
        await desk.search(text)
        assert desk.title == title
    assert len(desk.server.calls) == before


async def test_words_for_an_unknown_id(desk: Desk) -> None:
    await desk.search("99999")
    page = desk.pane.results.page
    assert page.lines[0][0].text == "No patient has ID 99999."


async def test_a_date_that_reads_two_ways_offers_both(desk: Desk) -> None:
    await desk.search("04/11/1965")
    page = desk.pane.results.page
    assert page.suggestions_title == "Did you mean 11 Apr 1965 or 4 Nov 1965?"
    assert desk.found == [JOHN.id, OTHER_JOHN.id]
    await desk.search(page.suggestions[1].text)
    assert desk.found == [OTHER_JOHN.id]


async def test_a_busy_cerbo_is_asked_again_by_itself(desk: Desk) -> None:
    desk.server.fail("search_patients", Overloaded(7.0), times=2)
    await desk.search("becker")
    assert desk.title == "Cerbo is busy"
    assert [line[0].text for line in desk.pane.results.page.lines] == [
        KNOWN_HERE_ALONE,
        "This will load automatically.",
    ]
    await until(lambda: 7.0 in desk.clock.sleeping_s)
    assert desk.opened == []
    desk.server.heal()
    desk.clock.turn(7)
    await until(lambda: desk.title == "1 patient")
    assert desk.found == [THOMAS.id]
    assert desk.opened == [THOMAS], "Enter had been pressed, and nothing since"


async def test_offline_todays_list_can_still_be_searched(desk: Desk) -> None:
    refuse_everything(desk.server, Unreachable())
    await desk.search("bec")
    assert desk.title == "Offline"
    assert desk.pane.results.page.lines[0][0].text == KNOWN_HERE_ALONE
    assert desk.found == [THOMAS.id]
    desk.server.heal()
    desk.pane.results.retry_wanted.emit()
    await until(lambda: desk.title == "1 patient")


async def test_offline_everybody_whom_cerbo_named_before_is_found_and_namesakes_are_asked_about(desk: Desk) -> None:
    await desk.search("lopez")
    desk.pane.field.clear()
    shown_before = len(desk.cards_shown)
    refuse_everything(desk.server, Unreachable())
    await desk.search("lopez")
    assert desk.title == "Offline"
    assert desk.found == [MARIA.id, OTHER_MARIA.id, MARISOL.id]
    assert desk.pane.results.page.warning is not None
    assert desk.pane.results.page.warning[0] == "Two people are named Maria Lopez"
    assert desk.cards_shown[shown_before:] == [True]
    assert desk.opened == [], "Enter opens neither of the two"
    desk.line.publish(Offline(desk.clock.now(), desk.clock.now()))
    assert desk.cards_shown[shown_before:] == [True], "cards somebody may be at stay"


async def test_offline_whoever_is_open_is_found_though_not_opened_from_the_pane(desk: Desk) -> None:
    desk.navigator.open_patient(OTHER_MARIA)
    refuse_everything(desk.server, Unreachable())
    await desk.search("lopez")
    assert desk.found == [MARIA.id, OTHER_MARIA.id, MARISOL.id]


async def test_a_refused_search_is_said_in_place(desk: Desk) -> None:
    desk.server.fail("search_patients", Forbidden())
    await desk.search("becker")
    assert desk.title == "Cannot search"
    assert desk.pane.results.page.lines[0][0].text == "This key isn’t allowed to find patients."


async def test_the_board_opens_the_patient_it_shows(desk: Desk) -> None:
    assert desk.board == ["group here", "visit 1", "visit 2", "group coming", "visit 3", "group earlier"]
    desk.pane.visit_opened.emit("visit 2")
    assert desk.opened == [THOMAS]
    desk.pane.visit_opened.emit("visit 999")
    assert desk.opened == [THOMAS]


async def test_earlier_visits_unfold_and_fold(desk: Desk) -> None:
    desk.pane.board.earlier_toggled.emit()
    assert desk.board[-1] == "visit 4"
    desk.pane.board.earlier_toggled.emit()
    assert desk.board[-1] == "group earlier"


async def test_one_providers_visits(desk: Desk) -> None:
    desk.pane.board.provider_chosen.emit(OKORO.id)
    assert desk.board == ["group here", "visit 2"]
    desk.server.visits = [each for each in VISITS if each.providers != (OKORO,)]
    desk.today.refresh()
    await until(lambda: "visit 1" in desk.board)


async def test_an_old_board_says_from_when(desk: Desk) -> None:
    refuse_everything(desk.server, Unreachable())
    desk.today.refresh()
    await until(lambda: "as of 10:12" in [label.text() for label in desk.pane.board.findChildren(Label)])
    assert "visit 1" in desk.board


async def test_a_key_that_may_not_read_appointments(desk: Desk) -> None:
    desk.server.fail("appointments", Forbidden())
    desk.today.refresh()
    words = "This key isn’t allowed to read appointments. Search still works."
    await until(lambda: desk.pane.board.words == words)


async def test_a_day_without_visits(desk: Desk) -> None:
    desk.server.visits = []
    desk.today.refresh()
    await until(lambda: desk.pane.board.words == "No appointments today")


def faces_on_cards(desk: Desk) -> list[bool]:
    """For each card in view, from the left: whether it shows a face."""
    shown = [card.findChild(FaceLabel) for card in desk.cards.findChildren(PersonCard) if not card.isHidden()]
    return [face is not None and face.has_face for face in shown]


async def test_cards_of_namesakes_keep_their_faces_while_another_name_is_searched(desk: Desk) -> None:
    await desk.search("lopez, maria")
    await until(lambda: faces_on_cards(desk) == [True, False])
    await desk.search("smith, john")
    await until(lambda: faces_on_cards(desk) == [False, False])
    desk.faces.look_fails = True
    desk.presenter.look_again()
    await desk.search("lopez, maria")
    assert faces_on_cards(desk) == [True, False], "what is known is shown at once"
    for _ in range(5):
        await asyncio.sleep(0)
    assert faces_on_cards(desk) == [True, False], "a look that fails takes nothing away"
    assert desk.faces.asked.count(MARIA.id) == 1


async def test_faces_are_asked_for_once_and_again_after_a_failure(desk: Desk) -> None:
    for _ in range(3):
        asked = len(desk.faces.asked)
        desk.pane.faces_wanted.emit([MARIA.id, THOMAS.id, MARISOL.id])
        desk.pane.faces_wanted.emit([MARIA.id, THOMAS.id, MARISOL.id])
        for _ in range(5):
            await asyncio.sleep(0)
        assert len(desk.faces.asked) - asked in (3, 1, 0)
    assert sorted(desk.faces.asked) == sorted([MARIA.id, MARISOL.id, THOMAS.id, THOMAS.id])
    spoken = desk.pane.board.spoken_rows
    assert spoken[1] == "Maria Lopez, born 4 March 1981, 10:15, checked in"
    assert spoken[2].endswith("no ID photo")


async def test_that_there_is_no_id_photo_is_taken_back_once_that_does_not_hold(desk: Desk) -> None:
    desk.pane.faces_wanted.emit([MARISOL.id])
    await until(lambda: desk.pane.board.spoken_rows[4].endswith("no ID photo"))
    desk.faces.not_told.add(MARISOL.id)
    desk.faces.learnt.publish(ListsByType.USELESS)
    await until(lambda: not desk.pane.board.spoken_rows[4].endswith("no ID photo"))
    desk.faces.not_told.clear()
    desk.faces.learnt.publish(ListsByType.HONOURED)
    await until(lambda: desk.pane.board.spoken_rows[4].endswith("no ID photo"))


async def sees(desk: Desk, *patient_ids: str) -> list[str]:
    """Rows come into view. Returns whose faces were looked at again for it."""
    before = len(desk.faces.looked_at)
    desk.pane.faces_wanted.emit(list(patient_ids))
    for _ in range(5):
        await asyncio.sleep(0)
    return desk.faces.looked_at[before:]


async def test_after_look_again_each_face_is_looked_at_once_more_when_it_is_seen(desk: Desk) -> None:
    assert await sees(desk, MARIA.id, MARISOL.id) == []
    desk.presenter.look_again()
    await asyncio.sleep(0)
    assert await sees(desk, MARIA.id) == [MARIA.id]
    assert await sees(desk, MARIA.id, MARISOL.id) == [MARISOL.id]
    assert await sees(desk, MARIA.id, MARISOL.id) == []


async def test_a_look_that_fails_leaves_the_face_and_is_made_up_for_after_the_trouble(desk: Desk) -> None:
    await sees(desk, MARIA.id)
    desk.presenter.look_again()
    await asyncio.sleep(0)
    desk.faces.look_fails = True
    assert await sees(desk, MARIA.id) == [MARIA.id]
    assert desk.pane.faces.knows(MARIA.id)
    assert await sees(desk, MARIA.id) == [], "not at each refresh of the board"
    desk.faces.look_fails = False
    desk.presenter.try_again()
    await until(lambda: desk.faces.looked_at == [MARIA.id] * 2)


async def test_on_another_day_each_face_is_looked_at_once_more(desk: Desk) -> None:
    await sees(desk, MARIA.id)
    desk.today.refresh()
    await until(lambda: desk.server.count("appointments") == 2)
    assert await sees(desk, MARIA.id) == []
    desk.clock.set_wall(24 * 3600)
    desk.today.refresh()
    await until(lambda: desk.server.count("appointments") == 3)
    assert await sees(desk, MARIA.id) == [MARIA.id]
    assert await sees(desk, MARIA.id) == []


def said(desk: Desk) -> str:
    results = desk.pane.results
    return " ".join(label.text() for label in results.findChildren(QLabel) if label.isVisibleTo(results))


def buttons(desk: Desk) -> list[str]:
    results = desk.pane.results
    return [each.text() for each in results.findChildren(QPushButton) if each.isVisibleTo(results)]


async def test_while_cerbo_is_asked_nothing_is_said_but_that(desk: Desk) -> None:
    """Nor what a page says that was never shown, nor the failure of the search before."""
    for trouble in (None, Unreachable(), Forbidden()):
        if trouble is not None:
            refuse_everything(desk.server, trouble)
            await desk.search("zzyzx")
            assert "Try again" in buttons(desk)
            desk.server.heal()
        gate = desk.server.hold("search_patients")
        gate.clear()
        desk.pane.field.setText("kowalskix")
        desk.pane.query_changed.emit("kowalskix")
        await until(lambda: desk.server.in_flight > 0)
        assert said(desk) == "Searching…", trouble
        assert buttons(desk) == ["Back to Today"]
        gate.set()
        await until(lambda: not desk.pane.results.is_searching)


async def test_a_search_that_failed_says_whether_it_goes_on_by_itself(desk: Desk) -> None:
    desk.server.fail("search_patients", Unreachable())
    await desk.search("lopez")
    await until(lambda: desk.title == "Offline")
    assert "automatically" not in said(desk)
    desk.line.publish(Offline(desk.clock.now(), desk.clock.now()))
    assert "The search will continue automatically once Cerbo answers again." in said(desk)
    desk.line.publish(KeyRefused())
    assert desk.title != "Offline", "it is not any more, and the strip says what is wrong"
    assert "The search will continue once Cerbo accepts the key." in said(desk)
    assert "Try again" not in buttons(desk)
    desk.line.publish(Offline(desk.clock.now(), desk.clock.now()))
    assert "The search will continue automatically once Cerbo answers again." in said(desk)
    desk.server.heal()
    desk.line.publish(Online())
    assert "automatically" not in said(desk)
    desk.presenter.try_again()
    await until(lambda: MARIA.id in desk.found)


async def test_a_face_that_was_none_leaves_rows_and_cards_at_once(desk: Desk) -> None:
    await desk.search("lopez, maria")
    faces = desk.pane.faces
    await until(lambda: faces_on_cards(desk) == [True, False])
    desk.faces.has_lost_face = True
    for reader in desk.faces.readers:
        reader(MARIA.id, False)
    assert faces.knows(MARIA.id)  # another is on its way: the one of before may stay
    for reader in desk.faces.readers:
        reader(MARIA.id, True)
    assert not faces.knows(MARIA.id)
    assert faces_on_cards(desk) == [False, False]
    await until(lambda: desk.pane.board.spoken_rows[1].endswith("no ID photo"))


async def test_only_an_id_photo_on_its_way_changes_the_badge(desk: Desk) -> None:
    photo = PhotoFacts(MediaType.JPEG, 4, 4, 0, "")
    now = desk.clock.now()
    upload = Upload(UploadId("a" * 32), Recipient.of(THOMAS), photo, FACE, now, now, UploadState.SENT)
    id_photo = replace(upload, is_id_photo=True)
    desk.pane.faces.set_face(THOMAS.id, None)
    for state in (UploadState.QUEUED, UploadState.SENDING, UploadState.UNSURE, UploadState.SENT, UploadState.TAKEN):
        desk.uploads.publish((replace(upload, state=state),))
        assert desk.pane.board.spoken_rows[2].endswith("checked in, no ID photo"), "a photo of anything"
        desk.uploads.publish((replace(id_photo, state=state),))
        assert desk.pane.board.spoken_rows[2].endswith("checked in, photo taken")
    for state in (UploadState.REFUSED, UploadState.GONE, UploadState.ACCEPTED):
        desk.uploads.publish((replace(id_photo, state=state),))
        assert desk.pane.board.spoken_rows[2].endswith("checked in, no ID photo"), state


async def test_closing_leaves_nothing_running(desk: Desk) -> None:
    desk.server.hold("search_patients")
    desk.pane.query_changed.emit("becker")
    await until(lambda: desk.server.in_flight > 0)
    await desk.presenter.aclose()
    assert desk.server.in_flight == 0


async def test_a_text_that_settles_while_the_practice_is_left_asks_nothing(desk: Desk) -> None:
    desk.pane.field.setText("becker")
    leaving = asyncio.ensure_future(desk.presenter.aclose())
    await asyncio.sleep(0)
    QTest.keyClick(desk.pane.field, Qt.Key.Key_Return)
    await leaving
    assert desk.server.count("search_patients") == 0


async def test_a_question_that_is_under_way_is_not_asked_again(desk: Desk) -> None:
    gate = desk.server.hold("search_patients")
    desk.pane.field.setText("bec")
    desk.pane.results.retry_wanted.emit()
    await until(lambda: desk.server.in_flight)
    asked = desk.server.count("search_patients")
    for _ in range(59):
        desk.pane.results.retry_wanted.emit()
        await asyncio.sleep(0)
    gate.set()
    await until(lambda: desk.title == "1 patient")
    assert (desk.server.count("search_patients"), desk.server.cancelled["search_patients"]) == (asked, 0)


async def test_few_who_may_not_be_all_are_not_called_the_first(desk: Desk) -> None:
    class AlwaysMore(Searching):
        async def search(self, interpretation: Interpretation) -> SearchResult:
            return replace(await super().search(interpretation), is_complete=False)

    desk.presenter._searching = AlwaysMore(desk.server, desk.clock)
    await desk.search("bec")
    assert desk.title == "1 patient"
    assert desk.pane.results.page.lines[0][0].text == "Cerbo may have more who match. Type more to narrow it down."
