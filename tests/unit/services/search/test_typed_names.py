"""Titles, suffixes, degrees and sex letters beside a name: left out of the questions, and never at anybody's cost."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient, Sex
from cerbo_desktop.services.search.interpretation import SearchedField, SearchKind
from cerbo_desktop.services.search.interpreting import interpret
from cerbo_desktop.services.search.matching import has_all_that_was_typed
from cerbo_desktop.services.search.searching import Searching, SearchResult
from cerbo_desktop.services.search.spellings import MAX_QUESTIONS
from cerbo_desktop.services.search.typed_names import names_in
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.unit.services.search.test_searching import NOON, TODAY

BORN = date(1981, 3, 4)
MARIA = Patient(PatientId("1"), "Maria", "Lopez", "Teresa", BORN, Sex.FEMALE)
FATHER = Patient(PatientId("2"), "Robert", "Downey", born=date(1936, 6, 24))
SON = Patient(PatientId("3"), "Robert", "Downey Jr.", born=date(1965, 4, 4))
PEDRO = Patient(PatientId("4"), "Pedro", "García Márquez", born=BORN)


async def search(text: str, *people: Patient) -> SearchResult:
    server = FakeCerboServer(patients={each.id: each for each in people})
    searching = Searching(server, HandClock(NOON))
    result = await searching.search(searching.interpret(text))
    assert server.count("search_patients") <= MAX_QUESTIONS
    return result


@pytest.mark.parametrize(
    "text",
    [
        *("Mrs Maria Lopez", "Mrs. Maria Lopez", "Sra. Maria Lopez", "Dra. Maria Lopez", "Lopez, Mrs. Maria"),
        *("Maria Lopez MD", "Maria Lopez, MD", "Maria Lopez, PhD", "Lopez, Maria, RN", "Dr. Maria Lopez, MD, PhD"),
        *("LOPEZ, MARIA F", "Lopez, Maria T", "Lopez, Maria (F)", "Lopez, Maria, F", "Maria Lopez F"),
        *("LOPEZ, MARIA 03/04/1981 F", "Maria Lopez, Female, DOB 4 Mar 1981", "Srta. Lopez, Maria 4 mar 1981"),
        *("Ms Lopez", "Sra. Lopez", "Lopez, Mrs.", "Dr Maria"),
    ],
)
async def test_words_beside_a_name_hide_nobody(text: str) -> None:
    result = await search(text, MARIA, SON)
    assert result.patients == (MARIA,)
    assert SearchedField.LEFT_OUT in [word.field for word in result.interpretation.searched]


@pytest.mark.parametrize("text", ["Sr. Pedro García Márquez", "Sr Pedro Garcia", "garcia marquez, sr pedro"])
async def test_senor_before_a_name_is_no_senior(text: str) -> None:
    result = await search(text, PEDRO, MARIA)
    assert result.patients == (PEDRO,)
    assert has_all_that_was_typed(PEDRO, result.interpretation)


@pytest.mark.parametrize(
    "text",
    [
        *("Robert Downey, Jr.", "Downey, Robert, Jr.", "Downey, Robert Jr", "Downey Jr., Robert", "robert downey jr"),
        *("Mr. Robert Downey Jr.", "Robert Downey Junior", "robert downey"),
    ],
)
async def test_father_and_son_are_both_found(text: str) -> None:
    result = await search(text, FATHER, SON, MARIA)
    assert set(result.patients) == {FATHER, SON}
    assert "J" not in text.replace("Junior", "Jr") or result.patients[0] == SON


@pytest.mark.parametrize(
    ("text", "someone", "is_borne"),
    [
        *(("Robert Downey Jr", SON, True), ("Robert Downey Jr", FATHER, False), ("Downey, Robert, Sr.", SON, False)),
        *(("Robert Downey III", SON, False), ("lopez, maria f", MARIA, True), ("lopez, maria m", MARIA, False)),
        *(("lopez, maria t", MARIA, True), ("lopez, maria x", MARIA, False), ("Maria Lopez MD", MARIA, False)),
        *(("Maria Lopez PhD", MARIA, True), ("Mrs Maria Lopez", MARIA, True), ("robert downey", SON, True)),
        *(("Mr Maria Lopez", MARIA, False), ("Lopez, Mr", MARIA, False), ("Mr. Lopez", MARIA, False)),
        *(("Sra. Lopez", MARIA, True), ("Señor Lopez", MARIA, False), ("Sr. Maria Lopez", MARIA, False)),
        *(("Dr Maria Lopez", MARIA, True), ("Mrs Downey", SON, True), ("Lopez (F)", MARIA, True)),
        *(("Lopez (M)", MARIA, False), ("Lopez (m)", MARIA, False)),
        ("Mr Smith", Patient(PatientId("5"), "Mr", "Smith", sex=Sex.FEMALE), True),
        ("Robert Pine Jr", Patient(PatientId("5"), "Robert", "Pine", "Junior"), True),
        ("Robert Pine 2nd", Patient(PatientId("5"), "Robert", "Pine", suffix="II"), True),
        ("Robert Pine Jr", Patient(PatientId("5"), "Robert Jr.", "Pine"), True),
    ],
)
def test_what_tells_two_people_apart_must_stand_in_the_record(text: str, someone: Patient, is_borne: bool) -> None:
    assert has_all_that_was_typed(someone, interpret(text, TODAY)) == is_borne


_REAL_NAMES = [
    *(("Kim", "Do"), ("Kim Anh", "Do"), ("Md", "Rahman"), ("Md Abdul", "Rahman"), ("Jun", "Ma"), ("Ma", "Jun")),
    *(("Ana", "Sr"), ("Sr", "Ana"), ("Mr", "Smith"), ("Hoa", "Pa"), ("Junior", "Alvarez")),
    *(("Ana Maria", "Sr"), ("An", "Le Do"), ("Ms", "Lee"), ("Dr", "Kim"), ("Miss", "Jones"), ("Rn", "Np")),
]


@pytest.mark.parametrize(("first", "last"), _REAL_NAMES)
async def test_whose_name_looks_like_a_title_is_found(first: str, last: str) -> None:
    bearer = Patient(PatientId("9"), first, last, born=BORN)
    for text in (f"{first} {last}", f"{last}, {first}", f"{last.upper()}, {first.upper()} 4 mar 1981", last, first):
        result = await search(text, bearer, MARIA, SON)
        assert bearer in result.patients, text
        assert result.patients[0] == bearer, text
        assert has_all_that_was_typed(bearer, result.interpretation), text


@pytest.mark.parametrize("text", ["Kim Anh Do", "Maria Lopez MD", "Nguyen, Kim Do"])
async def test_a_degree_that_may_be_a_name_lists_both_and_the_name_first(text: str) -> None:
    physician, bearer = (
        Patient(PatientId("1"), "Kim", "Anh" if "," not in text else "Nguyen"),
        Patient(PatientId("2"), *("Kim Anh", "Do") if "," not in text else ("Kim Do", "Nguyen")),
    )
    if text.startswith("Maria"):
        physician, bearer = MARIA, Patient(PatientId("2"), "Maria Lopez", "Md")
    result = await search(text, physician, bearer)
    assert result.patients == (bearer, physician)


@pytest.mark.parametrize("text", ["lopez, m", "Maria T Lopez", "Don Pedro", "Do, Kim", "Le, Ma", "Kim Do", "Lopez MD"])
def test_what_may_well_be_a_name_stays_one(text: str) -> None:
    assert interpret(text, TODAY).left_out == ()


@pytest.mark.parametrize("text", ["Maria Lopez, Jr 10482", "Maria (Mia) Lopez MD", "Lopez, Maria F (Room 2)"])
def test_more_than_a_name_is_still_unreadable(text: str) -> None:
    assert interpret(text, TODAY).kind is SearchKind.UNREADABLE


@given(
    st.lists(st.sampled_from(["Mrs", "Sr.", "Do", "MD", "Maria", ",", "Lopez", "Jr", "f", "III", "(F)"]), max_size=7)
)
def test_some_name_is_always_left(words: list[str]) -> None:
    names = names_in(" ".join(words))
    has_words = any(word != "," for word in words)
    assert bool(names.last or names.first or names.either) == has_words or names.left_over
