"""Telephone numbers among what people type: Cerbo cannot be searched by them."""

import re

_PHONE = re.compile(
    r"^(?:(?:(?:tele)?phone|tel|cell|mobile|fax)\b[.:\s]*)?(?P<number>\+?\(?\d[\d\s().-]*\d)$", re.IGNORECASE
)


def is_phone_number(text: str) -> bool:
    """555-0142, (555) 010-0142, +1 555 010 0142: more or other groups of figures than a date still being typed."""
    if (found := _PHONE.match(text)) is None:
        return False
    number, groups = found["number"], re.findall(r"\d+", found["number"])
    count = sum(map(len, groups))
    return count >= 9 or (count >= 7 and (number[0] in "+(" or len(groups[0]) == 3))
