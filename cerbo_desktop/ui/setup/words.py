"""The set-up page's sentences."""

from cerbo_desktop.domain.address import AddressFault
from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.services.photos.trying_photos import NotTried, PhotoFinding, RouteFinding
from cerbo_desktop.services.session import CheckResult, Outcome
from cerbo_desktop.ui.text import cerbo

ADDRESS_FAULTS = {
    AddressFault.EMPTY: "Type the address that your browser shows when you open Cerbo.",
    AddressFault.NOT_AN_ADDRESS: "Not a web address. Like clinic.md-hq.com",
    AddressFault.NOT_SECURE: "Only addresses with https:// keep the secret safe. Like https://clinic.md-hq.com",
    AddressFault.HAS_PASSWORD: "Leave name and password out of the address; they have their own fields below.",
}
NO_USERNAME = "Type the API key. It starts with pk_"
NO_SECRET = "Type the secret that Cerbo showed once, when the key was made."  # noqa: S105  # a sentence

KEPT_NOTES = {
    "Windows Credential Manager": "For this Windows user, on this PC only.",
    "Keychain": "For this user, on this Mac only.",
    "Secret Service": "For this user, on this PC only.",
}
TESTING, SAVING = "Testing…", "Saving…"
NO_PLACE_TITLE = "This PC’s password store isn’t there"
NO_PLACE_TEXT = (
    "It may still be starting. Without it the secret is kept for this session only: you type it again at the next "
    "start. Nothing is written to disk."
)
NOT_KEPT_TITLE = "This PC’s password store did not take the secret"
NOT_KEPT_TEXT = (
    "Check that it was typed whole and alone; the store may also be busy. “Save and start” goes on with it for this "
    "session only: you type it again at the next start. Nothing is written to disk."
)
_PLACE_TROUBLES = {
    NotSafeReason.NO_KEYRING: (NO_PLACE_TITLE, NO_PLACE_TEXT),
    NotSafeReason.KEYRING_LOCKED: (
        "This PC’s password store is locked",
        "Unlock it before you save. Otherwise the secret is kept for this session only. Nothing is written to disk.",
    ),
}
_PLACE_TROUBLE_OTHERWISE = (
    "This PC’s password store doesn’t answer as it should",
    "If this stays, the secret is kept for this session only: you type it again at the next start. Nothing is written "
    "to disk.",
)


def place_trouble(reason: NotSafeReason) -> tuple[str, str]:
    """Why the secret cannot be kept beyond this session, as far as is known now."""
    return _PLACE_TROUBLES.get(reason, _PLACE_TROUBLE_OTHERWISE)


def not_kept(reason: NotSafeReason) -> tuple[str, str]:
    """Why the secret was not kept though the page had said that it would be."""
    return _PLACE_TROUBLES.get(reason, (NOT_KEPT_TITLE, NOT_KEPT_TEXT))


_NOT_TRIED = {
    NotTried.NO_PATIENT: cerbo.NOBODY_TO_TRY,
    NotTried.NO_LIST: cerbo.NO_LIST_OF_PHOTOS,
    NotTried.NO_PHOTO: cerbo.NO_PHOTO_TO_TRY,
    NotTried.NOT_ALLOWED_TO_LIST: cerbo.MAY_NOT_LIST_ANY_PHOTOS,
}
_ROUTES = {
    RouteFinding.GIVES: "",
    RouteFinding.NOT_ALLOWED: cerbo.ROUTE_NOT_ALLOWED,
    RouteFinding.NO_PHOTO: cerbo.ROUTE_GIVES_NO_PHOTO,
}


def reason_of(result: CheckResult) -> str:
    """One line on why a check ended so."""
    return result.reason if isinstance(result.reason, str) else photo_reason(result.reason)


def photo_reason(finding: PhotoFinding) -> str:
    if isinstance(finding, NotTried):
        return _NOT_TRIED[finding]
    stream, content = _ROUTES[finding.stream], _ROUTES[finding.content]
    if not (stream or content):
        return cerbo.BOTH_ROUTES_WORK
    if not stream:
        return cerbo.ONE_ROUTE_WORKS.format(works="/stream", other="/content", why=content)
    if not content:
        return cerbo.ONE_ROUTE_WORKS.format(works="/content", other="/stream", why=stream)
    if finding.stream is finding.content is RouteFinding.NOT_ALLOWED:
        return cerbo.MAY_NOT_OPEN_PHOTOS
    return cerbo.NO_ROUTE_WORKS.format(stream=stream, content=content)


def verdict(results: list[CheckResult]) -> str:
    """What the checks come to, for the foot of the page."""
    failed = sum(result.outcome in (Outcome.FAILED, Outcome.NOT_ALLOWED) for result in results)
    if not failed:
        return "All checks passed."
    return f"{failed} check{'' if failed == 1 else 's'} failed. You can go on and fix it later."
