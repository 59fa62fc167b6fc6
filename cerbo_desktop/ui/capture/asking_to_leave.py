"""Asks the question before photos are lost."""

from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.capture.leave_question import LeaveQuestion
from cerbo_desktop.ui.kit.dialogs import Choice, ask


async def ask_to_leave(over: QWidget, question: LeaveQuestion) -> str:
    """Ask in front of this widget: "send", "discard" or "stay"."""
    choices: list[Choice] = [("send", question.send, "primary")] if question.send else []
    choices += [("discard", question.discard, "danger"), ("stay", question.stay, "secondary")]
    return await ask(over, question.title, question.text, choices, escape="stay")
