"""Whoever makes things that end holds them, and ends them in reverse."""

import asyncio
from contextlib import AsyncExitStack
from typing import Protocol, TypeVar


class Closes(Protocol):
    """What is ended by awaiting `aclose`."""

    async def aclose(self) -> None: ...


Thing = TypeVar("Thing", bound=Closes)


class ClosingStack(AsyncExitStack):
    """Ends what it holds, and calls what was left with `callback`, in reverse of the order in which they came.

    A failure of one does not keep the others from ending. Where the ending is cancelled, because its time is up,
    nothing further is waited for.
    """

    def hold(self, thing: Thing) -> Thing:
        """Take over the end of `thing`."""
        self.push_async_callback(self._end, thing)
        return thing

    async def _end(self, thing: Closes) -> None:
        try:
            await thing.aclose()
        except asyncio.CancelledError:
            self.pop_all()
            raise
