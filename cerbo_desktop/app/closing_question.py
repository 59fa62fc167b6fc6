"""What a person is asked before a practice is left: photos that are not sent yet, and shots that would be lost."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cerbo_desktop.app.workspace import Workspace
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.ui.kit.buttons import Kind
from cerbo_desktop.ui.kit.dialogs import Choice, ask
from cerbo_desktop.ui.kit.phrases import count


async def may_leave(window: QWidget, workspace: Workspace, *, is_practising: bool) -> bool:
    """Says what becomes of photos that were not sent. Shots that are not kept would be lost."""
    if not (workspace.unsent or workspace.has_unsent_shots):
        return True
    if workspace.has_unsent_shots:
        title, text, leave = (
            "Photos are not kept yet",
            "Photos you took are lost when you close now.",
            "Close and lose them",
        )
    else:
        stays = _NOT_KEPT_IN_PRACTICE if is_practising else _stays(workspace.unsent)
        title, text, leave = _unsent_words(len(workspace.unsent)), stays, "Close"
    kind: Kind = "danger" if workspace.has_unsent_shots else "secondary"
    choices: list[Choice] = [("stay", "Keep open", "primary"), ("leave", leave, kind)]
    return await ask(window, title, text, choices, escape="stay") == "leave"


_NOT_KEPT_IN_PRACTICE = "The practice clinic begins anew each time: they aren’t kept. Nobody in them is real."


def _stays(unsent: Sequence[Upload]) -> str:
    """What becomes of photos that are not sent yet: some go out by themselves, and some need a person."""
    safe = "It stays safe on this PC" if len(unsent) == 1 else "They stay safe on this PC"
    asking = sum(upload.needs_person for upload in unsent)
    if not asking:
        return f"{safe} and {'goes' if len(unsent) == 1 else 'go'} out when you open the app again."
    if asking == len(unsent):
        return f"{safe}. {'It needs' if asking == 1 else 'They need'} you first: see Needs attention in the uploads."
    return f"{safe}. {asking} of them need{'s' if asking == 1 else ''} you first: see Needs attention in the uploads."


def _unsent_words(number: int) -> str:
    return f"{count(number, 'photo')} {'is' if number == 1 else 'are'} not sent yet."
