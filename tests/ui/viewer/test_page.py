"""What the viewer's page shows and says, by mouse, by keyboard and to a screen reader."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.patient import Patient, Sex
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.commands.tables import VIEWER
from cerbo_desktop.ui.kit import motion
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.faces import FaceLabel
from cerbo_desktop.ui.kit.spinner import Spinner
from cerbo_desktop.ui.text import viewer
from cerbo_desktop.ui.viewer.captions import film_entries, patient_caption, photo_caption
from cerbo_desktop.ui.viewer.details_presenter import Fact
from cerbo_desktop.ui.viewer.film import FilmStrip
from cerbo_desktop.ui.viewer.page import ViewerPage
from tests.fakes.hand_clock import HandClock
from tests.ui.stage.rasters import half_known, noise, plain

CLOCK = HandClock()
MARIA = Patient(PatientId("10482"), "Maria", "Lopez", born=date(1981, 3, 4), sex=Sex.FEMALE)
NEWEST = datetime(2025, 11, 5, 9, 41, tzinfo=UTC)
PHOTOS = tuple(
    Photo(PhotoId(str(number)), MARIA.id, PhotoType.MEDICAL, NEWEST - timedelta(days=10 * (22 - number)))
    for number in range(23)
)
RED, GREEN = QColor("#ff0000"), QColor("#00ff00")


@pytest.fixture
def page(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ViewerPage:
    """Maria Lopez, the newest of 23 photos, nothing of it there yet."""
    monkeypatch.setattr(motion, "duration_ms", lambda _wanted: 0)
    made = ViewerPage()
    qtbot.addWidget(made)
    made.resize(1440, 868)
    made.show()
    made.activateWindow()
    made.show_patient(patient_caption(MARIA, date(2025, 11, 12)))
    made.set_film(film_entries(PHOTOS, CLOCK))
    show(made, 22)
    return made


def show(page: ViewerPage, place: int) -> PhotoId:
    page.show_photo(photo_caption(PHOTOS[place], place + 1, 23, CLOCK), has_previous=place > 0, has_next=place < 22)
    return PHOTOS[place].id


def visible_texts(page: QWidget) -> set[str]:
    return {label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()}


def button(page: QWidget, name: str) -> QAbstractButton:
    return next(each for each in page.findChildren(QAbstractButton) if each.accessibleName() == name)


def pixel(page: ViewerPage) -> QColor:
    return page.stage.grab().toImage().pixelColor(page.stage.rect().center())


def test_the_bar_says_who_and_which_photo(page: ViewerPage) -> None:
    assert {
        "Maria Lopez",
        "4 Mar 1981 · 44 years · Female · ID 10482",
        "Wed 5 Nov 2025, 09:41",
        "Medical · 23 of 23",
    } <= visible_texts(page)


def test_with_less_room_sex_and_id_leave_but_never_name_or_date_of_birth(page: ViewerPage) -> None:
    page.resize(1100, 700)
    assert {"Maria Lopez", "4 Mar 1981 · 44 years", "Wed 5 Nov 2025, 09:41"} <= visible_texts(page)


LONG_NAMES = [
    "Maria Fernanda Garcia Marquez de la Fuente",
    "Wolfeschlegelsteinhausen-Bergerdorff Hubertina Maximiliana",
    "Wilhelmina " + "Featherstonehaugh-" * 6,
    "W" * 120,
]


def is_whole(label: QLabel) -> bool:
    """All of its words are painted: it is as high as they need in its width, and as wide where it is one line."""
    if label.wordWrap():
        return label.height() >= label.heightForWidth(label.width())
    return label.width() >= label.sizeHint().width()


def overlaps(bar: QWidget) -> list[tuple[QWidget, QWidget]]:
    parts = [part for part in bar.findChildren(QWidget) if part.isVisible() and part.parentWidget() is bar]
    return [(one, other) for one, other in combinations(parts, 2) if one.geometry().intersects(other.geometry())]


def test_a_photo_of_too_many_pixels_says_that_it_is_shown_smaller(page: ViewerPage, qtbot: QtBot) -> None:
    show(page, 0)
    page.show_full(PHOTOS[0].id, replace(noise(60, 40), source_width_px=16_320, source_height_px=12_240))
    qtbot.waitUntil(lambda: page.bar.quality.text() == "Shown smaller")


@pytest.mark.parametrize("width", [1024, 1090, 1280, 1440])
@pytest.mark.parametrize("is_whole_photo", [True, False], ids=["full", "damaged"])
@pytest.mark.parametrize("name", LONG_NAMES)
def test_a_long_name_and_both_dates_are_never_cut(
    page: ViewerPage, name: str, is_whole_photo: bool, width: int, qtbot: QtBot
) -> None:
    page.resize(width, 614)
    page.show_patient(patient_caption(Patient(PatientId("1"), name, "", born=date(1981, 12, 24)), date(2025, 11, 12)))
    show(page, 0)
    pixels = noise(60, 40)
    page.show_full(PHOTOS[0].id, pixels if is_whole_photo else replace(pixels, is_whole=False))
    qtbot.waitUntil(lambda: page.bar.quality.text() == ("Full quality" if is_whole_photo else "Damaged in part"))
    settle(page)
    labels = {label.text(): label for label in page.bar.findChildren(QLabel) if label.isVisible()}
    when = next(label for text, label in labels.items() if text.startswith("Sun 30 Mar 2025"))
    about = next(label for text, label in labels.items() if text.startswith("24 Dec 1981"))
    assert is_whole(labels[name])
    assert is_whole(when)
    assert is_whole(about)
    assert overlaps(page.bar) == []
    assert page.bar.details.geometry().right() < width
    assert page.width() == width


def settle(page: ViewerPage) -> None:
    """Let the layouts take in what changed."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def arrow_and_key_px(page: ViewerPage) -> int:
    """How wide the way back is with its arrow and the box of its key, and no word."""
    alone = Button(page.bar.back.text(), "quiet", "back", VIEWER.key("back"))
    alone.show_word(False)
    return alone.sizeHint().width()


