"""A search that calls itself complete has found everybody whose name reads the same, on whatever server."""

import dataclasses
import unicodedata

import pytest
from hypothesis import given, settings, strategies as st

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.patient import Patient, are_namesakes
from cerbo_desktop.domain.patient_query import WILDCARD, PatientQuery
from cerbo_desktop.services.search.searching import Searching
from cerbo_desktop.services.search.spellings import MAX_QUESTIONS
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.unit.services.search.test_searching import NOON

_MARKS = {
    **dict.fromkeys("aeiouy", "\u0300\u0301\u0302\u0308\u0303"),
    "c": "\u0327\u030c",
    "n": "\u0303\u0301",
    "s": "\u030c\u0327",
    "z": "\u030c\u0307",
}
_OTHER_LETTERS = {"d": "đ", "l": "ł", "o": "ø"}
_DIVIDED = (("Kate", "Smith Jones"), ("Kate Smith", "Jones"))
"""With a comma the person has said which is the last name."""
_PAIRS = [
    *((("An", "Do"), ("An", "Đỗ")), (("Van", "Dang"), ("Văn", "Đặng")), (("Hoa", "Le"), ("Hoa", "Lê"))),
    *((("Anna", "Lecki"), ("Anna", "Łęcki")), (("Soren", "Orsted"), ("Søren", "Ørsted"))),
    *((("Jan", "Vanderberg"), ("Jan", "van der Berg")), (("Kate", "Smithjones"), ("Kate", "Smith-Jones"))),
    *((("Ian", "Mcdonald"), ("Ian", "Mc Donald")), (("Ahmed", "Almasri"), ("Ahmed", "Al-Masri"))),
    *((("Anna", "Stjohn"), ("Anna", "St. John")), (("Bjork", "Gudmundsdottir"), ("Björk", "Guðmundsdóttir"))),
    *((("Zoe", "Li"), ("Zoë", "Li")), (("Bo", "Xu"), ("Bo", "Xǔ")), (("Ewa", "Zak"), ("Ewa", "Żak"))),
    *((("Ana", "Saric"), ("Ana", "Šarić")), (("Ayse", "Celik"), ("Ayşe", "Çelik"))),
    *((("Sean", "O'Neill"), ("Seán", "Ó Néill")),),
    _DIVIDED,
]


def clinic(*people: tuple[str, str], compares_accents: bool = True) -> FakeCerboServer:
    server = FakeCerboServer(compares_accents=compares_accents)
    for number, (first, last) in enumerate(people):
        server.add_patient(Patient(PatientId(str(number + 1)), first, last))
    return server


async def found(server: FakeCerboServer, text: str) -> tuple[set[str], bool]:
    searching = Searching(server, HandClock(NOON))
    before = server.count("search_patients")
    result = await searching.search(searching.interpret(text))
    assert server.count("search_patients") - before <= MAX_QUESTIONS
    return {each.id for each in result.patients}, result.is_complete


@pytest.mark.parametrize("compares_accents", [False, True])
@pytest.mark.parametrize(("one", "other"), _PAIRS)
async def test_namesakes_are_both_found_from_either_side(
    one: tuple[str, str], other: tuple[str, str], compares_accents: bool
) -> None:
    server = clinic(one, other, ("Maria", "Lopez"), compares_accents=compares_accents)
    for first, last in (one, other):
        for text in (f"{first} {last}", f"{last}, {first}"):
            if (one, other) != _DIVIDED or "," not in text:
                assert (await found(server, text.lower()))[0] == {"1", "2"}, text
    searching = Searching(server, HandClock(NOON))
    for here, there in (("1", "2"), ("2", "1")):
        namesakes = await searching.namesakes_of(server.patients[PatientId(here)])
        assert [each.id for each in namesakes.items] == [there]


@pytest.mark.parametrize(("one", "other"), _PAIRS)
async def test_in_a_large_clinic_nobody_is_hidden_behind_a_list_that_was_cut(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    crowd = [
        (f"{first}na{number}", f"{last}la{number}")
        for first in "abhijksz"
        for last in "dlmosvxz"
        for number in range(16)
    ]
    server = clinic(*crowd, one, other)
    ids = {str(len(crowd) + 1), str(len(crowd) + 2)}
    people = [server.patients[PatientId(each)] for each in sorted(ids)]
    for patient in people:
        text = f"{patient.first_name} {patient.last_name}"
        names, is_complete = await found(server, text.lower())
        assert patient.id in names, text
        assert ids <= names or not is_complete, text
        namesakes = await Searching(server, HandClock(NOON)).namesakes_of(patient)
        assert {each.id for each in namesakes.items} | {patient.id} == ids or not namesakes.is_complete


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("do", ("An", "Đỗ")), ("an do", ("An", "Đỗ")), ("do an", ("An", "Đỗ")), ("lecki", ("Jan", "Łęcki"))),
        *(("soren orsted", ("Søren", "Ørsted")), ("smithjones", ("Kate", "Smith-Jones")), ("le", ("Hoa", "Lê"))),
        *(("mcdonald", ("Ian", "Mc Donald")), ("mc donald", ("Ian", "McDonald")), ("almasri", ("Ahmed", "Al-Masri"))),
        *(("vanderberg", ("Jan", "van der Berg")), ("Đặng", ("Van", "Dang")), ("delacruz", ("Ana", "de la Cruz"))),
        *(("de la cruz", ("Ana", "DelaCruz")), ("jones", ("Kate", "Smith-Jones")), ("zoe", ("Zoë", "Li"))),
    ],
)
async def test_a_name_is_found_however_it_is_typed(text: str, name: tuple[str, str]) -> None:
    assert (await found(clinic(name, ("Maria", "Lopez")), text))[0] == {"1"}


