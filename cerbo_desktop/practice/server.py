"""The routes of the practice clinic, and what happens around each answer: sign-in, counting, latency, faults."""

import asyncio
import base64
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cerbo_desktop.practice import endpoints, photo_endpoints
from cerbo_desktop.practice.breakage import broken_answer, early_answer
from cerbo_desktop.practice.calls import Answer, Call, Denied, Kind
from cerbo_desktop.practice.counters import Seen
from cerbo_desktop.practice.line import LINE, LineProtocol
from cerbo_desktop.practice.list_forms import reshaped
from cerbo_desktop.practice.tenant import Tenant
from cerbo_desktop.practice.wire import error
from cerbo_desktop.practice.withholding import refused_with

ROOT = "/api/v1"
_PATIENT = ROOT + "/patients/{pt_id:int}"
_IMAGE = _PATIENT + "/images/{image_id:int}"
_ROUTES: tuple[tuple[str, str, Kind, Answer], ...] = (
    ("GET", ROOT + "/patients/search", Kind.SEARCH, endpoints.search),
    ("GET", ROOT + "/patients", Kind.PATIENTS, endpoints.patients),
    ("GET", _PATIENT, Kind.PATIENT, endpoints.patient),
    ("GET", _PATIENT + "/images", Kind.IMAGES, photo_endpoints.images),
    ("POST", _PATIENT + "/images", Kind.UPLOAD, photo_endpoints.upload),
    ("GET", _IMAGE, Kind.IMAGE, photo_endpoints.image),
    ("GET", _IMAGE + "/content", Kind.CONTENT, photo_endpoints.content),
    ("GET", _IMAGE + "/stream", Kind.STREAM, photo_endpoints.stream),
    ("GET", _PATIENT + "/portal/enqueued", Kind.QUEUE, photo_endpoints.queue),
    ("DELETE", _PATIENT + "/portal/enqueued/{queue_id:int}", Kind.WITHDRAW, photo_endpoints.withdraw),
    ("GET", ROOT + "/appointments", Kind.APPOINTMENTS, endpoints.appointments),
    ("GET", ROOT + "/users", Kind.USERS, endpoints.users),
)
_ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """An API user's key and secret (contract 1)."""

    username: str
    secret: str

    @classmethod
    def random(cls) -> "Credentials":
        """A new key and secret."""
        return cls(f"pk_{secrets.token_hex(12)}", f"sk_{secrets.token_hex(20)}")

    @property
    def header(self) -> str:
        """The `Authorization` header that is right for these."""
        return "Basic " + base64.b64encode(f"{self.username}:{self.secret}".encode()).decode("ascii")


def make_app(tenant: Tenant, credentials: Credentials, crashes: list[Exception]) -> ASGIApp:
    """The ASGI app. An exception that no answer foresaw is added to `crashes` and answered with 500."""
    routes = [
        Route(path, Endpoint(tenant, credentials, crashes, kind, path, answer), methods=[method])
        for method, path, kind, answer in _ROUTES
    ]
    rest = "/{rest:path}"
    unknown = Endpoint(tenant, credentials, crashes, Kind.OTHER, rest, endpoints.other)
    return _below(tenant, Starlette(routes=[*routes, Route(rest, unknown, methods=_ANY_METHOD)]))


