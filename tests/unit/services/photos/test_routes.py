"""The two routes to a photo's bytes stand in for each other, and which of them works is learnt."""

from collections.abc import Sequence

import pytest

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    Forbidden,
    Missing,
    Overloaded,
    ServerError,
    ServerRefusal,
    ServerRefused,
    Unreachable,
)
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.services.photos.routes import Route, Routes

STREAM, CONTENT = Route.STREAM, Route.CONTENT
PHOTO = Content(b"photo", "image/jpeg")
FAULT = BadAnswer(BadAnswerKind.SERVER_FAULT)
NO_SUCH = BadAnswer(BadAnswerKind.NOT_OFFERED)


class Tenant:
    """Gives photos by the routes that are not told to fail, and keeps who was asked."""

    def __init__(self) -> None:
        self.ends: dict[Route, ServerError | None] = {STREAM: None, CONTENT: None}
        self.asked: list[Route] = []
        self.impatient: list[Route] = []
        """Asked in such a way that an overload of them alone is not waited for."""
        self.found: list[bool] = []
        self.routes = Routes(on_found=self.found.append)

    async def ask(self, route: Route, has_other_way: bool) -> Content:
        self.asked.append(route)
        if has_other_way:
            self.impatient.append(route)
        if (error := self.ends[route]) is not None:
            raise error
        return PHOTO

    async def fetch(self, wanted: Route) -> Sequence[Route]:
        """The routes that were asked for one photo, in their order."""
        self.asked.clear()
        assert await self.routes.fetch(self.ask, wanted) is PHOTO
        return list(self.asked)


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


@pytest.mark.parametrize(
    "error",
    [
        *(Missing(), Forbidden(), ServerRefused(ServerRefusal.INVALID), NO_SUCH),
        *(BadAnswer(kind) for kind in (BadAnswerKind.NOT_A_PHOTO, BadAnswerKind.WEB_PAGE, BadAnswerKind.WRONG_SHAPE)),
    ],
    ids=repr,
)
@pytest.mark.parametrize("wanted", Route)
async def test_a_route_that_does_not_give_photos_is_passed_over(
    tenant: Tenant, wanted: Route, error: ServerError
) -> None:
    tenant.ends[wanted] = error
    assert await tenant.fetch(wanted) == [wanted, wanted.other]
    assert await tenant.fetch(wanted) == [wanted.other]
    assert await tenant.fetch(wanted.other) == [wanted.other]
    assert tenant.found == ([True] if wanted is CONTENT else [])


async def test_one_fault_decides_nothing_and_a_second_in_a_row_does(tenant: Tenant) -> None:
    tenant.ends[STREAM] = FAULT
    assert await tenant.fetch(STREAM) == [STREAM, CONTENT]
    tenant.ends[STREAM] = None
    assert await tenant.fetch(STREAM) == [STREAM]
    tenant.ends[STREAM] = FAULT
    assert await tenant.fetch(STREAM) == [STREAM, CONTENT]
    assert await tenant.fetch(STREAM) == [STREAM, CONTENT]
    assert await tenant.fetch(STREAM) == [CONTENT]


async def test_a_route_that_was_mended_is_found_again(tenant: Tenant) -> None:
    tenant.ends[CONTENT] = NO_SUCH
    await tenant.fetch(CONTENT)
    tenant.ends[CONTENT] = None
    asked = [tuple(await tenant.fetch(CONTENT)) for _ in range(101)]
    assert asked == [(STREAM,)] * 99 + [(CONTENT,)] * 2
    assert tenant.found == [True, False]


async def test_where_both_were_passed_over_the_wanted_one_goes_first(tenant: Tenant) -> None:
    tenant.ends[CONTENT] = NO_SUCH
    await tenant.fetch(CONTENT)
    tenant.ends = {STREAM: Missing(), CONTENT: None}
    assert await tenant.fetch(CONTENT) == [STREAM, CONTENT]
    assert await tenant.fetch(STREAM) == [CONTENT]


@pytest.mark.parametrize(
    "error",
    [Unreachable(), BadAnswer(BadAnswerKind.TOO_LARGE), BadAnswer(BadAnswerKind.OTHER_PATIENT)],
    ids=repr,
)
async def test_trouble_that_is_not_the_routes_is_raised_at_once(tenant: Tenant, error: ServerError) -> None:
    tenant.ends[CONTENT] = error
    with pytest.raises(type(error)):
        await tenant.fetch(CONTENT)
    assert tenant.asked == [CONTENT]


@pytest.mark.parametrize("wanted", Route)
async def test_while_one_route_is_overloaded_photos_come_by_the_other(tenant: Tenant, wanted: Route) -> None:
    tenant.ends[wanted] = Overloaded(10.0)
    for _ in range(3):
        assert await tenant.fetch(wanted) == [wanted, wanted.other]
    tenant.ends[wanted] = None
    assert await tenant.fetch(wanted) == [wanted], "it passes, and nothing was learnt of what the route gives"
    assert tenant.impatient == [wanted] * 4


async def test_where_the_other_route_has_no_photo_the_overloaded_one_is_waited_for(tenant: Tenant) -> None:
    tenant.ends = {STREAM: NO_SUCH, CONTENT: Overloaded(10.0)}
    with pytest.raises(Overloaded):
        await tenant.fetch(CONTENT)
    assert (tenant.asked, tenant.impatient) == ([CONTENT, STREAM, CONTENT], [CONTENT])


async def test_a_fault_that_the_other_route_cannot_make_good_is_asked_about_once_more(tenant: Tenant) -> None:
    tenant.ends = {STREAM: NO_SUCH, CONTENT: FAULT}
    with pytest.raises(BadAnswer):
        await tenant.fetch(CONTENT)
    assert tenant.asked == [CONTENT, STREAM, CONTENT]


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((Missing(), NO_SUCH), Missing),
        ((Missing(), Forbidden()), Forbidden),
        ((NO_SUCH, Forbidden()), Forbidden),
        ((Missing(), BadAnswer(BadAnswerKind.NOT_A_PHOTO)), BadAnswer),
        ((NO_SUCH, Unreachable()), Unreachable),
    ],
    ids=repr,
)
@pytest.mark.parametrize("wanted", Route)
async def test_of_two_errors_the_one_that_says_more_is_told(
    tenant: Tenant, wanted: Route, ends: tuple[ServerError, ServerError], told: type[ServerError]
) -> None:
    tenant.ends = {STREAM: ends[0], CONTENT: ends[1]}
    with pytest.raises(told):
        await tenant.fetch(wanted)
