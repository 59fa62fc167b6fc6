"""Makes each fault of `faults.Fault` into an answer."""

import asyncio
import gzip
import zlib
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cerbo_desktop.practice.faults import Fault, Plan
from cerbo_desktop.practice.line import Ending, RawAnswer, Twice, Unread
from cerbo_desktop.practice.wire import error

_PAGE = "<!doctype html><html><head><title>Network sign-in</title></head><body>Please sign in.</body></html>"
_STATUSES = {
    Fault.BAD_REQUEST: 400,
    Fault.UNAUTHORIZED: 401,
    Fault.FORBIDDEN: 403,
    Fault.NOT_FOUND: 404,
    Fault.REQUEST_TIMEOUT: 408,
    Fault.CONFLICT: 409,
    Fault.UNSUPPORTED_TYPE: 415,
    Fault.UNPROCESSABLE: 422,
    Fault.TOO_MANY: 429,
    Fault.SERVER_ERROR: 500,
    Fault.UNAVAILABLE: 503,
    Fault.GATEWAY_TIMEOUT: 504,
}
_PAGES = {Fault.TOO_LARGE: 413, Fault.BAD_GATEWAY_HTML: 502, Fault.CAPTIVE_PORTAL: 200}
_BAD_ROWS = '{"object":"list","total_count":"many","has_more":"perhaps","data":[%s]}'
_BAD_JSON = {
    Fault.DEEP_JSON: b"[" * 100_000 + b"]" * 100_000,
    Fault.BAD_UTF8: b'{"object":"list","has_more":false,"data":[{"id":"1","last_name":"\xff\xfe","type":"\xc3"}]}',
    Fault.NAN_JSON: b'{"object":"list","total_count":' + b"9" * 400 + b',"data":[{"id":NaN,"file_size":Infinity}]}',
    Fault.WRONG_TYPES: (
        _BAD_ROWS % '17,"text",null,[],{"id":{"x":1}},{"id":[],"first_name":5,"created":7.5,"dob":[],"photo_type":{}}'
    ).encode(),
    Fault.NULL_FIELDS: (
        _BAD_ROWS % '{"id":null},{"id":"5","first_name":null,"last_name":null,"dob":null,"created":null}'
    ).encode(),
}
_AT_ONCE = {
    Fault.OFFLINE: RawAnswer([], Ending.CLOSE),
    Fault.RESET: RawAnswer([], Ending.RESET),
    Fault.HANG: RawAnswer([], Ending.SILENCE),
    Fault.STOP_READING: Unread(),
    Fault.GARBAGE_STATUS: RawAnswer([b"ICY 200 maybe\r\nx\r\n\r\n"], Ending.CLOSE),
    Fault.HEADER_FLOOD: RawAnswer([b"HTTP/1.1 200 OK\r\n", b"x-pad: " + b"a" * 1_000_000], Ending.CLOSE),
}
_AFTER_FIRST_PIECE = {
    Fault.RESET_MID_UPLOAD: RawAnswer([], Ending.RESET),
    Fault.TOO_LARGE_EARLY: RawAnswer(
        [b"HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"], Ending.CLOSE
    ),
}


async def early_answer(plan: Plan, request: Request) -> Response | None:
    """The answer of a fault that does not wait for the request's body; None for the others."""
    if plan.fault in _AFTER_FIRST_PIECE:
        async for _ in request.stream():
            break
        return _AFTER_FIRST_PIECE[plan.fault]
    return _AT_ONCE.get(plan.fault)


async def broken_answer(plan: Plan, carry_out: Callable[[], Response]) -> Response:
    """The answer of any other fault. `carry_out` does what was asked and gives the sound answer."""
    planned = _instead(plan)
    if planned is not None:
        return planned
    if plan.fault is Fault.LATE_COMMIT:
        asyncio.get_running_loop().call_later(plan.pace_s, carry_out)
        return RawAnswer([], Ending.CLOSE)
    return _after(plan, carry_out())


