"""Statuses and the HTTP library's exceptions in the words of `domain.errors`; nothing of their text is kept."""

import ssl
from collections.abc import Mapping

import httpx

from cerbo_desktop.api import overload
from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    Forbidden,
    MaybeSent,
    Missing,
    Overloaded,
    ServerError,
    ServerRefusal,
    ServerRefused,
    SignedOut,
    Stalled,
    StoppedAt,
    TlsFault,
    TurnedAway,
    Unreachable,
    Untrusted,
)

Headers = Mapping[str, str]

_REFUSALS = {
    400: ServerRefusal.INVALID,
    413: ServerRefusal.TOO_BIG,
    415: ServerRefusal.WRONG_TYPE,
    422: ServerRefusal.INVALID,
}
_NO_SUCH_WAY = frozenset({405, 501})
"""By their definition nothing was carried out."""
_NO_SUCH_FORM = 406
"""Said of the form of an answer, which may come after what was asked is done."""
_NOT_OFFERED = _NO_SUCH_WAY | {_NO_SUCH_FORM}
_NOT_CERBO = frozenset({BadAnswerKind.WEB_PAGE, BadAnswerKind.REDIRECT, BadAnswerKind.PROXY})
_OF_A_PROXY = frozenset({407, 511})
_BROKEN_OFF = (ssl.SSLEOFError, ssl.SSLWantReadError, ssl.SSLWantWriteError, ssl.SSLZeroReturnError)
"""What a handshake was at when the connection broke: no verdict on a certificate."""
_TLS_FAULTS = {
    10: TlsFault.EXPIRED,
    9: TlsFault.NOT_YET_VALID,
    62: TlsFault.WRONG_HOST,
    64: TlsFault.WRONG_HOST,
    2: TlsFault.UNKNOWN_ISSUER,
    18: TlsFault.UNKNOWN_ISSUER,
    19: TlsFault.UNKNOWN_ISSUER,
    20: TlsFault.UNKNOWN_ISSUER,
    21: TlsFault.UNKNOWN_ISSUER,
    # Windows: CERT_E_EXPIRED, CERT_E_CN_NO_MATCH, CERT_E_UNTRUSTEDROOT, CERT_E_CHAINING
    0x800B0101: TlsFault.EXPIRED,
    0x800B010F: TlsFault.WRONG_HOST,
    0x800B0109: TlsFault.UNKNOWN_ISSUER,
    0x800B010A: TlsFault.UNKNOWN_ISSUER,
    # macOS: errSecCertificateExpired, errSecCertificateNotValidYet, errSecHostNameMismatch, errSecNotTrusted
    -67818: TlsFault.EXPIRED,
    -67819: TlsFault.NOT_YET_VALID,
    -67602: TlsFault.WRONG_HOST,
    -67843: TlsFault.UNKNOWN_ISSUER,
}
"""The verification codes of OpenSSL and of the operating systems."""


def of_status(status: int, headers: Headers) -> ServerError | None:
    """What a status alone says; None for 2xx."""
    if 200 <= status < 300:
        return None
    if status in _REFUSALS:
        return ServerRefused(_REFUSALS[status])
    if status in overload.STATUSES:
        return Overloaded(overload.wait_asked_s(headers))
    if status in (404, 410):
        return Missing()
    if 300 <= status < 400:
        return BadAnswer(BadAnswerKind.REDIRECT)
    if status in _NOT_OFFERED:
        return BadAnswer(BadAnswerKind.NOT_OFFERED)
    if status in _OF_A_PROXY:
        return BadAnswer(BadAnswerKind.PROXY)
    plain: dict[int, type[ServerError]] = {401: SignedOut, 403: Forbidden, 408: Stalled}
    return plain[status]() if status in plain else BadAnswer(BadAnswerKind.SERVER_FAULT)


def of_upload_status(status: int, headers: Headers, *, has_left: bool) -> ServerError | None:
    """As `of_status`, for the answer to an upload; None where the body has to be read.

    Some statuses prove that nothing was stored. Any other answer does so only before the last byte has left.
    """
    error = ServerRefused(ServerRefusal.NOT_OFFERED) if status in _NO_SUCH_WAY else of_status(status, headers)
    if not has_left:
        return Stalled() if error is None or isinstance(error, BadAnswer) else error
    if error is None or status == 429 or isinstance(error, SignedOut | Forbidden | Missing | ServerRefused):
        return error
    return TurnedAway() if status == _NO_SUCH_FORM or 300 <= status < 400 else MaybeSent()


def of_exception(error: httpx.HTTPError, stopped_at: StoppedAt | None, *, has_answer: bool) -> ServerError:
    """What a failed exchange means. `has_answer`: the status line had arrived."""
    tls = _tls_error(error)
    if tls is not None:
        return Untrusted(_TLS_FAULTS.get(getattr(tls, "verify_code", 0), TlsFault.OTHER))
    if isinstance(error, httpx.TimeoutException):
        return Unreachable(None if has_answer else stopped_at)
    if has_answer:
        return BadAnswer(BadAnswerKind.CUT_OFF)
    is_garbage = isinstance(error, httpx.RemoteProtocolError) and "disconnected" not in str(error)
    return BadAnswer(BadAnswerKind.WRONG_SHAPE) if is_garbage else Unreachable(stopped_at)


def of_one_photo(error: ServerError, failure: Exception) -> ServerError:
    """The error of a photo's request. That one photo made no progress says little about the line: it is `Stalled`,
    unless no connection could be made at all."""
    is_lost = isinstance(failure, httpx.ConnectError) or type(error) is not Unreachable
    if is_lost or not isinstance(error, Unreachable):
        return error
    return Stalled(error.stopped_at)


def of_one_thing(error: ServerError, failure: Exception, *, is_silent: bool) -> ServerError:
    """As `of_one_photo`, for any other request: it is `Unreachable` too where its time was up and `is_silent`, that is,
    no other request was answered meanwhile."""
    is_time_up = isinstance(failure, TimeoutError | httpx.TimeoutException)
    is_lost = isinstance(failure, httpx.ConnectTimeout) or (is_time_up and is_silent)
    return error if is_lost else of_one_photo(error, failure)


def is_other_answering(error: ServerError) -> bool:
    """A page or a redirect: something else than Cerbo may answer on this network."""
    return isinstance(error, BadAnswer) and error.kind in _NOT_CERBO


def _tls_error(error: httpx.HTTPError) -> ssl.SSLError | None:
    """The TLS fault that kept a connection from being made; a handshake that just ended is none."""
    if not isinstance(error, httpx.ConnectError):
        return None
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__  # the pool clears the cause of what passes through it
    return cause if isinstance(cause, ssl.SSLError) and not isinstance(cause, _BROKEN_OFF) else None