@pytest.mark.parametrize("is_full_screen", [True, False])
def test_a_narrow_bar_still_says_which_key_leads_back(page: ViewerPage, is_full_screen: bool) -> None:
    page.resize(1024, 700)
    page.bar.show_way_back(is_full_screen=is_full_screen, is_next_step=True)
    settle(page)
    assert page.bar.back.width() >= arrow_and_key_px(page)
    assert page.bar.back.toolTip() in ("", page.bar.back.accessibleName())
    assert page.bar.zoom.isVisible()
    assert overlaps(page.bar) == []


def test_words_of_buttons_give_way_to_icons_with_a_tooltip_before_a_name_is_broken(page: ViewerPage) -> None:
    page.resize(1024, 614)
    page.show_patient(patient_caption(Patient(PatientId("1"), LONG_NAMES[0], ""), date(2025, 11, 12)))
    show(page, 0)
    settle(page)
    assert page.bar.back.toolTip() == "Back to album"
    assert page.bar.back.width() == arrow_and_key_px(page)
    assert page.bar.quality.toolTip() == "Preview"
    assert page.bar.quality.width() == 32
    page.resize(1440, 614)
    assert (page.bar.back.toolTip(), page.bar.quality.toolTip()) == ("", "")


def test_a_photo_that_gets_sharp_moves_nothing_in_the_bar(page: ViewerPage, qtbot: QtBot) -> None:
    page.resize(1090, 614)
    settle(page)
    before = page.bar.zoom.geometry(), page.bar.findChildren(FaceLabel)[0].geometry()
    page.show_full(show(page, 21), noise(60, 40))
    qtbot.waitUntil(lambda: page.bar.quality.text() == "Full quality")
    settle(page)
    assert (page.bar.zoom.geometry(), page.bar.findChildren(FaceLabel)[0].geometry()) == before


@pytest.fixture
def low_page(page: ViewerPage) -> ViewerPage:
    """With more details than a small screen at 125 percent shows."""
    page.resize(1090, 614)
    page.details.show_facts([Fact(f"Label {number}", "Value") for number in range(12)], (), "")
    page.toggle_details()
    settle(page)
    return page


def place_of(page: ViewerPage) -> int:
    return page.details.findChildren(QScrollArea)[0].verticalScrollBar().value()


def test_up_and_down_scroll_the_details_from_the_stage(low_page: ViewerPage) -> None:
    low_page.stage.setFocus()
    QTest.keyClick(low_page.stage, Qt.Key.Key_Down)
    QTest.keyClick(low_page.stage, Qt.Key.Key_Down)
    below = place_of(low_page)
    QTest.keyClick(low_page.stage, Qt.Key.Key_Up)
    assert 0 < place_of(low_page) < below
    low_page.toggle_details()
    QTest.keyClick(low_page.stage, Qt.Key.Key_Up)
    low_page.toggle_details()
    assert place_of(low_page) > 0, "a closed column does not move"


