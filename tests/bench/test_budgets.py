"""The bench says of each budget whether it is met, and ends as its worst one."""

import json
import pickle
from pathlib import Path

import pytest

from cerbo_desktop.domain.limits import MAX_PIXELS
from tests.bench import limits, photos
from tests.bench.__main__ import acts, chosen, figures_in, main
from tests.bench.budgets import Budget, Direction, Measured, Run, middle, never, spread, times, worst
from tests.bench.groups import GROUPS
from tests.bench.limits import Limit
from tests.bench.reporting import as_json, table
from tests.bench.screens import LARGE_X11, X11

FAST = Budget("fast", "floor", Limit(0.8), Direction.AT_LEAST)
SMALL = Budget("small", "floor", Limit(16), unit="MB")
TOLD = Budget("told", "floor", limits.TOLD, unit="ms")


@pytest.mark.parametrize(
    ("budget", "figure", "is_met"),
    [(FAST, 0.8, True), (FAST, 0.79, False), (SMALL, 16, True), (SMALL, 16.1, False), (TOLD, 1e9, True)],
)
def test_a_figure_at_its_limit_is_met_and_one_beyond_is_not(budget: Budget, figure: float, is_met: bool) -> None:
    assert Measured(budget, figure).is_met is is_met


def _run(*measured: Measured, budgets: tuple[Budget, ...] = (FAST, SMALL, TOLD)) -> Run:
    run = Run(budgets)
    run.add(measured)
    return run


def test_everything_met_ends_well_also_where_what_is_only_told_is_missing() -> None:
    run = _run(Measured(FAST, 0.9), Measured(SMALL, 3))
    assert run.exit_code == 0
    assert "2 of 2 budgets are met, 0 missed, 0 without a figure." in table(run)
    assert "no figure" in table(run)


def test_one_missed_budget_fails_the_run_and_is_named() -> None:
    run = _run(Measured(FAST, 0.5), Measured(SMALL, 3))
    assert run.exit_code == 1
    assert [each.budget.name for each in run.missed] == ["fast"]
    (line,) = [line for line in table(run).splitlines() if "fast" in line]
    assert line.startswith("MISS")
    assert "1 of 2 budgets are met, 1 missed, 0 without a figure." in table(run)


def test_a_budget_that_was_not_measured_fails_the_run() -> None:
    run = _run(Measured(FAST, 0.9))
    assert run.exit_code == 1
    assert run.missing == [SMALL]
    (line,) = [line for line in table(run).splitlines() if "small" in line]
    assert line.startswith("none")
    assert "no figure" in line
    assert "1 of 2 budgets are met, 0 missed, 1 without a figure." in table(run)


def test_a_group_that_broke_fails_the_run_and_is_told() -> None:
    run = _run(Measured(FAST, 0.9), Measured(SMALL, 3))
    run.failures.append("viewing ended with 1")
    assert run.exit_code == 1
    assert "viewing ended with 1" in table(run)


def test_of_several_tries_the_middle_is_judged_and_for_memory_the_worst() -> None:
    assert middle(SMALL, [20, 12, 30, 11, 10]).figure == 12
    assert worst(SMALL, [20, 12, 30]).figure == 30
    assert worst(FAST, [0.7, 0.9]).figure == 0.7


def test_a_middle_of_few_tries_means_nothing() -> None:
    with pytest.raises(ValueError, match="too few"):
        middle(SMALL, [20, 12, 30, 11])


def test_what_never_came_is_missed_and_told_as_such() -> None:
    run = _run(Measured(FAST, 0.9), never(SMALL, "waited in vain"))
    assert run.exit_code == 1
    assert "never MB" in table(run)
    assert "waited in vain" in table(run)
    assert json.loads(as_json(run))["budgets"][1]["figure"] is None


def test_a_large_screen_may_have_a_limit_of_its_own() -> None:
    frames = Budget("frames", "floor", Limit(2, large=Limit(3)))
    assert [frames.on(screen).judged for screen in (X11, LARGE_X11)] == [2, 3]
    assert SMALL.on(LARGE_X11).limit == SMALL.limit
    assert frames.on(X11).name == "frames [X11 1440x900]"


def test_the_short_set_is_of_whole_groups_on_one_screen_each() -> None:
    names = [name for name, _ in acts(is_short=True)]
    assert names == [name for name, group in GROUPS.items() if group.is_short]
    assert names


