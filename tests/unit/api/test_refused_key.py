"""A refused key is not asked on: it may be locked out. One that may not do one thing goes on with the rest."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import date

import pytest

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.address import Origin, parse_address
from cerbo_desktop.domain.errors import BadAnswer, Forbidden, Overloaded, ServerError, SignedOut, Stalled, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId
from cerbo_desktop.domain.limits import MAX_CONCURRENT_REQUESTS
from cerbo_desktop.domain.patient_query import PatientQuery
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.withholding import Withheld
from cerbo_desktop.runtime.paths import resources_dir
from tests.unit.api.contacts import Contacts, Opened, outgoing
from tests.waiting import until

_ANYBODY, _GRACE, _DOROTHY = PatientQuery(last_name="a"), PatientId("10233"), PatientId("10071")
_MOST_QUESTIONS = 3
_ASKED: dict[str, Callable[[CerboClient], Awaitable[object]]] = {
    "users": lambda client: client.can_list_users(),
    "search": lambda client: client.search_patients(_ANYBODY),
    "patient": lambda client: client.patient(_GRACE),
    "images": lambda client: anext(client.photo_pages(_GRACE)),
    "image": lambda client: client.photo(_GRACE, _photo(_GRACE)),
    "content": lambda client: client.content(_GRACE, _photo(_GRACE)),
    "stream": lambda client: client.stream(_GRACE, _photo(_GRACE)),
    "queue": lambda client: client.enqueued(_GRACE),
    "appointments": lambda client: client.appointments(date(2025, 11, 4), date(2025, 11, 6)),
}
"""Each question by the name that the clinic has for it."""


def _photo(patient_id: PatientId) -> PhotoId:
    return _PHOTOS[patient_id]


_PHOTOS: dict[PatientId, PhotoId] = {}


@pytest.fixture
def clinic() -> Iterator[PracticeClinic]:
    with PracticeClinic(resources_dir() / "practice") as clinic:
        _PHOTOS.update((each, PhotoId(str(clinic.album(int(each))[0].id))) for each in (_GRACE, _DOROTHY))
        yield clinic


@pytest.fixture
async def client(clinic: PracticeClinic, contacts: Contacts) -> AsyncIterator[CerboClient]:
    """With the clinic's own key."""
    client = CerboClient(_origin(clinic), clinic.username, clinic.secret, on_contact=contacts.append)
    yield client
    await client.aclose()


def _origin(clinic: PracticeClinic) -> Origin:
    origin = parse_address(clinic.origin)
    assert isinstance(origin, Origin)
    return origin


async def _end(asked: Awaitable[object]) -> type[ServerError] | None:
    try:
        await asked
    except ServerError as error:
        return type(error)
    return None


async def test_one_refusal_stops_every_request_until_the_probe_is_answered(
    clinic: PracticeClinic, opened: Opened, contacts: Contacts
) -> None:
    async with opened(_origin(clinic)) as client:  # with a key that this clinic does not know
        results = await asyncio.gather(*(client.search_patients(_ANYBODY) for _ in range(20)), return_exceptions=True)
        assert all(isinstance(result, SignedOut) for result in results)
        asked = clinic.counters.count()
        # What was on the line together, with the urgent one's place, and the questions that told what it means.
        assert asked <= MAX_CONCURRENT_REQUESTS + 2 + _MOST_QUESTIONS
        assert all(isinstance(contact, SignedOut) for contact in contacts)
        with pytest.raises(SignedOut):
            await client.patient(_GRACE)
        assert clinic.counters.count() == asked
        with pytest.raises(SignedOut):
            await client.probe()
        told = len(contacts)
        clinic.faults.set("users", Fault.FORBIDDEN, times=1)
        await client.probe()
        assert contacts[told:] == [None]
        with pytest.raises(SignedOut):
            await client.patient(_GRACE)


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("kind", _ASKED)
async def test_one_thing_that_is_not_allowed_leaves_the_rest(
    clinic: PracticeClinic, client: CerboClient, contacts: Contacts, kind: str, status: int
) -> None:
    """At the start, before anything was ever answered, which is the hardest."""
    clinic.switches.withheld = (Withheld(kind, status),)
    ends = {name: await _end(ask(client)) for name, ask in _ASKED.items()}
    refused = {name for name, end in ends.items() if end is not None}
    assert refused == ({kind} if kind != "users" else set())
    assert refused == {name for name, end in ends.items() if end is Forbidden}
    assert all(contact is None for contact in contacts)
    asked = clinic.counters.count()
    await _end(_ASKED[kind](client))
    assert clinic.counters.count() == asked  # remembered
    clinic.switches.withheld = ()
    client.forget_refusals()
    assert await _end(_ASKED[kind](client)) is None


