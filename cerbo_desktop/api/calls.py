"""A request to be made, and an answer whose body is still on its way."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from cerbo_desktop.api import wire
from cerbo_desktop.api.lean_json import LeanJson
from cerbo_desktop.api.operations import Operation
from cerbo_desktop.api.tiny_chunks import TinyChunkGuard
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerError
from cerbo_desktop.domain.limits import JSON_WINDOW_S, MAX_JSON_BYTES, MAX_RECORD_BYTES
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency

_BASE_PATH = "/api/v1"


@dataclass(frozen=True, slots=True)
class Call:
    """One request to be made. Making one with an impossible id raises `Missing`, before anything is sent."""

    operation: Operation
    ids: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    urgency: Urgency | DynamicUrgency = Urgency.NOW
    accept: str = "application/json"
    window_s: float = JSON_WINDOW_S
    """Over so long, less than 8 kB a second end it (`runtime.progress_limit`)."""
    has_other_way: bool = False
    """A photo that may come by the other route: while its own kind alone is held back it ends in `Overloaded`."""
    more_headers: Callable[["Call"], Mapping[str, str]] = lambda _: {}
    """Asked at each try."""

    def __post_init__(self) -> None:
        self.operation.path(*self.ids)

    @property
    def target(self) -> str:
        """Path and query. A literal @ is legal in a query, and the one client that is known sends it so (contract
        5.1)."""
        query = urlencode(self.params, quote_via=quote, safe="@")
        return f"{_BASE_PATH}{self.operation.path(*self.ids)}" + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True)
class Incoming:
    """An answer whose body is still on its way."""

    status: int
    headers: Mapping[str, str]
    parts: AsyncIterator[bytes]
    refusal: ServerError | None = None
    """Where Cerbo is overloaded, or refuses this one thing as if it were."""
    pause: Callable[[bool], None] = lambda _: None
    """Makes it stand still with True, and go on with False."""

    @property
    def length_bytes(self) -> int | None:
        """The length that the server announced; None where it did not."""
        return wire.whole_number(self.headers.get("content-length"))

    def refuse_compressed(self) -> None:
        """Raise `BadAnswer` for a compressed answer: 300 kB of gzip became 962 MB (measured, 3.4)."""
        if self.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            raise BadAnswer(BadAnswerKind.COMPRESSED)


async def read_body(answer: Incoming, ceiling_bytes: int) -> bytes:
    """The whole body of at most `ceiling_bytes`. Raises `BadAnswer`: too large, compressed, or in too many crumbs."""
    body = bytearray()
    await _take_parts(answer, ceiling_bytes, body.extend)
    return bytes(body)


async def read_list(answer: Incoming) -> bytes:
    """The body of a list. Raises as `read_body`."""
    return await read_body(answer, MAX_JSON_BYTES)


async def read_record(answer: Incoming) -> bytes:
    """The body of one record, without the bytes of a photo that may stand in it. Raises as `read_body`."""
    lean = LeanJson()
    await _take_parts(answer, MAX_RECORD_BYTES, lean.take)
    return lean.text()


async def _take_parts(answer: Incoming, ceiling_bytes: int, take: Callable[[bytes], None]) -> None:
    answer.refuse_compressed()
    if (answer.length_bytes or 0) > ceiling_bytes:
        raise BadAnswer(BadAnswerKind.TOO_LARGE)
    size_bytes, guard = 0, TinyChunkGuard()
    async for part in answer.parts:
        size_bytes += len(part)
        if size_bytes > ceiling_bytes:
            raise BadAnswer(BadAnswerKind.TOO_LARGE)
        take(part)
        await guard.note(part)


async def read_no_page(answer: Incoming) -> None:
    """Read the body away. Raises `BadAnswer` for a web page, which a guest network's sign-in sends in the place of
    anything."""
    if wire.is_web_page(await read_body(answer, MAX_JSON_BYTES)):
        raise BadAnswer(BadAnswerKind.WEB_PAGE)