def _instead(plan: Plan) -> Response | None:
    fault = plan.fault
    if fault in _STATUSES:
        return _status(plan)
    if fault in _PAGES:
        return Response(_PAGE, _PAGES[fault], media_type="text/html")
    if fault in _BAD_JSON:
        return Response(_BAD_JSON[fault], media_type="application/json")
    if fault is Fault.REDIRECT:
        return Response(status_code=302, headers={"location": plan.location})
    if fault is Fault.NO_CONTENT:
        return Response(status_code=204)
    if fault is Fault.RESULT_FALSE:
        return JSONResponse({"result": False, "message": "The request was not carried out."})
    if fault is Fault.MALFORMED_JSON:
        return Response(
            b'{"object":"list","has_more":false,"data":[{"id":"10482","first_na', media_type="application/json"
        )
    return None


def _status(plan: Plan) -> Response:
    return _refusal(_STATUSES[plan.fault], plan)


def _refusal(status: int, plan: Plan) -> Response:
    headers = {"retry-after": plan.retry_after} if status in (429, 503) and plan.retry_after else {}
    return JSONResponse(error("fault", "The practice clinic was told to answer this."), status, headers=headers)


def _after(plan: Plan, sound: Response) -> Response:
    body = bytes(sound.body)
    half = body[: len(body) // 2]
    whole = _head(sound, f"content-length: {len(body)}")
    answers: dict[Fault, Callable[[], Response]] = {
        Fault.SLOW: lambda: RawAnswer([whole, *_pieces(body, plan.piece_bytes)], Ending.CLOSE, plan.pace_s),
        Fault.SLOW_HEADER: lambda: RawAnswer([*_pieces(whole, 8), body], Ending.CLOSE, plan.pace_s),
        Fault.CUT_MID_BODY: lambda: RawAnswer([whole + half], Ending.CLOSE),
        Fault.RESET_MID_BODY: lambda: RawAnswer([whole + half], Ending.RESET, 0.05),
        Fault.STALL_MID_BODY: lambda: RawAnswer([whole + half], Ending.SILENCE),
        Fault.LENGTH_TOO_SMALL: lambda: RawAnswer([_head(sound, f"content-length: {len(half)}") + body], Ending.CLOSE),
        Fault.NO_LENGTH: lambda: RawAnswer([_head(sound) + body], Ending.CLOSE),
        Fault.TRUNCATED_CHUNK: lambda: RawAnswer(
            [_head(sound, "transfer-encoding: chunked") + b"%x\r\n" % len(body) + half], Ending.CLOSE
        ),
        Fault.TWICE: lambda: Twice(sound),
        Fault.GZIP: lambda: _gzipped(sound, gzip.compress(body)),
        Fault.GZIP_BAD: lambda: _gzipped(sound, body),
        Fault.GZIP_BOMB: lambda: _gzipped(sound, _bomb(300_000_000)),
        Fault.ANSWER_LOST: lambda: RawAnswer([], Ending.CLOSE),
        Fault.RESET_AFTER_STORING: lambda: RawAnswer([], Ending.RESET),
        Fault.COMMIT_THEN_TOO_MANY: lambda: _refusal(429, plan),
        Fault.COMMIT_THEN_ERROR: lambda: JSONResponse(error("fault", "Something failed afterwards."), 500),
    }
    return answers[plan.fault]()


def _head(sound: Response, length_line: str = "") -> bytes:
    lines = [f"HTTP/1.1 {sound.status_code} OK", f"content-type: {sound.headers.get('content-type', '')}"]
    lines += [length_line] if length_line else []
    return "\r\n".join([*lines, "connection: close", "", ""]).encode()


def _pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def _gzipped(sound: Response, body: bytes) -> Response:
    return Response(body, sound.status_code, {"content-encoding": "gzip"}, sound.media_type)


def _bomb(size_bytes: int) -> bytes:
    """Gzip of that many zeros, made at once: one flushed block can be repeated. The closing checksum is left out."""
    packer, step_bytes = zlib.compressobj(9, zlib.DEFLATED, 31), 1_000_000
    first = packer.compress(bytes(step_bytes)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(step_bytes)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * (size_bytes // step_bytes - 1)