async def test_requests_that_meet_a_401_together_ask_once_what_it_means(
    clinic: PracticeClinic, client: CerboClient
) -> None:
    await client.patient(_GRACE)
    clinic.switches.withheld = (Withheld("queue"),)
    clinic.switches.latency_s = 0.05
    clinic.counters.reset()
    ends = await asyncio.gather(*(_end(client.enqueued(PatientId(str(each)))) for each in clinic.patients))
    assert set(ends) == {Forbidden}
    assert (
        clinic.counters.count("patient") <= 2
    )  # one that takes a place before the others are judged is judged after them
    assert clinic.counters.count("queue") <= 2 * MAX_CONCURRENT_REQUESTS  # those on the line, and who took their places


async def test_a_chart_of_its_own_is_told_from_what_no_chart_gives(clinic: PracticeClinic, client: CerboClient) -> None:
    await client.patient(_GRACE)
    clinic.switches.withheld = (Withheld("images", pt_id=int(_GRACE)),)
    assert await _end(anext(client.photo_pages(_GRACE))) is Forbidden
    assert await _end(anext(client.photo_pages(_DOROTHY))) is None
    clinic.switches.withheld = (Withheld("images"),)
    others = [PatientId(str(each)) for each in (10655, 11502, 10918)]
    for other in others:  # it was given for one: each of the others is asked for
        assert await _end(anext(client.photo_pages(other))) is Forbidden
    assert clinic.counters.count("images") == 5
    client.forget_refusals()
    for other in others:
        assert await _end(anext(client.photo_pages(other))) is Forbidden
    assert clinic.counters.count("images") == 7  # refused for two and given for none: nobody's is asked for


@pytest.mark.parametrize("kinds", [("appointments", "search"), ("search", "appointments"), ("users", "appointments")])
async def test_what_is_refused_does_not_depend_on_what_met_it_first(
    clinic: PracticeClinic, client: CerboClient, kinds: tuple[str, ...]
) -> None:
    for kind in kinds:
        await _ASKED[kind](client)
    clinic.switches.withheld = tuple(Withheld(kind) for kind in kinds)
    await asyncio.gather(*(_end(_ASKED[kind](client)) for kind in kinds))
    assert await _end(client.patient(_GRACE)) is None
    clinic.faults.set("*", Fault.UNAUTHORIZED)
    client.forget_refusals()
    assert await _end(_ASKED[kinds[0]](client)) is SignedOut
    asked = clinic.counters.count()
    assert await _end(client.patient(_GRACE)) is SignedOut
    assert clinic.counters.count() == asked


async def test_an_answer_from_before_the_refusal_does_not_accept_the_key_again(
    clinic: PracticeClinic, client: CerboClient, contacts: Contacts
) -> None:
    clinic.faults.set("content", Fault.SLOW, times=1, pace_s=0.02, piece_bytes=40_000)
    slow = asyncio.ensure_future(client.content(_GRACE, _photo(_GRACE)))
    await until(lambda: clinic.counters.in_flight("content"))
    clinic.faults.set("*", Fault.UNAUTHORIZED)
    assert await _end(client.search_patients(_ANYBODY)) is SignedOut
    told = len(contacts)
    await slow
    assert contacts[told:] == []


