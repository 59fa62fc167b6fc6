"""The connection test of the setup page: its checks, how each ended, and why."""

from collections.abc import Sequence
from typing import assert_never

from cerbo_desktop.domain.errors import TlsFault
from cerbo_desktop.services.connection_checks import (
    AnsweredIn,
    CheckOutcome,
    CheckReason,
    CheckReport,
    ConnectionCheck,
    Finding,
    UntrustedCertificate,
    ValidUntil,
)
from cerbo_desktop.services.photos.trying_photos import NotTried, PhotoFinding, RouteFinding, TriedRoutes
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import dates, numbers
from cerbo_desktop.ui.text.catalogue import translate


def title() -> str:
    return translate("SetupChecks", "Connection test")


def test_connection() -> str:
    return translate("SetupChecks", "Test connection")


def test_again() -> str:
    return translate("SetupChecks", "Test again")


def testing() -> str:
    return translate("SetupChecks", "Testing…")


def check_name(check: ConnectionCheck) -> str:
    match check:
        case ConnectionCheck.ADDRESS:
            return translate("SetupChecks", "Address answers")
        case ConnectionCheck.SECURE:
            return translate("SetupChecks", "Secure connection")
        case ConnectionCheck.KEY:
            return translate("SetupChecks", "Key and secret")
        case ConnectionCheck.FIND_PATIENTS:
            return translate("SetupChecks", "Find patients")
        case ConnectionCheck.SEE_PHOTOS:
            return translate("SetupChecks", "See photos")
        case ConnectionCheck.APPOINTMENTS:
            return translate("SetupChecks", "Today’s appointments")
        case ConnectionCheck.SEND_PHOTOS:
            return translate("SetupChecks", "Send photos")
        case _:
            assert_never(check)


def outcome(ended: CheckOutcome) -> str:
    match ended:
        case CheckOutcome.OK:
            return translate("SetupChecks", "OK")
        case CheckOutcome.NOT_ALLOWED:
            return translate("SetupChecks", "Not allowed")
        case CheckOutcome.FAILED:
            return translate("SetupChecks", "Failed")
        case CheckOutcome.NOT_TESTED:
            return translate("SetupChecks", "Not tested")
        case _:
            assert_never(ended)


def verdict(results: Sequence[CheckReport]) -> str:
    """What the checks come to, for the foot of the page."""
    failed = sum(result.outcome in (CheckOutcome.FAILED, CheckOutcome.NOT_ALLOWED) for result in results)
    if not failed:
        return translate("SetupChecks", "All checks passed.")
    return translate("SetupChecks", "%n check(s) failed. You can continue now and fix (it|them) later.", "", failed)


def reason(finding: Finding) -> str:
    """One line on why a check ended as it did."""
    match finding:
        case CheckReason():
            return _plain_reason(finding)
        case AnsweredIn():
            return translate("SetupChecks", "{seconds} seconds").format(
                seconds=numbers.decimal(max(0.1, finding.seconds))
            )
        case ValidUntil():
            return translate("SetupChecks", "The certificate is valid until {month}").format(
                month=dates.month(finding.day)
            )
        case UntrustedCertificate():
            return _certificate(finding)
        case TriedRoutes() | NotTried():
            return photo_reason(finding)
        case _:
            assert_never(finding)


def _plain_reason(why: CheckReason) -> str:
    match why:
        case CheckReason.ON_THIS_PC:
            return translate("SetupChecks", "On this PC only")
        case CheckReason.TRUSTED:
            return translate("SetupChecks", "The certificate is trusted")
        case CheckReason.ACCEPTED:
            return translate("SetupChecks", "Accepted by Cerbo")
        case CheckReason.SEARCH_WORKS:
            return translate("SetupChecks", "Search works")
        case CheckReason.APPOINTMENTS_WORK:
            return translate("SetupChecks", "The list works")
        case CheckReason.NOTHING_SENT:
            return translate("SetupChecks", "Nothing is sent to real charts.")
        case CheckReason.EARLIER_FAILED:
            return translate("SetupChecks", "Needs the checks above.")
        case _:
            return _trouble(why)