def test_times_become_a_ratio_to_the_floor_in_the_direction_of_the_budget() -> None:
    slow = Budget("slow", "floor", Limit(1.25))
    assert times(slow, [3.0, 2.5, 2.5, 9.0, 2.0], [2.0, 4.0, 2.0, 1.0, 2.0]).figure == 1.25
    assert times(FAST, [3.0, 2.5, 2.5, 9.0, 2.0], [2.0, 4.0, 2.0, 1.0, 2.0]).figure == 0.8


def test_the_spread_names_the_middle_the_ends_and_how_many() -> None:
    assert spread([31.0, 24.0, 25.0]) == "25 (24-31, 3 tries)"


def test_json_holds_every_budget_with_its_verdict() -> None:
    told = json.loads(as_json(_run(Measured(FAST, 0.5, (0.5,), (1.0,)))))
    verdicts = {row["name"]: row["is_met"] for row in told["budgets"]}
    assert verdicts == {"fast": False, "small": None, "told": None}
    assert told["budgets"][0]["floor_tries"] == [1.0]
    assert told["machine"]["cpu_count"]


def test_names_choose_groups_and_budgets() -> None:
    act = "line", X11
    assert chosen(act, ["line"]) == GROUPS["line"].budgets_on(X11)
    assert [budget.name for budget in chosen(act, ["jump to the end"])] == [GROUPS["line"].budgets_on(X11)[1].name]
    assert chosen(act, ["no such thing"]) == ()
    assert chosen(("whole", X11), ["opening"]) == (), "its rows tell of opening a photo, but it is another group"
    rows = [group.budgets_on(screen) for group in GROUPS.values() for screen in group.screens]
    names = [budget.name for budgets in rows for budget in budgets]
    assert len(names) == len(set(names))


def _all_limits() -> list[Limit]:
    return [*(each for each in vars(limits).values() if isinstance(each, Limit)), *limits.REQUESTS.values()]


def _all_budgets() -> list[Budget]:
    return [budget for group in GROUPS.values() for budget in group.budgets]


def test_every_limit_stands_in_the_table_of_limits_and_is_used() -> None:
    known, used = {id(each) for each in _all_limits()}, {id(budget.limit) for budget in _all_budgets()}
    assert [budget.name for budget in _all_budgets() if id(budget.limit) not in known] == []
    assert [each for each in _all_limits() if id(each) not in used] == []


def test_a_drawn_limit_judges_and_is_stricter_than_what_is_owed() -> None:
    assert Limit(3, drawn=2).judged == 2
    for budget in _all_budgets():
        for limit in (budget.limit, budget.limit.large or budget.limit):
            if limit.owed is not None and limit.drawn is not None:
                sign = -1 if budget.direction is Direction.AT_LEAST else 1
                assert sign * limit.drawn < sign * limit.owed, budget.name


@pytest.mark.parametrize(
    ("budget", "figure", "drawable"),
    [(SMALL, 10, 13), (SMALL, 13, None), (FAST, 1.3, 1), (FAST, 0.9, None), (TOLD, 10, None), (SMALL, 0, None)],
)
def test_a_limit_can_be_drawn_to_what_was_reached_where_that_is_stricter(
    budget: Budget, figure: float, drawable: float | None
) -> None:
    measured = Measured(budget, figure)
    assert measured.drawable == drawable
    assert ("could be drawn" in table(_run(measured))) is (drawable is not None)


def test_what_a_group_measured_before_it_was_ended_counts(tmp_path: Path) -> None:
    answer = tmp_path / "answer"
    assert list(figures_in(answer)) == []
    whole = pickle.dumps(Measured(FAST, 0.9))
    answer.write_bytes(whole + whole[:20])
    assert list(figures_in(answer)) == [Measured(FAST, 0.9)]


def test_the_largest_photo_of_the_bench_is_one_that_the_app_opens() -> None:
    width_px, height_px = photos.HUGE_SIZE_PX
    assert MAX_PIXELS - width_px < width_px * height_px <= MAX_PIXELS


def test_the_short_set_fits_into_three_minutes_on_a_machine_that_is_half_as_quick() -> None:
    """The photos for it take a part of that time, too."""
    assert 2 * sum(group.usual_s for group in GROUPS.values() if group.is_short) <= 120


def test_the_list_names_every_group_and_row_and_measures_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    told = capsys.readouterr().out
    for name, group in GROUPS.items():
        assert f"{name}: about " in told
        assert all(budget.name in told for budget in group.budgets)
