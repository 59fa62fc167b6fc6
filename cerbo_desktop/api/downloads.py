"""Whole photos: in what order they share the line, and what happens to one that breaks off."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from functools import partial

import httpx

from cerbo_desktop.api import content
from cerbo_desktop.api.calls import Call, Incoming
from cerbo_desktop.api.content import ArrivingPhoto
from cerbo_desktop.api.http_session import HttpSession
from cerbo_desktop.api.operations import Operation
from cerbo_desktop.api.partial_bodies import (
    NoRestError,
    OtherVersionError,
    PartialBodies,
    PartialBody,
    Rest,
    RestJoiner,
    Version,
    Visit,
)
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerError, ServerRefused, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.limits import MAX_CONCURRENT_REQUESTS, PHOTO_WINDOW_S
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.ports import OnArrival
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.runtime.line_rate import LineRate
from cerbo_desktop.runtime.photo_lane import PhotoLane, Turn

_ACCEPT = "image/*, application/octet-stream;q=0.9, */*;q=0.5"
_WORTH_BYTES = 64 * 1024
"""A connection that brought so much more of a photo is worth another."""


class Downloads:
    """The bytes of whole photos, over one HTTP session. `on_slow` hears whether they come slowly, while any do."""

    def __init__(self, exchange: HttpSession, on_slow: Callable[[bool], None]) -> None:
        self._exchange = exchange
        self._partial_bodies = PartialBodies()
        self._lane = PhotoLane(LineRate(time.monotonic), MAX_CONCURRENT_REQUESTS, on_slow)
        self._in_view: PatientId | None = None

    def close(self) -> None:
        """Forget what came of photos that are not whole, and keep none any more."""
        self._partial_bodies.close()

    def forget(self, patient_id: PatientId) -> None:
        """Forget what came of photos of one patient, also of those that are being ended now."""
        self._partial_bodies.forget(patient_id)

    async def photo(
        self,
        operation: Operation,
        patient_id: PatientId,
        photo_id: PhotoId,
        urgency: Urgency | DynamicUrgency,
        on_arrival: OnArrival | None,
        *,
        has_other_way: bool,
    ) -> Content:
        """The photo. Where a connection breaks, the rest is asked for, for as long as each connection brings more.

        Raises:
            ServerError: what the last try ended in.
        """
        self._note_patient(patient_id, urgency)
        ids = patient_id, photo_id
        call = Call(operation, ids, {}, urgency, _ACCEPT, PHOTO_WINDOW_S, has_other_way, self._range_of)
        async with self._lane.turn(urgency) as turn:
            found = await self._whole(call, partial(self._read, call, patient_id, on_arrival, turn))
        self._partial_bodies.drop(call.target)
        return found

    def _note_patient(self, patient_id: PatientId, urgency: Urgency | DynamicUrgency) -> None:
        """What the photos of one patient showed says nothing of another's. Faces on the board do not count."""
        now = urgency.now if isinstance(urgency, DynamicUrgency) else urgency
        if now <= Urgency.NEAR and patient_id != self._in_view:
            self._in_view = patient_id
            self._lane.forget_sizes()

    async def _whole(self, call: Call, read: Callable[[Incoming], Awaitable[Content]]) -> Content:
        is_rest_sound = True
        while True:
            had_bytes = self._partial_bodies.size_bytes(call.target)
            try:
                return await self._exchange.get(call, read)
            except NoRestError:
                self._partial_bodies.give_up(call.target)
                is_rest_sound = False
            except OtherVersionError:
                is_rest_sound = False
            except ServerError as error:
                if _is_broken(error):
                    brought_bytes = self._partial_bodies.size_bytes(call.target) - had_bytes
                    if not is_rest_sound or brought_bytes < _WORTH_BYTES:
                        raise
                    continue
                is_of_part = self._partial_bodies.size_bytes(call.target) > 0
                if not is_of_part or not isinstance(error, BadAnswer | ServerRefused):
                    raise
                is_rest_sound = False  # refused for asking for a part, perhaps
            self._partial_bodies.drop(call.target)

    def _range_of(self, call: Call) -> dict[str, str]:
        part = self._partial_bodies.get(call.target)
        return {} if part is None else part.headers

    async def _read(
        self, call: Call, patient_id: PatientId, on_arrival: OnArrival | None, turn: Turn, answer: Incoming
    ) -> Content:
        answer.refuse_compressed()
        part = self._part_continued(call, answer)
        arriving, visit = _begun(answer, part, patient_id), self._partial_bodies.visit(patient_id)
        flow = _Flow(self._lane, turn, arriving)
        turn.obey(partial(_pause, answer, flow))
        began_s = time.monotonic()
        try:
            flow.note_size(arriving.total_bytes)
            async with aclosing(_fresh(answer, part, flow)) as pieces:
                found = await content.read_photo(pieces, arriving, on_arrival)
        except BaseException as error:
            if _is_broken(error):
                self._keep(call, visit, answer, arriving, part)
            raise
        finally:
            turn.obey(None)
            flow.stop()
        self._lane.note_whole(arriving.done_bytes, time.monotonic() - began_s)
        return found

    def _part_continued(self, call: Call, answer: Incoming) -> PartialBody | None:
        """What is here already, where this answer is the rest of it; None where it is the whole."""
        part = self._partial_bodies.get(call.target)
        if answer.status != httpx.codes.PARTIAL_CONTENT:
            self._partial_bodies.drop(call.target)
            return None
        rest = Rest.of(answer)
        if part is None:
            if rest is None or not rest.is_all:
                raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
            return None
        if rest is None or not rest.continues(part, answer.headers):
            raise OtherVersionError
        return part

    def _keep(
        self, call: Call, visit: Visit, answer: Incoming, arriving: ArrivingPhoto, part: PartialBody | None
    ) -> None:
        if answer.headers.get("accept-ranges", "").strip().lower() != "none":
            version = Version.of(answer.headers, answer.length_bytes) if part is None else part.version
            is_vain = part is not None and arriving.done_bytes == len(part.data)
            vain_count = part.vain_count + 1 if part is not None and is_vain else 0
            self._partial_bodies.keep(call.target, PartialBody(arriving.whole(), version, visit, vain_count))


