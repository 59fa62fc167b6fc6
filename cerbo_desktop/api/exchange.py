"""The one place that sends. Every request takes a place at the turnstile, has a deadline and a ceiling, and ends in a
value or in an error of ours.

GETs are tried up to three times; a DELETE and the upload never by themselves.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeVar

import httpx
import stamina
import stamina.instrumentation

from cerbo_desktop.api import certificate, faults, receipts, wire
from cerbo_desktop.api.auth import OriginAuth, trust
from cerbo_desktop.api.body import PhotoBody
from cerbo_desktop.api.calls import Call, Incoming, read_body
from cerbo_desktop.api.flowing import Noted, sending
from cerbo_desktop.api.holds import Hold
from cerbo_desktop.api.lines import LeanTransport
from cerbo_desktop.api.operations import PHOTO_BYTES, Operation
from cerbo_desktop.api.patience import Patience
from cerbo_desktop.api.sockets import LeanBackend
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import (
    BadAnswer,
    Forbidden,
    MaybeSent,
    Missing,
    Overloaded,
    ServerError,
    ServerRefused,
    SignedOut,
    Stalled,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.limits import MAX_CONCURRENT_REQUESTS, MAX_JSON_BYTES
from cerbo_desktop.domain.ports import Receipt
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.progress_limit import ProgressLimit
from cerbo_desktop.runtime.turnstile import Turnstile

Answer = TypeVar("Answer")
Reader = Callable[["Incoming"], Awaitable[Answer]]
OnContact = Callable[[ServerError | None], None]
OnDate = Callable[[datetime, float], None]
"""Hears the server's date in an answer, and how many seconds ago the question was asked."""

_TIMEOUTS = httpx.Timeout(15.0, connect=5.0, read=None)
"""How long an answer may take is `ProgressLimit`'s, which knows when it has to stand still."""
_RESERVE = 2
"""Beside photos: a photo that a person waits for, and what is asked meanwhile."""
_TRIES = 3
_LARGE_JSON_BYTES = 512 * 1024
_RIGHTS_OF_THEIR_OWN = frozenset({Operation.LIST_QUEUE})
"""A 401 here may mean that this key isn't allowed this one thing: the request after it shows whether the key holds."""


class _BodyStream(httpx.AsyncByteStream):
    """Pieces made elsewhere, and ended there."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._chunks


class Exchange:
    """Requests to one origin with one key.

    After a 401 every request raises `SignedOut` without being sent, until the probe, a look at the users, gets another
    answer: a key that is asked on and on may be locked out.

    `on_contact` hears of each finished exchange: None where Cerbo answered (404, 403 and a refusal are answers), else
    the error. `on_date` hears the date of each answer that no cache had kept. `clinic_authority` is for `auth.trust`.
    """

    def __init__(
        self,
        origin: Origin,
        username: str,
        secret: str,
        on_contact: OnContact,
        on_date: OnDate,
        clinic_authority: str = "",
    ) -> None:
        self._origin, self._clinic_authority = origin, clinic_authority
        self._on_date = on_date
        self._auth = OriginAuth(origin, username, secret)
        self._on_contact = on_contact
        self._turnstile = Turnstile(MAX_CONCURRENT_REQUESTS, reserve=_RESERVE)
        self._large_reads = asyncio.Lock()
        self._backend = LeanBackend()
        self._opening = asyncio.Lock()
        self._http: httpx.AsyncClient | None = None
        self._is_closed = False
        self._is_key_refused = False
        _quieten_libraries()

    @property
    def certificate(self) -> bytes:
        """DER of the certificate last seen; empty before the first connection and for plain http."""
        return self._backend.certificate

    async def prepare(self) -> None:
        """Make what the first request needs, so that it need not wait for it."""
        await self._client()

    async def aclose(self) -> None:
        self._is_closed = True
        if self._http is not None:
            await self._http.aclose()

    async def get(self, call: Call, read: Reader[Answer]) -> Answer:
        """Ask, again after a short failure, and read the answer with `read`."""
        async for attempt in stamina.retry_context(on=Patience(), attempts=_TRIES, timeout=None):
            with attempt:
                return await self._once(call, read)
        raise AssertionError("stamina ends in a value or an error")

    async def get_read(self, call: Call, read: Callable[[bytes], Answer]) -> Answer:
        """What `read` makes of the answer's JSON, in a thread: 4 MB of it is work for a tenth of a second and more."""

        async def read_in_thread(answer: Incoming) -> Answer:
            body = await read_body(answer, MAX_JSON_BYTES)
            if len(body) < _LARGE_JSON_BYTES:
                return await asyncio.to_thread(read, body)
            async with self._large_reads:  # a search asks four questions: 4 MB of rows take 15 MB while they are read
                return await asyncio.to_thread(read, body)

        return await self.get(call, read_in_thread)

    async def delete(self, call: Call) -> None:
        """Once. An empty answer is as good as JSON; one that tells of a failure raises `ServerRefused`."""
        body = await self._once(call, lambda answer: read_body(answer, MAX_JSON_BYTES))
        if body.strip():
            receipts.refuse_failure(wire.record_of(await asyncio.to_thread(wire.decoded, body)))

    async def upload(self, call: Call, body: PhotoBody) -> Receipt:
        """Once. Raises `Unreachable` only while the last byte has not left, `MaybeSent` when it may have arrived."""
        async with self._turnstile.place(call.urgency):
            self._refuse_without_key(call)
            with self._reported(call):
                try:
                    async with ProgressLimit(call.window_s) as limit, self._open(call, limit, body) as answer:
                        return await _read_upload_answer(answer, call, body)
                except (httpx.HTTPError, TimeoutError) as error:
                    trouble = await self._named(error, has_answer=False)
                except BadAnswer:
                    trouble = MaybeSent()
                raise _upload_trouble(trouble, body) from None

    async def _once(self, call: Call, read: Reader[Answer]) -> Answer:
        has_answer = False
        async with self._turnstile.place(call.urgency):
            self._refuse_without_key(call)
            with self._reported(call):
                try:
                    async with ProgressLimit(call.window_s) as limit, self._open(call, limit) as answer:
                        has_answer = True
                        error = faults.of_status(answer.status, answer.headers)
                        if isinstance(error, SignedOut) and call.operation in _RIGHTS_OF_THEIR_OWN:
                            raise Forbidden
                        if error is not None:
                            raise error
                        return await read(answer)
                except (httpx.HTTPError, TimeoutError) as failure:
                    trouble = await self._named(failure, has_answer=has_answer)
                    if type(trouble) is Unreachable and _is_about_one_photo(call, failure):
                        trouble = Stalled()
                raise trouble from None

    @asynccontextmanager
    async def _open(self, call: Call, limit: ProgressLimit, body: PhotoBody | None = None) -> AsyncIterator[Incoming]:
        """Send; the answer's body is still to be read. Leaving early closes the connection, not the pool."""
        http = await self._client()
        request = http.build_request(
            call.operation.method,
            self._origin.text + call.target,
            headers={"Accept": call.accept, **call.more_headers(call), **_body_headers(body)},
        )
        if body is None:
            async with self._answered(http, request, limit) as answer:
                yield answer
            return
        async with contextlib.aclosing(body.chunks()) as chunks:
            request.stream = _BodyStream(sending(chunks, body, limit))
            async with self._answered(http, request, limit) as answer:
                yield answer

    @asynccontextmanager
    async def _answered(
        self, http: httpx.AsyncClient, request: httpx.Request, limit: ProgressLimit
    ) -> AsyncIterator[Incoming]:
        asked_s, asked_at_s = time.monotonic(), time.time()
        response = await http.send(request, stream=True, auth=self._auth, follow_redirects=False)
        if (date := faults.http_date(response.headers.get("date", ""))) and "age" not in response.headers:
            # By either clock: one doesn't count while the PC sleeps, the other may be set meanwhile.
            self._on_date(date, max(time.monotonic() - asked_s, time.time() - asked_at_s))
        parts = response.aiter_raw()
        hold = Hold(response.extensions["network_stream"], limit, self._turnstile)
        try:
            yield Incoming(response.status_code, response.headers, Noted(parts, limit.note), hold)
        finally:
            hold.end()
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

    async def _named(self, failure: httpx.HTTPError | TimeoutError, *, has_answer: bool) -> ServerError:
        if isinstance(failure, TimeoutError):
            return Unreachable()
        error = faults.of_exception(failure, has_answer=has_answer)
        if isinstance(error, Untrusted):
            return Untrusted(error.fault, await certificate.issuer_shown_by(self._origin))
        return error

    def _reported(self, call: Call) -> "_Report":
        return _Report(call.operation, self._turnstile, self._note)

    def _note(self, error: ServerError | None) -> None:
        if error is None or isinstance(error, SignedOut):
            self._is_key_refused = error is not None
        self._on_contact(error)

    def _refuse_without_key(self, call: Call) -> None:
        if self._is_key_refused and call.operation is not Operation.LIST_USERS:
            raise SignedOut


