"""`/stream` and `/content` stand in for each other, whatever one of them answers in the photo's place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cerbo_desktop.app.options import Options
from cerbo_desktop.practice.answer_forms import ContentForm
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import DOROTHY_VANCE, GRACE_ADEYEMI
from cerbo_desktop.practice.withholding import Withheld
from cerbo_desktop.services.connection import KeyRefused
from cerbo_desktop.services.photos.thumbnail_states import Failed
from cerbo_desktop.ui.kit.fields import Field
from cerbo_desktop.ui.setup.view import SetupPage
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import words_of
from tests.waiting import until

_NOT_THE_PHOTO = [form for form in ContentForm if not form.holds_photo]


async def test_whatever_stands_in_the_place_of_a_photo_the_other_route_has_it(desk: Desk) -> None:
    """Form after form in one session: what was learnt of the one before never stands in the way."""
    counters, switches = desk.clinic.counters, desk.clinic.switches
    for form in _NOT_THE_PHOTO:
        switches.content, switches.stream = form, ContentForm.RAW
        desk.services.server.forget_refusals()
        desk.services.thumbnails.clear()
        desk.services.contents.clear()
        await desk.open(GRACE_ADEYEMI)
        await desk.pictures_are_there()
        await until(lambda: counters.in_flight() == 0)
        switches.content, switches.stream = ContentForm.RAW, form
        counters.reset()
        desk.services.contents.clear()
        await desk.open_photo(1)
        await desk.full_quality()
        await until(lambda: counters.in_flight() == 0)
        asked = [seen.path for kind in ("content", "stream") for seen in counters.seen(kind)]
        assert len(asked) == len(set(asked)), form  # neither route was asked twice for one photo
        desk.click("Back to album", desk.pages.viewer)
        await until(lambda: desk.album.isVisible())
        await desk.open(DOROTHY_VANCE)
        assert not desk.strip_words, form


async def test_an_opened_photo_goes_by_stream_and_tiles_by_content(desk: Desk) -> None:
    counters = desk.clinic.counters
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    assert not counters.count("stream")
    desk.services.contents.clear()
    asked = counters.count("content")
    await desk.open_photo(2)
    await desk.full_quality()
    await until(lambda: counters.in_flight() == 0)
    assert counters.count("stream") == 1
    assert counters.count("content") - asked <= 2  # the neighbours


@pytest.mark.parametrize("both", [False, True])
async def test_a_small_copy_is_never_called_full_quality(desk: Desk, both: bool) -> None:
    desk.clinic.switches.content = ContentForm.SMALL_COPY
    desk.clinic.switches.stream = ContentForm.SMALL_COPY if both else ContentForm.RAW
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    await desk.open_photo(2)
    if both:
        await until(lambda: desk.stage_name.endswith("Thumbnail only. Cerbo has no larger version of this photo."))
        assert "Full quality" not in desk.viewer_words
    else:
        await desk.full_quality()
        assert desk.clinic.counters.count("stream") >= 1
        assert "Small copy" not in desk.viewer_words


async def test_half_a_photo_by_one_route_is_made_whole_by_the_other(desk: Desk) -> None:
    desk.clinic.switches.content = ContentForm.HALF
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    assert not any("damaged" in words for words in desk.tiles)
    desk.clinic.switches.stream = ContentForm.HALF
    await desk.open(DOROTHY_VANCE)
    await desk.pictures_are_there()
    assert all(words.endswith("damaged in part") for words in desk.tiles)


async def test_where_no_photo_comes_none_is_called_deleted_and_nobody_is_sent_to_sign_in(desk: Desk) -> None:
    desk.clinic.switches.content, desk.clinic.switches.stream = ContentForm.NOT_FOUND, ContentForm.HTML
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: desk.states and all(isinstance(state, Failed) for state in desk.states))
    await desk.open_photo(1)
    await until(lambda: "Cerbo lists this photo but doesn’t provide it." in desk.viewer_words)
    assert_plain(desk.viewer_words)
    assert not desk.strip_words


async def test_a_route_that_is_not_offered_is_not_asked_for_the_next_album(desk: Desk) -> None:
    counters = desk.clinic.counters
    desk.clinic.switches.content = ContentForm.NOT_MADE
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    asked = counters.count("content")
    await desk.open(DOROTHY_VANCE)
    await desk.pictures_are_there()
    assert counters.count("content") == asked


async def test_where_neither_route_has_it_the_tile_says_so_and_opens_again(desk: Desk) -> None:
    desk.clinic.switches.content = ContentForm.BROKEN
    desk.clinic.switches.stream = ContentForm.NOT_MADE
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: desk.states and all(isinstance(state, Failed) for state in desk.states))
    assert not desk.strip_words
    desk.clinic.switches.content = ContentForm.RAW
    desk.workspace.on_reconnected(KeyRefused())
    await desk.pictures_are_there()


# Setup says which of them work.


async def _tested(desk: Desk) -> dict[str, str]:
    """What the connection test says of each check."""
    page = next(page for page in desk.window.findChildren(SetupPage))
    desk.click("Test again" if "Test again" in words_of(page) else "Test connection", page)
    await until(lambda: "Testing…" not in words_of(page) and "check" in words_of(page))
    names = (child.accessibleName() for child in page.findChildren(QWidget))
    return {name.partition(", ")[0]: name.partition(", ")[2] for name in names if ", " in name}


async def _at_setup(desk: Desk) -> None:
    await desk.start_with(Options())
    page = next(page for page in desk.window.findChildren(SetupPage))
    typed = {"Practice": desk.clinic.origin, "API key": desk.clinic.username, "Secret": desk.clinic.secret}
    for name, text in typed.items():
        field = next(each for each in page.findChildren(Field) if each.accessibleName().startswith(name))
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        QTest.keyClicks(field, text)


@pytest.mark.parametrize("status", [401, 403])
async def test_setup_tries_both_routes_and_is_right_about_what_is_not_allowed(closed_desk: Desk, status: int) -> None:
    desk, switches = closed_desk, closed_desk.clinic.switches
    await _at_setup(desk)
    assert (await _tested(desk))["See photos"] == "OK, List and photos work, by /stream and by /content."
    switches.withheld = (Withheld("users", status), Withheld("stream", status))
    told = await _tested(desk)
    assert told["Key and secret"] == "OK, Accepted by Cerbo"
    assert told["See photos"] == "OK, List and photos work by /content alone: /stream isn’t allowed."
    switches.withheld = (Withheld("images", status), Withheld("appointments", status))
    told = await _tested(desk)
    assert told["Key and secret"] == "OK, Accepted by Cerbo"
    assert told["See photos"] == "Not allowed, This key isn’t allowed to list photos."
    assert told["Today’s appointments"].startswith("Not allowed, This key isn’t allowed to read them.")
    switches.withheld = (Withheld("search", status),)
    told = await _tested(desk)
    assert told["Find patients"] == "Not allowed, This key isn’t allowed to find patients."
    assert told["See photos"].startswith("OK,")
    switches.withheld = tuple(Withheld(kind, status) for kind in ("users", "search", "appointments"))
    told = await _tested(desk)
    refused = (
        "Failed, Cerbo does not accept this key and secret" if status == 401 else "Not allowed, Cerbo refuses this"
    )
    assert told["Key and secret"].startswith(refused)


async def test_setup_on_a_tenant_without_users(closed_desk: Desk) -> None:
    desk = closed_desk
    await _at_setup(desk)
    for status in (404, 405, 501):
        desk.clinic.switches.withheld = (Withheld("users", status),)
        told = await _tested(desk)
        assert told["Key and secret"] == "OK, Accepted by Cerbo", status
        assert all(not told[check].startswith("Failed") for check in told), status


@pytest.mark.parametrize(
    ("kind", "status", "fault", "told"),
    [
        ("images", 404, None, "Failed, Cerbo answers “not found” to each list of photos that was tried."),
        ("images", 405, None, "Failed, Cerbo doesn’t offer this."),
        ("content", 503, None, "Failed, Cerbo is busy."),
        ("users", 401, Fault.CAPTIVE_PORTAL, "OK,"),
    ],
)
async def test_setup_ends_and_says_what_one_thing_answers(
    closed_desk: Desk, kind: str, status: int, fault: Fault | None, told: str
) -> None:
    """While everything else works."""
    desk = closed_desk
    await _at_setup(desk)
    if fault is None:
        desk.clinic.switches.withheld = (Withheld(kind, status),)
    else:
        desk.clinic.faults.set(kind, fault)
    found = await _tested(desk)
    assert found["See photos"].startswith(told)
    others = {"Address answers", "Secure connection", "Key and secret", "Find patients", "Today’s appointments"}
    assert {check for check in others if not found[check].startswith("OK,")} == set()