def test_in_the_details_the_page_keys_scroll_and_the_photo_stays(low_page: ViewerPage) -> None:
    others: list[str] = []
    for name in ("previous_chosen", "next_chosen", "first_chosen", "last_chosen"):
        getattr(low_page, name).connect(lambda name=name: others.append(name))
    scroll = low_page.details.stops[1]
    scroll.setFocus()
    places = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        QTest.keyClick(scroll, key)
        places.append(place_of(low_page))
    assert places[0] > 0
    assert places[1] == low_page.details.findChildren(QScrollArea)[0].verticalScrollBar().maximum()
    assert 0 <= places[2] < places[1]
    assert places[3] == 0
    assert others == []
    QTest.keyClick(scroll, Qt.Key.Key_Right)
    assert others == ["next_chosen"], "arrows go from photo to photo anywhere"


def test_where_all_details_show_the_page_keys_go_from_photo_to_photo(page: ViewerPage) -> None:
    others: list[None] = []
    page.next_chosen.connect(lambda: others.append(None))
    page.toggle_details()
    scroll = page.details.stops[1]
    scroll.setFocus()
    QTest.keyClick(scroll, Qt.Key.Key_PageDown)
    assert others == [None]


def test_a_photo_without_a_date_says_so(page: ViewerPage) -> None:
    undated = Photo(PhotoId("x"), MARIA.id)
    page.show_photo(photo_caption(undated, 1, 1, CLOCK), has_previous=False, has_next=False)
    assert {"No date in Cerbo", "Photo · 1 of 1"} <= visible_texts(page)


def test_another_photo_never_shows_the_last_ones_pixels(page: ViewerPage) -> None:
    page.show_full(show(page, 22), plain(800, 600, (0, 0, 255)))
    assert pixel(page) == RED
    show(page, 21)
    assert pixel(page) != RED
    assert not page.stage.has_photo


def test_pixels_of_a_photo_that_is_not_on_show_are_dropped(page: ViewerPage) -> None:
    page.show_full(PHOTOS[3].id, plain(800, 600, (0, 0, 255)))
    page.show_preview(PHOTOS[3].id, plain(80, 60, (0, 0, 255)))
    page.show_failure(PHOTOS[3].id, "Could not reach Cerbo.", "", may_retry=True)
    assert not page.stage.has_photo
    assert "Could not reach Cerbo." not in visible_texts(page)


def test_the_spinner_comes_only_where_nothing_can_be_shown(page: ViewerPage, qtbot: QtBot) -> None:
    spinner = page.findChild(Spinner)
    assert spinner is not None
    assert not spinner.is_spinning
    qtbot.waitUntil(lambda: spinner.is_spinning, timeout=3_000)
    page.show_preview(PHOTOS[22].id, plain(80, 60, (0, 0, 255)))
    assert not spinner.is_spinning


def test_preview_progress_full(page: ViewerPage) -> None:
    photo_id = PHOTOS[22].id
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    page.show_progress(photo_id, 3_800_000, 6_100_000)
    words = visible_texts(page)
    assert "Preview" in words
    assert "Preview. Full quality is loading  3.8 of 6.1 MB  62%" in words
    assert page.stage.accessibleName() == (
        "Medical photo 23 of 23, 5 November 2025, 09:41. Preview, 62 percent of full quality loaded"
    )
    page.show_full(photo_id, plain(800, 600, (0, 255, 0)))
    assert pixel(page) == GREEN
    assert "Full quality" in visible_texts(page)
    assert not any(text.startswith("Preview") for text in visible_texts(page))
    assert page.stage.accessibleName().endswith(". Full quality")


def test_a_photo_that_comes_at_once_says_nothing_of_loading(page: ViewerPage) -> None:
    photo_id = PHOTOS[22].id
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    assert "Preview" in visible_texts(page)
    assert "Preview. Full quality is loading" not in visible_texts(page)
    page.show_progress(photo_id, 0, None)
    assert "Preview. Full quality is loading" in visible_texts(page)


