"""The cards of people with one name, in two forms: tall and side by side, or low and beneath one another."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.ui.commands.tables import LISTS
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.chips import Chip
from cerbo_desktop.ui.kit.faces import FaceButton, FaceLabel, initials_of
from cerbo_desktop.ui.kit.fitting_row import FittingRow
from cerbo_desktop.ui.kit.labels import Label, Run
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.patients.row_faces import CARD_FACE_PX, RowFaces
from cerbo_desktop.ui.search.rows import CardFact, NamesakeCard
from cerbo_desktop.ui.text import empty_album, lists, result_rows as text

_SHORT_FACT = 20
"""In letters."""
_NAME = fonts.TypeStyle(16, 24, 600)


class PersonCard(QWidget):
    """What both forms share: edge, face, button. `button` opens, and so does a dashed face, with the camera."""

    def __init__(self, card: NamesakeCard, place: int, face_px: int) -> None:
        super().__init__()
        self.card = card
        self._face = FaceLabel(face_px, round=False, radius=12)
        self._face.set_initials(initials_of(card.shared_name))
        self.take_id_photo = FaceButton(self._face, empty_album.take_id_photo())
        self.take_id_photo.setAccessibleName(text.take_id_photo_spoken(card.name, card.born))
        key_hint = alt_keys[place - 1] if place <= len(alt_keys := LISTS["namesake"].key_names()) else None
        self.button = Button(text.open_card(card.born), size=48, key_hint=key_hint)
        self.button.setFont(fonts.styled(fonts.NAME))
        facts = lists.spoken(*(text.labelled(fact.label, fact.value) for fact in card.facts))
        self.button.setAccessibleName(text.open_card_spoken(card.name, card.born, facts, card.visit))
        self.chip = Chip(card.visit, "calendar", "accent" if card.has_visit else "quiet")
        if not card.visit:
            self.chip.hide()

    def show_face(self, faces: RowFaces) -> None:
        """Show what is known of this patient's face; initials where nobody knows, or has been asked yet."""
        self.take_id_photo.offer(faces.lacks_id_photo(self.card.patient_id))
        if faces.knows(self.card.patient_id):
            self._face.set_face(faces.picture(self.card.patient_id))
        else:
            self._face.set_initials(initials_of(self.card.shared_name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 12, "raised", "line2")


class TallCard(PersonCard):
    """One of a few that stand side by side."""

    def __init__(self, card: NamesakeCard, place: int) -> None:
        super().__init__(card, place, CARD_FACE_PX)
        top = FittingRow((self._face, self.chip))
        facts = QGridLayout()
        facts.setHorizontalSpacing(8)
        facts.setVerticalSpacing(4)
        facts.setColumnMinimumWidth(0, 64)
        facts.setColumnStretch(1, 1)
        for at, fact in enumerate(card.facts):
            facts.addWidget(Label(fact.label, fonts.SECOND, "ink3"), at, 0)
            facts.addWidget(_fact_value(fact), at, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addWidget(top)
        column.addSpacing(16)
        column.addWidget(Label(card.name, _NAME, wraps=True))
        column.addWidget(Label(card.born, fonts.PAGE_TITLE))
        column.addSpacing(20)
        column.addLayout(facts)
        column.addSpacing(20)
        column.addStretch(1)
        column.addWidget(self.button)


class ListCard(PersonCard):
    """One of many, or of a small window: they stand beneath one another."""

    def __init__(self, card: NamesakeCard, place: int) -> None:
        super().__init__(card, place, 80)
        words = QVBoxLayout()
        words.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(Label(card.name, fonts.NAME, wraps=True), 1)
        head.addWidget(self.chip)
        words.addLayout(head)
        words.addWidget(Label(card.born, fonts.PATIENT_NAME))
        told = [_unbroken_if_short(text.labelled(fact.label, fact.value)) for fact in card.facts]
        runs = [
            Run(f"{lists.between_dots() if at else ''}{words}", for_id=fact.is_id)
            for at, (fact, words) in enumerate(zip(card.facts, told, strict=True))
        ]
        facts = Label("", fonts.SECOND, "ink2", wraps=True)
        facts.set_runs(runs)
        words.addWidget(facts)
        words.addSpacing(8)
        words.addWidget(self.button)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addWidget(self._face, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


def _unbroken_if_short(fact: str) -> str:
    """Ends in 07 stays whole; a long address has to break in a narrow card."""
    return lists.unbroken(fact) if len(fact) <= _SHORT_FACT else fact


def _fact_value(fact: CardFact) -> Label:
    made = Label("", fonts.SECOND, "ink2")
    made.set_runs([Run(fact.value, for_id=fact.is_id)])
    return made
