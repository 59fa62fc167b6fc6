"""From the shutter to the outbox, disturbed at every await: each photo is stored once, or somebody is asked about it.

What the outbox took and the server stored is the judge.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from cerbo_desktop.ui.text import capture as words
from tests.durability.capture_scenes import CardRun, Front, SheetRun
from tests.durability.interleaving import disturbed

_CANCELLABLE = ("capture", "hand-over", "ID card", "capture sheet", "photographing")
"""Scopes whose tasks something may cancel. The others are begun work that goes to its end."""


Run = TypeVar("Run", bound=Front)


def _every_await(
    make: Callable[[], Run],
    act_of: Callable[[Run], Callable[[Any], object]],
    *,
    of: tuple[str, ...] = ("",),
    after_send: bool = False,
) -> list[Run]:
    """A run for each await, disturbed there. `of`: how the names of the tasks begin whose awaits count."""

    def play(run: Run, at: int) -> int:
        def is_counted(name: str) -> bool:
            return name.startswith(of) and run.is_under_way and (run.is_sent or not after_send)

        return disturbed(run.play(), act_of(run), at, is_counted)

    runs = []
    for at in range(1, play(make(), 0) + 1):
        runs.append(make())
        play(runs[-1], at)
    assert len(runs) >= 5
    print(f"\n{len(runs)} awaits")
    return runs


def _pressing_send(run: Any) -> Callable[[Any], object]:
    return lambda _: run.press_send()


def _cancelling(_run: Front) -> Callable[[Any], object]:
    return lambda task: task.cancel()


def test_the_card_sends_its_photo_once(tmp_path: Path) -> None:
    run = CardRun(tmp_path)
    disturbed(run.play(), lambda _: None, 0)
    assert (run.kept, run.stored) == ({1: 1}, {1: 1})


def test_send_twice_at_every_await_of_the_card(tmp_path: Path) -> None:
    for run in _every_await(lambda: CardRun(tmp_path), _pressing_send):
        assert (run.kept, run.stored, run.left) == ({1: 1}, {1: 1}, [])


def test_another_patient_is_opened_at_every_await_of_the_card(tmp_path: Path) -> None:
    """The second sender: the question on leaving, answered with Send. It is asked only before Send was pressed."""
    for run in _every_await(lambda: CardRun(tmp_path), lambda run: run.open_another_patient):
        assert (run.kept, run.stored, run.left) == ({1: 1}, {1: 1}, [])
        assert run.is_everything_marias()
        assert run.has_left


@pytest.mark.parametrize("key", ["dismiss_pressed", "retake_pressed"])
def test_discard_and_retake_after_send_change_nothing(tmp_path: Path, key: str) -> None:
    """Before Send the photo goes, as the button says; after it, it is sent. It is never half of both."""
    for run in _every_await(
        lambda: CardRun(tmp_path), lambda run: lambda _: getattr(run.card, key).emit(), after_send=True
    ):
        assert (run.kept, run.stored) in (({1: 1}, {1: 1}), ({}, {}))
        assert run.kept or not run.card.is_saving


def test_a_cancellation_at_every_await_of_the_card(tmp_path: Path) -> None:
    for run in _every_await(lambda: CardRun(tmp_path), _cancelling, of=_CANCELLABLE):
        assert run.kept in ({1: 1}, {})
        assert run.kept == run.stored
        # A photo whose examination was ended could not be sent, and the card said so.
        assert run.kept or run.left or "Take it again" in run.card.problem
        assert not (run.card.is_saving and run.left)
        assert run.kept.keys().isdisjoint(run.left)


def test_the_card_is_closed_by_the_program_at_every_await(tmp_path: Path) -> None:
    def closing(run: CardRun) -> Callable[[Any], object]:
        return lambda _: run.scope.start(run.presenter.aclose())

    for run in _every_await(lambda: CardRun(tmp_path), closing):
        assert run.kept == run.stored
        assert run.kept in ({1: 1}, {})


WHOLE = {1: 1, 2: 1, 3: 1}


def test_the_sheet_sends_what_was_chosen_once_and_closes(tmp_path: Path) -> None:
    run = SheetRun(tmp_path)
    disturbed(run.play(), lambda _: None, 0)
    assert (run.kept, run.stored, run.left, run.was_open) == (WHOLE, WHOLE, [], False)


def test_send_twice_at_every_await_of_the_sheet(tmp_path: Path) -> None:
    for run in _every_await(lambda: SheetRun(tmp_path), _pressing_send, after_send=True):
        assert (run.kept, run.stored, run.left, run.was_open) == (WHOLE, WHOLE, [], False)


def test_a_shot_removed_at_every_await_is_never_sent(tmp_path: Path) -> None:
    runs = _every_await(lambda: SheetRun(tmp_path), lambda run: run.remove_second, after_send=True)
    for run in runs:
        assert run.kept == run.stored == {number: 1 for number in (1, 2, 3) if number not in run.removed}
    assert any(run.removed for run in runs)
    assert any(words.being_saved() in run.view.problems for run in runs)


def test_a_shot_taken_at_every_await_after_send_stays(tmp_path: Path) -> None:
    for run in _every_await(lambda: SheetRun(tmp_path), lambda run: run.shoot, after_send=True):
        assert run.kept == run.stored == WHOLE
        assert run.left == ([5] if run.camera.taken == 5 else [])
        assert run.was_open == bool(run.left)


@pytest.mark.parametrize("answer", ["stay", "discard", "send"])
def test_esc_at_every_await_after_send_says_the_truth(tmp_path: Path, answer: str) -> None:
    """The question counts what is safe, and nothing more becomes safe while it is open."""
    runs = _every_await(lambda: SheetRun(tmp_path, answer), lambda run: run.leave, after_send=True)
    for run in runs:
        assert run.kept == run.stored
        if answer == "discard" and run.view.questions:
            (question,) = run.view.questions
            said = int(question.title.split()[0]) if "already safe" in question.title else 0
            assert sum(run.kept.values()) == said
            assert question.discard == f"Discard {4 - said}"
        else:
            assert run.kept == WHOLE
    assert {len(run.kept) for run in runs} == ({0, 1, 2, 3} if answer == "discard" else {3})


def test_a_cancellation_at_every_await_of_the_sheet(tmp_path: Path) -> None:
    for run in _every_await(lambda: SheetRun(tmp_path), _cancelling, of=_CANCELLABLE):
        assert run.kept == run.stored
        assert all(times == 1 for times in run.kept.values())
        assert {1, 2, 3} <= {*run.kept, *run.left, *run.view.refused_shown}
        assert run.kept.keys().isdisjoint(run.left)
        assert not any(shot.is_being_sent for shot in run.view.shots)
