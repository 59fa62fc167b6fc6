"""Variants of one flow of which each run takes some, and a release all."""

import zlib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pytest

_Test = TypeVar("_Test", bound=Callable[..., Any])


def some_now(names: str | tuple[str, ...], variants: Iterable[Any], *, one_in: int = 3) -> Callable[[_Test], _Test]:
    """As `pytest.mark.parametrize`, for variants that are each proved without a window as well: one in so many belongs
    to each run, the others have the mark `release`. Which ones follows from the test's name alone, so that a run finds
    what the one before it found.
    """

    def parametrized(test: _Test) -> _Test:
        every = list(variants)
        first = zlib.crc32(test.__name__.encode()) % min(one_in, len(every))
        chosen = [_param(names, each, is_now=(at - first) % one_in == 0) for at, each in enumerate(every)]
        pytest.mark.parametrize(names, chosen)(test)  # it marks the test itself
        return test

    return parametrized


def _param(names: str | tuple[str, ...], variant: Any, *, is_now: bool) -> Any:
    values = variant if isinstance(names, tuple) else (variant,)
    return pytest.param(*values, marks=() if is_now else pytest.mark.release)
