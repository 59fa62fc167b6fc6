"""The one place that sends. Each request takes a slot of the priority limiter, has to get on, has a ceiling, and ends
in a value or in an error of ours.

GETs are tried up to three times; a DELETE and the upload never by themselves. While Cerbo is overloaded nothing is sent
at all: what can wait, waits.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeVar

import httpx

from cerbo_desktop.api import certificate, faults, receipts, upload_answers, wire
from cerbo_desktop.api.auth import OriginAuth, trust
from cerbo_desktop.api.body import BodyStream, PhotoBody, headers_of
from cerbo_desktop.api.calls import Call, Incoming, read_list, read_no_page
from cerbo_desktop.api.connection_pool import LeanTransport
from cerbo_desktop.api.flowing import Noted, sending
from cerbo_desktop.api.holds import Hold
from cerbo_desktop.api.http_dates import http_date
from cerbo_desktop.api.line_news import LineNews, OnContact
from cerbo_desktop.api.operations import PHOTO_BYTES
from cerbo_desktop.api.quiet_libraries import quieten_libraries
from cerbo_desktop.api.restraint import NO_PLACE, Place, Restraint
from cerbo_desktop.api.retry_policy import RetryPolicy
from cerbo_desktop.api.rights import Rights
from cerbo_desktop.api.sockets import LeanBackend
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import (
    BadAnswer,
    Forbidden,
    MaybeSent,
    ServerError,
    SignedOut,
    Stalled,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.portal_queue import Receipt
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.progress_limit import ProgressLimit
from cerbo_desktop.runtime.timer import Timer

Answer = TypeVar("Answer")
Reader = Callable[["Incoming"], Awaitable[Answer]]
OnDate = Callable[[datetime, float], None]
"""Hears the server's date in an answer, and how many seconds ago the question was asked."""

_TIMEOUTS = httpx.Timeout(15.0, connect=5.0, read=None)
"""How long an answer may take is `ProgressLimit`'s, which knows when it has to stand still and what an upload needs."""
_LARGE_JSON_BYTES = 512 * 1024


