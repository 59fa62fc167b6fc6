"""Telephone numbers among what people type: Cerbo cannot be searched by them."""

import re

_PHONE = re.compile(
    r"^(?P<before>[^\d+(]*)(?P<number>\+?\(?\d[\d\s().-]*\d)"
    r"(?:\s*(?:x|ext\.?|extension|#)\s*\d{1,6})?(?P<after>[^\d+(]*)$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\b(?:(?:tele)?phone|ph|tel|cell|mobile|mob|fax)\b[.:#\s]*$", re.IGNORECASE)
_FIGURES_ALONE = range(10, 16)
"""An id is shorter, and no country's numbers are longer."""


def has_phone_number(text: str) -> bool:
    """555-0142, (555) 010-0142, lopez +1 555 010 0142: more or other groups of figures than a date still being
    typed. A name may stand before or after it, an extension behind it."""
    if (found := _PHONE.match(text)) is None:
        return False
    number, groups = found["number"], re.findall(r"\d+", found["number"])
    count, is_labelled = sum(map(len, groups)), _LABEL.search(found["before"]) is not None
    if number.isdecimal() and not is_labelled:
        return count in _FIGURES_ALONE
    if is_labelled and count >= 7:
        return True
    return count >= 9 or (count >= 7 and (number[0] in "+(" or len(groups[0]) == 3))
