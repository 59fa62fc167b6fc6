"""How the sending of one photo ended."""

import asyncio

from cerbo_desktop.api import faults, receipts
from cerbo_desktop.api.body import PhotoBody
from cerbo_desktop.api.calls import Call, Incoming, read_body
from cerbo_desktop.domain.errors import MaybeSent, ServerError, Stalled, Unreachable
from cerbo_desktop.domain.limits import MAX_JSON_BYTES
from cerbo_desktop.domain.portal_queue import Receipt


async def read(answer: Incoming, call: Call, body: PhotoBody) -> Receipt:
    """What a 2xx says of the photo. Raises the reason where the answer is none (contract 6.5)."""
    error = faults.of_upload_status(answer.status, answer.headers, has_left=body.has_left)
    if error is not None:
        raise error
    told = await read_body(answer, MAX_JSON_BYTES)
    return await asyncio.to_thread(receipts.of_body, told, call.ids[0])


def trouble_of(trouble: ServerError, body: PhotoBody) -> ServerError:
    """What a failed upload means: `MaybeSent` once the last byte has left; before it `Unreachable` or `Stalled`."""
    if body.has_left:
        return MaybeSent()
    return trouble if isinstance(trouble, Unreachable) else Stalled()