class HttpSession:
    """Requests to one origin with one key.

    `Rights` says what a 401 or a 403 means, and what is not sent any more because of it.

    `on_contact` is for `LineNews`, `clinic_authority` for `auth.trust`. `on_date` hears the date of each answer that
    no cache had kept.
    """

    def __init__(
        self,
        origin: Origin,
        username: str,
        secret: str,
        on_contact: OnContact,
        on_date: OnDate,
        clinic_authority: str = "",
        timer: Timer | None = None,
        *,
        is_patient: bool = True,
    ) -> None:
        self._origin, self._clinic_authority = origin, clinic_authority
        self._on_date = on_date
        self._auth = OriginAuth(origin, username, secret)
        self._restraint = Restraint(timer, is_patient=is_patient)
        self._large_reads = asyncio.Lock()
        self._backend = LeanBackend()
        self._opening = asyncio.Lock()
        self._http: httpx.AsyncClient | None = None
        self._is_closed = False
        self._rights = Rights(self._ask, self._restraint.tells_of_all)
        self._line = LineNews(on_contact, self._rights, self._restraint)
        quieten_libraries()

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

    async def probe(self) -> None:
        """Ask the cheapest question that Cerbo answered before, even with a key that it has refused since."""
        try:
            await self._rights.probe()
        except ServerError as error:
            self._line.note_look(error)
            raise
        self._line.note_answer()

    def forget_refusals(self) -> None:
        """Ask again for what Cerbo refused to this key: a person wants to know, or its rights may have changed."""
        self._rights.forget_refusals()

    async def get(self, call: Call, read: Reader[Answer]) -> Answer:
        """Ask, and again after a short failure or an overload; return what `read` makes of the answer."""
        return await self._restraint.asked(call, lambda: self._tried(call, read))

    async def _tried(self, call: Call, read: Reader[Answer]) -> Answer:
        policy = RetryPolicy(has_other_way=call.operation in PHOTO_BYTES)
        while True:
            try:
                return await self._once(call, read)
            except ServerError as error:
                if (pause_s := policy.pause_s(error)) is None:
                    raise
            await asyncio.sleep(pause_s)

    async def get_read(self, call: Call, read: Callable[[bytes], Answer], receive: Reader[bytes] = read_list) -> Answer:
        """As `get`, with the JSON read by `read` in a thread: for 4 MB that takes a tenth of a second and more."""

        async def read_in_thread(answer: Incoming) -> Answer:
            body = await receive(answer)
            if len(body) < _LARGE_JSON_BYTES:
                return await asyncio.to_thread(read, body)
            async with self._large_reads:  # a search asks four questions: 4 MB of rows take 15 MB while they are read
                return await asyncio.to_thread(read, body)

        return await self.get(call, read_in_thread)

    async def delete(self, call: Call) -> None:
        """Send once. An empty answer is as good as JSON; an answer that tells of a failure raises `ServerRefused`."""
        body = await self._once(call, read_list)
        if body.strip():
            receipts.refuse_failure(wire.record_of(await asyncio.to_thread(wire.decoded, body)))

    async def upload(self, call: Call, body: PhotoBody) -> Receipt:
        """Send once.

        Raises `Unreachable` only while the last byte has not left, `MaybeSent` when the photo may have arrived.
        """
        async with self._restraint.place(call) as place:
            looks_before = await self._rights.admit(call)
            with contextlib.suppress(SignedOut), _stalling_only_for(call):
                return await self._uploaded(call, body, place)
        raise await self._judged(call, looks_before)

    async def _uploaded(self, call: Call, body: PhotoBody, place: Place) -> Receipt:
        started_s = time.monotonic()
        with self._reported(call):
            try:
                async with ProgressLimit(call.window_s) as limit, self._open(call, limit, place, body) as answer:
                    return await upload_answers.read(answer, call, body)
            except (httpx.HTTPError, TimeoutError) as error:
                trouble = await self._named(error, has_answer=False)
                trouble = faults.of_one_thing(trouble, error, is_silent=self._line.is_silent_since(started_s))
            except BadAnswer:
                trouble = MaybeSent()
            raise upload_answers.trouble_of(trouble, body) from None

    async def _once(self, call: Call, read: Reader[Answer]) -> Answer:
        async with self._restraint.place(call) as place:
            looks_before = await self._rights.admit(call)
            with contextlib.suppress(SignedOut), _stalling_only_for(call):
                return await self._answer(call, read, place)
        raise await self._judged(call, looks_before)

    async def _ask(self, call: Call) -> None:
        """Without a place: those who hold them all may be waiting for this very answer."""
        await self._answer(call, read_no_page, NO_PLACE, is_look=True)

    async def _judged(self, call: Call, looks_before: int) -> ServerError:
        if not call.operation.is_about_key:
            return SignedOut()
        error = await self._rights.judged(call, looks_before)
        self._line.note_look(error)
        return error

    async def _answer(self, call: Call, read: Reader[Answer], place: Place, *, is_look: bool = False) -> Answer:
        has_answer, started_s = False, time.monotonic()
        with self._reported(call, is_look=is_look):
            try:
                async with ProgressLimit(call.window_s) as limit, self._open(call, limit, place) as answer:
                    has_answer = True
                    error = answer.refusal or faults.of_status(answer.status, answer.headers)
                    if error is not None:
                        raise error
                    return await read(answer)
            except (httpx.HTTPError, TimeoutError) as failure:
                trouble = await self._named(failure, has_answer=has_answer)
                if call.operation in PHOTO_BYTES:
                    trouble = faults.of_one_photo(trouble, failure)
                else:
                    trouble = faults.of_one_thing(trouble, failure, is_silent=self._line.is_silent_since(started_s))
            raise trouble from None

    @asynccontextmanager
    async def _open(
        self, call: Call, limit: ProgressLimit, place: Place, body: PhotoBody | None = None
    ) -> AsyncIterator[Incoming]:
        """Send; the answer's body is still to be read. Leaving early closes the connection, not the pool."""
        http = await self._client()
        request = http.build_request(
            call.operation.method,
            self._origin.text + call.target,
            headers={"Accept": call.accept, **call.more_headers(call), **headers_of(body)},
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
        hold = Hold(response.extensions["network_stream"], limit, place)
        try:
            yield Incoming(response.status_code, response.headers, Noted(parts, limit.note), refusal, hold)
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

    @contextmanager
    def _reported(self, call: Call, *, is_look: bool = False) -> Iterator[None]:
        """Tell the restraint, the rights, the log and the connection state how an exchange ended.

        `is_look`: a question that is asked to find out; what all of them came to is told by `LineNews.note_look`.
        """
        started_s = time.monotonic()
        try:
            yield
        except ServerError as error:
            took_ms = int(1000 * (time.monotonic() - started_s))
            name = call.operation.name
            event(Event.REQUEST_FAILED, what=type(error), operation=name, took_ms=took_ms, is_warning=True)
            if isinstance(error, Forbidden):
                self._rights.note_forbidden(call)
            self._line.note_error(call, error, is_look=is_look)
            raise
        self._restraint.note_success(call)
        self._rights.note_given(call)
        self._line.note_answer()


@contextmanager
def _stalling_only_for(call: Call) -> Iterator[None]:
    """A photo says that it did not get on. To whoever asked for anything else, Cerbo could not be reached."""
    try:
        yield
    except Stalled:
        if call.operation in PHOTO_BYTES:
            raise
        raise Unreachable from None