def test_a_growing_photo_is_a_preview_until_the_last_row(page: ViewerPage) -> None:
    photo_id = PHOTOS[22].id
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    page.show_progress(photo_id, 3_800_000, 6_100_000)
    for known_rows in (200, 600):
        page.show_growing(photo_id, plain(800, 600, (0, 255, 0)), known_rows)
        words = visible_texts(page)
        assert "Preview" in words
        assert "Preview. Full quality is loading  3.8 of 6.1 MB  62%" in words
        assert "Full quality" not in words
        assert page.stage.accessibleName().endswith("Preview, 62 percent of full quality loaded")
    assert pixel(page) == GREEN


def test_a_part_without_a_preview_is_called_a_part(page: ViewerPage, qtbot: QtBot) -> None:
    photo_id, spinner = PHOTOS[22].id, page.findChild(Spinner)
    assert spinner is not None
    page.show_progress(photo_id, 1_000_000, 6_100_000)
    qtbot.waitUntil(lambda: spinner.is_spinning, timeout=3_000)
    assert "Preview" not in visible_texts(page)
    page.show_growing(photo_id, *half_known(800, 600, (0, 255, 0)))
    assert not spinner.is_spinning
    words = visible_texts(page)
    assert {"In part", "The top of the photo is here. The rest is loading  1.0 of 6.1 MB  16%"} <= words
    page.show_progress(photo_id, 3_800_000, 6_100_000)
    assert not spinner.is_spinning
    page.show_failure(photo_id, "The connection was interrupted.", "It is safe.", may_retry=True)
    words = visible_texts(page)
    assert {"In part", "The first 50% of this photo arrived. The rest is missing."} <= words
    assert "Preview" not in words
    assert page.stage.accessibleName().endswith("The rest is missing.")
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    page.show_failure(photo_id, "The connection was interrupted.", "It is safe.", may_retry=True)
    assert "Only the upper part arrived. Below it is the preview." in visible_texts(page)
    assert not any("The rest is missing." in words for words in visible_texts(page))
    middle = page.stage.rect().center()
    colours = [page.stage.grab().toImage().pixelColor(middle + QPoint(0, by)) for by in (-40, 40)]
    assert colours == [GREEN, RED]


def test_a_part_over_the_preview_is_not_called_the_preview_once_no_more_comes(page: ViewerPage) -> None:
    photo_id = PHOTOS[22].id
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    page.show_growing(photo_id, *half_known(800, 600, (0, 255, 0)))
    page.show_failure(photo_id, "The connection was interrupted.", "It is safe.", may_retry=True)
    words = visible_texts(page)
    assert {"In part", "Only the upper part arrived. Below it is the preview."} <= words
    assert "Preview" not in words
    assert page.stage.accessibleName().endswith("Only the upper part arrived. Below it is the preview.")
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    assert "Preview" in visible_texts(page), "more is on its way again"
    page.show_failure(photo_id, "The connection was interrupted.", "It is safe.", may_retry=True)
    assert "Only the upper part arrived. Below it is the preview." in visible_texts(page), "it still is there"
    show(page, 21)
    page.show_preview(PHOTOS[21].id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    page.show_failure(PHOTOS[21].id, "The connection was interrupted.", "It is safe.", may_retry=True)
    assert "Could not load full quality. Showing the preview." in visible_texts(page)


def test_a_preview_that_comes_late_is_said_to_load_on(page: ViewerPage) -> None:
    photo_id = PHOTOS[22].id
    page.show_progress(photo_id, 3_800_000, 6_100_000)
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    assert pixel(page) == RED
    assert {"Preview", "Preview. Full quality is loading  3.8 of 6.1 MB  62%"} <= visible_texts(page)


def test_what_has_grown_stays_at_another_try(page: ViewerPage) -> None:
    photo_id = PHOTOS[22].id
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    page.show_growing(photo_id, plain(800, 600, (0, 255, 0)), 600)
    page.show_failure(photo_id, "Could not reach Cerbo.", "Check the network.", may_retry=True)
    assert pixel(page) == GREEN
    assert "Could not load full quality. Showing the preview." in visible_texts(page)
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    assert pixel(page) == GREEN
    assert "Could not load full quality. Showing the preview." not in visible_texts(page)


def test_what_has_come_of_another_photo_is_dropped(page: ViewerPage) -> None:
    page.show_growing(PHOTOS[3].id, *half_known(800, 600, (0, 255, 0)))
    assert not page.stage.has_photo


def test_full_quality_is_said_only_once_it_can_be_seen(page: ViewerPage, qtbot: QtBot) -> None:
    photo_id = PHOTOS[22].id
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(4000, 3000)))
    with qtbot.waitSignal(page.stage.full_shown, timeout=5_000):
        page.show_full(photo_id, plain(4000, 3000, (0, 255, 0)))
        assert "Full quality" not in visible_texts(page)
    assert "Full quality" in visible_texts(page)
    assert pixel(page) == GREEN


