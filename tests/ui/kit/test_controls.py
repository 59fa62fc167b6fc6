"""The kit's controls under keyboard and mouse, and what a screen reader is told of them."""

from collections.abc import Callable, Iterator
from typing import Literal, Protocol

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.kit.buttons import Button, IconButton
from cerbo_desktop.ui.kit.cards import Card
from cerbo_desktop.ui.kit.chips import Chip
from cerbo_desktop.ui.kit.faces import FaceLabel
from cerbo_desktop.ui.kit.fields import Field, FieldColumn
from cerbo_desktop.ui.kit.focus_ring import FocusRing
from cerbo_desktop.ui.kit.labels import Label, Run
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.segmented import Segmented
from cerbo_desktop.ui.kit.sliders import ProgressLine, Slider
from cerbo_desktop.ui.kit.spinner import Spinner
from cerbo_desktop.ui.kit.toggles import CheckBox, Switch
from cerbo_desktop.ui.kit.tokens import LIGHT

ITEMS = [("all", "All", None), ("personal", "Personal", "person"), ("medical", "Medical", "medical")]


class Show(Protocol):
    def __call__(self, *widgets: QWidget) -> QWidget: ...


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Puts widgets below each other into an active window, which lives as long as the test."""
    window = QWidget()
    qtbot.addWidget(window)

    def show_all(*widgets: QWidget) -> QWidget:
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        window.resize(600, 300)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield show_all


def focused(widget: QWidget) -> QWidget:
    found = widget.window().focusWidget()
    assert found is not None
    return found


def role_and_name(widget: QWidget) -> tuple[QAccessible.Role, str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.role(), interface.text(QAccessible.Text.Name)


def test_arrow_keys_move_the_choice_round_and_tell_it(show: Show) -> None:
    before, segmented, after = Button("Before"), Segmented(ITEMS, "Type"), Button("After")
    show(before, segmented, after)
    told: list[str] = []
    segmented.chosen.connect(told.append)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(focused(segmented), key)
    assert told == ["personal", "medical", "all", "medical"]
    assert segmented.key == "medical"


def test_the_row_of_segments_is_one_tab_stop(show: Show) -> None:
    before, segmented, after = Button("Before"), Segmented(ITEMS, "Type"), Button("After")
    window = show(before, segmented, after)
    segmented.choose("personal")
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    inside = focused(window)
    assert segmented.isAncestorOf(inside)
    assert role_and_name(inside) == (QAccessible.Role.RadioButton, "Personal")
    QTest.keyClick(inside, Qt.Key.Key_Tab)
    assert window.focusWidget() is after


def test_a_segment_that_is_off_is_stepped_over(show: Show) -> None:
    before, segmented = Button("Before"), Segmented(ITEMS, "Type")
    show(before, segmented)
    segmented.set_item_enabled("personal", False, "No personal photos.")
    told: list[str] = []
    segmented.chosen.connect(told.append)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    QTest.keyClick(focused(segmented), Qt.Key.Key_Right)
    assert told == ["medical"]


def test_choosing_by_program_tells_nobody_and_counts_are_read(show: Show) -> None:
    segmented = Segmented(ITEMS, "Type")
    show(segmented)
    told: list[str] = []
    segmented.chosen.connect(told.append)
    narrow = segmented.sizeHint().width()
    segmented.set_count("medical", 19)
    segmented.choose("medical")
    assert told == []
    assert segmented.sizeHint().width() > narrow
    names = {role_and_name(child)[1] for child in segmented.findChildren(QWidget)}
    assert "Medical, 19" in names


def _edge(field: Field) -> str:
    """The colour of the line around it, halfway along its top."""
    return field.grab().toImage().pixelColor(field.width() // 2, 1).name().upper()


def test_an_error_is_seen_said_and_taken_back(show: Show) -> None:
    field = Field("", "globe", prefix="https://")
    column = FieldColumn("Practice address", field, "As in your browser")
    show(column)
    column.set_error("Not a web address. Like clinic.md-hq.com")
    assert _edge(field) == LIGHT.bad
    assert role_and_name(field)[1] == "Practice address"
    assert field.accessibleDescription() == "Not a web address. Like clinic.md-hq.com"
    column.set_error(None)
    assert _edge(field) != LIGHT.bad
    assert field.accessibleDescription() == "As in your browser"


def test_text_never_runs_under_the_icons_of_a_field(show: Show) -> None:
    field = Field("Name", "search", "Ctrl F", clearable=True)
    show(field)
    assert field.textMargins().left() >= 38
    with_keys = field.textMargins().right()
    QTest.keyClicks(field, "lopez")
    assert field.textMargins().right() < with_keys
    (clear,) = field.findChildren(IconButton)
    assert clear.isVisible()
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert not clear.isVisible()


def test_secret_letters_show_only_on_demand(show: Show) -> None:
    field = Field(secret=True)
    show(field)
    (eye,) = field.findChildren(IconButton)
    modes = [field.echoMode()]
    QTest.mouseClick(eye, Qt.MouseButton.LeftButton)
    modes.append(field.echoMode())
    assert modes == [Field.EchoMode.Password, Field.EchoMode.Normal]
    assert eye.accessibleName() == "Hide"


def test_the_ring_comes_with_the_keyboard_and_not_with_the_mouse(show: Show) -> None:
    first, second = Button("One"), Button("Two")
    window = show(first, second)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert not [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]
    QTest.keyClick(second, Qt.Key.Key_Tab)
    (ring,) = [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]
    assert ring.geometry() == first.geometry().adjusted(-4, -4, 4, 4)
    first.setMinimumHeight(0)
    first.move(first.pos() + QPoint(30, 10))
    assert ring.geometry() == first.geometry().adjusted(-4, -4, 4, 4)


def test_one_ring_serves_every_control_of_a_window_and_none_waits_to_be_deleted(show: Show) -> None:
    buttons = [Button(name) for name in ("One", "Two", "Three")]
    window = show(*buttons)
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    (ring,) = window.findChildren(FocusRing)
    for button in buttons:
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert window.findChildren(FocusRing) == [ring]
        assert ring.isVisible()
        assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    window.setFocus(Qt.FocusReason.MouseFocusReason)
    buttons[-1].clearFocus()
    assert not ring.isVisible()
    was_at = ring.geometry()
    buttons[-1].move(0, 0)
    assert ring.geometry() == was_at


def test_the_key_hint_leaves_when_the_placeholder_needs_its_room(show: Show) -> None:
    field = Field("Name, date of birth, ID, e-mail", "search", "Ctrl F")
    show(field)
    field.setFixedWidth(320)
    wide_px = field.textMargins().right()
    field.setFixedWidth(272)
    assert field.textMargins().right() < wide_px


def test_an_ampersand_in_a_name_is_read_and_makes_no_shortcut(qtbot: QtBot) -> None:
    button = Button("Send 3 to Mary &Jo Smith")
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert role_and_name(button) == (QAccessible.Role.Button, "Send 3 to Mary &Jo Smith")


def test_enter_presses_the_button_that_has_the_focus(show: Show) -> None:
    button = Button("Try again")
    show(button)
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("pressed"))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(button, key)
    assert len(pressed) == 2


def test_roles_and_names_reach_a_screen_reader(show: Show) -> None:
    role = QAccessible.Role
    progress = ProgressLine("Sending photo for Maria Lopez")
    progress.set_fraction(0.45)
    widgets: dict[QWidget, tuple[QAccessible.Role, str]] = {
        Button("Send", "primary"): (role.Button, "Send"),
        IconButton("settings", "Settings"): (role.Button, "Settings"),
        CheckBox("Patient agreed", "Second line"): (role.CheckBox, "Patient agreed"),
        Switch("Framing grid"): (role.CheckBox, "Framing grid"),
        Slider("Tile size"): (role.Slider, "Tile size"),
        progress: (role.ProgressBar, "Sending photo for Maria Lopez"),
        Chip("Checked in", "here", "accent"): (role.StaticText, "Checked in"),
        Label("Today"): (role.StaticText, "Today"),
    }
    show(*widgets)
    assert {widget: role_and_name(widget) for widget in widgets} == widgets
    assert progress.value() == 45


def test_a_wrapped_label_asks_for_whole_lines(qtbot: QtBot) -> None:
    label = Label("Could not reach Cerbo. Nothing was sent; the photo is safe on this PC.", wraps=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(10_000) == 20
    assert label.heightForWidth(200) % 20 == 0
    assert label.heightForWidth(200) >= 60
    label.set_runs([Run("4 Mar 1981", weight=600), Run(" · ID 10482", "ink3", for_id=True)])
    assert label.text() == "4 Mar 1981 · ID 10482"


def test_a_label_asks_for_the_room_of_what_it_shows_now(qtbot: QtBot) -> None:
    """What it asked for is kept; it may not outlive the text."""
    label, longer = Label("Maria"), Label("Maria Lopez")
    qtbot.addWidget(label)
    qtbot.addWidget(longer)
    assert label.sizeHint().width() < longer.sizeHint().width()
    label.setText("Maria Lopez")
    assert label.sizeHint() == longer.sizeHint()
    label.set_runs([Run("Ma"), Run("ria")])
    assert label.sizeHint().width() < longer.sizeHint().width()


def test_markup_in_a_label_stays_letters(qtbot: QtBot) -> None:
    label = Label("<b>Maria</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() > Label("Maria").sizeHint().width() + 20


def test_a_notice_is_named_by_its_words_and_grows_with_them(show: Show) -> None:
    notice = Notice("warn", "Offline since 10:12", "Keep working.", [Button("Try now", size=32)])
    show(notice)
    assert notice.accessibleName() == "Offline since 10:12. Keep working."
    assert notice.heightForWidth(240) > 0
    low = notice.heightForWidth(400)
    notice.set_words("Offline since 10:12", "Keep working. " * 12)
    QApplication.processEvents()
    assert notice.heightForWidth(400) > low


def test_a_strip_is_as_high_as_designed(show: Show) -> None:
    strip = Notice("warn", "Offline since 10:12", "Keep working.", [Button("Try now", size=32)], is_strip=True)
    strip.set_aside("Next try in 20 s")
    panes = QTextEdit()
    window = show(strip, panes)
    window.resize(1440, 600)
    QApplication.processEvents()
    assert strip.height() == 56


def test_the_spinner_waits_before_it_shows(show: Show, qtbot: QtBot) -> None:
    spinner = Spinner("Loading")
    show(spinner)
    spinner.start()
    assert not spinner.is_spinning
    assert not spinner.isVisible()
    qtbot.waitUntil(lambda: spinner.is_spinning, timeout=2000)
    assert spinner.isVisible()
    spinner.stop()
    assert not spinner.is_spinning
    assert QAccessible.queryAccessibleInterface(spinner).state().invisible


def test_a_face_is_painted_round_and_cropped(show: Show) -> None:
    face = FaceLabel(40)
    row = QWidget()
    QHBoxLayout(row).addWidget(face)
    show(row)
    wide = QImage(200, 100, QImage.Format.Format_RGB32)
    wide.fill(Qt.GlobalColor.red)
    face.set_face(wide)
    image = face.grab().toImage()
    assert image.pixelColor(20, 20).name() == "#ff0000"
    assert image.pixelColor(1, 1).name() != "#ff0000"


def test_a_card_shows_its_edge_and_leaves_its_corners_free(show: Show) -> None:
    card = Card("bad_line")
    show(card)
    image = card.grab().toImage()
    assert image.pixelColor(image.width() // 2, 0).name().upper() == LIGHT.bad_line
    assert image.pixelColor(image.width() // 2, 8).name().upper() == LIGHT.raised


@pytest.mark.parametrize(
    "made",
    [
        lambda: Segmented(ITEMS),
        lambda: Segmented([("one", "1", None), ("two", "2", None)], height=40),
        lambda: CheckBox("Remember"),
        lambda: CheckBox("Keep", "A second line"),
        CheckBox,
        lambda: Switch("Reduce motion"),
    ],
)
def test_assistive_software_is_told_the_whole_target_which_is_large_enough(
    show: Show, made: Callable[[], QWidget]
) -> None:
    widget = made()
    show(widget)
    for target in [widget] if isinstance(widget, QAbstractButton) else widget.findChildren(QAbstractButton):
        told = QAccessible.queryAccessibleInterface(target).rect()
        assert told == QRect(target.mapToGlobal(QPoint()), target.size())
        assert min(told.width(), told.height()) >= 32


def inked(button: Button) -> tuple[int, int]:
    """The first and the last column in which something is drawn on the button's face."""
    image = button.grab().toImage()
    face = image.pixelColor(image.width() // 2, 4)
    columns, rows = range(6, image.width() - 6), range(6, image.height() - 6)
    drawn = [x for x in columns if any(image.pixelColor(x, y) != face for y in rows)]
    return drawn[0], drawn[-1]


@pytest.mark.parametrize("kind", ["primary", "secondary"])
def test_a_button_that_is_off_names_no_key_and_its_word_stands_in_the_middle(
    show: Show, kind: Literal["primary", "secondary"]
) -> None:
    button = Button("HHHH", kind, key_hint="Space")
    show(button)
    width, (with_key, _) = button.width(), inked(button)
    for switch in (button.setEnabled, button.show_key):
        switch(False)
        first, last = inked(button)
        assert first > with_key, "no key beside it"
        assert abs(first + last - (button.width() - 1)) <= 3
        assert button.width() == width, "nothing moves"
        switch(True)
        assert inked(button)[0] == with_key
