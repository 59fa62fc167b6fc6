"""How often Cerbo is asked what became of photos that wait there, however many patients they are of."""

import asyncio

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.ports import Clock

EACH_S = 32.0
"""For one look at one patient, all patients together: two within a minute, and never three."""
BURST = 12
"""So many may come together after a time without any, such as at a start."""


class LookPace:
    """Looks that nobody waits for take turns: who has waited longest is next."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turn = asyncio.Lock()
        """Handed on in the order in which it was asked for."""
        self._paid_until_s = clock.elapsed_s()
        self.first: PatientId | None = None
        """Whose album was opened last: they wait for nobody, and the others for them."""

    async def take_turn(self, patient_id: PatientId) -> None:
        """Wait until one look at this patient may be made."""
        if patient_id == self.first:
            self.pay()
            return
        async with self._turn:
            while (wait_s := self._paid_until_s - self._clock.elapsed_s() - (BURST - 1) * EACH_S) > 0:
                await self._clock.sleep(wait_s)
            self.pay()

    def pay(self) -> None:
        """A list was asked for, in turn or not: others wait that much longer."""
        self._paid_until_s = max(self._paid_until_s, self._clock.elapsed_s()) + EACH_S
