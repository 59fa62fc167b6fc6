"""What the lists by type are worth, and what they tell of an album and of a face."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from cerbo_desktop.domain.errors import (
    Forbidden,
    Missing,
    NotTold,
    ServerError,
    ServerRefusal,
    ServerRefused,
    Unreachable,
)
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.limits import PAGE_SIZE
from cerbo_desktop.domain.page import Listing, Page
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.photo_types import PhotoTypes, Types
from cerbo_desktop.services.photos.type_lists import ListsByType, worth_of
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock

MARIA = PatientId("10482")
PERSONAL, MEDICAL, UNSTATED = PhotoType.PERSONAL, PhotoType.MEDICAL, PhotoType.UNSTATED


def photos(ids: str, photo_type: PhotoType = UNSTATED) -> tuple[Photo, ...]:
    return tuple(Photo(PhotoId(each), MARIA, photo_type) for each in ids)


def listing(ids: str, *, is_complete: bool = True) -> Listing[Photo]:
    return Listing(photos(ids), is_complete)


def part(ids: str) -> Listing[Photo]:
    return listing(ids, is_complete=False)


@pytest.mark.parametrize(
    ("personal", "medical", "worth"),
    [
        (listing("a"), listing("bc"), ListsByType.HONOURED),
        (listing(""), listing("bc"), ListsByType.UNTRIED),  # "personal" may be called otherwise here
        (listing("ab"), listing(""), ListsByType.UNTRIED),  # the word "personal" may be ignored, "medical" be unknown
        (listing("a"), part("bc"), ListsByType.UNTRIED),  # "a" may come later in the other one
        (part("a"), listing("bc"), ListsByType.UNTRIED),
        (part("a"), part("b"), ListsByType.UNTRIED),  # a server without an order of its own begins anywhere
        (listing("ab"), listing("ab"), ListsByType.USELESS),
        (part("ab"), part("ab"), ListsByType.USELESS),
        (listing(""), listing(""), ListsByType.USELESS),
        (listing(""), part(""), ListsByType.UNTRIED),  # rows that could not be read
        (listing("ab"), listing("bc"), ListsByType.UNTRIED),  # a photo changed its type meanwhile
        (listing("ab"), listing("abc"), ListsByType.UNTRIED),  # one was added meanwhile
    ],
)
def test_only_two_lists_without_a_common_photo_prove_that_the_question_is_honoured(
    personal: Listing[Photo], medical: Listing[Photo], worth: ListsByType
) -> None:
    assert worth_of(personal, medical) is worth


def test_a_record_that_contradicts_its_list_makes_the_lists_worth_nothing() -> None:
    swapped = Listing(photos("a", MEDICAL) + photos("b"))
    assert worth_of(swapped, listing("c")) is ListsByType.USELESS
    assert worth_of(listing("c"), Listing(photos("a", PERSONAL))) is ListsByType.USELESS


@dataclass
class ListsServer(FakeCerboServer):
    """Records name no type; what each list holds is given."""

    by_type: dict[PhotoType | None, Sequence[Photo]] = field(default_factory=dict)
    refuses: ServerError | None = None
    refused_types: Sequence[PhotoType] = (PERSONAL, MEDICAL)
    closed: bool = False
    """The list of all photos is refused as well."""
    is_cut: bool = False
    recorded: dict[str, PhotoType] = field(default_factory=dict)
    """What the photos' own records say; one that isn't here can't be read."""
    asked: list[PhotoType | None] = field(default_factory=list)
    records_asked: list[PhotoId] = field(default_factory=list)
    asked_whole: list[PhotoType | None] = field(default_factory=list)

    def _rows(self, photo_type: PhotoType | None) -> tuple[Photo, ...]:
        self.asked.append(photo_type)
        if self.refuses is not None and (self.closed or photo_type in self.refused_types):
            raise self.refuses
        return tuple(self.by_type.get(photo_type, ()))

    async def photo_pages(
        self, patient_id: PatientId, photo_type: PhotoType | None = None, *, urgency: Urgency = Urgency.NOW
    ) -> AsyncIterator[Page[Photo]]:
        self.asked_whole.append(photo_type)
        await asyncio.sleep(0)
        yield Page(self._rows(photo_type), has_more=False, cut_short=self.is_cut)

    async def photos(
        self,
        patient_id: PatientId,
        photo_type: PhotoType | None,
        *,
        limit: int,
        first_row: int = 0,
        urgency: Urgency = Urgency.BACKGROUND,
    ) -> Listing[Photo]:
        await asyncio.sleep(0)
        rows = self._rows(photo_type)
        return Listing(rows[first_row : first_row + limit], is_complete=len(rows) <= first_row + limit)

    async def photo(self, patient_id: PatientId, photo_id: PhotoId, *, urgency: Urgency = Urgency.NOW) -> Photo:
        self.records_asked.append(photo_id)
        await asyncio.sleep(0)
        if photo_id not in self.recorded:
            raise Missing
        return Photo(photo_id, patient_id, self.recorded[photo_id])


