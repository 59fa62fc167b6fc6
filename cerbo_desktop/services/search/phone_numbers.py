"""Telephone numbers among what people type: Cerbo cannot be searched by them."""

import re

_PHONE = re.compile(
    r"^(?P<label>(?:(?:tele)?phone|tel|cell|mobile|fax)\b[.:\s]*)?(?P<number>\+?\(?\d[\d\s().-]*\d)$", re.IGNORECASE
)
_FIGURES_ALONE = range(10, 16)
"""An id is shorter, and no country's numbers are longer."""


def is_phone_number(text: str) -> bool:
    """555-0142, (555) 010-0142, +1 555 010 0142: more or other groups of figures than a date still being typed."""
    if (found := _PHONE.match(text)) is None:
        return False
    number, groups = found["number"], re.findall(r"\d+", found["number"])
    count = sum(map(len, groups))
    if number.isdecimal() and not found["label"]:
        return count in _FIGURES_ALONE
    if found["label"] and count >= 7:
        return True
    return count >= 9 or (count >= 7 and (number[0] in "+(" or len(groups[0]) == 3))
