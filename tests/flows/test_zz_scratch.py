import asyncio, gc, os, pytest, socket
from tests.flows.desk import Desk
from cerbo_desktop.practice.patients import EVELYN_LONGACRE
from tests.waiting import until

@pytest.mark.parametrize("turns", [1,3,6,10,20,40,80,160,320])
async def test_x(closed_desk: Desk, turns):
    desk = closed_desk
    await desk.start()
    for _ in range(turns):
        await asyncio.sleep(0)
    await desk.close()
    for o in gc.get_objects():
        try:
            if isinstance(o, socket.socket) and o.fileno()!=-1 and o.family==2: print(turns, o)
        except Exception: pass
    gc.collect()
