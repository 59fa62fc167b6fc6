"""When two names are the same name."""

import pytest

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient, are_namesakes, folded, squeezed


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        *(("NGUYỄN", "nguyen"), ("Nguyễn", "nguyen"), ("Łukasz", "lukasz"), ("Đặng", "dang"), ("Øystein", "oystein")),
        *(("Æthelred", "aethelred"), ("Weiß", "weiss"), ("ẞ", "ss"), ("Œuvre", "oeuvre"), ("Yılmaz", "yilmaz")),
        *(("İbrahim", "ibrahim"), ("O'Brien", "obrien"), ("O’Brien", "obrien"), ("O‘Brien", "obrien")),
        *(("O`Brien", "obrien"), ("O´Brien", "obrien"), ("Ka\u02bbahumanu", "kaahumanu"), ("Ｏ＇Ｂｒｉｅｎ", "obrien")),
        *(("Smith-Jones", "smith jones"), ("Smith\u2010Jones", "smith jones"), ("Smith – Jones", "smith jones")),
        *(
            ("Ｌｏｐｅｚ", "lopez"),
            ("  Ana\u00a0 María ", "ana maria"),
            ("St. John", "st john"),
            ("Ann\u202eeeL", "anneel"),
        ),
    ],
)
def test_folding(text: str, plain: str) -> None:
    assert folded(text) == plain
    assert folded(folded(text)) == plain


def test_squeezing_leaves_no_space() -> None:
    assert {squeezed(text) for text in ("Smith-Jones", "Smith Jones", "SmithJones")} == {"smithjones"}


def _patient(number: int, first: str, last: str) -> Patient:
    return Patient(PatientId(str(number)), first, last)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *((("James", "O'Brien"), ("James", "O’Brien")), (("Kate", "Smith-Jones"), ("Kate", "Smith Jones"))),
        *((("Robert", "Downey"), ("Robert", "Downey Jr.")), (("Robert Jr", "Pine"), ("Robert", "Pine, Sr."))),
        *((("Louis", "King III"), ("Louis", "King 2nd")), (("José", "Silva Júnior"), ("Jose", "Silva"))),
        *((("Văn", "Đặng"), ("Van", "Dang")), (("Kate", "Smith Jones"), ("Kate Smith", "Jones"))),
    ],
)
def test_namesakes(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert are_namesakes(_patient(1, *one), _patient(2, *other))
    assert not are_namesakes(_patient(1, *one), _patient(1, *other)), "the same person"


def test_others_are_no_namesakes() -> None:
    assert not are_namesakes(_patient(1, "Jon", "Smyth"), _patient(2, "John", "Smith"))
    assert not are_namesakes(_patient(1, "Junior", "Alvarez"), _patient(2, "", "Alvarez")), "Junior is a name"
    assert not are_namesakes(_patient(1, "Ana", "Sr"), _patient(2, "Ana", "")), "and Sr"
    assert not are_namesakes(_patient(1, "", ""), _patient(2, "", "")), "nobody has a name"
