"""Zoom and place by arithmetic, for any photo, stage and pointer."""

import pytest
from hypothesis import given, strategies as st

from cerbo_desktop.ui.stage.geometry import (
    MAX_ZOOM,
    Extent,
    Viewport,
    ViewState,
    fit_zoom,
    panned,
    placed,
    real_zoom,
    settled,
    stepped,
    zoomed_at,
)

sides = st.integers(1, 9_000).map(float)
photos = st.builds(Extent, sides, sides)
viewports = st.builds(Viewport, st.floats(300, 4_000), st.floats(200, 2_500), st.sampled_from((0.0, 24.0, 36.0)))
fractions = st.floats(0, 1)
zooms = st.floats(0.001, 40)
states = st.builds(ViewState, st.none() | zooms, fractions, fractions)


def edges_hold(at: float, length: float, room: float) -> bool:
    """The photo is centred, or has no gap at either side."""
    if length <= room:
        return at == pytest.approx((room - length) / 2, abs=1e-6)
    return at <= 1e-6 and at + length >= room - 1e-6


@given(states, photos, viewports)
def test_a_photo_is_centred_or_fills_the_stage(state: ViewState, photo: Extent, viewport: Viewport) -> None:
    at = placed(state, photo, viewport)
    assert edges_hold(at.x, at.width, viewport.width)
    assert edges_hold(at.y, at.height, viewport.height)


@given(states, photos, viewports, zooms, fractions, fractions)
def test_the_point_under_the_pointer_stays(
    state: ViewState, photo: Extent, viewport: Viewport, zoom: float, across: float, down: float
) -> None:
    x, y = across * viewport.width, down * viewport.height
    fraction_x, fraction_y = placed(state, photo, viewport).fraction_at(x, y)
    after = placed(zoomed_at(state, photo, viewport, zoom, x, y), photo, viewport)
    for fraction, start, length, room, pointer in (
        (fraction_x, after.x, after.width, viewport.width, x),
        (fraction_y, after.y, after.height, viewport.height, y),
    ):
        wanted = pointer - fraction * length
        clamped = (room - length) / 2 if length <= room else min(0.0, max(room - length, wanted))
        assert start == pytest.approx(clamped, abs=0.05)


@given(states, photos, viewports, zooms)
def test_zoom_stays_within_its_limits(state: ViewState, photo: Extent, viewport: Viewport, zoom: float) -> None:
    reached = real_zoom(zoomed_at(state, photo, viewport, zoom, 10, 10), photo, viewport)
    assert min(1.0, fit_zoom(photo, viewport)) * 0.998 <= reached <= MAX_ZOOM


@given(photos, viewports)
def test_fit_shows_the_whole_photo_with_its_margin(photo: Extent, viewport: Viewport) -> None:
    at = placed(ViewState(), photo, viewport)
    assert at.width <= viewport.width - 2 * viewport.margin + 1e-6
    assert at.height <= viewport.height - 2 * viewport.margin + 1e-6


@given(states, photos, viewports, st.floats(-500, 500), st.floats(-500, 500))
def test_a_drag_past_the_edge_leaves_nothing_to_undo(
    state: ViewState, photo: Extent, viewport: Viewport, dx: float, dy: float
) -> None:
    far = panned(panned(state, photo, viewport, 1e6, 1e6), photo, viewport, -1e6, -1e6)
    edge = placed(far, photo, viewport)
    back = placed(panned(far, photo, viewport, abs(dx), abs(dy)), photo, viewport)
    room_x, room_y = max(0.0, edge.width - viewport.width), max(0.0, edge.height - viewport.height)
    assert back.x - edge.x == pytest.approx(min(abs(dx), room_x), abs=0.05)
    assert back.y - edge.y == pytest.approx(min(abs(dy), room_y), abs=0.05)


@given(states, photos, viewports)
def test_four_turns_come_back_to_the_same_view(state: ViewState, photo: Extent, viewport: Viewport) -> None:
    turned = state.turned_right().turned_right().turned_right().turned_right()
    one, other = placed(state, photo, viewport), placed(turned, photo, viewport)
    assert (other.x, other.y) == pytest.approx((one.x, one.y), abs=1e-3)


@given(states, photos, viewports)
def test_settling_changes_nothing_that_is_seen(state: ViewState, photo: Extent, viewport: Viewport) -> None:
    one, other = placed(state, photo, viewport), placed(settled(state, photo, viewport), photo, viewport)
    assert (other.x, other.y) == pytest.approx((one.x, one.y), abs=0.01)


@pytest.mark.parametrize(
    ("zoom", "fit", "factor", "expected"),
    [
        (0.9, 0.3, 1.25, 1.0),
        (1.1, 0.3, 0.8, 1.0),
        (1.0, 0.3, 1.25, 1.25),
        (0.31, 0.3, 0.8, 0.3),
        (0.5, 0.3, 1.25, 0.625),
    ],
)
def test_zoom_keys_stop_at_fit_and_at_100_percent(zoom: float, fit: float, factor: float, expected: float) -> None:
    assert stepped(zoom, fit, factor) == pytest.approx(expected)
