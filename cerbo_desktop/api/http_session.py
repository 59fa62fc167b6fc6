"""The one way to ask Cerbo. Each request takes a slot of the priority limiter, has to get on, has a ceiling, and ends
in a value or in an error of ours.

GETs are tried up to three times; a DELETE and the upload never by themselves. While Cerbo is overloaded nothing is sent
at all: what can wait, waits.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import httpx

from cerbo_desktop.api import faults, receipts, upload_answers, wire
from cerbo_desktop.api.auth import OriginAuth
from cerbo_desktop.api.body import PhotoBody
from cerbo_desktop.api.calls import Call, Incoming, read_list, read_no_page
from cerbo_desktop.api.http_transport import HttpTransport, OnDate
from cerbo_desktop.api.line_news import LineNews, OnContact
from cerbo_desktop.api.operations import PHOTO_BYTES
from cerbo_desktop.api.quiet_libraries import quieten_libraries
from cerbo_desktop.api.request_trace import RequestTrace
from cerbo_desktop.api.restraint import NO_PLACE, Place, Restraint
from cerbo_desktop.api.retry_policy import RetryPolicy
from cerbo_desktop.api.rights import Rights
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import (
    BadAnswer,
    Forbidden,
    MaybeSent,
    ServerError,
    SignedOut,
    Stalled,
    Unreachable,
)
from cerbo_desktop.domain.portal_queue import Receipt
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.progress_limit import ProgressLimit
from cerbo_desktop.runtime.timer import Timer

Answer = TypeVar("Answer")
Reader = Callable[["Incoming"], Awaitable[Answer]]
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
        self._restraint = Restraint(timer, is_patient=is_patient)
        self._http = HttpTransport(
            origin, OriginAuth(origin, username, secret), self._restraint, on_date, clinic_authority
        )
        self._large_reads = asyncio.Lock()
        self._rights = Rights(self._ask, self._restraint.tells_of_all)
        self._line = LineNews(on_contact, self._rights, self._restraint)
        quieten_libraries()

    @property
    def certificate(self) -> bytes:
        """DER of the certificate last seen; empty before the first connection and for plain http."""
        return self._http.certificate

    async def prepare(self) -> None:
        """Make what the first request needs, so that it need not wait for it."""
        await self._http.prepare()

    async def aclose(self) -> None:
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
        started_s, trace = time.monotonic(), RequestTrace()
        with self._reported(call):
            try:
                async with (
                    ProgressLimit(call.window_s) as limit,
                    self._http.open(call, limit, place, trace, body) as answer,
                ):
                    return await upload_answers.read(answer, call, body)
            except (httpx.HTTPError, TimeoutError) as error:
                trouble = await self._http.named(error, trace, has_answer=False)
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
        has_answer, started_s, trace = False, time.monotonic(), RequestTrace()
        with self._reported(call, is_look=is_look):
            try:
                async with ProgressLimit(call.window_s) as limit, self._http.open(call, limit, place, trace) as answer:
                    has_answer = True
                    error = answer.refusal or faults.of_status(answer.status, answer.headers)
                    if error is not None:
                        raise error
                    return await read(answer)
            except (httpx.HTTPError, TimeoutError) as failure:
                trouble = await self._http.named(failure, trace, has_answer=has_answer)
                if call.operation in PHOTO_BYTES:
                    trouble = faults.of_one_photo(trouble, failure)
                else:
                    trouble = faults.of_one_thing(trouble, failure, is_silent=self._line.is_silent_since(started_s))
            raise trouble from None

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
    except Stalled as error:
        if call.operation in PHOTO_BYTES:
            raise
        raise Unreachable(error.stopped_at) from None
