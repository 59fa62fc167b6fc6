"""The words for the connection to Cerbo: the strip, the foot of the pane, the clock."""

from datetime import datetime, timedelta
from typing import assert_never

from cerbo_desktop.domain.errors import StoppedAt, TlsFault
from cerbo_desktop.ui.text import dates, lists
from cerbo_desktop.ui.text.catalogue import translate

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def open_setup() -> str:
    return translate("Connection", "Open setup")


def try_now() -> str:
    return translate("Connection", "Try now")


def next_try(seconds: int) -> str:
    """0: it is being tried"""
    if not seconds:
        return translate("Connection", "Trying…")
    return translate("Connection", "Next try in {seconds} s").format(seconds=seconds)


# The strip: a title, and the text beside it. `going` photos go out automatically, `asking` need a person.


def offline(since: datetime) -> str:
    return translate("Connection", "Offline since {time}").format(time=dates.clock(since))


def offline_text(going: int, asking: int, stopped_at: StoppedAt | None = None) -> str:
    """What follows, and for the clinic's IT how far this PC gets."""
    keep_working, reached = translate("Connection", "Keep working."), _reached(stopped_at)
    return lists.sentences(keep_working, _sent_later(going), _needing_attention(asking), reached)


def _reached(stopped_at: StoppedAt | None) -> str:
    """To be read aloud to the clinic's IT; empty where it isn't known."""
    match stopped_at:
        case None | StoppedAt.CERTIFICATE:
            return ""
        case StoppedAt.NAME_LOOKUP:
            return translate("Connection", "For IT: Cerbo’s address was not found by its name.")
        case StoppedAt.CONNECTION:
            return translate("Connection", "For IT: address known; no connection could be made.")
        case StoppedAt.REFUSED:
            return translate("Connection", "For IT: address known; the connection was refused.")
        case StoppedAt.CONNECT_TIMEOUT:
            return translate("Connection", "For IT: address known; nothing answered at it.")
        case StoppedAt.TLS_HANDSHAKE:
            return translate("Connection", "For IT: connected; broken off before the certificate could be checked.")
        case StoppedAt.ANSWER:
            return translate("Connection", "For IT: connected; no answer came.")
        case StoppedAt.SECURE_ANSWER:
            return translate("Connection", "For IT: connected; certificate accepted; no answer came.")
        case _:
            assert_never(stopped_at)


def not_cerbo() -> str:
    return translate("Connection", "Not Cerbo")


def not_cerbo_text(since: datetime, going: int, asking: int) -> str:
    sign_in = translate(
        "Connection",
        "Another page has been answering instead of Cerbo since {time}. Sign in to this network first.",
    ).format(time=dates.clock(since))
    reached = translate("Connection", "For IT: connected; something other than Cerbo answered.")
    return lists.sentences(sign_in, _sent_later(going), _needing_attention(asking), reached)


def proxy_text(since: datetime, going: int, asking: int) -> str:
    proxy = translate(
        "Connection", "A proxy of this network has been answering instead of Cerbo since {time}. It wants a sign-in."
    ).format(time=dates.clock(since))
    reached = translate("Connection", "For IT: connected; a proxy refused to pass the request on.")
    return lists.sentences(proxy, _sent_later(going), _needing_attention(asking), reached)


def busy_text(n: int) -> str:
    """Say that Cerbo is busy; `n` is the number of photos that go out automatically."""
    if not n:
        return translate("Connection", "It asked this PC to wait. What is missing will load automatically.")
    return translate(
        "Connection",
        "It asked this PC to wait. What is missing will load automatically. %n photo(s) (is|are) saved and encrypted "
        "on this PC and will be sent then.",
        "",
        n,
    )


def key_not_accepted() -> str:
    return translate("Connection", "Key not accepted")


def key_not_accepted_text() -> str:
    return translate(
        "Connection", "Cerbo rejected this key and secret. Nothing will be retried until they are checked."
    )


def not_verified() -> str:
    return translate("Connection", "Can’t verify that this is Cerbo")


def not_verified_text(fault: TlsFault, issuer: str) -> str:
    """`issuer` as the certificate names it; empty where it is not known"""
    issued = translate("Connection", "Issued by {issuer}.").format(issuer=issuer) if issuer else ""
    nothing_sent = translate("Connection", "Nothing was sent. Contact your clinic’s IT.")
    return lists.sentences(_certificate(fault), issued, nothing_sent)


def _certificate(fault: TlsFault) -> str:
    match fault:
        case TlsFault.EXPIRED:
            return translate("Connection", "Its certificate has expired, or this PC’s clock is wrong.")
        case TlsFault.NOT_YET_VALID:
            return translate("Connection", "Its certificate is not valid yet, or this PC’s clock is wrong.")
        case TlsFault.WRONG_HOST:
            return translate("Connection", "Its certificate belongs to another address.")
        case TlsFault.UNKNOWN_ISSUER:
            return translate("Connection", "Its certificate comes from an issuer this PC doesn’t trust.")
        case TlsFault.OTHER:
            return translate("Connection", "The secure connection failed.")
        case _:
            assert_never(fault)


def _sent_later(n: int) -> str:
    if not n:
        return ""
    return translate(
        "Connection",
        "%n photo(s) (is|are) saved and encrypted on this PC and will be sent automatically when the connection "
        "returns.",
        "",
        n,
    )


def _needing_attention(n: int) -> str:
    if not n:
        return ""
    return translate("Connection", "%n photo(s) (needs|need) you: see Needs attention in Uploads.", "", n)


# The foot of the pane.


def settings() -> str:
    return translate("Connection", "Settings")


def connected() -> str:
    return translate("Connection", "Connected")


def slow() -> str:
    return translate("Connection", "Slow connection")


def is_offline() -> str:
    return translate("Connection", "Offline")


def not_secure() -> str:
    return translate("Connection", "Connection not secure")


# The clock of this PC.


def clock_title(ahead: timedelta) -> str:
    """This PC’s clock is 7 minutes behind Cerbo’s; `ahead` of it where positive."""
    seconds = round(abs(ahead.total_seconds()))
    is_ahead = ahead > timedelta()
    if seconds < 2 * _HOUR:
        minutes = max(1, round(seconds / _MINUTE))
        if is_ahead:
            return translate("Connection", "This PC’s clock is %n minute(s) ahead of Cerbo’s.", "", minutes)
        return translate("Connection", "This PC’s clock is %n minute(s) behind Cerbo’s.", "", minutes)
    if seconds < 2 * _DAY:
        hours = round(seconds / _HOUR)
        if is_ahead:
            return translate("Connection", "This PC’s clock is %n hour(s) ahead of Cerbo’s.", "", hours)
        return translate("Connection", "This PC’s clock is %n hour(s) behind Cerbo’s.", "", hours)
    days = round(seconds / _DAY)
    if is_ahead:
        return translate("Connection", "This PC’s clock is %n day(s) ahead of Cerbo’s.", "", days)
    return translate("Connection", "This PC’s clock is %n day(s) behind Cerbo’s.", "", days)


def clock_text() -> str:
    return translate("Connection", "Photo times may be wrong. Ask your clinic’s IT to set it.")
