"""See both: a file as it came beside what will be sent of it, decoded by a real worker."""

import asyncio
import hashlib
import io
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.ports import ImageStudio
from cerbo_desktop.domain.verdict import Accepted, FileKind, MediaType, OutgoingPhoto, Preparation, Verdict
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.shots import ShotId
from cerbo_desktop.ui.capture.presenter import CapturePresenter
from cerbo_desktop.ui.capture.see_both import SeeBoth
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.stage.stage import Stage
from tests.capturing import settled
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.flows.reading import words_of
from tests.ui.capture.desk import MARIA, TODAY, Sent, take_down
from tests.waiting import until

_PX = (2400, 1800)


def drawn(shade: int) -> bytes:
    """Boxes of many colours, all of them with some of this red, so that each file is another one."""
    image = Image.new("RGB", _PX)
    draw = ImageDraw.Draw(image)
    for column in range(12):
        for row in range(9):
            colour = (shade, 20 * column, 27 * row)
            draw.rectangle((200 * column, 200 * row, 200 * column + 199, 200 * row + 199), fill=colour)
    return encoded(image)


def encoded(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=92)
    return target.getvalue()


def done_to(data: bytes) -> Preparation:
    """What is said to have been done to a big file."""
    return Preparation(FileKind.JPEG, None, *_PX, len(data), quality=90, is_fitted=True)


class PlainFittingStudio(FakeImageStudio):
    """Finds every file too big whose name begins with that."""

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        verdict = await super().examine(data, file_name)
        if isinstance(verdict, Accepted) and file_name.startswith("big"):
            return replace(verdict, preparation=done_to(data))
        return verdict


