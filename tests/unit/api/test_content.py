"""One photo in every form it may arrive in, over a real socket."""

import asyncio
import base64
import json
import time
from collections.abc import Callable

import pytest

from cerbo_desktop.api.content import media_type_of
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerRefused
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.ports import Arriving
from tests.fakes.raw_server import answers, raw_server, sends
from tests.unit.api.contacts import Opened, jpeg_like

SEVEN, FIVE = PatientId("7"), PhotoId("5")
PHOTO = jpeg_like(700_001)
B64 = base64.b64encode(PHOTO).decode()


def _lines(text: str, end: str) -> str:
    return end.join(text[at : at + 76] for at in range(0, len(text), 76))


FORMS: dict[str, bytes] = {
    "bytes": PHOTO,
    "base64": B64.encode(),
    "base64-lines": _lines(B64, "\r\n").encode() + b"\r\n",
    "base64-unpadded": B64.rstrip("=").encode(),
    "base64-url-safe": B64.replace("+", "-").replace("/", "_").replace("_9j_", "/9j/", 1).encode(),
    "data-uri": f"data:image/pngx;base64,{B64}".encode(),
    "json-text": json.dumps(B64).encode(),
    "json": json.dumps({"id": 5, "pt_id": 7, "base64_content": B64}).encode(),
    "json-slashes": json.dumps({"content": B64}).replace("/", "\\/").encode(),
    "json-lines": json.dumps({"image": _lines(B64, "\r\n")}).encode(),
    "json-unicode": json.dumps({"data": B64}).replace("+", "\\u002B").replace("=", "\\u003d").encode(),
    "json-data-uri": json.dumps({"data": f"data:image/jpeg;base64,{B64}"}).encode(),
    "json-wrapped": json.dumps({"object": "image", "data": {"pt_id": "7", "content": B64}}).encode(),
    "json-after-notes": json.dumps({"content": "front view", "data": B64}, indent=2).encode(),
    "json-bom": b"\xef\xbb\xbf" + json.dumps({"image": B64}).encode(),
}


@pytest.mark.parametrize("form", FORMS)
async def test_each_form_gives_the_same_bytes(form: str, opened: Opened) -> None:
    body = FORMS[form]
    async with raw_server(answers(200, body, content_type="text/html")) as server, opened(server.origin()) as client:
        progress: list[tuple[int, int | None]] = []

        def note(arriving: Arriving) -> None:
            progress.append((arriving.done_bytes, arriving.total_bytes))

        content = await client.content(SEVEN, FIVE, on_arrival=note)
        assert content.data == PHOTO
        assert content.media_type == "image/jpeg"
        assert progress[-1] == (len(body), len(body))
        peer = server.requests[0]
        assert peer.path == "/api/v1/patients/7/images/5/content"
        assert peer.headers["accept"] == "image/*, application/octet-stream;q=0.9, */*;q=0.5"
        assert peer.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", BadAnswerKind.NOT_A_PHOTO),
        (b"<!DOCTYPE html><html><title>Sign in</title></html>", BadAnswerKind.WEB_PAGE),
        (b"  \n<html>", BadAnswerKind.WEB_PAGE),
        (b"%PDF-1.7 and a good deal more of a document that is no picture", BadAnswerKind.NOT_A_PHOTO),
        (b"Not found", BadAnswerKind.NOT_A_PHOTO),
        (b'{"error": {"message": "no"}}', BadAnswerKind.NOT_A_PHOTO),
        (b'{"base64_content": ""}', BadAnswerKind.NOT_A_PHOTO),
        (b'{"base64_content": null}', BadAnswerKind.NOT_A_PHOTO),
        (b'{"base64_content": "!!!! not base64"}', BadAnswerKind.NOT_A_PHOTO),
        (json.dumps({"content": base64.b64encode(b"%PDF-1.7" * 40).decode()}).encode(), BadAnswerKind.NOT_A_PHOTO),
        (json.dumps({"content": B64[:4000] + "*" + B64[4000:]}).encode(), BadAnswerKind.NOT_A_PHOTO),
        (json.dumps({"content": B64}).encode()[:-4000], BadAnswerKind.CUT_OFF),
        (b'{"content": "/9j/4AAQSkZJRgAB" nonsense', BadAnswerKind.NOT_JSON),
        (b"[" * 100_000, BadAnswerKind.NOT_JSON),
        (json.dumps({"pt_id": 8, "content": B64}).encode(), BadAnswerKind.OTHER_PATIENT),
        (json.dumps({"data": {"pt_id": 8, "content": B64}}).encode(), BadAnswerKind.OTHER_PATIENT),
        (jpeg_like(25_000_001), BadAnswerKind.TOO_LARGE),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value.name,
)
async def test_what_is_no_photo(body: bytes, kind: BadAnswerKind, opened: Opened) -> None:
    async with raw_server(answers(200, body, content_type="image/jpeg")) as server, opened(server.origin()) as client:
        with pytest.raises(BadAnswer) as caught:
            await client.stream(SEVEN, FIVE)
        assert caught.value.kind is kind
        assert server.requests[0].path.endswith("/stream")


async def test_a_false_result_is_a_refusal(opened: Opened) -> None:
    async with raw_server(answers(200, {"result": False})) as server, opened(server.origin()) as client:
        with pytest.raises(ServerRefused):
            await client.content(SEVEN, FIVE)


async def test_an_endless_answer_ends_at_the_ceiling(opened: Opened) -> None:
    endless = sends(b"HTTP/1.1 200 OK\r\n\r\n" + jpeg_like(26_000_000), then="hang")
    async with raw_server(endless) as server, opened(server.origin()) as client:
        with pytest.raises(BadAnswer) as caught:
            await client.content(SEVEN, FIVE)
        assert caught.value.kind is BadAnswerKind.TOO_LARGE


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\xff\xd8\xff\xe1", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00", "image/bmp"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypmp42", ""),
        (b"BMxx some text", ""),
        (b"", ""),
    ],
)
def test_media_types(head: bytes, media_type: str) -> None:
    assert media_type_of(head) == media_type


@pytest.mark.parametrize(
    "wrap",
    [lambda text: text, lambda text: json.dumps({"content": text}).replace("/", "\\/")],
    ids=["base64", "json"],
)
async def test_unwrapping_sixteen_megabytes_does_not_stall_the_loop(wrap: Callable[[str], str], opened: Opened) -> None:
    photo = jpeg_like(12_000_000)
    body = wrap(base64.b64encode(photo).decode()).encode()
    longest_s = 0.0

    async def watch() -> None:
        nonlocal longest_s
        while True:
            started_s = time.perf_counter()
            await asyncio.sleep(0.001)
            longest_s = max(longest_s, time.perf_counter() - started_s)

    async with raw_server(answers(200, body)) as server, opened(server.origin()) as client:
        watcher = asyncio.ensure_future(watch())
        content = await client.content(SEVEN, FIVE)
        watcher.cancel()
    assert content.data == photo
    print(f"longest gap {longest_s * 1000:.0f} ms")
    assert longest_s < 0.1