def test_a_prepared_neighbour_shows_in_full_at_once(page: ViewerPage, qtbot: QtBot) -> None:
    raster = plain(4000, 3000, (0, 255, 0))
    page.prepared.prepare(PHOTOS[21].id, raster)
    qtbot.waitUntil(lambda: page.prepared.get(PHOTOS[21].id) is not None, timeout=5_000)
    page.show_full(show(page, 21), raster)
    assert pixel(page) == GREEN
    assert "Full quality" in visible_texts(page)


def test_a_failure_keeps_the_preview_and_offers_another_try(page: ViewerPage, qtbot: QtBot) -> None:
    photo_id = PHOTOS[22].id
    page.show_preview(photo_id, plain(240, 180, (0, 0, 255), source=(800, 600)))
    page.show_failure(photo_id, "Could not reach Cerbo.", "Check the network.", may_retry=True)
    assert pixel(page) == RED
    assert "Could not load full quality. Showing the preview." in visible_texts(page)
    again = next(each for each in page.findChildren(QAbstractButton) if each.text() == "Try again" and each.isVisible())
    with qtbot.waitSignal(page.retry_chosen):
        QTest.mouseClick(again, Qt.MouseButton.LeftButton)


def test_a_failure_with_nothing_to_show_says_what_happened(page: ViewerPage) -> None:
    page.show_failure(PHOTOS[22].id, "Cannot show this file.", "It is damaged.", may_retry=False)
    assert {"Cannot show this file.", "It is damaged."} <= visible_texts(page)
    assert not any(each.isVisible() for each in page.findChildren(QAbstractButton) if each.text() == "Try again")
    assert "Preview" not in visible_texts(page)


def test_focus_stays_while_a_photo_loads_and_goes_to_the_stage_where_none_comes(page: ViewerPage) -> None:
    page.show_full(PHOTOS[22].id, noise(80, 60))
    turn = button(page, "Rotate right")
    turn.setFocus()
    show(page, 21)
    assert QApplication.focusWidget() is turn
    page.show_failure(PHOTOS[21].id, "Cannot show this file.", "It is damaged.", may_retry=False)
    assert not turn.isEnabled()
    assert QApplication.focusWidget() is page.stage
    page.show_full(PHOTOS[21].id, noise(80, 60))
    assert turn.isEnabled()


def test_turning_says_that_the_photo_is_not_changed_and_belongs_to_this_photo(page: ViewerPage, qtbot: QtBot) -> None:
    note = "Rotated on screen only. The photo is not changed."
    page.show_full(PHOTOS[22].id, noise(80, 60))
    press_alone(page, Qt.Key.Key_R, qtbot)
    assert page.stage.turns == 1
    assert note in visible_texts(page)
    show(page, 21)
    assert page.stage.turns == 0
    assert note not in visible_texts(page)
    show(page, 22)
    assert page.stage.turns == 1
    assert note in visible_texts(page)


def test_zoom_and_place_stay_from_photo_to_photo(page: ViewerPage) -> None:
    page.show_full(PHOTOS[22].id, noise(3000, 2000))
    page.stage.zoom_to_actual()
    page.stage.pan(-300, -200)
    kept, middle = page.stage.view_state, QPointF(page.stage.rect().center())
    point = page.stage.photo_point(middle)
    page.show_full(show(page, 21), noise(3000, 2000, seed=2))
    assert page.stage.view_state == kept
    assert page.stage.photo_point(middle) == pytest.approx(point)


@pytest.mark.parametrize("focus", ["stage", "Fit", "film"])
@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_Left, "previous_chosen"),
        (Qt.Key.Key_Right, "next_chosen"),
        (Qt.Key.Key_Home, "first_chosen"),
        (Qt.Key.Key_End, "last_chosen"),
        (Qt.Key.Key_Escape, "back_chosen"),
    ],
)
def test_keys_page_wherever_focus_is(page: ViewerPage, qtbot: QtBot, focus: str, key: Qt.Key, signal: str) -> None:
    page.show_full(PHOTOS[22].id, noise(80, 60))
    widget = {"stage": page.stage, "film": page.film}.get(focus) or button(page, focus)
    widget.setFocus()
    with qtbot.waitSignal(getattr(page, signal), timeout=1_000):
        QTest.keyClick(widget, key)