class FittingStudio(WorkerStudio):
    """As above, and fits it to half its size."""

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        verdict = await super().examine(data, "a.jpg")
        if not file_name.startswith("big") or not isinstance(verdict, Accepted):
            return verdict
        fitted = encoded(Image.open(io.BytesIO(data)).resize((_PX[0] // 2, _PX[1] // 2), Image.Resampling.BOX))
        photo = OutgoingPhoto(
            fitted, MediaType.JPEG, _PX[0] // 2, _PX[1] // 2, hashlib.sha256(fitted).hexdigest(), uuid.uuid4().hex
        )
        return replace(verdict, photo=photo, preview=await self.thumbnail(fitted, 512), preparation=done_to(data))


@dataclass
class Desk:
    window: QWidget
    sheet: CaptureSheet
    session: CaptureSession
    folder: Path
    sent: Sent

    @property
    def both(self) -> SeeBoth:
        return self.sheet.see_both

    @property
    def shown(self) -> str:
        return self.both.head.name.text()

    async def add(self, *names: str) -> None:
        for number, name in enumerate(names):
            (self.folder / name).write_bytes(drawn(40 + 60 * number))
        self.sheet.files_added.emit([self.folder / name for name in names])
        await settled(self.session)

    def see(self, at: int) -> None:
        self.sheet.files_tab.see_both_wanted.emit(self.session.shots[at].id)

    async def is_open(self) -> None:
        """Every pixel of both is shown."""
        await until(lambda: all(place.sentence == "" for place in (self.both.original.place, self.both.sent.place)))

    async def rest(self) -> None:
        """Nothing is being opened any more. At the end of a test: between its end and the desk's no loop runs."""
        await until(lambda: not any("both versions" in task.get_name() for task in asyncio.all_tasks()))

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifiers)

    @property
    def chosen(self) -> list[bool]:
        return [shot.is_chosen for shot in self.session.shots]


@asynccontextmanager
async def desk_with(folder: Path, studio: ImageStudio) -> AsyncIterator[Desk]:
    failures: list[BaseException] = []
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    camera, sent = Camera(), Sent()
    scope = TaskScope("test", failures.append)
    sheet = CaptureSheet(MARIA, TODAY)
    session = CaptureSession(MARIA, studio, HandClock(), scope)
    settings = SettingsFile(folder / "settings.json")
    presenter = CapturePresenter(sheet, session, camera, settings, accept=sent.accept, scope=scope)
    sheet.open_over(window, first_focus=sheet.first_focus)
    presenter.start("files")
    yield Desk(window, sheet, session, folder, sent)
    await presenter.aclose()
    await take_down(window)
    await studio.aclose()
    assert failures == []


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_with(tmp_path, PlainFittingStudio()) as made:
        yield made


@pytest.fixture
async def pixels(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose photos a real worker decodes."""
    async with desk_with(tmp_path, FittingStudio(worker_count=1)) as made:
        yield made


def seen(stage: Stage, at: QPoint) -> QColor:
    return stage.grab().toImage().pixelColor(at)


def is_alike(one: QColor, other: QColor) -> bool:
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue())) <= 12


def assert_same_place(both: SeeBoth) -> None:
    """Nine points, which lie within boxes of the picture or outside of it, have the same colours at both sides."""
    for x in (0.2, 0.5, 0.8):
        for y in (0.2, 0.5, 0.8):
            at = QPoint(round(x * both.sent.stage.width()), round(y * both.sent.stage.height()))
            assert is_alike(seen(both.original.stage, at), seen(both.sent.stage, at))


async def test_both_lie_at_one_place_and_one_zoom_of_what_is_sent(pixels: Desk) -> None:
    await pixels.add("big-arm.jpg")
    pixels.see(0)
    assert QApplication.focusWidget() is pixels.both.sent.stage
    assert pixels.both.original.place.sentence == "Opening the original…"
    await pixels.is_open()
    assert pixels.both.head.zoom.percent.text() == "100%"
    assert_same_place(pixels.both)
    before = seen(pixels.both.sent.stage, QPoint(5, 5))
    wheel(pixels.both.original.stage, QPointF(40, 60), 240)
    drag(pixels.both.sent.stage, QPoint(200, 100))
    assert pixels.both.head.zoom.percent.text() == "141%"
    assert not is_alike(seen(pixels.both.sent.stage, QPoint(5, 5)), before)
    assert_same_place(pixels.both)
    QTest.mouseClick(pixels.both.head.fit, Qt.MouseButton.LeftButton)
    assert pixels.both.head.fit.isChecked()
    assert_same_place(pixels.both)
    await pixels.rest()


def wheel(stage: Stage, at: QPointF, units: int) -> None:
    QApplication.sendEvent(
        stage,
        QWheelEvent(
            at,
            QPointF(stage.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, units),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def drag(stage: Stage, by: QPoint) -> None:
    start = stage.rect().center()
    QTest.mousePress(stage, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(stage, start + by)
    QTest.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=start + by)


async def test_what_is_known_of_both_is_said(pixels: Desk) -> None:
    await pixels.add("plain.jpg", "big-arm.jpg")
    pixels.see(1)
    source = (pixels.folder / "big-arm.jpg").stat().st_size
    assert pixels.both.original.shown_words == f"Original, 2400 × 1800, {round(source / 1000)} KB, Not changed"
    assert pixels.both.sent.stage.accessibleName().startswith("To be sent, 1200 × 900, ")
    assert pixels.both.sent.stage.accessibleName().endswith(" KB, JPEG, quality 90")
    assert (pixels.shown, pixels.both.head.number.text()) == ("big-arm.jpg", "2 of 2")
    assert pixels.both.foot.use.text() == "Use fitted version"
    await pixels.rest()


async def test_what_became_a_jpeg_is_seen_beside_the_file_that_cerbo_cannot_take(pixels: Desk) -> None:
    path = pixels.folder / "scan.bmp"
    Image.open(io.BytesIO(drawn(40))).resize((900, 675), Image.Resampling.BOX).save(path)
    pixels.sheet.files_added.emit([path])
    await settled(pixels.session)
    pixels.see(0)
    await pixels.is_open()
    assert pixels.both.foot.use.text() == "Use JPEG version"
    assert pixels.both.original.shown_words == "Original, 900 × 675, 1.8 MB, Not changed"
    assert ", JPEG, quality " in pixels.both.sent.shown_words
    assert_same_place(pixels.both)
    await pixels.rest()


async def test_enter_uses_it_and_goes_on_to_the_next_that_needs_a_look(desk: Desk) -> None:
    await desk.add("big-1.jpg", "plain.jpg", "big-2.jpg")
    desk.see(0)
    assert desk.both.foot.next.isVisible()
    desk.press(Qt.Key.Key_Return)
    assert desk.shown == "big-2.jpg"
    assert not desk.both.foot.next.isVisible()
    assert not desk.sheet.foot.isVisible()
    desk.press(Qt.Key.Key_Return)
    assert desk.chosen == [True, True, True]
    assert not desk.both.isVisible()
    files = desk.sheet.files_tab.files
    assert QApplication.focusWidget() is files
    assert files.current_shot() == desk.session.shots[2]
    assert desk.sheet.foot.isVisible()
    await desk.rest()


async def test_enter_ticks_nothing_that_is_left_out_and_the_row_s_words_stand_there(desk: Desk) -> None:
    await desk.add("big-1.jpg", "big-2.jpg")
    (desk.folder / "big-3.jpg").write_bytes((desk.folder / "big-1.jpg").read_bytes())
    desk.sheet.files_added.emit([desk.folder / "big-3.jpg"])
    await settled(desk.session)
    desk.session.choose(desk.session.shots[1].id, False)
    desk.see(0)
    desk.press(Qt.Key.Key_Tab)
    desk.both.foot.use.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Return)
    assert (desk.shown, desk.chosen) == ("big-2.jpg", [True, False, False])
    assert desk.both.sent.shown_words.startswith("Left out, ")
    assert (desk.both.foot.use.text(), desk.both.foot.use.is_primary) == ("Use fitted version", False)
    desk.press(Qt.Key.Key_Return)
    assert desk.shown == "big-3.jpg"
    assert "Same as big-1.jpg. Left out." in words_of(desk.both)
    assert (desk.both.foot.use.text(), desk.both.foot.use.is_primary) == ("Send anyway", False)
    assert desk.both.foot.keep_out.is_primary
    desk.press(Qt.Key.Key_Return)
    assert not desk.both.isVisible()
    assert desk.chosen == [True, False, False]
    desk.see(2)
    QTest.mouseClick(desk.both.foot.use, Qt.MouseButton.LeftButton)
    assert desk.chosen == [True, False, True]
    await desk.rest()


async def test_delete_leaves_it_out_and_it_stays_in_the_list(desk: Desk) -> None:
    await desk.add("big-1.jpg", "big-2.jpg")
    desk.see(0)
    desk.press(Qt.Key.Key_Delete)
    assert (desk.shown, desk.chosen) == ("big-2.jpg", [False, True])
    QTest.mouseClick(desk.both.foot.leave_out, Qt.MouseButton.LeftButton)
    assert desk.chosen == [False, False]
    assert not desk.both.isVisible()
    await desk.rest()


async def test_delete_takes_what_is_left_out_from_the_list_and_shows_the_next(desk: Desk) -> None:
    await desk.add("big-1.jpg", "big-2.jpg", "big-3.jpg")
    for shot in desk.session.shots[:2]:
        desk.session.choose(shot.id, False)
    desk.see(0)
    assert desk.both.foot.leave_out.text() == "Remove from list"
    desk.press(Qt.Key.Key_Delete)
    assert desk.shown == "big-2.jpg"
    QTest.mouseClick(desk.both.foot.leave_out, Qt.MouseButton.LeftButton)
    assert desk.shown == "big-3.jpg"
    assert [shot.name.file_name for shot in desk.session.shots] == ["big-3.jpg"]
    assert (desk.both.foot.leave_out.text(), desk.chosen) == ("Leave it out", [True])
    assert (desk.folder / "big-1.jpg").exists()
    await desk.rest()


async def test_each_version_moves_alone_until_both_are_linked_again(pixels: Desk) -> None:
    await pixels.add("big-arm.jpg")
    pixels.see(0)
    await pixels.is_open()
    both = pixels.both
    sent, original = both.sent.stage, both.original.stage
    pixels.press(Qt.Key.Key_L)
    await until(lambda: not both.head.link.isChecked())
    assert "Each moves alone." in words_of(both)
    wheel(original, QPointF(40, 60), 240)
    assert (round(original.zoom, 2), sent.zoom) == (1.41, 1.0)
    assert both.head.zoom.percent.text() == "141%", "of the one that was moved last"
    QTest.mouseClick(both.head.zoom.into, Qt.MouseButton.LeftButton)
    assert original.zoom > 1.5
    sent.setFocus(Qt.FocusReason.TabFocusReason)
    assert both.head.zoom.percent.text() == "100%"
    pixels.press(Qt.Key.Key_Plus)
    await until(lambda: sent.zoom == 1.25)
    QTest.mouseClick(both.head.link, Qt.MouseButton.LeftButton)
    assert (original.zoom, sent.zoom) == (1.25, 1.25)
    assert "Same place, same zoom." in words_of(both)
    assert_same_place(both)
    await pixels.rest()


async def test_arrows_step_and_escape_goes_back_to_the_row(desk: Desk) -> None:
    await desk.add("big-1.jpg", "big-2.jpg", "plain.jpg")
    desk.see(0)
    for key, name in (
        (Qt.Key.Key_Down, "big-2.jpg"),
        (Qt.Key.Key_Down, "plain.jpg"),
        (Qt.Key.Key_Down, "plain.jpg"),
        (Qt.Key.Key_Up, "big-2.jpg"),
        (Qt.Key.Key_Up, "big-1.jpg"),
        (Qt.Key.Key_Up, "big-1.jpg"),
        (Qt.Key.Key_Down, "big-2.jpg"),
    ):
        desk.press(key)
        assert desk.shown == name
    desk.press(Qt.Key.Key_Escape)
    assert not desk.both.isVisible()
    assert desk.sheet.is_open
    assert desk.sheet.files_tab.files.current_shot() == desk.session.shots[1]
    assert desk.chosen == [True] * 3
    await desk.rest()


async def test_no_key_sends_or_ticks_what_is_out_of_sight(desk: Desk) -> None:
    await desk.add("big-1.jpg", "big-2.jpg")
    desk.sheet.foot.consent.box.setChecked(True)
    desk.see(0)
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_F8)
    assert desk.shown == "big-2.jpg"
    assert desk.chosen == [True, True]
    assert not desk.session.is_handing_over
    await desk.rest()


async def test_the_keys_zoom_and_move_both(pixels: Desk) -> None:
    await pixels.add("big-1.jpg")
    pixels.see(0)
    await pixels.is_open()
    pixels.press(Qt.Key.Key_Plus)
    await until(lambda: pixels.both.head.zoom.percent.text() == "125%")
    pixels.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert_same_place(pixels.both)
    pixels.press(Qt.Key.Key_Minus)
    await until(lambda: pixels.both.head.zoom.percent.text() == "100%")
    await pixels.rest()


async def test_an_original_that_is_gone_leaves_the_other_side(pixels: Desk) -> None:
    await pixels.add("big-1.jpg")
    (pixels.folder / "big-1.jpg").unlink()
    pixels.see(0)
    await until(lambda: "can’t be read any more" in pixels.both.original.place.sentence)
    assert pixels.both.original.place.sentence.endswith("The version to be sent is complete.")
    assert pixels.both.sent.place.sentence == ""
    assert pixels.both.sent.stage.has_photo
    await pixels.rest()


async def test_an_original_that_has_changed_is_not_shown_as_what_was_added(desk: Desk) -> None:
    await desk.add("big-1.jpg")
    (desk.folder / "big-1.jpg").write_bytes(drawn(250))
    desk.see(0)
    await until(lambda: "has changed since you added it" in desk.both.original.place.sentence)
    assert not desk.both.original.stage.has_photo
    await desk.rest()


async def test_a_file_that_leaves_the_list_is_left(desk: Desk) -> None:
    await desk.add("big-1.jpg", "big-2.jpg")
    desk.see(1)
    desk.session.remove(ShotId(1))
    assert desk.both.head.number.text() == "1 of 1"
    desk.session.remove(ShotId(2))
    assert not desk.both.isVisible()
    await desk.rest()


@pytest.mark.parametrize("size", [QSize(1024, 700), QSize(1093, 614)])
async def test_every_button_has_room_in_a_small_window(desk: Desk, size: QSize) -> None:
    desk.window.resize(size)
    await desk.add("big-1.jpg", "big-2.jpg")
    desk.see(0)
    await desk.is_open()
    both = desk.both
    buttons = (*both.head.stops, both.foot.next, both.foot.leave_out, both.foot.use)
    for part in (*buttons, both.sent.stage):
        corner = part.mapTo(both, QPoint())
        assert both.rect().contains(part.rect().translated(corner))
        assert part.width() >= part.minimumSizeHint().width()
    assert abs(both.sent.stage.width() - both.original.stage.width()) <= 1
    assert both.sent.stage.height() >= 200
    await desk.rest()
