"""Who is open: face, name, date of birth, age, sex, id and today's visit; the two ways to add photos, and the chart."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.gallery.namesake_rows import namesake_facts
from cerbo_desktop.ui.gallery.visit_line import VisitLine
from cerbo_desktop.ui.kit import fonts, theme
from cerbo_desktop.ui.kit.buttons import Button, IconButton
from cerbo_desktop.ui.kit.faces import FaceButton, FaceLabel
from cerbo_desktop.ui.kit.fonts import TypeStyle
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.labels import Label, Run
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import dates, empty_album, lists, patient_page, patients, pending, row_badges

_FACTS = TypeStyle(14, 24, 400)
_FACE_PX, _SMALL_FACE_PX = 80, 64
_NARROW_PX = 704


class PatientBanner(QWidget):
    """At least 128 high. The name wraps and is never cut."""

    files_chosen = Signal()
    photos_chosen = Signal()
    cerbo_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = FaceLabel(_FACE_PX, round=False, accessible_name=patient_page.id_photo())
        self.take_id_photo = FaceButton(self._face, empty_album.take_id_photo())
        self._name = Label(style=fonts.PATIENT_NAME, wraps=True)
        self._facts = Label(style=_FACTS, ink="ink2", wraps=True)
        self.namesakes = namesake_facts()
        self._visit = VisitLine()
        self.open_in_cerbo = self._visit.open_in_cerbo
        self.add_files = Button(patient_page.add_files(), icon="photos")
        self.add_files_small = IconButton("photos", patient_page.add_files(), size=40, has_edge=True)
        self.take_photos = Button(patient_page.take_photos(), "primary", icon="camera")
        self._is_face_pending = True
        self._face_underway: QImage | None = None
        """Of an ID photo that is on its way, for a chart of which no face is shown."""
        self._show_no_face: Callable[[], None] | None = None
        """What says that there is none, while there is none."""
        self._initials = ""
        self._is_asked_compact = False
        self._lay_out()
        self._follow_width()
        self.add_files.clicked.connect(self.files_chosen)
        self.add_files_small.clicked.connect(self.files_chosen)
        self.take_photos.clicked.connect(self.photos_chosen)
        self.open_in_cerbo.clicked.connect(self.cerbo_chosen)
        self.setTabOrder(self.take_photos, self.open_in_cerbo)
        theme.changes.theme_changed.connect(self._follow_theme)

    def show_patient(self, patient: Patient, today: date) -> None:
        """Show who is open. `today` gives the age."""
        self._name.setText(patients.full_name(patient))
        self._initials = "".join(name[:1] for name in (plain(patient.first_name), plain(patient.last_name)))
        self._facts.set_runs(_facts_of(patient, today))
        self.setAccessibleName(patient_page.identity_spoken(patient, today))

    def show_visit(self, text: str) -> None:
        """Today's visit ("10:15 Follow-up, Dr. Lindqvist"); empty for none."""
        self._visit.set_visit(text)

    def offer_cerbo(self, is_possible: bool) -> None:
        """Show the link to the patient's chart, in the browser; not where nobody knows the chart's address."""
        self._visit.offer_cerbo(is_possible)

    def show_face(self, face: Raster | None) -> None:
        """Show the patient's ID photo; None where the chart has none."""
        if face is None:
            self._show_none(self._show_outline)
            return
        self._is_face_pending, self._show_no_face = False, None
        self._face.set_face(raster_to_qimage(face))
        self._face.setAccessibleName(patient_page.id_photo())

    def show_face_underway(self, face: Raster | None) -> None:
        """Show an ID photo that is on its way, with a clock, where the chart shows no face; None where there is none.
        The one of the chart comes before it."""
        self._face_underway = raster_to_qimage(face) if face is not None else None
        if self._show_no_face is not None:
            self._show_none(self._show_no_face)

    def _show_none(self, show_no_face: Callable[[], None]) -> None:
        self._is_face_pending, self._show_no_face = False, show_no_face
        if self._face_underway is None:
            show_no_face()
        else:
            self._face.set_face(self._face_underway, is_underway=True)
            self._face.setAccessibleName(pending.id_photo_spoken())

    def _show_outline(self) -> None:
        self._face.set_face(None)
        self._face.setAccessibleName(row_badges.no_id_photo())

    def show_face_unknown(self) -> None:
        """Cerbo does not say which photos are personal."""
        self._show_none(lambda: self._show_initials(patient_page.id_photo_not_known()))

    def show_face_not_loaded(self) -> None:
        """Show initials: there may be an ID photo, but it could not be loaded, or the one shown was none."""
        self._show_none(lambda: self._show_initials(patient_page.id_photo_not_loaded()))

    def _show_initials(self, spoken: str) -> None:
        self._face.set_initials(self._initials)
        self._face.setAccessibleName(spoken)

    def show_face_pending(self) -> None:
        """Show a grey disc while it is not known whether the patient has an ID photo."""
        self._is_face_pending, self._show_no_face = True, None
        grey = QPixmap(1, 1)
        grey.fill(QColor(theme.current().skeleton))
        self._face.set_face(grey)
        self._face.setAccessibleName(patient_page.id_photo_loading())

    def set_sending(self, *, is_on: bool, why_not: str = "") -> None:
        """Whether photos can be added; `why_not` says why they can't."""
        self.take_id_photo.offer(is_on)
        for button in (self.add_files, self.add_files_small, self.take_photos):
            button.setEnabled(is_on)
            button.setAccessibleDescription("" if is_on else why_not)
        self.add_files.setToolTip(why_not)
        self.take_photos.setToolTip(why_not)
        self.add_files_small.setToolTip(why_not or patient_page.add_files())

    def set_primary(self, is_primary: bool) -> None:
        """Fill the button that takes photos; False where another button is the one filled button of the screen."""
        self.take_photos.set_kind("primary" if is_primary else "secondary")

    def set_compact(self, is_compact: bool) -> None:
        """For windows under 1120, or where the pane itself is narrow: a smaller face, and "Add files" as an icon."""
        self._is_asked_compact = is_compact
        self._follow_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_width()

    def _follow_width(self) -> None:
        is_compact = self._is_asked_compact or self.width() < _NARROW_PX
        self._face.set_size(_SMALL_FACE_PX if is_compact else _FACE_PX)
        self.add_files.setVisible(not is_compact)
        self.add_files_small.setVisible(is_compact)

    def _follow_theme(self) -> None:
        if self._is_face_pending:
            self.show_face_pending()

    def _lay_out(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(0)
        for part in (self._name, self._facts):
            who.addWidget(part)
        who.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add_files, self.add_files_small, self.take_photos):
            buttons.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(who, 1)
        head.addLayout(buttons)
        head.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addLayout(head)
        for line in (self.namesakes, self._visit):
            told.addWidget(line)
        told.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 24)
        row.setSpacing(16)
        row.addWidget(self._face, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(told, 1)
        self.setMinimumHeight(128)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


def _facts_of(patient: Patient, today: date) -> list[Run]:
    """The date of birth in bold, then age, sex and id, with dots between; what Cerbo does not say is left out."""
    if patient.born:
        born, age = Run(lists.unbroken(dates.day(patient.born)), "ink", 600), patients.age(patient.born, today)
    else:
        born, age = Run(patients.no_date_of_birth(), "warn", 600), ""
    facts: list[list[Run]] = [[born]]
    facts += [[Run(word)] for word in (lists.unbroken(age), patients.sex(patient.sex)) if word]
    facts.append([Run(lists.unbroken(f"{patients.id_label()} ")), Run(plain(patient.id), for_id=True)])
    runs = facts[0]
    for fact in facts[1:]:
        runs = [*runs, Run(f"\u00a0{lists.between_dots()} ", "ink3"), *fact]
    return runs
