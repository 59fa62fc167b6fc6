"""What a person is asked before a practice is left: photos that are not sent yet, and shots that would be lost."""

from PySide6.QtWidgets import QWidget

from cerbo_desktop.app.workspace import Workspace
from cerbo_desktop.ui.kit.buttons import Kind
from cerbo_desktop.ui.kit.dialogs import Choice, ask
from cerbo_desktop.ui.text import closing, common


async def may_leave(window: QWidget, workspace: Workspace, *, is_practising: bool) -> bool:
    """Says what becomes of photos that were not sent. Shots that are not kept would be lost."""
    unsent, has_shots = workspace.unsent, workspace.has_unsent_shots
    if not (unsent or has_shots):
        return True
    if has_shots:
        title, text, leave = closing.not_saved_title(), closing.not_saved(), closing.close_and_lose()
    else:
        needs_person = sum(upload.needs_person for upload in unsent)
        text = closing.lost_in_practice() if is_practising else closing.not_sent(needs_person)
        title, leave = closing.not_sent_title(len(unsent)), common.close()
    kind: Kind = "danger" if has_shots else "secondary"
    choices: list[Choice] = [("stay", closing.keep_open(), "primary"), ("leave", leave, kind)]
    return await ask(window, title, text, choices, escape="stay") == "leave"
