"""The small picture that a camera puts in front of a photo is on screen when 64 KB have come, and no later."""

import asyncio
import base64
import json
import struct

import pytest
from PIL import Image

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.embedded_thumbnail import HEAD_BYTES
from cerbo_desktop.services.photos.thumbnail_states import Ready
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.services.photos.viewing import Viewing
from cerbo_desktop.services.photos.viewing_steps import Complete
from tests.fakes.hostile_images import encoded
from tests.fakes.raw_server import Peer, Script, raw_server
from tests.waiting import until

PATIENT, PHOTO = PatientId("7"), PhotoId("5")
RED, BLUE = (200, 20, 20), (20, 20, 200)


def camera_jpeg() -> bytes:
    """A blue photo of some 600 KB whose own small picture is red."""
    noise = Image.effect_noise((1200, 900), 60).convert("RGB")
    photo = encoded(Image.blend(noise, Image.new("RGB", noise.size, BLUE), 0.6), "JPEG", quality=97)
    small = encoded(Image.new("RGB", (160, 120), RED), "JPEG")
    entries = ((0x0103, 3, 1, 6), (0x0201, 4, 1, 56), (0x0202, 4, 1, len(small)))
    second = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
    tiff = b"II*\x00" + struct.pack("<IHI", 8, 0, 14) + second
    segment = b"Exif\x00\x00" + tiff.ljust(56, b"\x00") + small
    return photo[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + photo[2:]


JPEG = camera_jpeg()
BASE64 = base64.b64encode(JPEG)
BODIES: dict[str, tuple[bytes, int]] = {
    "bytes": (JPEG, HEAD_BYTES),
    "text": (BASE64, HEAD_BYTES * 4 // 3 + 8),
    "json": (json.dumps({"pt_id": 7, "content": BASE64.decode()}).encode(), HEAD_BYTES * 4 // 3 + 64),
}
"""With how much of it has to leave before 64 KB of the photo are there."""


def stops_at(body: bytes, size_bytes: int, go_on: asyncio.Event) -> Script:
    async def script(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 200 X\r\ncontent-length: %d\r\n\r\n" % len(body) + body[:size_bytes])
        await go_on.wait()
        await peer.send(body[size_bytes:])

    return script


class Desk:
    """Everything between the socket and the tile."""

    def __init__(self, client: CerboClient) -> None:
        self.failures: list[BaseException] = []
        self.studio = WorkerStudio(worker_count=1)
        self.contents = PhotoContentCache(client, scope=TaskScope("test", self.failures.append))
        self.thumbnails = Thumbnails(self.contents, self.studio, scope=TaskScope("test", self.failures.append))
        self.viewing = Viewing(
            self.contents, self.studio, self.thumbnails, scope=TaskScope("test", self.failures.append)
        )
        self.pictures: list[Ready] = []
        self.thumbnails.subscribe(lambda _, state: self.pictures.append(state) if isinstance(state, Ready) else None)

    async def aclose(self) -> None:
        for part in (self.viewing, self.thumbnails, self.contents, self.studio):
            await part.aclose()
        assert self.failures == []


def middle_of(picture: Ready) -> tuple[int, int]:
    """Blue and red of the pixel in the middle."""
    raster = picture.raster
    at = 4 * (raster.height_px // 2 * raster.width_px + raster.width_px // 2)
    return raster.pixels[at], raster.pixels[at + 2]


@pytest.mark.parametrize("form", BODIES)
async def test_the_first_picture_needs_the_first_64_kb_alone(form: str) -> None:
    go_on = asyncio.Event()
    async with raw_server(stops_at(*BODIES[form], go_on)) as server:
        client = CerboClient(server.origin(), "pk", "sk")
        desk = Desk(client)
        desk.thumbnails.want(PATIENT, [PHOTO])
        await until(lambda: desk.pictures)
        go_on.set()
        await until(lambda: len(desk.pictures) == 2)
        await desk.aclose()
        await client.aclose()
    first, sharp = desk.pictures
    assert (first.is_final, sharp.is_final) == (False, True)
    assert middle_of(first)[0] < 60 < 150 < middle_of(first)[1], "red: the camera's"
    assert middle_of(sharp)[0] > 120 > middle_of(sharp)[1], "blue: the photo's"
    assert max(sharp.raster.width_px, sharp.raster.height_px) == 240


async def test_opening_the_photo_while_its_thumbnail_is_fetched_costs_no_second_request() -> None:
    go_on = asyncio.Event()
    async with raw_server(stops_at(*BODIES["bytes"], go_on)) as server:
        client = CerboClient(server.origin(), "pk", "sk")
        desk = Desk(client)
        desk.thumbnails.want(PATIENT, [PHOTO])
        await until(lambda: desk.pictures)
        steps = desk.viewing.open(PATIENT, PHOTO)
        await anext(steps)
        go_on.set()
        last = [step async for step in steps][-1]
        await until(lambda: len(desk.pictures) == 2)
        await desk.aclose()
        await client.aclose()
    assert isinstance(last, Complete)
    assert last.raster.is_full_size
    assert len(server.requests) == 1
