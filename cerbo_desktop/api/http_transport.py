"""The one place that sends: requests to one origin, each answered by a head whose body is still to be read."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from cerbo_desktop.api import certificate, faults
from cerbo_desktop.api.auth import OriginAuth, trust
from cerbo_desktop.api.body import BodyStream, PhotoBody, headers_of
from cerbo_desktop.api.body_progress import ProgressChunks, sending
from cerbo_desktop.api.calls import Call, Incoming
from cerbo_desktop.api.connection_pool import LeanTransport
from cerbo_desktop.api.download_pause import DownloadPause
from cerbo_desktop.api.http_dates import http_date
from cerbo_desktop.api.request_trace import RequestTrace
from cerbo_desktop.api.restraint import Place, Restraint
from cerbo_desktop.api.sockets import LeanBackend
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import ServerError, Unreachable, Untrusted
from cerbo_desktop.runtime.progress_limit import ProgressLimit

OnDate = Callable[[datetime, float], None]
"""Hears the server's date in an answer, and how many seconds ago the question was asked."""

_TIMEOUTS = httpx.Timeout(15.0, connect=5.0, read=None)
"""How long an answer may take is `ProgressLimit`'s, which knows when it has to stand still and what an upload needs."""


class HttpTransport:
    """Connections to one origin, made with the first request. Needs a running loop."""

    def __init__(
        self, origin: Origin, auth: OriginAuth, restraint: Restraint, on_date: OnDate, clinic_authority: str
    ) -> None:
        """`restraint` is told of each request and answer."""
        self._origin, self._auth, self._restraint = origin, auth, restraint
        self._on_date, self._clinic_authority = on_date, clinic_authority
        self._backend = LeanBackend()
        self._opening = asyncio.Lock()
        self._http: httpx.AsyncClient | None = None
        self._is_closed = False

    @property
    def certificate(self) -> bytes:
        """DER of the certificate last seen; empty before the first connection and for plain http."""
        return self._backend.certificate

    async def prepare(self) -> None:
        """Make what the first request needs. Raises `Unreachable` once closed."""
        await self._client()

    async def aclose(self) -> None:
        self._is_closed = True
        if self._http is not None:
            await self._http.aclose()

    @asynccontextmanager
    async def open(
        self, call: Call, limit: ProgressLimit, place: Place, trace: RequestTrace, body: PhotoBody | None = None
    ) -> AsyncIterator[Incoming]:
        """Send; the answer's body is still to be read. Leaving early closes the connection, not the pool. `trace` is
        told how far it gets."""
        http = await self._client()
        request = http.build_request(
            call.operation.method,
            self._origin.text + call.target,
            headers={"Accept": call.accept, **call.more_headers(call), **headers_of(body)},
            extensions={"trace": trace},
        )
        async with contextlib.AsyncExitStack() as stack:
            if body is not None:
                chunks = await stack.enter_async_context(contextlib.aclosing(sending(body, limit)))
                request.stream = BodyStream(chunks)
                request.extensions["outflow"] = body.outflow
            yield await stack.enter_async_context(self._answered(http, call, request, limit, place))

    @asynccontextmanager
    async def _answered(
        self, http: httpx.AsyncClient, call: Call, request: httpx.Request, limit: ProgressLimit, place: Place
    ) -> AsyncIterator[Incoming]:
        asked_s, asked_at_s = time.monotonic(), time.time()
        with self._restraint.sending() as started_s:
            response = await http.send(request, stream=True, auth=self._auth, follow_redirects=False)
        refusal = self._restraint.note(call, response.status_code, response.headers, started_s)
        if (date := http_date(response.headers.get("date", ""))) and "age" not in response.headers:
            # By either clock: one doesn't count while the PC sleeps, the other may be set meanwhile.
            self._on_date(date, max(time.monotonic() - asked_s, time.time() - asked_at_s))
        parts = response.aiter_raw()
        pause = DownloadPause(response.extensions["network_stream"], limit, place)
        try:
            yield Incoming(response.status_code, response.headers, ProgressChunks(parts, limit.note), refusal, pause)
        finally:
            pause.end()
            await response.aclose()
            # A generator left half-way would be ended by a garbage collection, some time, on whatever loop there is.
            with contextlib.suppress(httpx.HTTPError, httpx.StreamError):
                async for _ in parts:
                    pass

    async def _client(self) -> httpx.AsyncClient:
        async with self._opening:
            if self._is_closed:
                raise Unreachable
            if self._http is None:
                context = await trust(self._origin, self._clinic_authority)
                self._http = httpx.AsyncClient(
                    transport=LeanTransport(context, self._backend),
                    headers={"Accept-Encoding": "identity", "User-Agent": "Cerbo-Desktop"},
                    cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                    timeout=_TIMEOUTS,
                    trust_env=False,
                )
            return self._http

    async def named(
        self, failure: httpx.HTTPError | TimeoutError, trace: RequestTrace, *, has_answer: bool
    ) -> ServerError:
        """The error that a failure of the HTTP library stands for."""
        stopped_at = trace.stopped_at(failure, is_encrypted=self._origin.is_encrypted)
        if isinstance(failure, TimeoutError):
            return Unreachable(None if has_answer else stopped_at)
        error = faults.of_exception(failure, stopped_at, has_answer=has_answer)
        if isinstance(error, Untrusted):
            return Untrusted(error.fault, await certificate.issuer_shown_by(self._origin))
        return error
