"""Each run takes some variants, a release the others: none is left out, and none is taken by chance."""

from typing import Any

import pytest

from tests.variants import some_now


def _of_each_run(name: str, variants: list[Any], *, one_in: int, names: str | tuple[str, ...] = "value") -> list[Any]:
    """The values that a test of this name gets in each run; the others have the mark of a release."""

    def test() -> None: ...

    test.__name__ = name
    (mark,) = some_now(names, variants, one_in=one_in)(test).pytestmark  # type: ignore[attr-defined]  # pytest's own
    params = mark.args[1]
    assert [param.values for param in params] == [each if isinstance(names, tuple) else (each,) for each in variants]
    assert {mark.name for param in params for mark in param.marks} <= {"release"}
    return [param.values for param in params if not param.marks]


@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("one_in", [2, 3])
def test_each_run_has_its_share_and_never_none(count: int, one_in: int) -> None:
    for number in range(20):
        taken = len(_of_each_run(f"test_{number}", list(range(count)), one_in=one_in))
        assert count // one_in <= taken <= count // one_in + 1
        assert taken >= 1


def test_several_values_go_together() -> None:
    pairs: list[Any] = [(1, 2), (3, 4)]
    assert _of_each_run("test_pairs", pairs, one_in=5, names=("left", "right"))[0] in pairs


def test_the_name_of_the_test_alone_chooses() -> None:
    values = list(range(6))
    assert _of_each_run("test_one", values, one_in=3) == _of_each_run("test_one", values, one_in=3)
    assert len({str(_of_each_run(f"test_{number}", values, one_in=3)) for number in range(20)}) == 3
