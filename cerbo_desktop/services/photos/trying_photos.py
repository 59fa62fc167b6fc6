"""Whether this key may list photos and by which routes it gets one: asked at setup, with a photo that is in Cerbo."""

from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from cerbo_desktop.domain.errors import Forbidden, Missing, ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.ports import CerboServer
from cerbo_desktop.services.photos.routes import may_be_the_route

_MOST_PATIENTS = 6
"""Whose lists are read until one holds a photo."""


class RouteFinding(Enum):
    """What one route gave."""

    GIVES = "gives"
    NOT_ALLOWED = "not allowed"
    NO_PHOTO = "no photo"
    """Not offered, a page, a fault, a record: anything but the photo."""


@dataclass(frozen=True, slots=True)
class TriedRoutes:
    """What became of one photo by each of the two routes."""

    stream: RouteFinding
    content: RouteFinding


class NotTried(Enum):
    """Why no route was tried."""

    NO_PATIENT = "no patient"
    NO_LIST = "no list"
    """Each answered "not found": this address has no such lists, or none of an album without photos."""
    NO_PHOTO = "no photo"
    NOT_ALLOWED_TO_LIST = "not allowed to list"


PhotoFinding = TriedRoutes | NotTried


async def try_photos(server: CerboServer, patient_ids: Iterable[PatientId]) -> PhotoFinding:
    """One list may be refused for its patient alone, so the next one's is read.

    Raises:
        ServerError: the line, the server or the key is in trouble, or a list can't be read.
    """
    finding = NotTried.NO_PATIENT
    for patient_id in islice(dict.fromkeys(patient_ids), _MOST_PATIENTS):
        try:
            # Of both types at once: a tenant may refuse the parameter that asks for one.
            listed = await server.photos(patient_id, None, limit=1)
        except (Forbidden, Missing) as error:
            if finding in (NotTried.NO_PATIENT, NotTried.NO_LIST):
                finding = NotTried.NOT_ALLOWED_TO_LIST if isinstance(error, Forbidden) else NotTried.NO_LIST
            continue
        if listed.items:
            return await _tried(server, patient_id, listed.items[0].id)
        finding = NotTried.NO_PHOTO
    return finding


async def _tried(server: CerboServer, patient_id: PatientId, photo_id: PhotoId) -> TriedRoutes:
    return TriedRoutes(
        await _finding(server.stream(patient_id, photo_id)), await _finding(server.content(patient_id, photo_id))
    )


async def _finding(asked: Awaitable[Content]) -> RouteFinding:
    try:
        await asked
    except Forbidden:
        return RouteFinding.NOT_ALLOWED
    except ServerError as error:
        if not may_be_the_route(error):
            raise
        return RouteFinding.NO_PHOTO
    return RouteFinding.GIVES
