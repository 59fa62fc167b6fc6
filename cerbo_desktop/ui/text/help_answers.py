"""Short answers on the help page. Each is a question and a few lines; a line may have a title of its own."""

from typing import NamedTuple

from cerbo_desktop.ui.text import uploads
from cerbo_desktop.ui.text.catalogue import translate


class Line(NamedTuple):
    """One line of an answer; `icon` and `ink` are of its title."""

    text: str
    title: str = ""
    icon: str = ""
    ink: str = "ink"


class Answer(NamedTuple):
    """A question that staff ask, and what is to be said."""

    question: str
    lines: tuple[Line, ...]
    search_words: str
    """Other words that people look for it by. They are searched and not shown."""


def placeholder() -> str:
    return translate("HelpAnswers", "What do you want to know?")


def short_answers() -> str:
    return translate("HelpAnswers", "Short answers")


def nothing_found() -> str:
    return translate("HelpAnswers", "No answer has these words. Try another word, or fewer.")


def only_among_keys() -> str:
    return translate("HelpAnswers", "No answer has these words. Keys that have them are shown.")


def show_uploads() -> str:
    return translate("HelpAnswers", "Show me the uploads")


def answers(menu_key: str) -> tuple[Answer, ...]:
    """All of them. `menu_key` opens what can be done with a photo in the uploads."""
    return (_where_is_my_photo(), _wrong_person(menu_key), _no_picture(), _same_name(), _no_connection())


def _where_is_my_photo() -> Answer:
    return Answer(
        translate("HelpAnswers", "Where is my photo now?"),
        (
            Line(translate("HelpAnswers", "Encrypted. It is sent automatically."), uploads.safe_here(), "lock", "ink2"),
            Line(translate("HelpAnswers", "Staff accept it in Cerbo."), uploads.waiting_in_queue(), "waiting", "ink2"),
            Line(translate("HelpAnswers", "Accepted."), uploads.found_in_chart(), "done", "ok"),
            Line(
                translate("HelpAnswers", "No answer came back. Look in Cerbo, then choose."),
                uploads.may_have_arrived(),
                "unknown",
                "warn",
            ),
            Line(translate("HelpAnswers", "The card gives the reason."), uploads.not_sent(), "failed", "bad"),
        ),
        translate("HelpAnswers", "picture image upload status lost missing sent pending queue chart"),
    )


def _wrong_person(menu_key: str) -> Answer:
    return Answer(
        translate("HelpAnswers", "A photo went to the wrong person"),
        (
            Line(
                translate(
                    "HelpAnswers",
                    "Select the photo in the uploads and press {key}: you can take it back from Cerbo’s queue, or see "
                    "what to tell staff.",
                ).format(key=menu_key)
            ),
        ),
        translate("HelpAnswers", "patient picture mistake mix-up delete remove undo withdraw"),
    )


def _no_picture() -> Answer:
    return Answer(
        translate("HelpAnswers", "The camera shows no picture"),
        (
            Line(translate("HelpAnswers", "Close other programs and browser tabs that use the camera.")),
            Line(translate("HelpAnswers", "Open its shutter, and unplug it and plug it in again.")),
            Line(translate("HelpAnswers", "Allow desktop apps to use the camera in this computer’s settings.")),
        ),
        translate("HelpAnswers", "webcam video black blank dark image privacy permission doesn’t work"),
    )


def _same_name() -> Answer:
    return Answer(
        translate("HelpAnswers", "Two people have the same name"),
        (Line(translate("HelpAnswers", "Ask for the date of birth, then open the person who has it.")),),
        translate("HelpAnswers", "patient namesake twins double duplicate birthday DOB"),
    )


def _no_connection() -> Answer:
    return Answer(
        translate("HelpAnswers", "There is no connection"),
        (
            Line(
                translate(
                    "HelpAnswers",
                    "Keep working. Photos are saved and encrypted on this computer, and are sent automatically when "
                    "the connection returns.",
                )
            ),
        ),
        translate("HelpAnswers", "offline internet wifi wi-fi wlan network line down disconnected"),
    )
