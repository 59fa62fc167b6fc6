"""A photo's bytes made into a picture, by the other route where that one gives more of the photo."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from cerbo_desktop.domain.errors import CannotShow, ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.services.photos.content_cache import ContentFlaw, PhotoContentCache

_FLAWS = {
    RefusalReason.UNSUPPORTED_TYPE: ContentFlaw.UNSHOWN,
    RefusalReason.NOT_A_PHOTO: ContentFlaw.UNSHOWN,
    RefusalReason.NOT_SAFE_HERE: ContentFlaw.UNSHOWN,
    RefusalReason.DAMAGED: ContentFlaw.DAMAGED,
}
"""Of what can't be shown at all: where the other route may help."""


async def decode_best(
    contents: PhotoContentCache,
    key: tuple[PatientId, PhotoId],
    content: Content,
    decode: Callable[[bytes], Awaitable[Raster]],
    urgency: Urgency,
    *,
    is_opened: bool = False,
) -> Raster:
    """What `decode` makes of `content`. The other route is asked once where this is damaged, or can't be shown; for a
    photo that is opened also where it is Cerbo's small copy, which is enough for a tile.

    Raises `CannotShow` where neither route gives what can be shown.
    """

    async def improve(other: Content) -> Raster | None:
        with suppress(CannotShow):
            return await decode(other.data)
        return None

    first = await _tried(decode, content)
    flaw = _flaw_of(first, is_opened=is_opened)
    if flaw is not None:
        with suppress(ServerError):
            better = await contents.improved(*key, content, flaw, improve, urgency=urgency)
            if better is not None:
                return better
    if isinstance(first, CannotShow):
        raise first
    return first


async def _tried(decode: Callable[[bytes], Awaitable[Raster]], content: Content) -> Raster | CannotShow:
    try:
        return await decode(content.data)
    except CannotShow as refusal:
        return refusal


def _flaw_of(first: Raster | CannotShow, *, is_opened: bool) -> ContentFlaw | None:
    if isinstance(first, CannotShow):
        return _FLAWS.get(first.reason)
    if is_opened and first.is_of_small_copy:
        return ContentFlaw.SMALL
    return None if first.is_whole else ContentFlaw.DAMAGED