def press_alone(
    page: ViewerPage, key: Qt.Key, qtbot: QtBot, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """As a person does, whose next key does not follow at once."""
    with qtbot.waitSignal(rules_of(page).went_quiet):
        QTest.keyClick(page.stage, key, modifier)


@pytest.mark.parametrize(
    ("keys", "reached"),
    [
        ([Qt.Key.Key_Z], lambda fit: 1.0),
        ([Qt.Key.Key_Z, Qt.Key.Key_0], lambda fit: fit),
        ([Qt.Key.Key_Z, Qt.Key.Key_Plus], lambda fit: 1.25),
        ([Qt.Key.Key_Z, Qt.Key.Key_Equal], lambda fit: 1.25),
        ([Qt.Key.Key_Z, Qt.Key.Key_Minus], lambda fit: 0.8),
        ([Qt.Key.Key_Minus], lambda fit: fit),
    ],
)
def test_keys_zoom(page: ViewerPage, qtbot: QtBot, keys: list[Qt.Key], reached: Callable[[float], float]) -> None:
    page.show_full(PHOTOS[22].id, noise(2400, 1800))
    fit = page.stage.zoom
    for key in keys:
        press_alone(page, key, qtbot)
    assert page.stage.zoom == pytest.approx(reached(fit))
    assert f"{round(page.stage.zoom * 100)}%" in visible_texts(page)


def test_the_number_pad_zooms_too(page: ViewerPage, qtbot: QtBot) -> None:
    page.show_full(PHOTOS[22].id, noise(2400, 1800))
    fit = page.stage.zoom
    press_alone(page, Qt.Key.Key_Plus, qtbot, Qt.KeyboardModifier.KeypadModifier)
    assert page.stage.zoom == pytest.approx(fit * 1.25)


def test_shift_arrows_pan(page: ViewerPage) -> None:
    page.show_full(PHOTOS[22].id, noise(3000, 2000))
    page.stage.zoom_to_actual()
    before = page.stage.view_state
    QTest.keyClick(page.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.stage, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    after = page.stage.view_state
    assert after.center_x - before.center_x == pytest.approx(80 / 3000)
    assert after.center_y - before.center_y == pytest.approx(80 / 2000)


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_F11])
def test_full_screen_keeps_who_it_is_and_esc_leaves_it_first(page: ViewerPage, qtbot: QtBot, key: Qt.Key) -> None:
    backs: list[None] = []
    page.back_chosen.connect(lambda: backs.append(None))
    QTest.keyClick(page.stage, key)
    qtbot.waitUntil(page.window().isFullScreen)
    assert page.film.isHidden()
    assert "Maria Lopez" in visible_texts(page)
    QTest.keyClick(page.stage, Qt.Key.Key_Escape)
    assert not page.window().isFullScreen()
    assert not page.film.isHidden()
    assert backs == []
    QTest.keyClick(page.stage, Qt.Key.Key_Escape)
    assert backs == [None]


def test_everything_that_takes_focus_has_a_name(page: ViewerPage) -> None:
    page.show_full(PHOTOS[22].id, noise(80, 60))
    focusable = [w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [w for w in focusable if not QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name)]
    assert focusable
    assert nameless == []
    names = {each.accessibleName() for each in page.findChildren(QAbstractButton)}
    assert {
        *("Back to album", "Zoom out", "Zoom in", "Fit", "100 percent", "Rotate right", "Details"),
        *("Previous photo", "Next photo"),
    } <= names


