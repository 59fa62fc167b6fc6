"""One request to the practice clinic as an endpoint sees it, and what endpoints have in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from starlette.datastructures import Headers, QueryParams
from starlette.responses import JSONResponse, Response

from cerbo_desktop.practice.patients import PracticePatient
from cerbo_desktop.practice.tenant import Tenant
from cerbo_desktop.practice.wire import Json, Row, Wire, error

PAGE_SIZE = 100
"""Default and maximum of `limit` (contract 3); a larger one is clamped."""


class Kind(StrEnum):
    """Endpoints by the names that faults and counters use."""

    SEARCH = "search"
    PATIENTS = "patients"
    PATIENT = "patient"
    IMAGES = "images"
    IMAGE = "image"
    CONTENT = "content"
    STREAM = "stream"
    UPLOAD = "upload"
    QUEUE = "queue"
    WITHDRAW = "withdraw"
    APPOINTMENTS = "appointments"
    USERS = "users"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Call:
    """One request, complete: path numbers, query, headers, body."""

    path: dict[str, int]
    query: QueryParams
    headers: Headers
    body: bytes


class Denied(Exception):
    """An application error with a status (contract 2.7)."""

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(message)
        self.response = JSONResponse(error(kind, message), status)


Answer = Callable[[Tenant, Call], Response]


def missing() -> Denied:
    """The error for an id or a path that is not there: 404."""
    return Denied(404, "not_found", "There is no such record.")


def wire_of(tenant: Tenant) -> Wire:
    """The JSON shapes of the tenant."""
    return Wire(tenant.switches, tenant.origin)


def page(tenant: Tenant, call: Call, rows: Sequence[Row], shape: Callable[[Row], Json]) -> Response:
    """The answer of a list: the rows that `limit` and `offset` of the call ask for, each shaped by `shape`."""
    limit = min(number(call.query, "limit", PAGE_SIZE, lowest=1), PAGE_SIZE, tenant.switches.most_rows)
    offset = number(call.query, "offset", 0, lowest=0)
    return JSONResponse(wire_of(tenant).page(rows, shape, limit, offset))


def number(query: QueryParams, name: str, default: int, lowest: int) -> int:
    """A whole number of the query; `default` where it is not there. Raises `Denied` for anything below `lowest`, or no
    number."""
    text = query.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or int(text) < lowest:
        raise Denied(400, "invalid_request", f"{name} is not a valid number.")
    return int(text)


def person_of(tenant: Tenant, call: Call) -> PracticePatient:
    """The patient whose number is in the path. Raises `Denied`: there is none."""
    person = tenant.patients.get(call.path["pt_id"])
    if person is None:
        raise missing()
    return person