async def test_where_no_answer_comes_nothing_is_concluded(
    clinic: PracticeClinic, client: CerboClient, contacts: Contacts
) -> None:
    await client.patient(_GRACE)
    clinic.switches.withheld = (Withheld("search"),)
    for kind in ("patient", "users"):  # one alone that breaks off says nothing of the line
        clinic.faults.set(kind, Fault.OFFLINE)
    assert await _end(client.search_patients(_ANYBODY)) is Unreachable
    assert isinstance(contacts[-1], Unreachable)
    clinic.faults.clear()
    assert await _end(client.patient(_GRACE)) is None
    assert await _end(client.search_patients(_ANYBODY)) is Forbidden


async def test_a_page_in_the_place_of_the_answer_concludes_nothing(clinic: PracticeClinic, client: CerboClient) -> None:
    clinic.switches.withheld = (Withheld("search"),)
    clinic.faults.set("users", Fault.CAPTIVE_PORTAL)
    assert await _end(client.search_patients(_ANYBODY)) is BadAnswer
    assert await _end(client.patient(_GRACE)) is None


async def test_users_that_are_a_page_leave_the_verdict_to_other_questions(
    clinic: PracticeClinic, client: CerboClient, opened: Opened
) -> None:
    """A tenant may answer with its own page where it has no such list."""
    clinic.faults.set("users", Fault.CAPTIVE_PORTAL)
    clinic.switches.withheld = (Withheld("appointments"),)
    assert await _end(_ASKED["appointments"](client)) is Forbidden
    async with opened(_origin(clinic)) as stranger:  # with a key that this clinic does not know
        assert await _end(_ASKED["appointments"](stranger)) is SignedOut


async def test_a_photo_that_was_refused_is_certainly_not_stored(clinic: PracticeClinic, client: CerboClient) -> None:
    """Also where nobody can say what the refusal means: it is no doubt, and the key isn't called refused."""
    clinic.switches.withheld = (Withheld("upload"),)
    assert await _end(client.create_photo(_GRACE, outgoing(1000))) is Forbidden
    for kind in ("users", "search"):
        clinic.faults.set(kind, Fault.OFFLINE)
    assert await _end(client.create_photo(_GRACE, outgoing(1000))) is SignedOut
    clinic.faults.clear()
    assert await _end(client.patient(_GRACE)) is None
    clinic.switches.withheld = ()
    assert await _end(client.create_photo(_GRACE, outgoing(1000))) is None
    assert len(clinic.photos_received()) == 1


async def test_taking_back_is_tried_each_time(clinic: PracticeClinic, client: CerboClient) -> None:
    clinic.switches.withheld = (Withheld("withdraw"),)
    for _ in range(3):
        assert await _end(client.withdraw(_GRACE, QueueId("1"))) is Forbidden
    assert clinic.counters.count("withdraw") == 3


async def test_the_first_question_that_is_too_many_has_another_kind_asked_once(
    clinic: PracticeClinic, client: CerboClient, contacts: Contacts
) -> None:
    clinic.faults.set("search", Fault.TOO_MANY, retry_after=60)
    with pytest.raises(Overloaded):
        await client.search_patients(_ANYBODY)
    assert isinstance(contacts[0], Stalled), "the listener is to look"
    await client.probe()
    assert contacts[-1] is None
    assert (clinic.counters.count(), clinic.counters.count("search")) == (2, 1)
    await client.patient(_GRACE)


async def test_a_second_kind_that_is_too_many_tells_that_cerbo_is_overloaded(
    clinic: PracticeClinic, client: CerboClient, contacts: Contacts
) -> None:
    clinic.switches.is_overloaded, clinic.switches.retry_after = True, "60"
    with pytest.raises(Overloaded):
        await client.search_patients(_ANYBODY)
    with pytest.raises(Overloaded):
        await client.probe()
    assert isinstance(contacts[-1], Overloaded)
    assert clinic.counters.count() == 2
    with pytest.raises(Overloaded):
        await client.patient(_GRACE)
    assert clinic.counters.count() == 2, "nothing is asked in the pause"