def test_focus_goes_from_the_stage_through_the_bar_to_the_film_strip(page: ViewerPage) -> None:
    page.show_full(PHOTOS[22].id, noise(80, 60))
    page.stage.setFocus()
    order = []
    page.toggle_details()
    for _ in range(13):
        focus = QApplication.focusWidget()
        assert focus is not None
        order.append(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert order[0].startswith("Medical photo 23 of 23")
    assert order[1:] == [
        *("Back to album", "Take ID photo", "Zoom out", "Zoom in", "Fit", "100 percent", "Rotate right"),
        *("Details", "Full screen", "Close details", "Details", "Film strip"),
    ]


def test_arrows_at_the_ends_are_off(page: ViewerPage) -> None:
    assert button(page, "Previous photo").isEnabled()
    assert not button(page, "Next photo").isEnabled()
    show(page, 0)
    assert not button(page, "Previous photo").isEnabled()
    assert button(page, "Next photo").isEnabled()


def test_the_film_strip_marks_the_photo_on_show_without_choosing_it(page: ViewerPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.photo_chosen, wait=20):
        show(page, 10)
    assert page.film.currentIndex().row() == 10
    with qtbot.waitSignal(page.photo_chosen) as heard:
        rect = page.film.visualRect(page.film.film.index(12))
        QTest.mouseClick(page.film.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert heard.args == ["12"]


def test_the_film_strip_asks_for_what_is_in_view_and_then_beside_it(page: ViewerPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.wanted_changed) as heard:
        page.film.horizontalScrollBar().setValue(0)
        page.film.horizontalScrollBar().setValue(page.film.horizontalScrollBar().maximum())
    assert heard.args is not None
    visible, near = heard.args
    assert visible[-1] == "22"
    assert not set(visible) & set(near)
    assert near[0] == str(int(visible[0]) - 1)


def test_thumbnails_go_to_their_photo_and_unknown_ones_nowhere(page: ViewerPage) -> None:
    page.set_thumbnail(PHOTOS[22].id, plain(240, 180, (0, 0, 255)))
    page.set_thumbnail(PhotoId("of another patient"), plain(240, 180, (0, 255, 0)))
    rect = page.film.visualRect(page.film.film.index(22))
    seen = page.film.viewport().grab().toImage()
    assert seen.pixelColor(rect.right() - 36, rect.top() + 60) == RED


def test_thousands_of_photos_lay_out_at_once(qtbot: QtBot) -> None:
    strip = FilmStrip()
    qtbot.addWidget(strip)
    strip.resize(1440, 104)
    strip.show()
    photos = tuple(Photo(PhotoId(str(n)), MARIA.id, PhotoType.MEDICAL, NEWEST) for n in range(5_000))
    strip.set_entries(film_entries(photos, CLOCK))
    with qtbot.waitSignal(strip.wanted_changed) as heard:
        strip.show_chosen(PhotoId("4999"))
    assert heard.args is not None
    assert heard.args[0][-1] == "4999"
    assert len(heard.args[0]) <= 21


def test_clearing_leaves_nothing_of_the_patient(page: ViewerPage) -> None:
    page.show_full(PHOTOS[22].id, plain(800, 600, (0, 0, 255)))
    page.set_thumbnail(PHOTOS[22].id, plain(240, 180, (0, 0, 255)))
    page.clear()
    assert not page.stage.has_photo
    assert page.film.film.rowCount() == 0


@pytest.mark.parametrize(
    ("done", "total", "words"),
    [
        (3_800_000, 6_100_000, ("3.8 of 6.1 MB", "62%")),
        (3_800_000, None, ("3.8 MB", "")),
        (0, None, ("", "")),
        (0, 0, ("", "")),
        (6_100_000, 6_100_000, ("6.1 of 6.1 MB", "100%")),
    ],
)
def test_progress_in_words(done: int, total: int | None, words: tuple[str, str]) -> None:
    assert viewer.progress(done, total) == words


def test_full_screen_has_a_button_and_the_bar_says_where_the_way_back_leads(page: ViewerPage, qtbot: QtBot) -> None:
    QTest.mouseClick(page.bar.full_screen, Qt.MouseButton.LeftButton)
    assert page.window().isFullScreen()
    assert (page.bar.back.text(), page.bar.back.accessibleDescription()) == ("Leave full screen", "Key: Esc")
    page.toggle_details()
    assert page.bar.back.accessibleDescription() == "", "Esc closes the details first"
    page.toggle_details()
    QTest.keyClick(page.stage, Qt.Key.Key_Escape)
    assert not page.window().isFullScreen()
    assert page.bar.back.text() == "Album"


def test_tooltips_name_a_letter_only_while_it_is_a_command(page: ViewerPage, qtbot: QtBot) -> None:
    bar = page.bar
    assert [each.toolTip() for each in (bar.fit, bar.turn, bar.details)] == [
        "Fit (0)",
        "Rotate right (R)",
        "Details (I)",
    ]
    rules_of(page).letters_are_on = False
    assert [each.toolTip() for each in (bar.fit, bar.turn, bar.details, bar.full_screen)] == [
        *("Fit (Ctrl 0)", "Rotate right", "Details", "Full screen (F11)")
    ]
