"""How far one request gets on its way to Cerbo, step by step."""

import socket
from collections.abc import Iterator, Mapping

import httpx

from cerbo_desktop.api.sockets import NameTimeout
from cerbo_desktop.domain.errors import StoppedAt

_BEGUN = {
    "connection.connect_tcp.started": StoppedAt.CONNECTION,
    "connection.start_tls.started": StoppedAt.TLS_HANDSHAKE,
    "http11.send_request_headers.started": StoppedAt.ANSWER,
}
"""By httpcore's names for what it does."""


class RequestTrace:
    """httpcore tells it of each step: the request's extension `trace`."""

    def __init__(self) -> None:
        self._begun: StoppedAt | None = None

    async def __call__(self, step: str, _facts: Mapping[str, object]) -> None:
        self._begun = _BEGUN.get(step, self._begun)

    def stopped_at(self, failure: Exception, *, is_encrypted: bool) -> StoppedAt | None:
        """Where a request stopped that ended in `failure`; `is_encrypted`: its origin has a certificate."""
        if self._begun is StoppedAt.ANSWER and is_encrypted:
            return StoppedAt.SECURE_ANSWER
        return _of_connecting(failure) if self._begun is StoppedAt.CONNECTION else self._begun


def _of_connecting(failure: Exception) -> StoppedAt | None:
    causes = tuple(_causes(failure))
    if any(isinstance(cause, socket.gaierror | NameTimeout) for cause in causes):
        return StoppedAt.NAME_LOOKUP
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return StoppedAt.REFUSED
    if isinstance(failure, httpx.ConnectTimeout):
        return StoppedAt.CONNECT_TIMEOUT
    return StoppedAt.CONNECTION if isinstance(failure, httpx.ConnectError) else None


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    while failure is not None:
        yield failure
        failure = failure.__cause__ or failure.__context__  # the pool clears the cause of what passes through it
