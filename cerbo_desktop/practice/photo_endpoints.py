"""What the endpoints of a patient's photos and portal queue answer (contract 6, 7)."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.responses import JSONResponse, Response

from cerbo_desktop.practice import ranges
from cerbo_desktop.practice.albums import AlbumPhoto
from cerbo_desktop.practice.answer_forms import ContentForm, QueueForm, TypeLists, UploadAnswer
from cerbo_desktop.practice.calls import PAGE_SIZE, Call, Denied, missing, page, person_of, wire_of
from cerbo_desktop.practice.drawing import small_copy
from cerbo_desktop.practice.tenant import Tenant
from cerbo_desktop.practice.wire import STATUS_ERROR

MIME_TYPES = ("image/jpeg", "image/jpg", "image/gif", "image/png", "image/pngx")


_TEXT_FORMS: dict[ContentForm, Callable[[str], str]] = {
    ContentForm.BASE64_TEXT: lambda text: text,
    ContentForm.BASE64_URL_SAFE: lambda text: text.replace("+", "-").replace("/", "_"),
    ContentForm.BASE64_MARKED: lambda text: f"\ufeff{text}",
}


def images(tenant: Tenant, call: Call) -> Response:
    """Contract 6.1; an unknown `photo_type` is refused."""
    photo_type = call.query.get("photo_type", "")
    if photo_type not in ("", "personal", "medical"):
        raise Denied(400, "invalid_request", "photo_type is personal or medical.")
    pt_id = person_of(tenant, call).id
    photos = _listed(tenant, pt_id, photo_type)
    if photo_type != "personal":
        photos += tenant.waiting_photos(pt_id)
    if tenant.switches.newest_first:
        photos.reverse()
    if tenant.switches.shuffles_photos:
        photos.sort(key=lambda photo: photo.id * 7919 % 10007)
    answer = page(tenant, call, photos, lambda photo: wire_of(tenant).photo_row(_numbered(tenant, photo)))
    is_begun = len(photos) > PAGE_SIZE and call.query.get("offset", "0") == "0"
    if tenant.switches.deletes_between_pages and is_begun:
        tenant.switches.deletes_between_pages = False
        tenant.delete(photos[0])
    return answer


def _listed(tenant: Tenant, pt_id: int, photo_type: str) -> list[AlbumPhoto]:
    if not photo_type or tenant.switches.type_lists is TypeLists.IGNORED:
        return tenant.album(pt_id)
    if tenant.switches.type_lists is TypeLists.REFUSED:
        raise Denied(400, "invalid_request", "photo_type is not a parameter.")
    match tenant.switches.type_lists, photo_type:
        case (TypeLists.SWAPPED, _):
            return tenant.album(pt_id, "medical" if photo_type == "personal" else "personal")
        case (TypeLists.ALL_PERSONAL, "personal") | (TypeLists.ALL_MEDICAL, "medical"):
            return tenant.album(pt_id)
        case (TypeLists.HONOURED, _) | (TypeLists.OTHER_PERSONAL, "medical"):
            return tenant.album(pt_id, photo_type)
        case _:
            return []


def image(tenant: Tenant, call: Call) -> Response:
    """One photo as its own record."""
    photo = tenant.photo(person_of(tenant, call).id, call.path["image_id"])
    if photo is None:
        raise missing()
    return JSONResponse(wire_of(tenant).photo(_numbered(tenant, photo)))


def _numbered(tenant: Tenant, photo: AlbumPhoto) -> AlbumPhoto:
    """Under the id by which it is told."""
    return replace(photo, id=tenant.chart_number(photo)) if tenant.switches.photo_ids_by_chart else photo


def content(tenant: Tenant, call: Call) -> Response:
    """The bytes of a photo by `/content`, in the form that the switches name."""
    return _bytes(tenant, call, tenant.switches.content)


def stream(tenant: Tenant, call: Call) -> Response:
    """The bytes of a photo by `/stream`, in the form that the switches name."""
    return _bytes(tenant, call, tenant.switches.stream)


def _bytes(tenant: Tenant, call: Call, form: ContentForm) -> Response:
    photo = tenant.photo(person_of(tenant, call).id, call.path["image_id"])
    if photo is None:
        raise missing()
    data, mime_type = photo.content, photo.mime_type
    raw_types = {ContentForm.RAW: mime_type, ContentForm.OCTET_STREAM: "application/octet-stream"}
    raw_types[ContentForm.WRONG_TYPE] = "text/html"
    if form in raw_types:
        return ranges.raw(data, raw_types[form], call.headers, tenant.switches)
    return _wrapped(data, mime_type, form)


def _wrapped(data: bytes, mime_type: str, form: ContentForm) -> Response:
    if form in _CONTENT_STATUSES:
        return Response(status_code=_CONTENT_STATUSES[form])
    if form is ContentForm.EMPTY:
        return Response(b"", media_type=mime_type)
    if form is ContentForm.HTML:
        return Response("<html><body>Not here.</body></html>", media_type="text/html")
    if form is ContentForm.JSON_WITHOUT_PHOTO:
        return JSONResponse({"object": "image", "mime_type": mime_type, "file_size": len(data)})
    if form is ContentForm.HALF:
        return Response(data[: len(data) // 2], media_type=mime_type)
    if form is ContentForm.SMALL_COPY:
        return Response(small_copy(data), media_type="image/jpeg")
    if form is ContentForm.OTHER_TYPE:
        return Response(_NO_PICTURE_OF_A_TIFF, media_type="image/tiff")
    text = base64.b64encode(data).decode("ascii")
    if form in _TEXT_FORMS:
        return Response(_TEXT_FORMS[form](text), media_type="text/plain")
    if form is ContentForm.JSON_STRING:
        return JSONResponse(text)
    if form is ContentForm.JSON_DATA_URI:
        return JSONResponse({"object": "image", "content": f"data:{mime_type};base64,{text}"})
    return JSONResponse({"object": "image", "mime_type": mime_type, "base64_content": text})


_CONTENT_STATUSES = {
    ContentForm.UNAUTHORIZED: 401,
    ContentForm.FORBIDDEN: 403,
    ContentForm.NOT_FOUND: 404,
    ContentForm.NOT_ALLOWED: 405,
    ContentForm.NOT_ACCEPTABLE: 406,
    ContentForm.BROKEN: 500,
    ContentForm.NOT_MADE: 501,
}
_NO_PICTURE_OF_A_TIFF = b"II*\x00\x08\x00\x00\x00" + bytes(64)


def upload(tenant: Tenant, call: Call) -> Response:
    """Contract 6.5: checks everything that is documented, then puts the photo into the portal queue."""
    person = person_of(tenant, call)
    form = _json_object(call.body)
    if str(form.get("pt_id")) != str(person.id):
        raise Denied(400, "invalid_request", "pt_id is not the patient of the path.")
    if form.get("mime_type") not in MIME_TYPES:
        raise Denied(400, "invalid_request", "mime_type is not allowed.")
    data = _decoded(form.get("base64_content"), tenant.switches.max_upload_chars)
    if tenant.switches.upload_answer is UploadAnswer.STATUS_ERROR:
        return JSONResponse(STATUS_ERROR)
    return JSONResponse(wire_of(tenant).uploaded(tenant.enqueue(person.id, str(form["mime_type"]), data)))


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        form = json.loads(body)
    except ValueError:
        form = None
    if not isinstance(form, dict):
        raise Denied(400, "invalid_request", "The body is not a JSON object.")
    return form


def _decoded(text: object, max_chars: int) -> bytes:
    if not isinstance(text, str) or not text:
        raise Denied(400, "invalid_request", "base64_content is missing.")
    if len(text) > max_chars:
        raise Denied(413, "too_large", "The file is larger than 16 MB.")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as cause:
        raise Denied(400, "invalid_request", "base64_content is not base64.") from cause


def queue(tenant: Tenant, call: Call) -> Response:
    """Contract 7.1: open entries, not paged."""
    person = person_of(tenant, call)
    requests = tenant.open_requests(person.id)
    if status := tenant.switches.queue_calls_photos:
        requests = [replace(each, status=status) if each.content else each for each in requests]
    if tenant.switches.queue_keeps_accepted_as:
        accepted = [each for each in tenant.photos_received(person.id) if each.status == "accepted"]
        requests += [replace(each, status=tenant.switches.queue_keeps_accepted_as) for each in accepted]
    if not tenant.switches.queue_lists_uploads:
        requests = [request for request in requests if not request.content]
    wire = wire_of(tenant)
    match tenant.switches.queue:
        case QueueForm.LIST:
            return JSONResponse(wire.page(requests, wire.queue_request, max(1, len(requests)), 0))
        case QueueForm.FIRST_HUNDRED:
            return JSONResponse([wire.queue_request(each) for each in requests[:PAGE_SIZE]])
        case QueueForm.OTHER_SHAPE:
            return JSONResponse(
                {"portal_items": [wire.queue_request(each) for each in requests], "count": len(requests)}
            )
        case form:
            return Response(status_code=_QUEUE_STATUSES[form])


_QUEUE_STATUSES = {
    QueueForm.UNAUTHORIZED: 401,
    QueueForm.FORBIDDEN: 403,
    QueueForm.NOT_ALLOWED: 405,
    QueueForm.BROKEN: 500,
    QueueForm.NOT_MADE: 501,
    QueueForm.NO_CONTENT: 204,
}


def withdraw(tenant: Tenant, call: Call) -> Response:
    """Contract 7.2: an open entry of this patient is deleted."""
    if not tenant.withdraw(person_of(tenant, call).id, call.path["queue_id"]):
        raise missing()
    return JSONResponse(wire_of(tenant).deleted(call.path["queue_id"]))
