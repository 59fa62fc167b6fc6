"""What the search box understands, and what comes back from Cerbo for it."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property

import pytest
from hypothesis import given, strategies as st

from cerbo_desktop.domain.errors import Forbidden, Overloaded, ServerRefusal, ServerRefused, Unreachable
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.patient_query import WILDCARD, PatientQuery
from cerbo_desktop.services.search.interpretation import SearchedField, SearchKind
from cerbo_desktop.services.search.interpreting import interpret
from cerbo_desktop.services.search.matching import matches
from cerbo_desktop.services.search.searching import MAX_ROWS, MAX_SHOWN, Searching, namesakes
from cerbo_desktop.services.search.spellings import MAX_QUESTIONS
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.waiting import until

TODAY = date(2025, 11, 12)
FOURTH_OF_MARCH, THIRD_OF_APRIL = date(1981, 3, 4), date(1981, 4, 3)


NOON = datetime(2025, 11, 12, 12, tzinfo=UTC)


def person(
    number: int, first: str, last: str, born: date | None = None, *, middle_name: str = "", email: str = ""
) -> Patient:
    return Patient(PatientId(str(number)), first, last, middle_name, born, email=email)


MARIA = person(10482, "Maria", "Lopez", FOURTH_OF_MARCH, email="maria.lopez@example.com")
OTHER_MARIA = person(11937, "María", "López", date(1981, 10, 21))
MARISOL = person(9310, "Marisol", "Lopez-Vega", date(1996, 1, 9))
JOSE = person(10918, "José Ángel", "Núñez", date(1979, 5, 8))
OBRIEN = person(9021, "James", "O'Brien", date(1972, 5, 17))
CURLY_OBRIEN = person(9022, "Bridget", "O’Brien", date(1975, 8, 2))
FERNANDA = person(9544, "María Fernanda", "García Márquez", date(1993, 6, 14))
ELENA = person(9601, "Ana", "Ruiz", date(1990, 4, 3), middle_name="Elena")
LUKASZ = person(10446, "Łukasz", "Kowalczyk", date(1977, 9, 5))
WU = person(10450, "Li", "Wu", date(1994, 10, 1))
DE_LA_CRUZ = person(10451, "Pilar", "de la Cruz", date(1966, 3, 4))
JAMES_OBRIEN_TYPED_PLAINLY = person(9023, "James", "OBrien", date(1972, 5, 18))
KATE, KATE_HYPHENED = person(9701, "Kate", "Smith Jones"), person(9702, "Kate", "Smith-Jones")
NGUYEN, DANG = person(9703, "Thị Hồng", "Nguyễn"), person(9704, "Văn", "Đặng")
ANGELO, MUNOZ, PENA = person(9705, "Lucia", "D’Angelo"), person(9706, "Ana", "Muñoz"), person(9707, "Rosa", "Peña")
ORSTED = person(9708, "Hans", "Ørsted")
EVERYONE = (*(MARIA, OTHER_MARIA, MARISOL, JOSE, OBRIEN, CURLY_OBRIEN, FERNANDA, ELENA, LUKASZ, WU, DE_LA_CRUZ),)


@pytest.fixture
def server() -> FakeCerboServer:
    made = FakeCerboServer()
    for patient in EVERYONE:
        made.add_patient(patient)
    return made


async def found(server: FakeCerboServer, text: str) -> list[Patient]:
    searching = Searching(server, HandClock(NOON))
    return list((await searching.search(searching.interpret(text))).patients)


@pytest.mark.parametrize(
    "spelling",
    [
        *("1981-03-04", "1981/3/4", "1981.03.04", "19810304", "4 mar 1981", "4 March 1981", "04 Mar. 1981"),
        *("4-mar-1981", "4mar1981", "mar 4 1981", "March 4, 1981", "Mar 4th, 1981", "1981 3 4"),
        *(
            "dob 19810304",
            "born on the 4th of March 1981",
            "4 de marzo de 1981",
            "1981 mar 4",
            "4 mar 81",
            "mar 4 '81",
            "  4   MAR   1981 ",
        ),
    ],
)
def test_a_birth_date_in_any_usual_spelling(spelling: str) -> None:
    assert interpret(spelling, TODAY).dates == (FOURTH_OF_MARCH,)
    assert interpret(spelling, TODAY).kind is SearchKind.DATE


@pytest.mark.parametrize(
    "spelling",
    [
        *("03/04/1981", "3/4/81", "04-03-1981", "3 4 1981", "03041981", "4.3.81", "4.3.1981", "04.03.81", "4. 3. 1981"),
        *(
            "3-4-81",
            "3\\4\\81",
            "3,4,81",
            "dob 3/4/1981",
            "DOB: 03-04-81",
            "d.o.b. 4.3.81",
            "dob 030481",
            "born 3/4/81",
        ),
        *("b. 3/4/81", "bday 3/4/81", "date of birth 3/4/1981", "3/4/1981."),
    ],
)
def test_a_numeric_date_that_reads_two_ways_gives_both(spelling: str) -> None:
    assert interpret(spelling, TODAY).dates == (FOURTH_OF_MARCH, THIRD_OF_APRIL)
    assert interpret(spelling, TODAY).is_ambiguous_date


@pytest.mark.parametrize(
    ("spelling", "year"), [("12/31/24", 2024), ("12/31/25", 1925), ("31.12.26", 1926), ("1 jan 00", 2000)]
)
def test_a_short_year_is_never_in_the_future(spelling: str, year: int) -> None:
    assert [each.year for each in interpret(spelling, TODAY).dates] == [year]


@pytest.mark.parametrize(
    "text", ["4 mar", "mar 4", "03/04", "03/04/", "4.3.", "29/02/19", "1981-03-0", "03-04-198", "4 mar 198"]
)
def test_a_date_that_is_not_one_yet_asks_nothing(text: str) -> None:
    asked = interpret(text, TODAY)
    assert asked.kind is SearchKind.UNFINISHED_DATE
    assert not asked.can_be_asked


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("29/02/2001", "02/30/1981", "31.02.1990", "30 feb 1990", "2001-02-29", "31/02/19"), SearchKind.NO_SUCH_DAY),
        (("Lopez, Maria 02/30/1981", "2001年2月29日", "feb 30 1990", "13/13/1981"), SearchKind.NO_SUCH_DAY),
        (("4 mar 2027", "1/1/2099", "2025-11-13", "11/13/2025", "lopez 4 mar 2027"), SearchKind.DAY_TO_COME),
        (("4 mar 1881", "01/02/1850"), SearchKind.TOO_LONG_AGO),
        (("555-0142", "(555) 010-0142", "+1 555 010 0142", "555.010.0142", "Tel: 555-0142"), SearchKind.PHONE),
        (("+15550100142", "0555 010 0142", "phone 555 0142"), SearchKind.PHONE),
        (("5550100142", "15550100142", "tel 5550142", "cell: 5550100142"), SearchKind.PHONE),
        (("lopez 555-010-0142", "(555) 010-0142 maria lopez", "ph (555) 010-0142 x12"), SearchKind.PHONE),
        (("lopez 5550100142", "mob. 555 010 0142 ext. 3"), SearchKind.PHONE),
        (
            ("lopez 4", "lopez 4/", "lopez 4 mar", "lopez, maria 3/4/198", "dob 3/4", "born 4 mar"),
            SearchKind.UNFINISHED_DATE,
        ),
        (("lopez 1981", "lopez dob 1981", "born 1981", "born in 1981"), SearchKind.UNFINISHED_DATE),
        (("lopez 10482", "10482 lopez", "lopez id 030481", "mrn 030481", "lopez #030481"), SearchKind.UNREADABLE),
    ],
)
def test_what_is_no_birth_date_is_told_for_what_it_is(texts: tuple[str, ...], kind: SearchKind) -> None:
    for text in texts:
        asked = interpret(text, TODAY)
        assert (asked.kind, asked.can_be_asked) == (kind, False), text


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(["{:%d/%m/%Y}", "{:%m-%d-%Y}", "{:%Y-%m-%d}", "{:%d.%m.%Y}"]))
def test_a_date_that_is_typed_figure_by_figure_is_no_telephone_number(born: date, form: str) -> None:
    whole = form.format(born)
    assert all(interpret(whole[:end], TODAY).kind is not SearchKind.PHONE for end in range(1, len(whole) + 1))
    assert interpret(whole, TODAY).kind is SearchKind.DATE


@pytest.mark.parametrize(
    "text",
    [
        *("10482", "#10482", "# 10482", "id 10482", "ID:10482", "Id10482", "010482", "ID# 10482", "id no. 10482"),
        *("10482.", "patient 10482", "Patient ID: 10482", "pt# 10482", "chart 10482", "number 10482", '"10482"'),
    ],
)
def test_an_id(text: str) -> None:
    assert interpret(text, TODAY).patient_id == "10482"


@pytest.mark.parametrize(
    "text",
    [
        "maria@example.com",
        "<maria@example.com>",
        "Maria Lopez <maria@example.com>;",
        "maria @ example.com",
        "mailto:maria@example.com",
    ],
)
def test_an_e_mail_address(text: str) -> None:
    assert interpret(text, TODAY).email == "maria@example.com"


@pytest.mark.parametrize("text", ["l", "L ", "l, m", "'", "’’", "@", ".", "-"])
def test_too_little_asks_nothing(text: str) -> None:
    assert interpret(text, TODAY).kind is SearchKind.TOO_SHORT
    assert not interpret(text, TODAY).can_be_asked


@pytest.mark.parametrize("text", ["", "   ", "%", "%%%", "_", "\x00\u202e"])
def test_nothing_asks_nothing(text: str) -> None:
    assert interpret(text, TODAY).kind is SearchKind.NOTHING


def test_the_words_for_what_was_searched() -> None:
    searched = interpret("lopez, mar", TODAY).searched
    assert [(word.field, word.value) for word in searched] == [
        (SearchedField.LAST_NAME, "lopez"),
        (SearchedField.FIRST_NAME, "mar"),
    ]
    assert [word.field for word in interpret("lopez", TODAY).searched] == [SearchedField.LAST_OR_FIRST_NAME]


@given(st.text(max_size=200))
def test_any_text_is_understood_somehow_and_no_query_is_empty(text: str) -> None:
    asked = interpret(text, TODAY)
    for each in asked.rounds:
        assert 0 < len(each.questions) <= MAX_QUESTIONS
        for later in (each.if_cut, each.if_nobody):
            assert len(each.questions) + len(later) <= MAX_QUESTIONS
        for query in (*each.questions, *each.if_cut, *each.if_nobody):
            names = (query.last_name + query.first_name).replace("%", "").strip()
            assert names or query.email.strip() or query.born
            assert "%" not in query.email
    assert all(each <= TODAY for each in asked.dates)


@given(st.text(alphabet="0123456789/.-, marjunsept'’é@#", max_size=40))
def test_text_that_nearly_is_a_date_or_name_is_understood(text: str) -> None:
    asked = interpret(text, TODAY)
    assert all(query != PatientQuery() for each in asked.rounds for query in each.questions)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_date_is_found_in_its_screen_spelling(born: date) -> None:
    assert born in interpret(born.isoformat(), TODAY).dates
    assert born in interpret(f"{born.day} {born:%b} {born.year}", TODAY).dates
    assert born in interpret(f"{born.month}/{born.day}/{born.year}", TODAY).dates
    assert born in interpret(f"{born.day}/{born.month}/{born.year}", TODAY).dates


@pytest.mark.parametrize(
    ("text", "who"),
    [
        *(
            ("maria lopez", MARIA),
            ("lopez maria", MARIA),
            ("lopez, mar", MARIA),
            ("lop", MARIA),
            ("MARIA  LOPEZ", MARIA),
        ),
        *(("mar lop", MARISOL), ("lopez-vega", MARISOL), ("lopez vega", MARISOL), ("lopez vega, mar", MARISOL)),
        *(("José Ángel Núñez", JOSE), ("jose nunez", JOSE), ("nunez, jose angel", JOSE), ("jose angel", JOSE)),
        *(("o'brien", OBRIEN), ("o’brien", OBRIEN), ("o'brien", CURLY_OBRIEN), ("o`brien, b", CURLY_OBRIEN)),
        *(("garcia marquez", FERNANDA), ("maria garcia", FERNANDA), ("maria fernanda", FERNANDA)),
        *(("garcia, maria", FERNANDA), ("ana elena ruiz", ELENA), ("ruiz", ELENA), ("li wu", WU), ("wu, li", WU)),
        *(("de la cruz", DE_LA_CRUZ), ("pilar de la cruz", DE_LA_CRUZ), ("de la cruz, pil", DE_LA_CRUZ)),
        *(("19810304 lopez", MARIA), ("lopez 030481", MARIA), ("lopez, maria 19810304", MARIA)),
        *(("lopez, maria dob 4.3.81", MARIA), ("lopez; maria", MARIA), ("lopez_maria", MARIA)),
        *(("lopez 4 mar 1981", MARIA), ("4 mar 1981", MARIA), ("03/04/1981", MARIA), ("lopez, maria 3/4/81", MARIA)),
        *(("10482", MARIA), ("#10482", MARIA), ("maria.l@", None), ("maria.lopez@", MARIA), ("kowalczyk", LUKASZ)),
    ],
)
async def test_finding(server: FakeCerboServer, text: str, who: Patient | None) -> None:
    people = await found(server, text)
    assert (who in people) if who else not people


@pytest.mark.parametrize(
    ("text", "who"),
    [
        *(("jose nunez", JOSE), ("nunez, jose", JOSE), ("José Núñez", JOSE), ("lopez, maria", OTHER_MARIA)),
        *(("lopez", OTHER_MARIA), ("Ánà Ruiz", ELENA), ("nunez 8 may 1979", JOSE), ("nunez", JOSE), ("munoz", MUNOZ)),
        *(("NGUYEN", NGUYEN), ("nguyen thi hong", NGUYEN), ("dang", DANG), ("dang, van", DANG), ("van dang", DANG)),
        *(("obrien", OBRIEN), ("obrien", CURLY_OBRIEN), ("obrien", JAMES_OBRIEN_TYPED_PLAINLY)),
        *(("o'brien", CURLY_OBRIEN), ("o’brien", JAMES_OBRIEN_TYPED_PLAINLY), ("o brien", OBRIEN)),
        *(("james obrien", OBRIEN), ("obrien james", OBRIEN), ("obrien, james", OBRIEN), ("dangelo", ANGELO)),
        *(("d'angelo", ANGELO), ("lucia dangelo", ANGELO), ("lukasz", LUKASZ), ("Łukasz", LUKASZ)),
        *(("lukasz kowalczyk", LUKASZ), ("kowalczyk lukasz", LUKASZ), ("kowalczyk, luk", LUKASZ), ("pena", PENA)),
        *(("smith-jones kate", KATE), ("smith-jones kate", KATE_HYPHENED), ("kate smith jones", KATE)),
        *(("kate smith-jones", KATE), ("kate smith jones", KATE_HYPHENED), ("smith jones, kate", KATE_HYPHENED)),
        *(("smith-jones", KATE), ("smith jones", KATE_HYPHENED), ("garcia", FERNANDA), ("orsted", ORSTED)),
        *(("jose angel nunez", JOSE), ("nunez jose angel", JOSE), ("angel", JOSE), ("de la cruz", DE_LA_CRUZ)),
    ],
)
async def test_accents_may_be_missing_or_too_many_even_where_the_server_minds(text: str, who: Patient) -> None:
    server = FakeCerboServer(compares_accents=True)
    for patient in (
        *EVERYONE,
        JAMES_OBRIEN_TYPED_PLAINLY,
        KATE,
        KATE_HYPHENED,
        NGUYEN,
        DANG,
        ANGELO,
        MUNOZ,
        PENA,
        ORSTED,
    ):
        server.add_patient(patient)
    people = await found(server, text)
    assert who in people
    assert server.count("search_patients") <= MAX_QUESTIONS


async def test_a_date_with_a_name_leaves_others_of_that_day_out(server: FakeCerboServer) -> None:
    twin = server.add_patient(person(5, "Zed", "Quill", FOURTH_OF_MARCH))
    assert twin in await found(server, "4 mar 1981")
    assert twin not in await found(server, "lopez 4 mar 1981")


async def test_whole_names_come_before_beginnings_and_each_person_once(server: FakeCerboServer) -> None:
    server.add_patient(person(1, "Mariana", "Lopezal"))
    people = await found(server, "maria lopez")
    assert people[:2] == [MARIA, OTHER_MARIA]
    assert len({each.id for each in people}) == len(people)


async def test_at_most_fifty_and_it_says_so(server: FakeCerboServer) -> None:
    for number in range(60):
        server.add_patient(person(50_000 + number, f"Sam{number:02}", "Smithson"))
    searching = Searching(server, HandClock(NOON))
    result = await searching.search(searching.interpret("smithson"))
    assert len(result.patients) == MAX_SHOWN
    assert not result.is_complete
    assert (await searching.search(searching.interpret("smithson, sam07"))).is_complete


async def test_an_id_nobody_has_finds_nobody(server: FakeCerboServer) -> None:
    assert await found(server, "99999") == []
    assert await found(server, "1234567890123") == []
    assert server.count("patient") == 1, "no id is that long, so nothing is asked"


async def test_six_digits_are_an_id_and_a_birth_date(server: FakeCerboServer) -> None:
    assert MARIA in await found(server, "030481")
    own = server.add_patient(person(30481, "Some", "Body"))
    assert await found(server, "030481") == [own, MARIA]
    assert await found(server, "#030481") == [own]


@pytest.mark.parametrize("text", ["José Pérez Gómez", "lopez", "lopez, maria", "maria lopez", "030481", "o'brien"])
async def test_no_more_than_four_questions_and_all_at_once(server: FakeCerboServer, text: str) -> None:
    await found(server, text)
    asked = server.count("search_patients") + server.count("patient")
    assert asked == server.most_in_flight <= MAX_QUESTIONS


async def test_wildcards_bring_no_strangers(server: FakeCerboServer) -> None:
    for number, (first, last) in enumerate((("Mark", "Lapenz"), ("Olga", "Obregon"), ("Lasko", "Kamsz"))):
        server.add_patient(person(60_000 + number, first, last))
    for text in ("lopez", "obrien", "lukasz", "maria lopez"):
        assert not any(int(each.id) >= 60_000 for each in await found(server, text)), text


class WithoutFirstNames(FakeCerboServer):
    """Its key may search by last name alone."""

    async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]:
        if query.first_name:
            raise Forbidden
        return await super().search_patients(query, limit=limit)


async def test_a_criterion_that_is_not_allowed_leaves_the_others() -> None:
    server = WithoutFirstNames()
    server.add_patient(LUKASZ)
    searching = Searching(server, HandClock(NOON))
    result = await searching.search(searching.interpret("Kowalczyk"))
    assert result.patients == (LUKASZ,)
    assert not result.is_complete
    with pytest.raises(Forbidden):
        await searching.search(searching.interpret("Maria Lopez"))


async def test_answers_that_were_cut_are_not_all_there_is(server: FakeCerboServer) -> None:
    """More strangers than Cerbo gives at once may hide the one who is meant."""
    for number in range(2 * MAX_ROWS + 1):
        server.add_patient(person(60_000 + number, "Pat", "Obrun"))
    searching = Searching(server, HandClock(NOON))
    result = await searching.search(searching.interpret("obryan"))
    assert result.patients == ()
    assert not result.is_complete


async def test_an_answer_that_goes_on_for_a_few_rows_is_read_to_its_end(server: FakeCerboServer) -> None:
    """In a large clinic: the letters that may carry no mark fit more people than Cerbo gives at once."""
    for number in range(MAX_ROWS + 50):
        server.add_patient(person(60_000 + number, "Mitchell", f"Harr{number}"))
    one = server.add_patient(person(70_000, "Michael", "Anderson"))
    searching = Searching(server, HandClock(NOON))
    for text in ("anderson, michael", "michael anderson", "anderson michael"):
        before = server.count("search_patients")
        result = await searching.search(searching.interpret(text))
        assert (result.patients, result.is_complete) == ((one,), True), text
        assert server.count("search_patients") - before <= MAX_QUESTIONS


class Silent(FakeCerboServer):
    """Says neither how many there are nor whether there are more: a page as long as asked for may be the last."""

    async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]:
        found = await super().search_patients(query, limit=limit)
        goes_on_at = query.first_row + limit if len(found.items) == limit else None
        return replace(found, is_complete=goes_on_at is None, goes_on_at=goes_on_at, is_silent=True)


@pytest.mark.parametrize(
    ("others", "is_complete", "asked"),
    [(10, True, 0), (MAX_ROWS - 1, True, 1), (2 * MAX_ROWS - 1, True, 2), (3 * MAX_ROWS, False, 3)],
)
async def test_an_answer_that_says_nothing_of_more_is_asked_on_to_three_pages(
    others: int, is_complete: bool, asked: int
) -> None:
    server = Silent()
    for number in range(others):
        server.add_patient(person(60_000 + number, "Mitchell", f"Harr{number}"))
    one = server.add_patient(person(70_000, "Michael", "Anderson"))
    searching = Searching(server, HandClock(NOON))
    interpretation = searching.interpret("anderson, michael")
    result = await searching.search(interpretation)
    assert (result.patients, result.is_complete) == ((one,), is_complete), "the narrow question comes last"
    assert server.count("search_patients") == len(interpretation.rounds[0].questions) + asked


@pytest.mark.parametrize(("told", "is_complete"), [(1, True), (2, False)])
async def test_nothing_behind_all_that_were_counted_is_the_end(told: int, is_complete: bool) -> None:
    class AlwaysMore(FakeCerboServer):
        async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]:
            found = await super().search_patients(query, limit=limit)
            last = query.first_row + len(found.items)
            goes_on_at = last if found.items else None
            return replace(found, is_complete=False, goes_on_at=goes_on_at, is_all_counted=last == told)

    searching = Searching(AlwaysMore(patients={MARIA.id: MARIA}), HandClock(NOON))
    result = await searching.search(searching.interpret(MARIA.email))
    assert (result.patients, result.is_complete) == ((MARIA,), is_complete)


async def test_a_list_that_moves_while_it_is_read_is_not_complete() -> None:
    class Moving(FakeCerboServer):
        async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]:
            query = replace(query, first_row=max(0, query.first_row - 1))
            return await super().search_patients(query, limit=limit)

    server = Moving()
    for number in range(MAX_ROWS + 50):
        server.add_patient(person(60_000 + number, "Mitchell", f"Harr{number}"))
    server.add_patient(person(70_000, "Michael", "Anderson"))
    searching = Searching(server, HandClock(NOON))
    assert not (await searching.search(searching.interpret("anderson, michael"))).is_complete


async def test_a_server_that_refuses_wildcards_is_still_searched(server: FakeCerboServer) -> None:
    class Refusing(FakeCerboServer):
        async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]:
            if WILDCARD in query.last_name + query.first_name:
                raise ServerRefused(ServerRefusal.INVALID)
            return await super().search_patients(query, limit=limit)

    refusing = Refusing(patients=dict(server.patients))
    searching = Searching(refusing, HandClock(NOON))
    result = await searching.search(searching.interpret("kowalczyk"))
    assert result.patients == (LUKASZ,)
    assert not result.is_complete
    assert not (await searching.search(searching.interpret("nobody"))).is_complete


@pytest.mark.parametrize("compares_accents", [False, True])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        *((OBRIEN, ("James", "O’Brien")), (OBRIEN, ("james", "OBRIEN")), (KATE, ("Kate", "Smith-Jones"))),
        *(
            (KATE_HYPHENED, ("Kate Smith", "Jones")),
            (DANG, ("Van", "Dang")),
            (person(1, "Van", "Dang"), ("Văn", "Đặng")),
        ),
        *((LUKASZ, ("Lukasz", "Kowalczyk")), (JOSE, ("Jose Angel", "Nunez")), (MARIA, ("María", "López"))),
        *(
            (person(1, "Jose Angel", "Nunez"), ("José Ángel", "Núñez")),
            (person(1, "Ｍaria", "Lopez"), ("Maria", "Lopez")),
        ),
    ],
)
async def test_namesakes_are_found_however_they_are_spelled(
    compares_accents: bool, one: Patient, other: tuple[str, str]
) -> None:
    server = FakeCerboServer(compares_accents=compares_accents)
    namesake = server.add_patient(person(70_000, *other))
    for patient in (one, MARISOL, WU):
        server.add_patient(patient)
    assert await Searching(server, HandClock(NOON)).namesakes_of(one) == Listing((namesake,))
    assert namesakes([one, MARISOL, namesake]) == ((one, namesake),)
    assert server.count("search_patients") <= MAX_QUESTIONS


async def test_a_name_of_many_letters_makes_no_endless_pattern() -> None:
    """A database may need very long for many wildcards."""
    server = PatternsHeard()
    long = person(1, "Wilhelmina", "Featherstonehaugh-" * 16 + "Featherstone")
    await Searching(server, HandClock(NOON)).namesakes_of(long)
    assert 0 < max(pattern.count(WILDCARD) for pattern in server.patterns) <= 7


class PatternsHeard(FakeCerboServer):
    async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]:
        self.patterns.append(query.last_name)
        return await super().search_patients(query, limit=limit)

    @cached_property
    def patterns(self) -> list[str]:
        return []


@pytest.mark.parametrize("text", ["DOB: 04/04/1981", "Born: 4 Apr 1981", "(DOB 1981-04-04)", "D.O.B. 04/04/81"])
def test_a_label_before_a_birth_date_is_no_name(text: str) -> None:
    asked = interpret(text, TODAY)
    assert (asked.kind, asked.dates, asked.searched) == (SearchKind.DATE, (date(1981, 4, 4),), ())


@pytest.mark.parametrize(
    "text",
    [
        *("1981-04-03T00:00:00", "1981-04-03T00:00:00.000Z", "1981-04-03 00:00", "1981-04-03T23:30:00-05:00"),
        *(
            "1981年4月3日",
            "1981年04月03日",
            "１９８１年４月３日",
            "1981년 4월 3일",
            "１９８１－０４－０３",
            "3 April 1981, 10:15 am",
        ),
    ],
)
def test_dates_as_programs_and_other_countries_write_them(text: str) -> None:
    asked = interpret(text, TODAY)
    assert (asked.kind, asked.dates, asked.searched) == (SearchKind.DATE, (THIRD_OF_APRIL,), ())


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Lopez, Maria (DOB 03/04/1981)",
            "Lopez, Maria, DOB: 03/04/1981",
            "Lopez， Maria （DOB ０３／０４／１９８１）",
        ),
        *("Patient: Lopez, Maria  DOB 3/4/1981", "03/04/1981, Lopez, Maria", "Lopez, Maria 03/04/1981 00:00:00"),
    ],
)
def test_a_pasted_name_with_a_birth_date(text: str) -> None:
    asked = interpret(text, TODAY)
    assert (asked.last_name, asked.first_name) == ("Lopez", "Maria")
    assert asked.dates == (FOURTH_OF_MARCH, THIRD_OF_APRIL)


@pytest.mark.parametrize(
    "text",
    [
        *("Maria Lopez 10482", "Lopez, Maria 03/04/1981 MRN 10482", "Maria Lopez 44", "Room 12: Maria Lopez", "DOB:"),
        *("03/04/1981 - 05/06/1990", "昭和56年4月3日", "name=Maria", "Maria (Mia) Lopez", "word " * 40),
    ],
)
def test_text_that_is_more_than_a_name_is_not_searched_for_in_part(text: str) -> None:
    asked = interpret(text, TODAY)
    assert asked.kind is SearchKind.UNREADABLE
    assert not asked.can_be_asked


async def test_a_failed_question_is_told_plainly_and_ends_the_others(server: FakeCerboServer) -> None:
    server.fail("search_patients", Overloaded(7.0), times=1)
    with pytest.raises(Overloaded):
        await found(server, "maria lopez")
    server.heal()
    server.fail("patient", Unreachable())
    with pytest.raises(Unreachable):
        await found(server, "10482")
    assert server.in_flight == 0


async def test_nothing_is_sent_for_text_that_means_nothing(server: FakeCerboServer) -> None:
    for text in ("", "l", "%", "4 mar"):
        assert await found(server, text) == []
    assert server.calls == []


def test_a_server_that_ignores_half_the_question_does_not_fill_the_list() -> None:
    asked = interpret("lopez, mar", TODAY)
    assert matches(MARIA, asked)
    assert matches(MARISOL, asked)
    assert not matches(person(1, "Pedro", "Lopez"), asked)
    assert not matches(person(2, "Maria", "Smith"), asked)


def test_namesakes_are_grouped_by_folded_names() -> None:
    assert namesakes([MARIA, MARISOL, OTHER_MARIA, MARIA]) == ((MARIA, OTHER_MARIA),)
    assert namesakes([MARIA, MARIA, JOSE]) == ()


def test_today_is_the_clinics_day() -> None:
    late = HandClock(NOON, timezone(timedelta(hours=13)))
    tomorrow = Searching(FakeCerboServer(), late).interpret("13 nov 2025")
    assert tomorrow.dates == (date(2025, 11, 13),)


class FailingWhenLeft(FakeCerboServer):
    """A question that nobody waits for any more ends in a failure."""

    asked_count = 0

    async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]:
        self.asked_count += 1
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            raise Unreachable from None
        raise AssertionError


async def test_a_search_that_is_left_ends_even_where_its_questions_fail_just_then() -> None:
    """Else whoever asks again after a failure would do so for ever, and hold up quitting."""
    server = FailingWhenLeft()
    searching = Searching(server, HandClock())
    task = asyncio.ensure_future(searching.search(searching.interpret("lopez")))
    await until(lambda: server.asked_count)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
