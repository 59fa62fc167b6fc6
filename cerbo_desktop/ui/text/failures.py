"""The sentences for the error tree. Nothing in them comes from outside but what a server said in place of a list."""

from enum import Enum
from typing import NamedTuple, assert_never

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    CannotShow,
    CerboDesktopError,
    Forbidden,
    Missing,
    NotSafe,
    NotSafeReason,
    Overloaded,
    ServerRefused,
    SignedOut,
    Stalled,
    TlsFault,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import common, file_faults, lists, storage
from cerbo_desktop.ui.text.catalogue import translate


class ActionContext(Enum):
    """What the app was doing when it failed, as far as the sentence depends on it."""

    SEARCHING = "searching"
    LOADING = "loading"
    LISTING_PHOTOS = "listing photos"
    OPENING_PHOTO = "opening a photo"


class Sentence(NamedTuple):
    """What happened; then whether the photo is safe and what to do. `is_safe`: nothing is lost or doubtful."""

    title: str
    text: str
    is_safe: bool = True
    may_retry: bool = True
    is_told_above: bool = False
    """The strip of the connection says why; here stands only what that means for this place."""

    @property
    def whole(self) -> str:
        """Both in one line."""
        return lists.sentences(self.title, self.text)

    def during_trouble(self, is_on: bool) -> "Sentence":
        """Return the words to show while the connection has a passing problem (`is_on`): the strip says what it is, and
        nobody repeats that in other words. What failed loads by itself afterwards, and the strip has the one button."""
        if not (is_on and self.may_retry):
            return self
        title = translate("Failures", "Not loaded yet.")
        text = translate("Failures", "It will load automatically once Cerbo answers again.")
        return self._replace(title=title, text=text, may_retry=False, is_told_above=True)


def error_sentence(error: CerboDesktopError, *, doing: ActionContext = ActionContext.LOADING) -> Sentence:
    """The words for a failure, but for one of an upload, which `ui/text/uploads.py` and `upload_problems.py` word."""
    match error:
        case Untrusted():
            return Sentence(
                translate("Failures", "The connection to Cerbo is not secure."),
                _untrusted(error.fault),
                may_retry=False,
            )
        case Stalled():
            return Sentence(translate("Failures", "This photo stopped arriving."), _stalled())
        case Unreachable():
            title = translate("Failures", "Could not reach Cerbo.")
            return Sentence(title, translate("Failures", "Check the network connection, then try again."))
        case SignedOut():
            title = translate("Failures", "Not loaded yet.")
            text = translate("Failures", "It will load once Cerbo accepts the key.")
            return Sentence(title, text, may_retry=False, is_told_above=True)
        case Forbidden():
            return Sentence(_forbidden(doing), ask_it())
        case Missing():
            return _missing(doing)
        case Overloaded():
            return Sentence(translate("Failures", "Cerbo is busy."), common.loads_automatically())
        case ServerRefused():
            title = translate("Failures", "Cerbo refused the request.")
            return Sentence(title, translate("Failures", "Try again, or tell your clinic’s IT."))
        case BadAnswer():
            return _bad_answer(error, doing)
        case CannotShow():
            return _cannot_show(error.reason)
        case NotSafe():
            title, text = storage.title_and_text(error.reason)
            is_safe = error.reason is NotSafeReason.KEPT_FOR_ANOTHER
            return Sentence(title, text, is_safe, may_retry=error.reason not in storage.FINAL)
        case _:
            return Sentence(translate("Failures", "Something went wrong."), _again())


def ask_it() -> str:
    return translate("Failures", "Ask your clinic’s IT.")


def may_send_unlisted() -> str:
    """Beneath the news that Cerbo doesn't list a patient's photos."""
    return translate("Failures", "The chart may have no photos yet: check in Cerbo. You can still send photos.")


def server_said(words: str) -> str:
    """What a server said in place of a list, in its own words."""
    said = plain(words).rstrip(".")
    if said.endswith(("!", "?", "…")):
        return translate("Failures", "It says: “{words}”").format(words=said)
    return translate("Failures", "It says: “{words}.”").format(words=said)


def _again() -> str:
    return translate("Failures", "Try again in a moment.")


def _stalled() -> str:
    return translate(
        "Failures", "It is safe in Cerbo and will be tried again automatically. The connection may be slow."
    )


def _untrusted(fault: TlsFault) -> str:
    match fault:
        case TlsFault.EXPIRED:
            return translate(
                "Failures", "Its certificate has expired. Check the date on this PC, or tell your clinic’s IT."
            )
        case TlsFault.NOT_YET_VALID:
            return translate("Failures", "Its certificate is not valid yet. Check the date on this PC.")
        case TlsFault.WRONG_HOST:
            return translate("Failures", "Its certificate belongs to another address. Check the practice address.")
        case TlsFault.UNKNOWN_ISSUER:
            return translate("Failures", "This PC doesn’t trust its certificate. Tell your clinic’s IT.")
        case TlsFault.OTHER:
            return translate("Failures", "Its certificate could not be checked. Tell your clinic’s IT.")
        case _:
            assert_never(fault)


