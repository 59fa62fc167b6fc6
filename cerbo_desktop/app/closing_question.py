"""What a person is asked before a practice is left: photos that are not sent yet, and shots that would be lost."""

import asyncio
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from cerbo_desktop.app.workspace import Workspace
from cerbo_desktop.ui.kit.buttons import Kind
from cerbo_desktop.ui.kit.dialogs import Choice, ask
from cerbo_desktop.ui.text import closing, common


class _Asked(NamedTuple):
    title: str
    text: str
    leave: str
    kind: Kind = "secondary"


async def may_leave(window: QWidget, workspace: Workspace, *, is_practising: bool) -> bool:
    """Says what becomes of photos that were not sent. Shots that are not kept would be lost.

    Photos go on being sent while the question stands open: it is then asked in the words that hold by now.
    """
    if not (workspace.unsent or workspace.has_unsent_shots):
        return True
    answer = None
    while answer is None:
        answer = await _ask_while_true(window, workspace, is_practising)
    return answer == "leave"


async def _ask_while_true(window: QWidget, workspace: Workspace, is_practising: bool) -> str | None:
    """None once the words hold no longer."""
    asked = _asked(workspace, is_practising)
    choices: list[Choice] = [("stay", closing.keep_open(), "primary"), ("leave", asked.leave, asked.kind)]
    async with asyncio.TaskGroup() as group:
        answer = group.create_task(ask(window, asked.title, asked.text, choices, escape="stay"))

        def compare(_: object) -> None:
            if _asked(workspace, is_practising) != asked:
                answer.cancel()

        end = workspace.services.uploading.feed.subscribe(compare, replay=False)
        try:
            await asyncio.wait({answer})
        finally:
            end()
    return None if answer.cancelled() else answer.result()


def _asked(workspace: Workspace, is_practising: bool) -> _Asked:
    unsent = workspace.unsent
    if workspace.has_unsent_shots:
        return _Asked(closing.not_saved_title(), closing.not_saved(), closing.close_and_lose(), "danger")
    if not unsent:
        return _Asked(closing.all_sent_title(), closing.all_sent(), common.close())
    needs_person = sum(upload.needs_person for upload in unsent)
    text = closing.lost_in_practice(len(unsent)) if is_practising else closing.not_sent(needs_person)
    return _Asked(closing.not_sent_title(len(unsent)), text, common.close())
