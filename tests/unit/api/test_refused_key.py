"""A key that Cerbo refused is not asked on: it may be locked out."""

import asyncio

import pytest

from cerbo_desktop.domain.address import Origin, parse_address
from cerbo_desktop.domain.errors import SignedOut
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.limits import MAX_CONCURRENT_REQUESTS
from cerbo_desktop.domain.ports import PatientQuery
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.runtime.paths import resources_dir
from tests.unit.api.contacts import Contacts, Opened

_ANYBODY, _GRACE = PatientQuery(last_name="a"), PatientId("10233")


async def test_one_refusal_stops_every_request_until_the_probe_is_answered(opened: Opened, contacts: Contacts) -> None:
    with PracticeClinic(resources_dir() / "practice") as clinic:
        origin = parse_address(clinic.origin)
        assert isinstance(origin, Origin)
        async with opened(origin) as client:  # with a key that this clinic does not know
            results = await asyncio.gather(
                *(client.search_patients(_ANYBODY) for _ in range(20)), return_exceptions=True
            )
            assert all(isinstance(result, SignedOut) for result in results)
            asked = clinic.counters.count()
            assert asked <= MAX_CONCURRENT_REQUESTS + 1  # what was on the line together, with the urgent one's place
            with pytest.raises(SignedOut):
                await client.patient(_GRACE)
            assert clinic.counters.count() == asked
            assert len(contacts) == asked  # what is not sent tells nothing of the line
            clinic.faults.set("users", Fault.FORBIDDEN, times=1)
            assert not await client.can_list_users()
            with pytest.raises(SignedOut):
                await client.patient(_GRACE)
            assert clinic.counters.count() == asked + 2