class _Flow:
    """One photo's share in what the line shows. Its first piece does not count: nobody knows how long that was here."""

    def __init__(self, lane: PhotoLane, turn: Turn, arriving: ArrivingPhoto) -> None:
        self._lane, self._turn, self._arriving = lane, turn, arriving
        self._flows = False

    def note_size(self, size_bytes: int | None) -> None:
        if size_bytes is not None:
            self._lane.note_size(self._turn, size_bytes)

    def note(self, size_bytes: int) -> None:
        if self._flows:
            self._lane.rate.note(size_bytes)
            self._lane.look()
        else:
            self._flows = True
            self._lane.rate.begin()
        self.note_size(self._arriving.done_bytes + size_bytes)

    def stop(self) -> None:
        if self._flows:
            self._flows = False
            self._lane.rate.end()


def _pause(answer: Incoming, flow: _Flow, is_held: bool) -> None:
    if is_held:
        flow.stop()
    answer.pause(is_held)


def _begun(answer: Incoming, part: PartialBody | None, patient_id: PatientId) -> ArrivingPhoto:
    if part is None:
        return ArrivingPhoto(answer.length_bytes, patient_id)
    arriving = ArrivingPhoto(part.version.total_bytes, patient_id)
    arriving.add(part.data)
    return arriving


async def _fresh(answer: Incoming, part: PartialBody | None, flow: _Flow) -> AsyncGenerator[bytes, None]:
    """The bytes that are not here yet."""
    rest = Rest.of(answer) if part is not None else None
    left = RestJoiner(rest, part) if rest is not None and part is not None else None
    async for piece in answer.parts:
        flow.note(len(piece))
        fresh = piece if left is None else left.taken(piece)
        if fresh:
            yield fresh
    if left is not None:
        left.end()


def _is_broken(error: BaseException) -> bool:
    """Whether it ended for the line's sake, or was given up: what came of it is sound."""
    is_cut = isinstance(error, BadAnswer) and error.kind is BadAnswerKind.CUT_OFF
    return is_cut or isinstance(error, httpx.HTTPError | asyncio.CancelledError | Unreachable)
