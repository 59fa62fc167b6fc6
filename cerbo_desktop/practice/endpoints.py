"""What the endpoints of people and the calendar answer (contract 5, 8, 9), and what every other path does."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, date
from functools import partial

from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, Response

from cerbo_desktop.practice.appointments import USERS, Visit
from cerbo_desktop.practice.calls import Call, Denied, missing, page, person_of, wire_of
from cerbo_desktop.practice.patients import PracticePatient
from cerbo_desktop.practice.tenant import Tenant
from cerbo_desktop.practice.wire import Json


def search(tenant: Tenant, call: Call) -> Response:
    """Contract 5.1: criteria are joined by AND; without `%` a name matches whole; case does not matter.

    Accents and the form of apostrophes matter where the switch says so.
    """
    wanted = {name: call.query.get(name, "") for name in ("last_name", "first_name", "email", "dob")}
    if not any(wanted.values()):
        raise Denied(400, "invalid_request", "Give at least one criterion.")
    bare = _as_written if tenant.switches.compares_accents else _without_accents
    found = [person for person in tenant.patients.values() if _matches(person, wanted, bare)]
    return page(tenant, call, found, wire_of(tenant).patient)


def _matches(person: PracticePatient, wanted: dict[str, str], bare: Callable[[str], str]) -> bool:
    has = {"last_name": person.last_name, "first_name": person.first_name, "email": person.email1}
    if wanted["dob"] and wanted["dob"] != person.dob:
        return False
    return all(not wanted[name] or _is_like(bare(value), bare(wanted[name])) for name, value in has.items())


def _is_like(value: str, pattern: str) -> bool:
    """`%` stands for any letters, or none. Each piece is taken where it comes first, which never needs a way back."""
    head, *pieces = pattern.split("%")
    if not pieces:
        return value == pattern
    at = len(head)
    for piece in pieces[:-1]:
        found = value.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return value.startswith(head) and len(value) - len(pieces[-1]) >= at and value.endswith(pieces[-1])


def _as_written(text: str) -> str:
    """As a database that compares letter by letter."""
    return unicodedata.normalize("NFC", text).casefold()


def _without_accents(text: str) -> str:
    """As the usual collation of a database: é is e and ’ is ', but ł is not l, and a hyphen is no space."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


def patients(tenant: Tenant, call: Call) -> Response:
    """Contract 5.2: with `status` set, active patients only."""
    only_active = bool(call.query.get("status"))
    people = [p for p in tenant.patients.values() if p.status == "active" or not only_active]
    return page(tenant, call, people, wire_of(tenant).patient)


def patient(tenant: Tenant, call: Call) -> Response:
    """One patient, in the full form."""
    return JSONResponse(wire_of(tenant).patient(person_of(tenant, call)))


def appointments(tenant: Tenant, call: Call) -> Response:
    """Contract 8.1; the bounds are taken as UTC days, both included."""
    first, last = _day(call.query, "start_date"), _day(call.query, "end_date")
    visits = [v for v in tenant.visits() if first <= v.starts_at.astimezone(UTC).date() <= last]
    visits = [v for v in visits if _is_wanted(v, call.query)]
    return page(tenant, call, visits, partial(_appointment, tenant))


def _appointment(tenant: Tenant, visit: Visit) -> Json:
    person = tenant.patients.get(visit.pt_id) if visit.pt_id is not None else None
    return wire_of(tenant).appointment(visit, person, tenant.zone)


def _day(query: QueryParams, name: str) -> date:
    try:
        return date.fromisoformat(query.get(name, ""))
    except ValueError as cause:
        raise Denied(400, "invalid_request", f"{name} is not YYYY-MM-DD.") from cause


def _is_wanted(visit: Visit, query: QueryParams) -> bool:
    """Any non-empty `include_cancelled` is true, even `false` (contract 2.5)."""
    statuses = query.getlist("status[]")
    if statuses and visit.status not in statuses:
        return False
    if query.get("pt_id", str(visit.pt_id)) != str(visit.pt_id):
        return False
    provider = query.get("provider_id", "")
    if provider and provider not in map(str, visit.provider_ids):
        return False
    return visit.status != "cancelled" or bool(query.get("include_cancelled")) or bool(statuses)


def users(tenant: Tenant, call: Call) -> Response:
    """Contract 9.1: any non-empty `status` adds suspended users."""
    everyone = bool(call.query.get("status"))
    shown = [user for user in USERS if user.is_active or everyone]
    return page(tenant, call, shown, wire_of(tenant).user)


def other(_tenant: Tenant, _call: Call) -> Response:
    """The answer to every path that is not there."""
    raise missing()