@pytest.mark.parametrize("compares_accents", [False, True])
@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("marquez", "carlos marquez", "marquez, carlos", "márquez"), ("Carlos", "García Márquez")),
        (("jones", "kate jones", "jones, kate"), ("Kate", "Smith-Jones")),
        (("masri", "ahmed masri"), ("Ahmed", "Al-Masri")),
        (("diaz, lia", "lia diaz"), ("Lia", "Lopez Díaz")),
    ],
)
async def test_a_second_surname_is_found_beside_those_whose_first_it_is(
    texts: tuple[str, ...], name: tuple[str, str], compares_accents: bool
) -> None:
    others = [(first, last) for first in ("Tom", "Ewa") for last in ("Marquez", "Jones", "Masri", "Diaz", "Brown")]
    server = clinic(name, *others, compares_accents=compares_accents)
    for text in texts:
        assert "1" in (await found(server, text))[0], text


@pytest.mark.parametrize("compares_accents", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        *("kate jones", "Ms Kate Jones", "Dr. Kate Jones", "Kate Jones F", "Kate Jones Jr", "Kate Jones PhD"),
        *("jones kate", "Mrs Jones Kate", "Jones Kate (F)", "jones, kate", "Jones, Kate F", "Jones, Ms Kate"),
    ],
)
async def test_no_word_beside_a_name_and_no_order_hides_a_second_surname(text: str, compares_accents: bool) -> None:
    """Where the other is found as well, Enter would open the wrong one; where nobody is, a second chart is begun."""
    both = clinic(("Kate", "Jones"), ("Kate", "Smith-Jones"), ("Tom", "Brown"), compares_accents=compares_accents)
    assert (await found(both, text))[0] == {"1", "2"}
    alone = clinic(("Kate", "Smith-Jones"), ("Tom", "Brown"), compares_accents=compares_accents)
    assert (await found(alone, text))[0] == {"1"}


@pytest.mark.parametrize("text", ["luis garcia", "garcia luis", "luis marquez", "Mr Luis Garcia", "maria lopez"])
async def test_nobody_is_ruled_out_whose_typed_name_may_be_a_second_one(text: str) -> None:
    ids, is_complete = await found(clinic(("Carlos Luis", "García Márquez"), ("Ana Maria", "Lopez")), text)
    assert ids or not is_complete


@pytest.mark.parametrize("text", ["ana", "zoe", "le", "do", "ana nunez"])
async def test_a_text_whose_every_letter_may_carry_a_mark_is_never_complete(text: str) -> None:
    assert not (await found(clinic(("Maria", "Lopez")), text))[1]


async def test_two_words_find_somebody_where_a_wildcard_within_a_name_is_a_letter() -> None:
    class Literal(FakeCerboServer):
        async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]:
            if WILDCARD in query.last_name + query.first_name:
                query = dataclasses.replace(query, last_name="no such name")
            return await super().search_patients(query, limit=limit)

    people = [("Maria", "Lopez"), ("Grace", "Adeyemi"), ("Kate", "Smith"), ("Ana", "Nunez"), ("James", "Becker")]
    server = Literal(patients=clinic(*people).patients)
    for number, (first, last) in enumerate(people):
        for text in (f"{first} {last}", f"{last}, {first}", last):
            assert str(number + 1) in (await found(server, text.lower()))[0], text


@st.composite
def spellings(draw: st.DrawFn) -> tuple[tuple[str, str], tuple[str, str]]:
    """A name of plain letters, and another spelling of it."""
    first, last = (draw(st.text("abcdegklmnorstuyz", min_size=2, max_size=9)) for _ in range(2))
    return (first, last), (_spelled(draw, first), _spelled(draw, last))


def _spelled(draw: st.DrawFn, name: str) -> str:
    written = ""
    for at, letter in enumerate(name):
        forms = [letter, letter, letter + draw(st.sampled_from(_MARKS[letter]))] if letter in _MARKS else [letter]
        forms += [_OTHER_LETTERS[letter]] if letter in _OTHER_LETTERS else []
        written += draw(st.sampled_from(["", "", "", "", "’", "-", " "])) if at else ""
        written += draw(st.sampled_from(forms))
    return unicodedata.normalize("NFC", written)


@settings(max_examples=300, deadline=None)
@given(spellings())
async def test_what_is_called_complete_holds_every_spelling(names: tuple[tuple[str, str], tuple[str, str]]) -> None:
    one, other = names
    server = clinic(one, other)
    first, second = server.patients.values()
    if not are_namesakes(first, second):
        return
    for text in (f"{one[0]} {one[1]}", f"{one[1]}, {one[0]}"):
        ids, is_complete = await found(server, text)
        assert ids == {"1", "2"} or not is_complete, (text, other)
    namesakes = await Searching(server, HandClock(NOON)).namesakes_of(first)
    assert namesakes.items == (second,) or not namesakes.is_complete