class _Report:
    """Tells the turnstile, the log and the connection state how an exchange ended."""

    def __init__(self, operation: Operation, turnstile: Turnstile, on_contact: OnContact) -> None:
        self._operation = operation
        self._turnstile = turnstile
        self._on_contact = on_contact
        self._started_s = time.monotonic()

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if error is None:
            self._turnstile.recover()
            self._on_contact(None)
        elif isinstance(error, ServerError):
            if isinstance(error, Overloaded):
                self._turnstile.slow_down()
            took_ms = int(1000 * (time.monotonic() - self._started_s))
            event(Event.REQUEST_FAILED, what=kind, operation=self._operation.name, took_ms=took_ms, is_warning=True)
            if isinstance(error, BadAnswer) and self._operation in _RIGHTS_OF_THEIR_OWN:
                return  # of this one list alone, and no word on whether Cerbo can be reached
            self._on_contact(None if isinstance(error, Missing | Forbidden | ServerRefused) else error)


async def _read_upload_answer(answer: Incoming, call: Call, body: PhotoBody) -> Receipt:
    """What a 2xx says, or the reason why the answer is none (contract 6.5)."""
    error = faults.of_upload_status(answer.status, answer.headers, has_left=body.has_left)
    if error is not None:
        raise error
    told = await read_body(answer, MAX_JSON_BYTES)
    return await asyncio.to_thread(receipts.of_body, told, call.ids[0])


def _upload_trouble(trouble: ServerError, body: PhotoBody) -> ServerError:
    if body.has_left:
        return MaybeSent()
    return trouble if isinstance(trouble, Unreachable) else Unreachable()


def _is_about_one_photo(call: Call, failure: Exception) -> bool:
    """Not where no connection could be made: the other photos will fare no better then."""
    return call.operation in PHOTO_BYTES and not isinstance(failure, httpx.ConnectError)


def _body_headers(body: PhotoBody | None) -> dict[str, str]:
    if body is None:
        return {}
    return {"Content-Type": "application/json", "Content-Length": str(body.size_bytes)}


def _quieten_libraries() -> None:
    """An INFO line of the HTTP library holds the searched name and birth date (measured)."""
    for name in ("httpx", "httpcore", "stamina"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    stamina.instrumentation.set_on_retry_hooks([])
