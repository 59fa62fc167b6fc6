"""What no sentence on the screen may hold: statuses, names of exceptions, addresses, nothing at all."""

import re

_NOT_FOR_PEOPLE = re.compile(
    r"\b[45]\d\d\b(?! ?(?:MB|KB|px|×))|HTTP|Error\b|Exception|Traceback|None\b|null|httpx|errno|://|<|>|\{|\}",
    re.IGNORECASE,
)


def assert_plain(words: str) -> None:
    """No code, no jargon, and not empty."""
    assert words.strip()
    assert not [found[0] for found in _NOT_FOR_PEOPLE.finditer(words)], words
