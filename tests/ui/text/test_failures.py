"""Every failure has plain words."""

import pytest

from cerbo_desktop.domain import errors
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.ui.text.failures import ActionContext, error_sentence

ALL_ERRORS: list[errors.CerboDesktopError] = [
    *(errors.Untrusted(fault, "Evil <b>CA</b>") for fault in errors.TlsFault),
    *(errors.BadAnswer(kind) for kind in errors.BadAnswerKind),
    *(errors.ServerRefused(reason) for reason in errors.ServerRefusal),
    *(errors.CannotShow(reason) for reason in RefusalReason),
    *(errors.NotSafe(reason) for reason in errors.NotSafeReason),
    *(kind() for kind in (errors.Unreachable, errors.SignedOut, errors.Forbidden, errors.Missing)),
    *(errors.Overloaded(), errors.Overloaded(60.0), errors.ServerError(), errors.CerboDesktopError()),
]


@pytest.mark.parametrize("doing", list(ActionContext))
@pytest.mark.parametrize("error", ALL_ERRORS, ids=repr)
def test_every_failure_has_plain_words(error: errors.CerboDesktopError, doing: ActionContext) -> None:
    sentence = error_sentence(error, doing=doing)
    assert sentence.title.endswith(".")
    assert not sentence.text or sentence.text.endswith((".", "?"))
    assert "  " not in sentence.whole
    for word in ("API", "timeout", "sync", "payload", "HTTP", "JSON", "TLS", "401", "Evil", "'", "None"):
        assert word not in sentence.whole


def test_the_designed_sentences_stand_word_for_word() -> None:
    unreached = "Could not reach Cerbo. Check the network connection, then try again."
    assert error_sentence(errors.Unreachable()).whole == unreached
    busy = error_sentence(errors.Overloaded(10), doing=ActionContext.SEARCHING)
    assert busy.whole == "Cerbo is busy. This will load automatically."
    forbidden = error_sentence(errors.Forbidden(), doing=ActionContext.SEARCHING)
    assert forbidden.whole == "This key isn’t allowed to find patients. Ask your clinic’s IT."
    full = error_sentence(errors.NotSafe(errors.NotSafeReason.DISK_FULL))
    assert full.whole == "This PC’s disk is full. The photo was not saved. Free up space, then try again."


def test_what_a_server_said_in_place_of_a_list_is_quoted() -> None:
    error = errors.BadAnswer(errors.BadAnswerKind.WRONG_SHAPE, "Chart locked!")
    whole = "Cerbo sent an unreadable answer. It says: “Chart locked!” Try again in a moment."
    assert error_sentence(error).whole == whole


def test_only_an_unkept_photo_is_called_unsafe() -> None:
    for error in ALL_ERRORS:
        is_kept_elsewhere = isinstance(error, errors.NotSafe) and error.reason is errors.NotSafeReason.KEPT_FOR_ANOTHER
        unsafe = isinstance(error, errors.NotSafe) and not is_kept_elsewhere
        assert error_sentence(error).is_safe is not unsafe
