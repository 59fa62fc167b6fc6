"""The main window as a picture, without a display."""

import asyncio
from pathlib import Path

from cerbo_desktop.app.application import Application
from cerbo_desktop.app.workspace import Workspace
from cerbo_desktop.services.today import BoardState

_BOARD_LIMIT_S = 10.0
_ALBUM_S = 4.0


async def take_screenshot(application: Application, file: Path) -> int:
    """Open the first patient of today's board, wait for the photos in view, and write a PNG. Returns the exit code."""
    if application.session.workspace is not None:
        await _board_is_there(application.session.workspace)
        application.session.workspace.open_first()
        await asyncio.sleep(_ALBUM_S)
    return 0 if application.window.grab().save(str(file)) else 1


async def _board_is_there(workspace: Workspace) -> None:
    there = asyncio.Event()
    end = workspace.services.today.feed.subscribe(
        lambda board: there.set() if board.state is not BoardState.LOADING else None
    )
    try:
        async with asyncio.timeout(_BOARD_LIMIT_S):
            await there.wait()
    except TimeoutError:
        return  # the picture then shows a board that is still loading
    finally:
        end()
