"""Odd forms of lists and dates, put over the answers that the endpoints give in the usual form (contract 2.1, 2.6)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from cerbo_desktop.practice.answer_forms import DateForm, ListForm

Json = dict[str, Any]
_OWN_NAMES = {"images": "images", "search": "patients", "queue": "enqueued", "appointments": "appointments"}
_INLINED_CHARS = 50_000
"""Of a picture in a row: a hundred of them are more than an answer may hold."""
_NO_LIST = {ListForm.NOTHING_IS_404: 404, ListForm.NOTHING_IS_204: 204, ListForm.ALL_404: 404}


def reshaped(kind: str, response: Response, forms: dict[str, ListForm]) -> Response:
    """A list of this kind in the form that was asked for; any other answer as it is."""
    form = forms.get(kind)
    if form is None or response.status_code != 200 or not isinstance(response, JSONResponse):
        return response
    answer = json.loads(bytes(response.body))
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        return response
    if form is ListForm.ALL_404 or not answer["data"]:
        return _instead_of_nothing(form, response)
    return JSONResponse(_FORMS[form](_OWN_NAMES[kind], answer) if form in _FORMS else answer)


def _instead_of_nothing(form: ListForm, response: Response) -> Response:
    if form is ListForm.NOTHING_IS_NULL:
        return JSONResponse(None)
    if form is ListForm.NOTHING_IN_WORDS:
        return JSONResponse({"object": "list", "data": [], "status": "success", "message": "No records found."})
    return Response(status_code=_NO_LIST[form]) if form in _NO_LIST else response


def _renamed(name: str, answer: Json) -> Json:
    rows = answer.pop("data")
    return {**answer, name: rows}


def _nested(_name: str, answer: Json) -> Json:
    return {"status": "ok", "data": _renamed("items", answer)}


def _keyed(_name: str, answer: Json) -> Json:
    rows = {str(row.pop("id")): row for row in answer["data"]}
    return {**answer, "data": rows}


def _each(change: Callable[[int, Json], Json]) -> Callable[[str, Json], Json]:
    return lambda _name, answer: {**answer, "data": [change(at, row) for at, row in enumerate(answer["data"])]}


def _short(_name: str, answer: Json) -> Json:
    return {**answer, "total_count": answer["total_count"] + 2, "has_more": False}


def _with_token(_name: str, answer: Json) -> Json:
    return {"data": answer["data"], "meta": {"nextPageToken": "abc" if answer.get("has_more") else None}}


def _grouped(_name: str, answer: Json) -> Json:
    return {"object": "list", "data": {"2025": {str(row["id"]): row for row in answer["data"]}}}


def _empty_beside(**around: Any) -> Callable[[str, Json], Json]:
    return lambda _name, _answer: {"object": "list", "data": [], **around}


_DELETED: tuple[Json, ...] = (
    {"deleted": True},
    {"is_deleted": 1},
    {"deleted_at": "2025-11-05 09:41:00"},
    {"datedeleted": "2025-11-05 09:41:00"},
    {"status": "entered-in-error"},
    {"isDeleted": "Y"},
)
_FORMS: dict[ListForm, Callable[[str, Json], Any]] = {
    ListForm.OWN_NAME: _renamed,
    ListForm.NESTED: _nested,
    ListForm.KEYED_BY_ID: _keyed,
    ListForm.BARE: lambda _name, answer: answer["data"],
    ListForm.FLOAT_IDS: _each(lambda _, row: {**row, "id": float(row["id"])}),
    ListForm.UNKNOWN_NAME: lambda _name, answer: _renamed("stuff", answer),
    ListForm.COUNT_ALONE: lambda _name, answer: {**answer, "data": []},
    ListForm.NONE_READABLE: _each(lambda _, row: {**row, "id": None}),
    ListForm.FIRST_UNREADABLE: _each(lambda at, row: row if at else {**row, "id": None}),
    ListForm.SAYS_NO_MORE: lambda _name, answer: {**answer, "has_more": False},
    ListForm.SHORT: _short,
    ListForm.ID_AROUND: lambda _name, answer: {"id": "req-77", "status": "ok", "results": answer["data"]},
    ListForm.ERROR_WITH_ID: lambda _name, _answer: {"jsonrpc": "2.0", "id": 1, "error": {"message": "boom"}},
    ListForm.ROWS_BY_KIND: lambda _name, answer: {"data": [], "by_kind": {"old": answer["data"], "new": []}},
    ListForm.WITHHELD: _empty_beside(message="You do not have permission to view these"),
    ListForm.MERGED: _empty_beside(merged_into=10777),
    ListForm.MARKED: _empty_beside(has_photos=True),
    ListForm.MIGRATING: _empty_beside(remark="This chart is being migrated."),
    ListForm.CURSOR_ALONE: _with_token,
    ListForm.OTHER_LANGUAGE: _empty_beside(message="Todavía no hay <b>nada</b> aquí."),
    ListForm.OTHER_TOTAL: _empty_beside(totalItems=4),
    ListForm.BY_YEAR: _grouped,
    ListForm.DELETED_ROWS: _each(lambda at, row: {**row, **_DELETED[at // 2 % len(_DELETED)]} if at % 2 else row),
    ListForm.ALL_DELETED: _each(lambda _, row: {**row, "deletedAt": "2199-12-31 00:00:00"}),
    ListForm.INLINED: _each(lambda _, row: {**row, "base64_content": "A" * _INLINED_CHARS}),
}


def dates_of(form: DateForm, created: datetime) -> Json:
    """The date fields of a photo's record."""
    at = created.astimezone(UTC)
    plain = at.strftime("%Y-%m-%d %H:%M:%S")
    forms: dict[DateForm, Json] = {
        DateForm.USUAL: {"date_taken": plain, "created": plain},
        DateForm.DAY: {"date_taken": plain[:10]},
        DateForm.CREATED_AT: {"created_at": plain},
        DateForm.DATE_CREATED: {"date_created": plain},
        DateForm.EPOCH: {"created": int(at.timestamp())},
        DateForm.EPOCH_MS: {"created": int(at.timestamp()) * 1000},
        DateForm.MAIL: {"created": format_datetime(at, usegmt=True)},
        DateForm.UTC_WORD: {"created": f"{plain} UTC"},
        DateForm.FIGURES: {"date_taken": at.strftime("%Y%m%d%H%M")},
        DateForm.UNREADABLE: {"date_taken": at.strftime("%m/%d/%Y"), "created": "0000-00-00 00:00:00"},
    }
    return forms[form]
