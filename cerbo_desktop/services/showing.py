"""A photo's bytes made into a picture, by the other route where one gives a form that the app does not show."""

from collections.abc import Awaitable, Callable

from cerbo_desktop.domain.errors import CannotShow, ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.services.contents import Contents

_ANOTHER_FORM_MAY_SHOW = frozenset(
    {RefusalReason.UNSUPPORTED_TYPE, RefusalReason.NOT_A_PHOTO, RefusalReason.NOT_SAFE_HERE}
)


async def made(
    contents: Contents,
    key: tuple[PatientId, PhotoId],
    content: Content,
    decode: Callable[[bytes], Awaitable[Raster]],
    urgency: Urgency,
) -> Raster:
    """What `decode` makes of `content`. Raises `CannotShow` where neither route gives what can be shown."""
    try:
        return await decode(content.data)
    except CannotShow as error:
        if error.reason not in _ANOTHER_FORM_MAY_SHOW:
            raise
        try:
            other = await contents.otherwise(*key, content, urgency=urgency)
        except ServerError:
            raise error from None
        if other is None:
            raise
    return await decode(other.data)


async def made_whole(
    contents: Contents,
    key: tuple[PatientId, PhotoId],
    content: Content,
    decode: Callable[[bytes], Awaitable[Raster]],
    urgency: Urgency,
) -> Raster:
    """The same for a photo that is opened: where one route gives Cerbo's small copy, the other may give the photo."""
    raster = await made(contents, key, content, decode, urgency)
    if not raster.is_of_small_copy:
        return raster
    try:
        other = await contents.larger(*key, content, urgency=urgency)
        return raster if other is None else await decode(other.data)
    except (ServerError, CannotShow):
        return raster
