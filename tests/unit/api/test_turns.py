"""Who may ask Cerbo first, on a real line: the photo on show, then what is in view, then the outbox; nobody jams it.

Pictures have a lane of their own before that, so lists stand for what is in view here.
"""

import asyncio
import random

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.limits import MAX_CONCURRENT_REQUESTS
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.domain.urgency import Urgency
from tests.fakes.raw_server import Peer, raw_server
from tests.unit.api.contacts import Opened, jpeg_like, outgoing
from tests.waiting import until

SEVEN = PatientId("7")
UPLOAD = "an upload"


class Doorman:
    """Answers each request when its door is opened; photos are named by their number, lists by their patient's."""

    def __init__(self) -> None:
        self.arrived: list[str] = []
        self._doors: dict[str, asyncio.Event] = {}

    async def serve(self, peer: Peer) -> None:
        name = UPLOAD if peer.line.startswith("POST") else peer.path.split("/")[-2]
        self.arrived.append(name)
        await peer.read_body()
        ended = asyncio.ensure_future(peer.hang())
        await asyncio.wait({ended, asyncio.ensure_future(self._door(name).wait())}, return_when="FIRST_COMPLETED")
        if name == UPLOAD:
            await peer.answer(200, {"id": 9})
        else:
            await (peer.answer(200, jpeg_like(100)) if peer.path.endswith("/content") else peer.answer(200, []))

    def open(self, *names: str) -> None:
        for name in names:
            self._door(name).set()

    def _door(self, name: str) -> asyncio.Event:
        return self._doors.setdefault(name, asyncio.Event())


async def test_a_sent_photo_waits_for_pictures_and_the_photo_on_show_for_nobody(opened: Opened) -> None:
    doorman = Doorman()
    async with raw_server(doorman.serve) as server, opened(server.origin()) as client:

        async def show(name: str, urgency: Urgency) -> None:
            await client.photos(PatientId(name), PhotoType.PERSONAL, limit=1, urgency=urgency)

        async with asyncio.timeout(20), asyncio.TaskGroup() as group:
            for number in range(MAX_CONCURRENT_REQUESTS):
                group.create_task(show(f"seen{number}", Urgency.VISIBLE))
            await until(lambda: len(doorman.arrived) == MAX_CONCURRENT_REQUESTS)
            group.create_task(client.create_photo(SEVEN, outgoing(1000)))
            await asyncio.sleep(0)
            group.create_task(show("near", Urgency.NEAR))
            group.create_task(client.content(SEVEN, PhotoId("opened"), urgency=Urgency.NOW))
            await until(lambda: doorman.arrived[-1] == "opened")
            doorman.open("opened", "seen0")
            await until(lambda: doorman.arrived[-1] == "near")
            doorman.open("near")
            await until(lambda: doorman.arrived[-1] == UPLOAD)
            doorman.open(UPLOAD, *(f"seen{number}" for number in range(1, MAX_CONCURRENT_REQUESTS)))


async def test_an_album_without_end_does_not_keep_a_sent_photo_out(opened: Opened) -> None:
    doorman = Doorman()
    async with (
        raw_server(doorman.serve) as server,
        opened(server.origin()) as client,
        asyncio.timeout(20),
        asyncio.TaskGroup() as group,
    ):
        for number in range(40):
            faces = client.photos(PatientId(str(number)), PhotoType.PERSONAL, limit=1, urgency=Urgency.VISIBLE)
            group.create_task(faces)
        await until(lambda: len(doorman.arrived) == MAX_CONCURRENT_REQUESTS)
        group.create_task(client.create_photo(SEVEN, outgoing(1000)))
        await asyncio.sleep(0)
        doorman.open(UPLOAD, *map(str, range(40)))
    assert MAX_CONCURRENT_REQUESTS < doorman.arrived.index(UPLOAD) < 20


async def test_cancelling_at_any_moment_leaves_every_place_free(opened: Opened) -> None:
    """In the queue, while connecting, before and within the answer: five requests at once are still possible after."""
    chance = random.Random(11)
    all_here = asyncio.Event()
    places = MAX_CONCURRENT_REQUESTS + 1
    waiting: list[str] = []

    async def serve(peer: Peer) -> None:
        if "/last/" in peer.path:
            waiting.append(peer.path)
            await all_here.wait()
            await peer.answer(200, [])
            return
        if chance.random() < 0.5:
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + jpeg_like(100_000))
            await peer.hang()
        await peer.answer(200, jpeg_like(1000))

    async with raw_server(serve) as server, opened(server.origin()) as client:
        for _ in range(40):
            tasks = [
                asyncio.ensure_future(client.content(SEVEN, PhotoId(str(number)), urgency=chance.choice(list(Urgency))))
                for number in range(10)
            ]
            for task in chance.sample(tasks, len(tasks)):
                for _ in range(chance.randrange(12)):
                    await asyncio.sleep(0)
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        async with asyncio.timeout(20), asyncio.TaskGroup() as group:
            for _ in range(places):
                group.create_task(client.photos(PatientId("last"), PhotoType.PERSONAL, limit=1, urgency=Urgency.NOW))
            await until(lambda: len(waiting) == places)
            all_here.set()
