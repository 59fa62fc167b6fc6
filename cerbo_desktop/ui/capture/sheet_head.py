"""The head of the capture sheet: for whom, and by camera or by files."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.faces import FaceLabel
from cerbo_desktop.ui.kit.labels import Label, Run
from cerbo_desktop.ui.kit.segmented import Segmented
from cerbo_desktop.ui.text import camera, capture as words, common, dates, lists, patients


def identity_runs(patient: Patient, today: date) -> list[Run]:
    """4 Mar 1981 · 44 years · Female · ID 10482. A line ends between two facts only."""
    facts = [Run(patients.no_date_of_birth(), weight=600)]
    if patient.born is not None:
        facts = [Run(dates.day(patient.born), "ink", 600), Run(patients.age(patient.born, today))]
    facts += [Run(patients.sex(patient.sex)), Run(patients.patient_id(patient.id), for_id=True)]
    runs: list[Run] = []
    for fact in facts:
        if fact.text:
            whole = fact._replace(text=lists.unbroken(fact.text))
            runs += [Run(f"\u00a0{lists.between_dots()} ", "ink3"), whole] if runs else [whole]
    return runs


class SheetHead(QWidget):
    """Face, name and facts; the tabs in the middle; the cross."""

    tab_chosen = Signal(str)
    close_pressed = Signal()

    def __init__(self, patient: Patient, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(72)
        self.face = FaceLabel(48, accessible_name=words.face())
        self.tabs = Segmented(
            [("camera", camera.camera(), "camera"), ("files", words.files(), "photos")], words.source(), height=40
        )
        self.tabs.chosen.connect(self.tab_chosen)
        self.segments = self.tabs.findChildren(QRadioButton)
        for segment in self.segments:
            segment.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cross = IconButton("close", common.close(), size=40)
        self.cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cross.clicked.connect(self.close_pressed)
        facts = Label("", fonts.BODY, "ink2", wraps=True)
        facts.set_runs(identity_runs(patient, today))
        self._lay_out(Label(patients.full_name(patient), fonts.PANE_TITLE, wraps=True), facts)

    def set_face(self, face: QPixmap | QImage | None) -> None:
        """Show the patient's ID photo; None where there is none."""
        self.face.set_face(face)

    def _lay_out(self, name: Label, facts: Label) -> None:
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(name)
        said.addWidget(facts)
        said.addStretch(1)
        left = QHBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.face)
        left.addLayout(said, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 8, 16, 8)
        grid.setHorizontalSpacing(16)
        grid.addLayout(left, 0, 0)
        grid.addWidget(self.tabs, 0, 1)
        grid.addWidget(self.cross, 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