@pytest.fixture
def server() -> ListsServer:
    return ListsServer()


def told(album: Sequence[Photo]) -> dict[str, PhotoType]:
    return {photo.id: photo.photo_type for photo in album}


async def test_the_lists_fill_in_what_records_leave_open_and_never_overrule_them(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    listed = photos("a", MEDICAL) + photos("bcd") + photos("f", PERSONAL)
    server.by_type = {PERSONAL: photos("abf"), MEDICAL: photos("ce")}
    assert types.standing(listed) is Types.ASKED
    album, standing = await types.ask(MARIA, listed)
    assert told(album) == {"a": MEDICAL, "b": PERSONAL, "c": MEDICAL, "d": UNSTATED, "e": MEDICAL, "f": PERSONAL}
    assert standing is Types.NOT_TOLD  # whatever d is, Cerbo did not say it
    assert server.asked == [PERSONAL, MEDICAL]
    assert types.typed(photos("b")[0]).photo_type is PERSONAL
    assert types.standing(listed[:3]) is Types.TOLD  # a row known from before asks nothing
    assert types.standing(listed) is Types.NOT_TOLD  # nor does one of which nothing was told
    assert types.standing((*listed, *photos("g"))) is Types.ASKED
    types.ask_again()
    assert types.standing(listed) is Types.ASKED
    assert types.typed(photos("b")[0]).photo_type is PERSONAL
    types.forget()
    assert types.typed(photos("b")[0]).photo_type is UNSTATED


async def test_a_photo_in_both_lists_has_no_type(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {PERSONAL: photos("a"), MEDICAL: photos("b")}
    await types.ask(MARIA, photos("ab"))
    server.by_type = {PERSONAL: photos("ac"), MEDICAL: photos("bc")}
    album, standing = await types.ask(MARIA, photos("abc"))
    assert told(album) == {"a": PERSONAL, "b": MEDICAL, "c": UNSTATED}
    assert standing is Types.NOT_TOLD
    assert types.standing(album) is Types.NOT_TOLD  # not asked at each look
    types.ask_again()
    assert types.standing(album) is Types.ASKED


async def test_swapped_lists_are_worth_nothing_once_a_record_says_so(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {PERSONAL: photos("ab"), MEDICAL: photos("cd")}
    album, standing = await types.ask(MARIA, photos("abcd"))
    assert standing is Types.TOLD
    assert not types.take_record(photos("a", PERSONAL)[0])
    assert not types.take_record(photos("a")[0])
    assert types.take_record(photos("a", MEDICAL)[0])
    assert types.standing(album) is Types.ASKED
    known = tuple(photos("a", MEDICAL)[0] if photo.id == "a" else photo for photo in album)
    album, standing = await types.ask(MARIA, known)
    assert told(album) == {"a": MEDICAL, "b": UNSTATED, "c": UNSTATED, "d": UNSTATED}
    assert (types.trust.worth, standing) == (ListsByType.USELESS, Types.NOT_TOLD)


async def test_swapped_lists_are_found_out_by_rows_that_name_their_type(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {PERSONAL: photos("ab"), MEDICAL: photos("cd")}
    album, standing = await types.ask(MARIA, photos("a", MEDICAL) + photos("bc") + photos("d", PERSONAL))
    assert told(album) == {"a": MEDICAL, "b": UNSTATED, "c": UNSTATED, "d": PERSONAL}
    assert (types.trust.worth, standing) == (ListsByType.USELESS, Types.NOT_TOLD)


async def test_a_photo_whose_type_was_changed_says_nothing_of_the_lists(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {PERSONAL: photos("ab"), MEDICAL: photos("cd")}
    album, _ = await types.ask(MARIA, photos("abcd"))
    server.by_type = {PERSONAL: photos("b"), MEDICAL: photos("acd")}  # staff changed it
    assert types.take_record(photos("a", MEDICAL)[0])
    known = tuple(photos("a", MEDICAL)[0] if photo.id == "a" else photo for photo in album)
    album, standing = await types.ask(MARIA, known)
    assert told(album) == {"a": MEDICAL, "b": PERSONAL, "c": MEDICAL, "d": MEDICAL}
    assert (types.trust.worth, standing) == (ListsByType.HONOURED, Types.TOLD)


async def test_what_only_lists_told_follows_them(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {PERSONAL: photos("ab"), MEDICAL: photos("cd")}
    album, _ = await types.ask(MARIA, photos("abcd"))
    server.by_type = {PERSONAL: photos("bc"), MEDICAL: photos("acd")}
    types.ask_again()
    album, standing = await types.ask(MARIA, album)
    assert told(album) == {"a": MEDICAL, "b": PERSONAL, "c": UNSTATED, "d": MEDICAL}
    assert standing is Types.NOT_TOLD


async def test_two_whole_lists_of_the_same_photos_take_back_that_the_question_is_honoured(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {PERSONAL: photos("a"), MEDICAL: photos("bc")}
    await types.ask(MARIA, photos("abc"))
    types.forget()
    server.by_type = {PERSONAL: (), MEDICAL: ()}
    await types.ask(MARIA, photos("abc"))
    assert types.trust.worth is ListsByType.HONOURED
    server.by_type = dict.fromkeys((PERSONAL, MEDICAL, None), photos("abc"))
    album, standing = await types.ask(MARIA, photos("a", MEDICAL) + photos("bc"))
    assert told(album) == {"a": MEDICAL, "b": UNSTATED, "c": UNSTATED}
    assert (types.trust.worth, standing) == (ListsByType.USELESS, Types.NOT_TOLD)
    server.by_type = {PERSONAL: photos("a"), MEDICAL: photos("bc"), None: photos("abc")}
    with pytest.raises(NotTold):
        await personal(types)


async def test_lists_that_are_cut_tell_of_the_photos_in_them_alone(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {PERSONAL: photos("a"), MEDICAL: photos("b")}
    await types.ask(MARIA, photos("ab"))
    server.is_cut = True
    album, standing = await types.ask(MARIA, photos("abc"))
    assert told(album) == {"a": PERSONAL, "b": MEDICAL, "c": UNSTATED}
    assert standing is Types.NOT_TOLD


async def test_of_long_lists_only_the_newest_photos_are_asked_for_again(server: ListsServer) -> None:
    everything = tuple(Photo(PhotoId(str(number)), MARIA) for number in range(5 * PAGE_SIZE))
    server.by_type = {PERSONAL: everything[::2], MEDICAL: everything[1::2]}
    types = PhotoTypes(server, HandClock())
    await types.ask(MARIA, everything)
    newest = Photo(PhotoId(str(len(everything))), MARIA)
    server.by_type[PERSONAL] = (*everything[::2], newest)
    server.asked_whole.clear()
    album, standing = await types.ask(MARIA, (*everything, newest))
    assert (len(album), standing) == (len(everything) + 1, Types.TOLD)
    assert told(album)[newest.id] is PERSONAL
    assert not server.asked_whole
    types.ask_again()
    await types.ask(MARIA, (*everything, newest))
    assert server.asked_whole == [PERSONAL, MEDICAL]


async def test_a_long_album_is_not_read_twice_more_to_learn_that_the_question_is_ignored(server: ListsServer) -> None:
    everything = tuple(Photo(PhotoId(str(number)), MARIA) for number in range(5 * PAGE_SIZE))
    server.by_type = {PERSONAL: everything, MEDICAL: everything}
    types = PhotoTypes(server, HandClock())
    album, standing = await types.ask(MARIA, everything)
    assert (len(album), standing) == (len(everything), Types.NOT_TOLD)
    assert len(server.asked) == 2
    assert types.standing(everything) is Types.NOT_TOLD


@pytest.mark.parametrize(
    ("failure", "later"),
    [
        (ServerRefused(ServerRefusal.INVALID), Types.NOT_TOLD),
        (Forbidden(), Types.NOT_TOLD),
        (Missing(), Types.NOT_TOLD),
        (Unreachable(), Types.ASKED),
    ],
)
async def test_a_refusal_is_learnt_and_a_trouble_of_the_line_is_not(
    server: ListsServer, failure: ServerError, later: Types
) -> None:
    server.refuses = failure
    types = PhotoTypes(server, HandClock())
    assert (await types.ask(MARIA, photos("ab")))[1] is Types.NOT_TOLD
    assert types.standing(photos("ab")) is later


# What the records of two photos prove.


@pytest.fixture
async def proven(server: ListsServer) -> AsyncIterator[PhotoTypes]:
    failures: list[BaseException] = []
    records = PhotoRecords(server, scope=TaskScope("test", failures.append))
    yield PhotoTypes(server, HandClock(), records)
    await records.aclose()
    assert failures == []


@pytest.mark.parametrize(
    ("recorded", "worth"),
    [
        ({"a": PERSONAL, "c": MEDICAL}, ListsByType.HONOURED),
        ({"a": MEDICAL, "c": PERSONAL}, ListsByType.USELESS),
        ({"a": MEDICAL}, ListsByType.USELESS),
        ({"c": PERSONAL}, ListsByType.USELESS),
        ({"a": UNSTATED, "c": UNSTATED}, ListsByType.HONOURED),
        ({}, ListsByType.HONOURED),
    ],
)
async def test_one_record_of_each_list_shows_whether_they_are_swapped(
    server: ListsServer, proven: PhotoTypes, recorded: dict[str, PhotoType], worth: ListsByType
) -> None:
    server.by_type, server.recorded = {PERSONAL: photos("ab"), MEDICAL: photos("cd")}, recorded
    album, standing = await proven.ask(MARIA, photos("abcd"))
    assert proven.trust.worth is worth
    assert (standing is Types.TOLD) == (worth is ListsByType.HONOURED)
    assert (told(album)["b"] is PERSONAL) == (worth is ListsByType.HONOURED)
    assert server.records_asked == ["a", "c"][: 1 if recorded.get("a") is MEDICAL else 2]


async def test_everybody_who_asks_for_a_face_waits_for_two_records_in_all(
    server: ListsServer, proven: PhotoTypes
) -> None:
    server.by_type = {PERSONAL: photos("a"), MEDICAL: photos("bc"), None: photos("abc")}
    server.recorded = {"a": PERSONAL, "b": MEDICAL}
    asked = asyncio.ensure_future(proven.ask(MARIA, photos("abc")))
    both = await asyncio.gather(*(personal(proven) for _ in range(2)))
    assert [each.items for each in both] == [photos("a")] * 2
    assert (await asked)[1] is Types.TOLD
    assert sorted(server.records_asked) == ["a", "b"]
    await personal(proven)
    assert len(server.records_asked) == 2


async def test_swapped_lists_give_no_face_where_only_records_name_types(
    server: ListsServer, proven: PhotoTypes
) -> None:
    server.by_type = {PERSONAL: photos("bc"), MEDICAL: photos("a"), None: photos("abc")}
    server.recorded = {"a": PERSONAL, "b": MEDICAL, "c": MEDICAL}
    with pytest.raises(NotTold):
        await asyncio.gather(*(personal(proven) for _ in range(2)))
    assert proven.trust.is_worthless


async def test_where_rows_name_their_types_no_record_is_read(server: ListsServer, proven: PhotoTypes) -> None:
    server.by_type = {PERSONAL: photos("a", PERSONAL) + photos("b"), MEDICAL: photos("c", MEDICAL) + photos("d")}
    await proven.ask(MARIA, photos("a", PERSONAL) + photos("b") + photos("c", MEDICAL) + photos("d"))
    assert proven.trust.worth is ListsByType.HONOURED
    assert not server.records_asked


# Faces.


async def personal(types: PhotoTypes) -> Listing[Photo]:
    return (await types.personal_photos(MARIA, Urgency.BACKGROUND)).certain()


async def test_an_untyped_photo_is_a_face_only_where_the_lists_are_known_to_be_honoured(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {PERSONAL: photos("a"), MEDICAL: photos("bc")}
    both = await asyncio.gather(*(personal(types) for _ in range(2)))
    assert [told(each.items) for each in both] == [{"a": UNSTATED}] * 2
    assert sorted(server.asked, key=str) == sorted([PERSONAL, PERSONAL, MEDICAL], key=str)  # learnt once


async def test_a_medical_photo_is_no_face_whatever_list_it_stands_in(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    mixed = photos("a", PERSONAL) + photos("b", MEDICAL)
    server.by_type = dict.fromkeys((PERSONAL, MEDICAL, None), mixed)
    assert told((await personal(types)).items) == {"a": PERSONAL}
    server.by_type = dict.fromkeys((PERSONAL, MEDICAL, None), photos("b", MEDICAL))
    assert not (await personal(types)).items
    assert server.asked == [PERSONAL, None, None]  # all of them are asked for once that is known


async def test_an_empty_personal_list_is_believed_only_where_such_lists_are_known_to_hold_photos(
    server: ListsServer,
) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {None: photos("ab"), MEDICAL: photos("b")}
    with pytest.raises(NotTold):
        await personal(types)
    server.by_type = {None: photos("ab", MEDICAL)}
    assert not (await personal(types)).items
    server.by_type = {None: photos("a", PERSONAL) + photos("b", MEDICAL), PERSONAL: photos("a", PERSONAL)}
    assert told((await personal(types)).items) == {"a": PERSONAL}
    server.asked.clear()
    server.by_type = {None: photos("b", MEDICAL)}
    assert not (await personal(types)).items
    assert server.asked == [PERSONAL]  # a list of this tenant's held one whose record says so


async def test_a_personal_photo_that_the_personal_list_leaves_out_makes_it_worth_nothing(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {None: photos("a", PERSONAL) + photos("b", MEDICAL)}
    assert told((await personal(types)).items) == {"a": PERSONAL}
    assert types.trust.is_worthless


@pytest.mark.parametrize("whole", [PERSONAL, MEDICAL])
async def test_one_empty_list_beside_the_whole_album_tells_nothing(server: ListsServer, whole: PhotoType) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {None: photos("ab"), whole: photos("ab")}
    album, standing = await types.ask(MARIA, photos("ab"))
    assert (told(album), standing) == ({"a": UNSTATED, "b": UNSTATED}, Types.NOT_TOLD)
    with pytest.raises(NotTold):
        await personal(types)


async def test_untyped_photos_in_every_list_leave_the_face_open(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = dict.fromkeys((PERSONAL, MEDICAL, None), photos("ab"))
    for _ in range(2):
        with pytest.raises(NotTold):
            await personal(types)
    assert server.asked == [PERSONAL, MEDICAL, None]
    assert types.trust.is_worthless


@pytest.mark.parametrize("refusal", [ServerRefused(ServerRefusal.INVALID), Forbidden()])
async def test_where_the_question_is_refused_the_records_decide(server: ListsServer, refusal: ServerError) -> None:
    types = PhotoTypes(server, HandClock())
    server.refuses = refusal
    server.by_type = {None: photos("a", PERSONAL) + photos("b")}
    assert told((await personal(types)).items) == {"a": PERSONAL}
    assert types.trust.is_worthless


async def test_a_chart_that_is_closed_says_nothing_of_the_lists_by_type(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.refuses, server.closed = Forbidden(), True
    with pytest.raises(Forbidden):
        await personal(types)
    assert not types.trust.is_worthless


async def test_a_refused_list_of_medical_photos_leaves_the_face_open(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {PERSONAL: photos("a"), None: photos("ab")}
    server.refuses, server.refused_types = Forbidden(), (MEDICAL,)
    with pytest.raises(NotTold):
        await personal(types)
    assert types.trust.is_worthless


async def test_the_beginning_of_a_list_proves_no_absence(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    many = tuple(replace(photo, id=PhotoId(str(n))) for n, photo in enumerate(photos("b", MEDICAL) * (PAGE_SIZE + 1)))
    server.by_type = dict.fromkeys((PERSONAL, MEDICAL, None), many)
    with pytest.raises(NotTold):
        await personal(types)


async def test_a_photo_that_stood_in_both_lists_is_no_face_by_one_of_them(server: ListsServer) -> None:
    types = PhotoTypes(server, HandClock())
    server.by_type = {PERSONAL: photos("a"), MEDICAL: photos("bc")}
    await types.ask(MARIA, photos("abc"))
    server.by_type = {PERSONAL: photos("ab"), MEDICAL: photos("bc")}
    await types.ask(MARIA, photos("abc"))
    types.forget()  # another patient is opened
    assert (await personal(types)).items == photos("a")
    server.by_type[PERSONAL] = photos("b")
    with pytest.raises(NotTold):
        await personal(types)
    server.by_type = {PERSONAL: photos("ab"), MEDICAL: photos("c")}
    await types.ask(MARIA, photos("abc"))
    assert (await personal(types)).items == photos("ab")
