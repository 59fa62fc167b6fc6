"""Imports that a start defers: rooms that its first page does not show.

The part or coordinator of such a room imports it in the function that builds it, so that it is there whenever a person
asks for it. Once today's board has come, all of them are loaded here, one module after the other, and the window
answers in between: whoever opens the camera or a photo then waits for no import. A module that many others need stands
before them, because a long import keeps the window from answering.
"""

import asyncio
import contextlib
from importlib import import_module

from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.today import Board, BoardState

_BOARD_WITHIN_S = 2.0
"""A Cerbo that takes longer to answer keeps nothing else waiting."""
_BOARD_PAINTED_S = 0.1
"""After its answer: rows, names and their first painting go before what nobody has asked for yet."""
_PAUSE_S = 0.01

DEFERRED = (
    # The camera and the capture sheet.
    "cerbo_desktop.camera.devices",
    "cerbo_desktop.camera.camera",
    "cerbo_desktop.services.capturing",
    "cerbo_desktop.ui.capture.live_view",
    "cerbo_desktop.ui.capture.viewfinder",
    "cerbo_desktop.ui.capture.side_column",
    "cerbo_desktop.ui.capture.camera_tab",
    "cerbo_desktop.ui.capture.files_tab",
    "cerbo_desktop.ui.capture.see_both",
    "cerbo_desktop.ui.file_dialog.picker",
    "cerbo_desktop.ui.capture.sheet_foot",
    "cerbo_desktop.ui.capture.sheet_head",
    "cerbo_desktop.ui.capture.sheet",
    "cerbo_desktop.ui.capture.id_card",
    "cerbo_desktop.ui.capture.coordinator",
    # The viewer.
    "cerbo_desktop.ui.stage.pyramid",
    "cerbo_desktop.ui.stage.canvas",
    "cerbo_desktop.ui.viewer.stage_area",
    "cerbo_desktop.ui.viewer.bar",
    "cerbo_desktop.ui.viewer.film",
    "cerbo_desktop.ui.viewer.photo_details",
    "cerbo_desktop.ui.viewer.page",
    "cerbo_desktop.ui.viewer.presenter",
    # The help page, the settings, the setup page.
    "cerbo_desktop.ui.help.opening",
    "cerbo_desktop.ui.settings.facts",
    "cerbo_desktop.ui.settings.sections",
    "cerbo_desktop.ui.settings.view",
    "cerbo_desktop.app.settings_coordinator",
    "cerbo_desktop.services.connection_checks",
    "cerbo_desktop.ui.setup.results",
    "cerbo_desktop.ui.setup.view",
    "cerbo_desktop.ui.setup.presenter",
    "cerbo_desktop.services.connection_test",
)
"""Modules; all else that a room is made of comes with them."""


async def load_deferred(today: Feed[Board]) -> None:
    """Load what was deferred, once `today` has a board to show or Cerbo is late."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_BOARD_WITHIN_S):
            await _answered(today)
    await asyncio.sleep(_BOARD_PAINTED_S)
    for name in DEFERRED:
        import_module(name)
        await asyncio.sleep(_PAUSE_S)


async def _answered(today: Feed[Board]) -> None:
    """Return once Cerbo has answered, if only by a refusal."""
    answered = asyncio.Event()
    end = today.subscribe(lambda board: None if board.state is BoardState.LOADING else answered.set())
    try:
        await answered.wait()
    finally:
        end()
