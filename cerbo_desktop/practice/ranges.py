"""A photo's bytes as they are, whole or in part (contract 6.3): whether parts are given, and how honestly."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from cerbo_desktop.practice.answer_forms import RangeForm, VersionForm
from cerbo_desktop.practice.switches import Switches

_MODIFIED = "Wed, 05 Nov 2025 09:41:00 GMT"


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


def raw(data: bytes, media_type: str, headers: Mapping[str, str], switches: Switches) -> Response:
    """The answer with `data`, or with the part of it that the headers ask for.

    All of it comes where the question makes no sense, or another version is meant.
    """
    version = _version_of(data, switches.version)
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", headers.get("range", ""))
    is_same = headers.get("if-range", "") in ("", *version.values())
    if not switches.answers_range or asked is None or not is_same:
        return Response(data, headers=version, media_type=media_type)
    span = _Span(int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1))
    if span.start > span.end or switches.ranges is RangeForm.REFUSED:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(data)}"})
    return _part(data, media_type, span, version, switches.ranges)


def _part(data: bytes, media_type: str, span: _Span, version: dict[str, str], form: RangeForm) -> Response:
    total, start, body = len(data), span.start, data[span.start : span.end + 1]
    if form is RangeForm.OTHER_START:
        start = 0
    if form is RangeForm.OTHER_SIZE:
        total += 1
    if form is RangeForm.OTHER_BYTES:
        body = bytes(len(body))
    told = {"content-range": f"bytes {start}-{start + len(body) - 1}/{total}"}
    if form is RangeForm.NOTHING:
        body = b""
    return Response(body, 206, {**version, **told}, media_type)


def _version_of(data: bytes, form: VersionForm) -> dict[str, str]:
    tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
    match form:
        case VersionForm.UNNAMED:
            return {}
        case VersionForm.TAG:
            return {"etag": tag}
        case VersionForm.WEAK_TAG:
            return {"etag": f"W/{tag}"}
        case VersionForm.DATE:
            return {"last-modified": _MODIFIED}
