"""An `ImageStudio` without processes: every photo is one grey pixel, unless its bytes say otherwise.

b"broken..."        cannot be shown (DAMAGED)
b"half..."          is shown, and a part of it is missing
b"small copy..."    has 200 x 200 pixels, as the pictures that the EHR makes
b"big..."           a raster of 1,000 x 1,000
b"camera..."        has a small picture of the camera's own, of 2 x 1 pixels
b"X|..."             the same picture as every other b"X|..." in other bytes
b"carries..."       alone shows something when it is partly there: that pixel
"""

import asyncio
import hashlib
import uuid
from dataclasses import dataclass, field, replace

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.raster import PartialImage, Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import (
    Accepted,
    MediaType,
    OutgoingPhoto,
    Preparation,
    RefusalReason,
    Refused,
    Verdict,
)


def one_pixel(source_px: tuple[int, int] = (4000, 3000)) -> Raster:
    return Raster(1, 1, b"\x80\x80\x80\xff", *source_px)


@dataclass
class FakeImageStudio:
    """`domain.ports.ImageStudio`; with `gate` cleared every job waits for it."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    thumbnails: list[tuple[bytes, int, Urgency]] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    """In which a small picture was looked for."""
    looking: asyncio.Event = field(default_factory=asyncio.Event)
    """While it is cleared, nothing is found."""
    out_of_order: bool = False

    def __post_init__(self) -> None:
        self.gate.set()
        self.looking.set()

    async def thumbnail(self, data: bytes, edge_px: int, *, urgency: Urgency = Urgency.VISIBLE) -> Raster:
        self.thumbnails.append((data, edge_px, urgency))
        return await self._shown(data)

    async def embedded(self, head: bytes, edge_px: int, *, urgency: Urgency = Urgency.VISIBLE) -> Raster:
        self.heads.append(head)
        await self.looking.wait()
        if not head.startswith(b"camera"):
            raise CannotShow(RefusalReason.NOT_A_PHOTO)
        return Raster(2, 1, b"\x40\x40\x40\xff" * 2, 4000, 3000)

    async def full(self, data: bytes, *, urgency: Urgency = Urgency.NOW) -> Raster:
        return await self._shown(data)

    async def partial(self, head: bytes, edge_px: int, *, urgency: Urgency = Urgency.NOW) -> PartialImage:
        return PartialImage(await self._glimpsed(head), known_rows=1)

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        try:
            preview = await self._shown(data)
        except CannotShow as error:
            return Refused(error.reason, size_bytes=len(data))
        digest = hashlib.sha256(data).hexdigest()
        size_px = preview.source_width_px, preview.source_height_px
        photo = OutgoingPhoto(data, MediaType.JPEG, *size_px, digest, uuid.uuid4().hex)
        pixels_sha256 = hashlib.sha256(data.partition(b"|")[0]).hexdigest()
        return Accepted(photo, preview, digest, Preparation(pixels_sha256=pixels_sha256))

    async def examine_frame(self, frame: Raster) -> Verdict:
        verdict = await self.examine(b"jpeg of " + frame.pixels, "")
        return replace(verdict, source_sha256="") if isinstance(verdict, Accepted) else verdict

    async def aclose(self) -> None:
        self.out_of_order = True

    async def _glimpsed(self, head: bytes) -> Raster:
        raster = await self._shown(head)
        if not head.startswith(b"carries"):
            raise CannotShow(RefusalReason.DAMAGED)
        return raster

    async def _shown(self, data: bytes) -> Raster:
        await self.gate.wait()
        if self.out_of_order:
            raise CannotShow(RefusalReason.OUT_OF_ORDER)
        if data.startswith(b"broken"):
            raise CannotShow(RefusalReason.DAMAGED)
        if data.startswith(b"half"):
            return replace(one_pixel(), is_whole=False)
        if data.startswith(b"small copy"):
            return one_pixel((200, 200))
        if data.startswith(b"big"):
            return Raster(1000, 1000, bytes(4_000_000), 4000, 4000)
        return one_pixel()
