"""What stands in two lines in the viewer's top bar: who it is, and which photo."""

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit.labels import Run
from cerbo_desktop.ui.text import lists, patients
from cerbo_desktop.ui.viewer.captions import PatientCaption


def two_lines(upper: QWidget, lower: QWidget | QLayout) -> QVBoxLayout:
    """One above the other, in the middle of the height."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    column.addWidget(upper)
    if isinstance(lower, QLayout):
        column.addLayout(lower)
    else:
        column.addWidget(lower)
    column.addStretch(1)
    return column


def about_runs(caption: PatientCaption, *, is_short: bool) -> list[Run]:
    """Date of birth, age, sex and id; `is_short` leaves out the last two."""
    runs = [Run(caption.born, "ink", 600)]
    runs += [
        Run(f"{lists.between_dots()}{part}")
        for part in ((caption.age,) if is_short else (caption.age, caption.sex))
        if part
    ]
    if not is_short:
        runs += [Run(f"{lists.between_dots()}{patients.id_label()} "), Run(caption.patient_id, for_id=True)]
    return runs
