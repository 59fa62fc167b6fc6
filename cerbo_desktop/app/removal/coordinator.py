"""From the wish to leave this PC to the end of the app, or back to the practice."""

from collections.abc import Awaitable, Callable

from cerbo_desktop.app.app_context import AppContext
from cerbo_desktop.app.practice_session import PracticeSession
from cerbo_desktop.app.removal.dialog import DataRemovalDialog
from cerbo_desktop.ui.kit.sheet import open_sheet


async def remove_and_end(
    app: AppContext, session: PracticeSession, restart: Callable[[], Awaitable[None]], end: Callable[[], None]
) -> None:
    """Remove everything of this person from this PC and end the app, or say in a sentence why not.

    No outbox may be open while data is removed: the practice is left before, and `restart` shows it again where nothing
    was removed after all.
    """
    was_practising, workspace = session.is_practising, session.workspace
    leaving = DataRemovalDialog(app.window, app.data_dir, app.settings, app.secrets, app.acts.publish)
    if workspace is not None and workspace.has_unsent_shots:
        await leaving.refuse_for_shots()
    elif (is_wanted := await leaving.ask()) is not None:
        if (settings := open_sheet(app.window)) is not None:
            settings.dismiss()
        await session.leave()
        if await leaving.remove(is_wanted):
            end()
        else:
            await (session.practise() if was_practising else restart())
