"""What is examined at the same time: two light pictures, or one heavy one alone."""

import asyncio

from cerbo_desktop.imaging.turns import Turns


class Room:
    """Who is inside, and everybody who ever was there together."""

    def __init__(self) -> None:
        self.turns, self.inside = Turns(2), list[str]()
        self.met: set[tuple[str, ...]] = set()

    async def light(self, name: str) -> None:
        async with self.turns.light():
            await self._stay(name)

    async def heavy(self, name: str) -> None:
        async with self.turns.heavy():
            await self._stay(name)

    async def _stay(self, name: str) -> None:
        self.inside.append(name)
        self.met.add(tuple(sorted(self.inside)))
        for _ in range(5):
            await asyncio.sleep(0)
        self.inside.remove(name)


async def test_two_light_pictures_go_together() -> None:
    room = Room()
    await asyncio.gather(*(room.light(name) for name in "abc"))
    assert ("a", "b") in room.met
    assert max(map(len, room.met)) == 2


async def test_a_heavy_picture_is_alone() -> None:
    room = Room()
    await asyncio.gather(room.light("a"), room.heavy("X"), room.light("b"), room.heavy("Y"), room.light("c"))
    assert {names for names in room.met if {"X", "Y"} & set(names)} == {("X",), ("Y",)}


async def test_one_that_is_given_up_while_it_waits_takes_no_place() -> None:
    room = Room()
    light = asyncio.ensure_future(room.light("a"))
    heavy = asyncio.ensure_future(room.heavy("X"))
    await asyncio.sleep(0)
    heavy.cancel()
    await asyncio.gather(light, heavy, return_exceptions=True)
    await asyncio.gather(*(room.light(name) for name in "bc"))
    assert room.met == {("a",), ("b",), ("b", "c")}
