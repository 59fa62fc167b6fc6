"""The kinds of values that a policy key takes, with their limits."""

from dataclasses import dataclass
from typing import Protocol

from cerbo_desktop.domain.address import AddressFault, parse_address
from cerbo_desktop.domain.chart_address import is_chart_pattern

LONGEST_TEXT = 300
"""Letters of any text in a policy."""


class Kind(Protocol):
    """One kind of value."""

    def takes(self, value: object) -> bool:
        """Whether `value`, as it was read from TOML, is of this kind and within its limits."""


@dataclass(frozen=True, slots=True)
class TrueOrFalse:
    def takes(self, value: object) -> bool:
        return isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number from `lowest` to `highest`, both included."""

    lowest: int
    highest: int

    def takes(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.lowest <= value <= self.highest


@dataclass(frozen=True, slots=True)
class Text:
    """A text of 1 to `LONGEST_TEXT` letters."""

    def takes(self, value: object) -> bool:
        return _as_text(value) is not None


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """An address that the secret may be sent to."""

    def takes(self, value: object) -> bool:
        text = _as_text(value)
        return text is not None and not isinstance(parse_address(text), AddressFault)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An https address, to be read by a person."""

    def takes(self, value: object) -> bool:
        text = _as_text(value)
        return text is not None and text.startswith("https://")


@dataclass(frozen=True, slots=True)
class ChartAddress:
    """A web address for the browser, which may have a place for a patient's ID."""

    def takes(self, value: object) -> bool:
        text = _as_text(value)
        return text is not None and is_chart_pattern(text)


@dataclass(frozen=True, slots=True)
class FilePath:
    """The full path of a file; what the file holds is judged where it is read."""

    def takes(self, value: object) -> bool:
        return _as_text(value) is not None


def _as_text(value: object) -> str | None:
    return value if isinstance(value, str) and 1 <= len(value) <= LONGEST_TEXT else None