def _forbidden(doing: ActionContext) -> str:
    match doing:
        case ActionContext.SEARCHING:
            return translate("Failures", "This key isn’t allowed to find patients.")
        case ActionContext.LISTING_PHOTOS:
            return translate("Failures", "This key isn’t allowed to list this patient’s photos.")
        case ActionContext.OPENING_PHOTO:
            return translate("Failures", "This key isn’t allowed to show this photo.")
        case ActionContext.LOADING:
            return translate("Failures", "This key isn’t allowed to see this.")
        case _:
            assert_never(doing)


def _missing(doing: ActionContext) -> Sentence:
    match doing:
        case ActionContext.OPENING_PHOTO:
            title = translate("Failures", "This photo is no longer in Cerbo.")
            return Sentence(title, translate("Failures", "It may have been deleted there."), may_retry=False)
        case ActionContext.LISTING_PHOTOS:
            title = translate("Failures", "Cerbo doesn’t list this patient’s photos.")
            return Sentence(title, may_send_unlisted(), may_retry=False)
        case ActionContext.SEARCHING | ActionContext.LOADING:
            title = translate("Failures", "This is no longer in Cerbo.")
            return Sentence(title, translate("Failures", "Search for the patient again."), may_retry=False)
        case _:
            assert_never(doing)


def _bad_answer(error: BadAnswer, doing: ActionContext) -> Sentence:
    match error.kind:
        case BadAnswerKind.WEB_PAGE | BadAnswerKind.REDIRECT | BadAnswerKind.PROXY:
            title = translate("Failures", "A web page answered instead of Cerbo.")
            text = translate("Failures", "The network may want you to sign in first: open a browser, then try again.")
            return Sentence(title, text)
        case BadAnswerKind.NOT_A_PHOTO:
            title = translate("Failures", "Cerbo sent something that is not a photo.")
            return Sentence(title, translate("Failures", "It is not shown."), may_retry=False)
        case BadAnswerKind.OTHER_PATIENT:
            title = translate("Failures", "Cerbo answered for another patient.")
            return Sentence(title, translate("Failures", "It was not shown. Try again."))
        case BadAnswerKind.NOT_GIVEN:
            title = translate("Failures", "Cerbo lists this photo but doesn’t provide it.")
            return Sentence(title, _look_in_cerbo())
        case BadAnswerKind.LIST_GONE:
            title = translate("Failures", "Cerbo shows no photos of this patient now.")
            return Sentence(title, _listed_before())
        case BadAnswerKind.TOO_LARGE:
            title = translate("Failures", "Cerbo’s answer was too large.")
            return Sentence(title, translate("Failures", "It was not loaded."), may_retry=False)
        case BadAnswerKind.NOT_OFFERED:
            title = translate("Failures", "Cerbo doesn’t offer this.")
            return Sentence(title, translate("Failures", "Tell your clinic’s IT."))
        case BadAnswerKind.CUT_OFF:
            return Sentence(translate("Failures", "The connection was interrupted."), _after_interruption(doing))
        case _:
            return Sentence(translate("Failures", "Cerbo sent an unreadable answer."), _unreadable(error, doing))


def _look_in_cerbo() -> str:
    return translate(
        "Failures", "No photo of this patient can be opened here. Look in Cerbo, and tell your clinic’s IT."
    )


def _listed_before() -> str:
    return translate(
        "Failures",
        "It did before. Photos on this page are from then: check in Cerbo whether they are still there.",
    )


def _after_interruption(doing: ActionContext) -> str:
    if doing is ActionContext.OPENING_PHOTO:
        return translate("Failures", "The photo is safe in Cerbo and will be tried again automatically.")
    return _again()


def _unreadable(error: BadAnswer, doing: ActionContext) -> str:
    if not error.words:
        return _again()
    may_send = may_send_unlisted() if doing is ActionContext.LISTING_PHOTOS else ""
    return lists.sentences(server_said(error.words), may_send, _again())


def _cannot_show(reason: RefusalReason) -> Sentence:
    if reason is RefusalReason.NOT_SAFE_HERE:
        title = translate("Failures", "HEIC photos can’t be opened safely on this PC.")
        return Sentence(title, file_faults.take_jpeg(), may_retry=False)
    title = translate("Failures", "Cannot show this file.")
    return Sentence(title, file_faults.why_not_shown(reason), may_retry=reason is RefusalReason.OUT_OF_ORDER)