def _trouble(why: CheckReason) -> str:
    match why:
        case CheckReason.NO_ANSWER:
            return translate("SetupChecks", "No answer. Check the address and the internet connection.")
        case CheckReason.NOT_CERBO:
            return translate("SetupChecks", "Something other than Cerbo answered. Check the address.")
        case CheckReason.BUSY:
            return translate("SetupChecks", "Cerbo is busy. Wait a minute, then test again.")
        case CheckReason.FAULT:
            return translate(
                "SetupChecks", "The server reports an error of its own. Test again later, or tell your clinic’s IT."
            )
        case CheckReason.NOT_OFFERED:
            return translate("SetupChecks", "Cerbo doesn’t offer this. Tell your clinic’s IT.")
        case CheckReason.REFUSED:
            return translate("SetupChecks", "Cerbo refused the request. Tell your clinic’s IT.")
        case CheckReason.KEY_REFUSED:
            return translate("SetupChecks", "Cerbo does not accept this key and secret.")
        case CheckReason.KEY_FORBIDDEN:
            return translate(
                "SetupChecks",
                "Cerbo refuses this key from this network. It may be limited to another network address.",
            )
        case CheckReason.MAY_NOT_SEARCH:
            return translate("SetupChecks", "This key isn’t allowed to find patients.")
        case CheckReason.MAY_NOT_READ_APPOINTMENTS:
            return translate(
                "SetupChecks",
                "This key isn’t allowed to read them. The Today list stays empty until Cerbo allows it.",
            )
        case _:
            return translate("SetupChecks", "Cerbo sent an unexpected answer.")


def _certificate(found: UntrustedCertificate) -> str:
    match found.fault:
        case TlsFault.EXPIRED:
            return translate("SetupChecks", "The certificate has expired. Check the date and time of this PC.")
        case TlsFault.NOT_YET_VALID:
            return translate("SetupChecks", "The certificate is not valid yet. Check the date and time of this PC.")
        case TlsFault.WRONG_HOST:
            return translate("SetupChecks", "The certificate belongs to another address.")
        case TlsFault.UNKNOWN_ISSUER if found.issuer:
            return translate("SetupChecks", "This PC doesn’t trust the certificate’s issuer, {issuer}.").format(
                issuer=plain(found.issuer)
            )
        case TlsFault.UNKNOWN_ISSUER:
            return translate("SetupChecks", "This PC doesn’t trust the certificate’s issuer.")
        case TlsFault.OTHER:
            return translate("SetupChecks", "No secure connection could be made.")
        case _:
            assert_never(found.fault)


def photo_reason(finding: PhotoFinding) -> str:
    """What came of trying a photo by both routes."""
    match finding:
        case NotTried.NO_PATIENT:
            return translate("SetupChecks", "No appointment today to test with.")
        case NotTried.NO_LIST:
            return translate(
                "SetupChecks",
                "Cerbo answers “not found” to each list of photos that was tried. Perhaps no patient there has a photo "
                "yet. If some have, check the address.",
            )
        case NotTried.NO_PHOTO:
            return translate("SetupChecks", "The list works. There was no photo to test with.")
        case NotTried.NOT_ALLOWED_TO_LIST:
            return translate("SetupChecks", "This key isn’t allowed to list photos.")
        case TriedRoutes():
            return _routes(finding)
        case _:
            assert_never(finding)


def _routes(tried: TriedRoutes) -> str:
    stream, content = tried.stream, tried.content
    if stream is RouteFinding.GIVES and content is RouteFinding.GIVES:
        return translate("SetupChecks", "List and photos work, by /stream and by /content.")
    if RouteFinding.GIVES in (stream, content):
        works, other = ("/stream", "/content") if stream is RouteFinding.GIVES else ("/content", "/stream")
        source = translate("SetupChecks", "List and photos work by {works} alone: {other} returns no photo.")
        if RouteFinding.NOT_ALLOWED in (stream, content):
            source = translate("SetupChecks", "List and photos work by {works} alone: {other} isn’t allowed.")
        return source.format(works=works, other=other)
    if stream is content is RouteFinding.NOT_ALLOWED:
        return translate("SetupChecks", "The list works. This key isn’t allowed to open photos.")
    if RouteFinding.NOT_ALLOWED not in (stream, content):
        return translate("SetupChecks", "The list works. A photo can’t be opened: neither route returns one.")
    barred, empty = ("/stream", "/content") if stream is RouteFinding.NOT_ALLOWED else ("/content", "/stream")
    return translate(
        "SetupChecks", "The list works. A photo can’t be opened: {barred} isn’t allowed, {empty} returns no photo."
    ).format(barred=barred, empty=empty)