def _below(tenant: Tenant, app: ASGIApp) -> ASGIApp:
    """Answers below the path that the switch names; with it at the top there is nothing."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path = tenant.switches.below_path
        if path and scope["type"] == "http":
            asked = scope["path"]
            inner = asked.removeprefix(path) if asked.startswith(f"{path}/") else "/elsewhere"
            scope = {**scope, "path": inner, "raw_path": inner.encode()}
        await app(scope, receive, send)

    return answer


class Endpoint:
    """One route as an ASGI app, so that a request counts as in flight until its last byte is out."""

    def __init__(
        self,
        tenant: Tenant,
        credentials: Credentials,
        crashes: list[Exception],
        kind: Kind,
        template: str,
        answer: Answer,
    ) -> None:
        self._tenant = tenant
        self._credentials = credentials
        self._crashes = crashes
        self._kind = kind
        self._template = template.replace(":int", "")
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        url = request.url
        seen = Seen(self._kind, request.method, self._template, url.path, url.query)
        with self._tenant.counters.tracked(seen, request.headers) as leave:
            line: LineProtocol = scope["state"][LINE]
            line.before_last_byte = leave
            try:
                response = await self._respond(request)
                await response(scope, receive, _announced(send, leave, self._tenant.switches.clock_ahead_s))
            except ClientDisconnect:
                return
            except Exception as crash:
                self._crashes.append(crash)
                raise

    async def _respond(self, request: Request) -> Response:
        too_much = self._tenant.overload.refusal()
        if too_much is not None:
            return too_much
        plan = self._tenant.faults.take(self._kind, request.path_params.get("pt_id"))
        if plan is not None:
            early = await early_answer(plan, request)
            if early is not None:
                return early
        body = await self._read(request)
        await self._let_latency_pass()
        while self._tenant.switches.holds_later_pages and _is_later_page(request):  # noqa: ASYNC110  # set from any thread
            await asyncio.sleep(0.02)
        if plan is None:
            return self._carry_out(request, body)
        return await broken_answer(plan, lambda: self._carry_out(request, body))

    async def _let_latency_pass(self) -> None:
        """As long as the switch says now: turned down, it lets go at once what waits."""
        began_s = time.monotonic()
        while (left_s := began_s + self._tenant.switches.latency_s - time.monotonic()) > 0:  # noqa: ASYNC110  # set from any thread
            await asyncio.sleep(min(left_s, 0.02))

    async def _read(self, request: Request) -> bytes:
        """The whole body, counted as it comes."""
        counters, is_upload = self._tenant.counters, self._kind is Kind.UPLOAD
        pieces: list[bytes] = []
        async for piece in request.stream():
            pieces.append(piece)
            if is_upload:
                counters.upload_bytes += len(piece)
                await asyncio.sleep(self._tenant.switches.upload_pace_s)
        counters.uploads_complete += is_upload
        return b"".join(pieces)

    def _carry_out(self, request: Request, body: bytes) -> Response:
        if not self._is_signed_in(request):
            refused = error("authentication_error", "The credentials are not valid.")
            return JSONResponse(refused, 401, {"www-authenticate": "Basic"})
        path = {name: value for name, value in request.path_params.items() if isinstance(value, int)}
        status = refused_with(self._tenant.switches.withheld, self._kind, path, request.url.query)
        try:
            if status is not None:
                raise Denied(status, "permission_error", "This key is not allowed to do that.")
            answer = self._answer(self._tenant, Call(path, request.query_params, request.headers, body))
            return reshaped(self._kind, answer, self._tenant.switches.odd_lists)
        except Denied as denied:
            return denied.response

    def _is_signed_in(self, request: Request) -> bool:
        sent, own = request.headers.get("authorization", "").encode(), self._credentials
        keys = (own, *(Credentials(name, own.secret) for name in self._tenant.switches.more_keys))
        return any(secrets.compare_digest(sent, key.header.encode()) for key in keys)


def _announced(send: Send, before_last_byte: Callable[[], None], clock_ahead_s: float | None) -> Send:
    async def announcing(message: Message) -> None:
        if message["type"] == "http.response.start" and clock_ahead_s is not None:
            date = formatdate(time.time() + clock_ahead_s, usegmt=True)
            message["headers"] = [*message.get("headers", ()), (b"date", date.encode("ascii"))]
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            before_last_byte()
        await send(message)

    return announcing


def _is_later_page(request: Request) -> bool:
    return request.url.path.endswith("/images") and request.query_params.get("offset", "0") != "0"
