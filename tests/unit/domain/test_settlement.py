"""The table of what becomes of a photo that was sent: every cell with its outcome, and what no cell may say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from cerbo_desktop.domain.evidence import Answer, Evidence, SeenEntry
from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.list_news import other_tries, others_open, queue_news
from cerbo_desktop.domain.server_snapshot import EntryNature, Reading, ServerSnapshot
from cerbo_desktop.domain.settlement import Outcome, Settlement, settle
from cerbo_desktop.domain.settlement_case import Both, Case, ChartNews, Known, Others, QueueNews

A, Q, C, K, N = Answer, QueueNews, ChartNews, Known, EntryNature
SENT, TAKEN, ASK, DOUBT, WAIT, NO = (
    *(Outcome.SENT, Outcome.TAKEN, Outcome.PROPOSAL, Outcome.DOUBT, Outcome.KEEP_LOOKING, Outcome.REFUSED),
)
GONE, LEFT, SAME, DONE = Outcome.GONE, Outcome.LEFT_QUEUE, Outcome.NOTHING_YET, Outcome.ACCEPTED
BOTH, BACK = Outcome.IN_BOTH, Outcome.WITHDRAWN

SEND_ONCE_MORE = Outcome.SEND_ONCE_MORE

QUEUE = (
    *(Q.NOT_NOW, Q.UNREADABLE, Q.CUT, Q.NOTHING_NEW, Q.NO_PHOTO_NEW),
    *(Q.ONE_NEW, Q.SEVERAL_NEW, Q.NAMED_NEW, Q.CLOSED_NEW),
)
NOT_SEEN = {
    # One column a queue, in the order of QUEUE: not now, unreadable, cut, nothing new, no photo new, one new,
    # several new, named new, closed new. Nobody else sends, the chart has nothing new, the answer is not fresh any
    # more, and an earlier look showed nothing of it either.
    A.LOST: (DOUBT, DOUBT, DOUBT, DOUBT, DOUBT, ASK, ASK, ASK, ASK),
    A.WEB_PAGE: (DOUBT, DOUBT, DOUBT, DOUBT, DOUBT, ASK, ASK, ASK, ASK),
    A.FAILED: (DOUBT, DOUBT, DOUBT, DOUBT, DOUBT, ASK, ASK, ASK, ASK),
    A.DENIED_WITH_ID: (DOUBT, DOUBT, DOUBT, DOUBT, DOUBT, ASK, ASK, ASK, ASK),
    A.EMPTY: (DOUBT, DOUBT, DOUBT, DOUBT, DOUBT, SENT, ASK, ASK, ASK),
    A.CONFIRMED: (TAKEN, TAKEN, TAKEN, DOUBT, DOUBT, SENT, ASK, ASK, ASK),
    A.OTHER_ID: (TAKEN, TAKEN, TAKEN, DOUBT, DOUBT, SENT, ASK, SENT, ASK),
    A.QUEUE_ID: (TAKEN, TAKEN, TAKEN, DOUBT, DOUBT, ASK, ASK, SENT, ASK),
    A.DENIED: (NO, NO, NO, NO, NO, NO, NO, NO, NO),
    A.REFUSED: (NO, NO, NO, NO, NO, NO, NO, NO, NO),
    A.TURNED_AWAY: (DOUBT, DOUBT, DOUBT, NO, NO, ASK, ASK, ASK, ASK),
}
FRESH = {
    # The same a moment after the answer: the lists may lag behind it.
    A.LOST: (DOUBT, DOUBT, DOUBT, DOUBT, DOUBT, ASK, ASK, ASK, ASK),
    A.WEB_PAGE: (DOUBT, DOUBT, DOUBT, DOUBT, DOUBT, ASK, ASK, ASK, ASK),
    A.FAILED: (DOUBT, DOUBT, DOUBT, DOUBT, DOUBT, ASK, ASK, ASK, ASK),
    A.DENIED_WITH_ID: (DOUBT, DOUBT, DOUBT, DOUBT, DOUBT, ASK, ASK, ASK, ASK),
    A.EMPTY: (WAIT, DOUBT, DOUBT, WAIT, WAIT, SENT, ASK, ASK, WAIT),
    A.CONFIRMED: (WAIT, TAKEN, TAKEN, WAIT, WAIT, SENT, ASK, ASK, WAIT),
    A.OTHER_ID: (WAIT, TAKEN, TAKEN, WAIT, WAIT, SENT, ASK, SENT, WAIT),
    A.QUEUE_ID: (WAIT, TAKEN, TAKEN, WAIT, WAIT, WAIT, WAIT, SENT, WAIT),
    A.DENIED: (NO, NO, NO, NO, NO, NO, NO, NO, NO),
    A.REFUSED: (NO, NO, NO, NO, NO, NO, NO, NO, NO),
    A.TURNED_AWAY: (WAIT, DOUBT, DOUBT, WAIT, WAIT, ASK, ASK, ASK, ASK),
}
NEW_IN_CHART = {
    # As NOT_SEEN, and the chart has a new photo without our mark: a person may look at it.
    A.LOST: (ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK),
    A.WEB_PAGE: (ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK),
    A.FAILED: (ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK),
    A.DENIED_WITH_ID: (ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK),
    A.EMPTY: (ASK, ASK, ASK, ASK, ASK, SENT, ASK, ASK, ASK),
    A.CONFIRMED: (TAKEN, TAKEN, TAKEN, ASK, ASK, SENT, ASK, ASK, ASK),
    A.OTHER_ID: (TAKEN, TAKEN, TAKEN, ASK, ASK, SENT, ASK, SENT, ASK),
    A.QUEUE_ID: (TAKEN, TAKEN, TAKEN, ASK, ASK, ASK, ASK, SENT, ASK),
    A.DENIED: (NO, NO, NO, NO, NO, NO, NO, NO, NO),
    A.REFUSED: (NO, NO, NO, NO, NO, NO, NO, NO, NO),
    A.TURNED_AWAY: (ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK),
}
ONE_NEW_BESIDE_OTHERS = {
    # One new entry, not named: nobody else sends, entries of unknown senders are open, another photo of ours is open.
    A.LOST: (ASK, ASK, ASK),
    A.WEB_PAGE: (ASK, ASK, ASK),
    A.FAILED: (ASK, ASK, ASK),
    A.DENIED_WITH_ID: (ASK, ASK, ASK),
    A.EMPTY: (SENT, ASK, ASK),
    A.CONFIRMED: (SENT, SENT, ASK),
    A.OTHER_ID: (SENT, SENT, ASK),
    A.QUEUE_ID: (ASK, ASK, ASK),
    A.TURNED_AWAY: (ASK, ASK, ASK),
}
SEEN_BEFORE = {
    # Its entry was seen. One column a chart: not read, cut, nothing new, a new photo, found.
    Q.NOT_NOW: (SAME, SAME, SAME, SAME, DONE),
    Q.UNREADABLE: (SAME, SAME, SAME, SAME, DONE),
    Q.CUT: (SAME, SAME, SAME, SAME, DONE),
    Q.OURS_WAITS: (SENT, SENT, SENT, SENT, SENT),
    Q.OURS_LEFT: (SAME, SAME, SAME, LEFT, DONE),
}
PUT_OFF = {
    # Cerbo asked for a wait after the last byte, half a minute ago. One column a queue, as in NOT_SEEN.
    C.NOTHING_NEW: (WAIT, DOUBT, DOUBT, SEND_ONCE_MORE, SEND_ONCE_MORE, ASK, ASK, ASK, ASK),
    C.NOT_READ: (WAIT, DOUBT, DOUBT, WAIT, WAIT, ASK, ASK, ASK, ASK),
    C.CUT: (WAIT, DOUBT, DOUBT, DOUBT, DOUBT, ASK, ASK, ASK, ASK),
    C.NEW_PHOTO: (WAIT, ASK, ASK, ASK, ASK, ASK, ASK, ASK, ASK),
    C.FOUND: (DONE, DONE, DONE, DONE, DONE, DONE, DONE, SENT, DONE),
}
OVERDUE = {
    # The same, and lists that can't be read have been waited for long enough.
    C.NOTHING_NEW: (DOUBT, DOUBT, DOUBT, SEND_ONCE_MORE, SEND_ONCE_MORE, ASK, ASK, ASK, ASK),
    C.NOT_READ: (DOUBT, DOUBT, DOUBT, DOUBT, DOUBT, ASK, ASK, ASK, ASK),
}
CHART = (C.NOT_READ, C.CUT, C.NOTHING_NEW, C.NEW_PHOTO, C.FOUND)
WHOLE_AND_NOT = (True, False)
FOUND_IN_CHART = {
    # Our mark is in the chart. First three columns: the queue's list is whole, and an earlier look showed chart and
    # queue together never, just now, and a while ago. Then the same with a list that is cut, or was not read.
    # Sent twice; then that, and what may be another try waits.
    (Q.OURS_WAITS, 2, False): (WAIT, WAIT, BOTH, WAIT, WAIT, BOTH),
    (Q.NAMED_NEW, 2, False): (WAIT, WAIT, BOTH, WAIT, WAIT, BOTH),
    (Q.OURS_LEFT, 2, False): (DONE, DONE, DONE, DONE, SAME, DONE),
    (Q.NOT_NOW, 2, False): (DONE, DONE, DONE, DONE, SAME, DONE),
    (Q.OURS_LEFT, 2, True): (WAIT, WAIT, BOTH, WAIT, WAIT, BOTH),
    (Q.ONE_NEW, 2, True): (WAIT, WAIT, BOTH, WAIT, WAIT, BOTH),
    (Q.OURS_WAITS, 2, True): (WAIT, WAIT, BOTH, WAIT, WAIT, BOTH),
    # Sent once: while its entry waits, the chart's list shows what waits.
    (Q.OURS_WAITS, 1, False): (SENT, SENT, SENT, SENT, SENT, SENT),
    (Q.NAMED_NEW, 1, False): (SENT, SENT, SENT, SENT, SENT, SENT),
    (Q.OURS_LEFT, 1, False): (DONE, DONE, DONE, DONE, SAME, DONE),
    (Q.NOT_NOW, 1, False): (DONE, DONE, DONE, DONE, SAME, DONE),
}
CELLS = [
    *(
        (Case(answer, queue, chart, is_early=is_early, was_absent_before=True), outcome)
        for table, chart, is_early in ((NOT_SEEN, C.NOTHING_NEW, False), (FRESH, C.NOTHING_NEW, True))
        for answer, outcomes in table.items()
        for queue, outcome in zip(QUEUE, outcomes, strict=True)
    ),
    *(
        (Case(answer, queue, C.NEW_PHOTO), outcome)
        for answer, outcomes in NEW_IN_CHART.items()
        for queue, outcome in zip(QUEUE, outcomes, strict=True)
    ),
    *(
        (Case(answer, Q.ONE_NEW, C.NOTHING_NEW, others), outcome)
        for answer, outcomes in ONE_NEW_BESIDE_OTHERS.items()
        for others, outcome in zip(Others, outcomes, strict=True)
    ),
    *(
        (Case(answer, queue, chart, was_put_off=True, is_overdue=is_overdue, was_absent_before=True), outcome)
        for answer in (A.TURNED_AWAY, A.LOST)  # earlier versions kept no answer
        for table, is_overdue in ((PUT_OFF, False), (OVERDUE, True))
        for chart, outcomes in table.items()
        for queue, outcome in zip(QUEUE, outcomes, strict=True)
    ),
    *(
        # Lists that lag behind, or one look alone, prove nothing.
        (Case(A.TURNED_AWAY, queue, C.NOTHING_NEW, **facts, was_put_off=was_put_off), WAIT)  # type: ignore[arg-type]
        for queue in (Q.NOTHING_NEW, Q.NO_PHOTO_NEW)
        for facts in ({"is_early": True, "was_absent_before": True}, {"was_absent_before": False})
        for was_put_off in (True, False)
    ),
    # A person said that it is there.
    (Case(A.TURNED_AWAY, Q.NOTHING_NEW, C.NOTHING_NEW, known=K.SENT_UNSEEN, was_put_off=True), SAME),
    (Case(A.TURNED_AWAY, Q.ONE_NEW, C.NOTHING_NEW, known=K.SENT_UNSEEN, was_put_off=True), SAME),
    *(
        (Case(A.OTHER_ID, queue, chart, known=K.SEEN), outcome)
        for queue, outcomes in SEEN_BEFORE.items()
        for chart, outcome in zip(CHART, outcomes, strict=True)
    ),
    *(
        (
            Case(
                *(A.QUEUE_ID, queue, C.FOUND),
                known=K.SEEN,
                both=both,
                is_queue_whole=is_whole,
                tries=tries,
                another_waits=another,
            ),
            outcome,
        )
        for (queue, tries, another), outcomes in FOUND_IN_CHART.items()
        for (is_whole, both), outcome in zip(product(WHOLE_AND_NOT, Both), outcomes, strict=True)
    ),
    *(
        (Case(A.QUEUE_ID, queue, C.FOUND, both=both, is_queue_whole=is_whole), DONE)
        for queue, both, is_whole in product((Q.NOTHING_NEW, Q.ONE_NEW, Q.CUT), Both, WHOLE_AND_NOT)
    ),
    *(
        (Case(A.QUEUE_ID, Q.OURS_LEFT, chart, known=K.SEEN, is_taking_back=True), outcome)
        for chart, outcome in zip(CHART, (SAME, SAME, SAME, LEFT, DONE), strict=True)
    ),
    (Case(A.QUEUE_ID, Q.OURS_LEFT, C.NOTHING_NEW, known=K.SEEN, was_gone_before=True), GONE),
    # By two looks; sent again, another try of it may be anywhere, and it stays in the list.
    (Case(A.QUEUE_ID, Q.OURS_LEFT, C.NOTHING_NEW, known=K.SEEN, is_taking_back=True, was_gone_before=True), BACK),
    (
        Case(A.QUEUE_ID, Q.OURS_LEFT, C.NOTHING_NEW, known=K.SEEN, tries=2, is_taking_back=True, was_gone_before=True),
        GONE,
    ),
    # Told to be in chart and queue: only a whole list ends that. Each of two tries in the chart ends it too.
    (Case(A.QUEUE_ID, Q.NOT_NOW, C.FOUND, both=Both.BEFORE, has_second_entry=True, is_queue_whole=False), SAME),
    (Case(A.QUEUE_ID, Q.OURS_LEFT, C.FOUND, both=Both.BEFORE, has_second_entry=True), DONE),
    (Case(A.QUEUE_ID, Q.ONE_NEW, C.FOUND_TWICE, both=Both.BEFORE, tries=2, another_waits=True), DONE),
    (Case(A.QUEUE_ID, Q.ONE_NEW, C.FOUND_TWICE, both=Both.BEFORE, tries=3, another_waits=True), BOTH),
    (Case(A.QUEUE_ID, Q.OURS_WAITS, C.FOUND_TWICE, both=Both.BEFORE, known=K.SEEN), SENT),
    (Case(A.QUEUE_ID, Q.CUT, C.FOUND_TWICE, both=Both.JUST_NOW, known=K.SEEN, tries=2, is_queue_whole=False), DONE),
    (Case(A.QUEUE_ID, Q.OURS_WAITS, C.NOTHING_NEW, known=K.SEEN, is_taking_back=True), SENT),
    (Case(A.QUEUE_ID, Q.NOT_NOW, C.NOTHING_NEW, known=K.SEEN, is_taking_back=True), SAME),
]


def _named(cell: object) -> str:
    if isinstance(cell, Case):
        return f"{cell.answer.value}; {cell.queue.value}; chart {cell.chart.value}; others {cell.others.value}"
    return cell.value if isinstance(cell, Outcome) else ""


@pytest.mark.parametrize(("case", "outcome"), CELLS, ids=_named)
def test_each_cell(case: Case, outcome: Outcome) -> None:
    assert settle(case).outcome is outcome


def test_every_answer_and_every_list_has_its_cell() -> None:
    seen = {(case.answer, case.queue) for case, _ in CELLS}
    assert set(product(Answer, QUEUE)) <= seen
    assert {case.queue for case, _ in CELLS} == set(QueueNews)
    assert {case.chart for case, _ in CELLS} == set(ChartNews)


@pytest.mark.parametrize("chart", [C.NOT_READ, C.CUT])
@pytest.mark.parametrize("answer", Answer)
@pytest.mark.parametrize("queue", QUEUE)
def test_a_chart_that_proves_nothing_is_as_one_with_nothing_new(
    answer: Answer, queue: QueueNews, chart: ChartNews
) -> None:
    told = settle(Case(answer, queue, chart, was_absent_before=True))
    if queue is Q.NOT_NOW and chart is C.NOT_READ and answer in (A.CONFIRMED, A.OTHER_ID, A.QUEUE_ID):
        assert told.outcome is WAIT, "the line is away: look again"
    elif answer is A.TURNED_AWAY and queue in (Q.NOTHING_NEW, Q.NO_PHOTO_NEW):
        assert told.outcome is DOUBT, "only both lists are a proof"
    else:
        assert told == settle(Case(answer, queue, C.NOTHING_NEW))


@pytest.mark.parametrize(
    ("answer", "queue", "nature", "others", "may"),
    [
        (A.QUEUE_ID, Q.NAMED_NEW, N.PHOTO, Others.NONE, True),
        (A.QUEUE_ID, Q.NAMED_NEW, N.UNSTATED, Others.OURS, True),
        (A.QUEUE_ID, Q.NAMED_NEW, N.OTHER, Others.NONE, False),
        (A.OTHER_ID, Q.NAMED_NEW, N.PHOTO, Others.UNKNOWN, True),
        (A.OTHER_ID, Q.NAMED_NEW, N.UNSTATED, Others.NONE, False),
        (A.OTHER_ID, Q.ONE_NEW, N.PHOTO, Others.NONE, True),
        (A.OTHER_ID, Q.ONE_NEW, N.UNSTATED, Others.NONE, False),
        (A.CONFIRMED, Q.ONE_NEW, N.PHOTO, Others.NONE, True),
        (A.CONFIRMED, Q.ONE_NEW, N.PHOTO, Others.UNKNOWN, False),
        (A.CONFIRMED, Q.ONE_NEW, N.UNSTATED, Others.NONE, False),
        (A.EMPTY, Q.ONE_NEW, N.PHOTO, Others.NONE, False),
        (A.EMPTY, Q.ONE_NEW, N.UNSTATED, Others.NONE, False),
        (A.QUEUE_ID, Q.UNREADABLE, N.PHOTO, Others.NONE, False),
        (A.QUEUE_ID, Q.CUT, N.PHOTO, Others.NONE, False),
    ],
)
def test_what_may_be_withdrawn(
    answer: Answer, queue: QueueNews, nature: EntryNature, others: Others, may: bool
) -> None:
    assert settle(Case(answer, queue, C.NOTHING_NEW, others, nature=nature)).can_be_withdrawn is may


@pytest.mark.parametrize("answer", [A.CONFIRMED, A.OTHER_ID])
def test_an_unnamed_entry_beside_a_new_photo_in_the_chart_is_not_withdrawn(answer: Answer) -> None:
    """Ours may be the one in the chart, accepted before it was ever listed."""
    settled = settle(Case(answer, Q.ONE_NEW, C.NEW_PHOTO, nature=N.PHOTO))
    assert settled == Settlement(SENT, can_be_withdrawn=False)


@pytest.mark.parametrize(
    ("case", "settled"),
    [
        (Case(A.CONFIRMED, Q.UNREADABLE, C.NOTHING_NEW, known=K.TAKEN), Settlement(TAKEN)),
        (Case(A.CONFIRMED, Q.UNREADABLE, C.NEW_PHOTO, known=K.TAKEN), Settlement(TAKEN)),
        (Case(A.CONFIRMED, Q.UNREADABLE, C.NOT_READ, known=K.TAKEN), Settlement(TAKEN)),
        (Case(A.CONFIRMED, Q.NOTHING_NEW, C.NOTHING_NEW, known=K.TAKEN), Settlement(TAKEN)),
        (Case(A.CONFIRMED, Q.SEVERAL_NEW, C.NOTHING_NEW, known=K.TAKEN), Settlement(TAKEN)),
        (Case(A.CONFIRMED, Q.NOT_NOW, C.NOT_READ, known=K.TAKEN), Settlement(TAKEN)),
        (Case(A.QUEUE_ID, Q.NAMED_NEW, C.NOTHING_NEW, known=K.TAKEN), Settlement(SENT, can_be_withdrawn=True)),
        (Case(A.CONFIRMED, Q.UNREADABLE, C.FOUND, known=K.TAKEN), Settlement(DONE, may_drop_photo=True)),
        (
            Case(A.CONFIRMED, Q.UNREADABLE, C.NOTHING_NEW, known=K.TAKEN, is_old=True),
            Settlement(TAKEN, may_drop_photo=True),
        ),
        (Case(A.LOST, Q.NOTHING_NEW, C.NOTHING_NEW, known=K.SENT_UNSEEN), Settlement(SAME)),
        (Case(A.LOST, Q.ONE_NEW, C.NEW_PHOTO, known=K.SENT_UNSEEN), Settlement(SAME)),
        (
            Case(A.LOST, Q.ONE_NEW, C.NEW_PHOTO, known=K.SENT_UNSEEN, is_old=True),
            Settlement(SAME, may_drop_photo=True),
        ),
        (Case(A.CONFIRMED, Q.CUT, C.CUT, known=K.SEEN, is_old=True), Settlement(SAME, may_drop_photo=True)),
        (Case(A.CONFIRMED, Q.CUT, C.CUT, known=K.SEEN), Settlement(SAME)),
        (Case(A.CONFIRMED, Q.OURS_LEFT, C.NOTHING_NEW, known=K.SEEN, is_old=True), Settlement(SAME)),
        (Case(A.CONFIRMED, Q.OURS_LEFT, C.NOTHING_NEW, known=K.SEEN, was_gone_before=True), Settlement(GONE)),
        (Case(A.CONFIRMED, Q.OURS_LEFT, C.NEW_PHOTO, known=K.SEEN, is_old=True), Settlement(LEFT)),
        (Case(A.CONFIRMED, Q.OURS_LEFT, C.CUT, known=K.SEEN), Settlement(SAME)),
        (Case(A.OTHER_ID, Q.NAMED_NEW, C.NOTHING_NEW, known=K.SENT_UNSEEN), Settlement(SENT)),
        (Case(A.LOST, Q.NOTHING_NEW, C.FOUND, known=K.SENT_UNSEEN), Settlement(DONE, may_drop_photo=True)),
        (Case(A.OTHER_ID, Q.OURS_WAITS, C.NOTHING_NEW, known=K.SEEN), Settlement(SENT)),
        (Case(A.OTHER_ID, Q.OURS_WAITS, C.NOTHING_NEW, known=K.SEEN_TWICE), Settlement(SENT, may_drop_photo=True)),
        (Case(A.EMPTY, Q.OURS_WAITS, C.NOTHING_NEW, known=K.SEEN_TWICE), Settlement(SENT)),
        (
            Case(A.EMPTY, Q.OURS_WAITS, C.NOTHING_NEW, known=K.SEEN_TWICE, is_old=True),
            Settlement(SENT, may_drop_photo=True),
        ),
        (
            Case(A.EMPTY, Q.OURS_WAITS, C.FOUND, known=K.SEEN_TWICE, is_surely_ours=False),
            Settlement(DONE, may_drop_photo=True),
        ),
        (
            Case(A.QUEUE_ID, Q.OURS_WAITS, C.FOUND, known=K.SEEN_TWICE, both=Both.BEFORE),
            Settlement(SENT),
        ),
        (
            Case(A.OTHER_ID, Q.NAMED_NEW, C.FOUND, nature=N.UNSTATED),
            Settlement(SENT),
        ),
        (
            Case(A.QUEUE_ID, Q.NAMED_NEW, C.FOUND),
            Settlement(SENT, can_be_withdrawn=True),
        ),
        (
            Case(A.QUEUE_ID, Q.OURS_WAITS, C.FOUND, known=K.SEEN, both=Both.BEFORE, tries=2),
            Settlement(BOTH, may_drop_photo=True),
        ),
        (
            Case(A.QUEUE_ID, Q.NAMED_NEW, C.FOUND, known=K.TAKEN, both=Both.BEFORE, tries=2),
            Settlement(BOTH, can_be_withdrawn=True, may_drop_photo=True),
        ),
        (
            Case(A.FAILED, Q.NAMED_NEW, C.FOUND, both=Both.BEFORE, tries=2),
            Settlement(BOTH, may_drop_photo=True),
        ),
        (Case(A.EMPTY, Q.OURS_LEFT, C.NOTHING_NEW, known=K.SEEN_TWICE, was_gone_before=True), Settlement(GONE)),
        (Case(A.OTHER_ID, Q.OURS_LEFT, C.NOTHING_NEW, known=K.SEEN, was_gone_before=True), Settlement(GONE)),
        (Case(A.OTHER_ID, Q.OURS_LEFT, C.NEW_PHOTO, known=K.SEEN_TWICE), Settlement(LEFT, may_drop_photo=True)),
    ],
)
def test_what_earlier_looks_have_settled(case: Case, settled: Settlement) -> None:
    assert settle(case) == settled


def test_what_no_cell_may_say() -> None:
    """Over the whole product."""
    whole = product(
        Answer, QueueNews, ChartNews, Others, Known, EntryNature, (False, True), (False, True), Both, (1, 2)
    )
    for place in whole:
        case = Case(*place)
        told = settle(case)
        is_seen = case.known in (K.SEEN, K.SEEN_TWICE)
        is_in_chart = case.chart in (C.FOUND, C.FOUND_TWICE)
        if told.outcome in (DONE, BOTH):
            assert is_in_chart, case
        if told.outcome is BOTH:
            assert case.both is Both.BEFORE, case
            assert case.tries > 1, case
        if is_in_chart:
            assert told.outcome in (DONE, BOTH, WAIT, SENT, SAME), case
        if told.outcome is DONE:
            is_each_found = case.chart is C.FOUND_TWICE and case.tries == 2
            assert case.queue not in (Q.OURS_WAITS, Q.NAMED_NEW) or is_each_found, case
        if told.may_drop_photo and is_in_chart and case.tries == 1:
            assert case.queue not in (Q.OURS_WAITS, Q.NAMED_NEW), "the one entry waits"
        if told.outcome is SENT:
            assert case.queue in (Q.ONE_NEW, Q.NAMED_NEW, Q.OURS_WAITS), case
        if told.outcome in (GONE, LEFT):
            assert is_seen, case
            assert case.queue is Q.OURS_LEFT, case
            assert case.chart in (C.NOTHING_NEW, C.NEW_PHOTO), case
        if told.can_be_withdrawn:
            assert told.outcome in (SENT, BOTH), case
            assert told.outcome is SENT or case.queue is Q.NAMED_NEW, case
            assert case.nature is not N.OTHER, case
            assert case.answer is not A.EMPTY, case
        if told.may_drop_photo:
            is_week_old = case.is_old and case.known is not K.NOTHING
            is_seen_twice = case.known is K.SEEN_TWICE and case.answer is not A.EMPTY
            assert (is_in_chart and told.outcome in (DONE, BOTH)) or is_seen_twice or is_week_old, case
            assert told.outcome not in (ASK, DOUBT, WAIT, NO), case
        if told.outcome is TAKEN and case.known is K.NOTHING:
            assert case.answer in (A.CONFIRMED, A.QUEUE_ID, A.OTHER_ID), case
            assert case.queue in (Q.UNREADABLE, Q.CUT, Q.NOT_NOW), case
        if case.known in (K.TAKEN, K.SENT_UNSEEN) and case.answer not in (A.DENIED, A.REFUSED):
            assert told.outcome not in (ASK, DOUBT, NO), case


def test_what_was_sent_again_is_never_taken_from_the_list_by_a_look() -> None:
    """Over all that matters to it: another try of it may be anywhere."""
    for queue, chart, known, both in product(QueueNews, ChartNews, Known, Both):
        case = Case(
            A.QUEUE_ID, queue, chart, known=known, both=both, tries=2, is_taking_back=True, was_gone_before=True
        )
        assert settle(case).outcome is not BACK, case
        for more in (case, replace(case, is_queue_whole=False), replace(case, another_waits=True)):
            is_each_found = chart is C.FOUND_TWICE and settle(more).outcome is DONE
            is_waiting = more.another_waits or queue in (Q.OURS_WAITS, Q.NAMED_NEW)
            assert is_each_found or not (is_waiting and settle(more).outcome is DONE), more


# What the lists tell.


def ids(*names: str) -> frozenset[QueueId]:
    return frozenset(map(QueueId, names))


BEFORE = ServerSnapshot(queue_ids=ids("1"))
AT = datetime(2025, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "now", "answer", "named", "news", "about"),
    [
        (BEFORE, ServerSnapshot(queue_ids=ids("1")), A.CONFIRMED, None, Q.NOTHING_NEW, None),
        (BEFORE, ServerSnapshot(queue_ids=ids("1", "2")), A.CONFIRMED, None, Q.ONE_NEW, "2"),
        (BEFORE, ServerSnapshot(queue_ids=ids("1", "2", "3")), A.CONFIRMED, None, Q.SEVERAL_NEW, None),
        (BEFORE, ServerSnapshot(queue_ids=ids("1", "2", "3")), A.QUEUE_ID, "3", Q.NAMED_NEW, "3"),
        (BEFORE, ServerSnapshot(queue_ids=ids("1", "2")), A.QUEUE_ID, "1", Q.ONE_NEW, "2"),
        (BEFORE, ServerSnapshot(queue_ids=ids("1", "9")), A.CONFIRMED, None, Q.NOTHING_NEW, None),
        (BEFORE, ServerSnapshot(queue_ids=ids("1", "9")), A.QUEUE_ID, "9", Q.NOTHING_NEW, None),
        (
            *(BEFORE, ServerSnapshot(queue_ids=ids("1", "2"), other_entry_ids=ids("2"))),
            *(A.CONFIRMED, None, Q.NO_PHOTO_NEW, None),
        ),
        (
            *(BEFORE, ServerSnapshot(queue_ids=ids("1", "2"), other_entry_ids=ids("2"))),
            *(A.OTHER_ID, "2", Q.NO_PHOTO_NEW, None),
        ),
        (
            *(BEFORE, ServerSnapshot(queue_ids=ids("1", "2"), other_entry_ids=ids("2"))),
            *(A.QUEUE_ID, "2", Q.NAMED_NEW, "2"),
        ),
        (
            *(BEFORE, ServerSnapshot(queue_ids=ids("1", "2", "3"), other_entry_ids=ids("2"))),
            *(A.OTHER_ID, "2", Q.ONE_NEW, "3"),
        ),
        (BEFORE, ServerSnapshot(queue_ids=ids("1", "2"), queue=Reading.CUT), A.QUEUE_ID, "2", Q.NAMED_NEW, "2"),
        (BEFORE, ServerSnapshot(queue_ids=ids("1", "2"), queue=Reading.CUT), A.CONFIRMED, None, Q.CUT, None),
        (
            *(ServerSnapshot(queue_ids=ids("1"), queue=Reading.CUT), ServerSnapshot(queue_ids=ids("1", "2"))),
            *(A.QUEUE_ID, "2", Q.CUT, None),
        ),
        # Whatever its status says, an entry that is new may be ours; one that changed its status is not new.
        (BEFORE, ServerSnapshot(queue_ids=ids("1"), closed_ids=ids("2")), A.LOST, None, Q.CLOSED_NEW, None),
        (BEFORE, ServerSnapshot(queue_ids=ids("1"), closed_ids=ids("2")), A.QUEUE_ID, "2", Q.CLOSED_NEW, None),
        (BEFORE, ServerSnapshot(queue_ids=ids("2"), closed_ids=ids("3")), A.CONFIRMED, None, Q.SEVERAL_NEW, None),
        (BEFORE, ServerSnapshot(queue_ids=ids("2"), closed_ids=ids("3")), A.QUEUE_ID, "2", Q.NAMED_NEW, "2"),
        (BEFORE, ServerSnapshot(closed_ids=ids("1", "9")), A.LOST, None, Q.NOTHING_NEW, None),
        (ServerSnapshot(closed_ids=ids("1")), ServerSnapshot(queue_ids=ids("1")), A.LOST, None, Q.NOTHING_NEW, None),
        (BEFORE, ServerSnapshot(closed_ids=ids("2"), other_entry_ids=ids("2")), A.LOST, None, Q.NO_PHOTO_NEW, None),
        (BEFORE, ServerSnapshot(queue=Reading.UNREADABLE), A.QUEUE_ID, "2", Q.NOT_NOW, None),
        (
            *(ServerSnapshot(queue=Reading.UNREADABLE), ServerSnapshot(queue_ids=ids("2"))),
            *(A.QUEUE_ID, "2", Q.UNREADABLE, None),
        ),
        (None, ServerSnapshot(queue_ids=ids("2")), A.QUEUE_ID, "2", Q.UNREADABLE, None),
    ],
)
def test_what_the_queue_tells(
    before: ServerSnapshot | None,
    now: ServerSnapshot,
    answer: Answer,
    named: str | None,
    news: QueueNews,
    about: str | None,
) -> None:
    """Entry 9 is another upload's of ours."""
    evidence = Evidence(before, answer, QueueId(named) if named else None)
    assert queue_news(evidence, now, ids("9")) == (news, about)


@pytest.mark.parametrize(
    ("now", "news"),
    [
        (ServerSnapshot(queue_ids=ids("2")), Q.OURS_WAITS),
        (ServerSnapshot(queue_ids=ids("2"), queue=Reading.CUT), Q.OURS_WAITS),
        (ServerSnapshot(), Q.OURS_LEFT),
        (ServerSnapshot(queue=Reading.CUT), Q.CUT),
        (ServerSnapshot(queue=Reading.UNREADABLE), Q.NOT_NOW),
    ],
)
def test_an_entry_that_was_seen_has_left_only_by_a_complete_list(now: ServerSnapshot, news: QueueNews) -> None:
    evidence = Evidence(BEFORE, A.QUEUE_ID, QueueId("2"), entry=SeenEntry(QueueId("2"), AT))
    assert queue_news(evidence, now, ()) == (news, "2")


@pytest.mark.parametrize(
    ("is_sent_again", "now", "own", "tries"),
    [
        (True, ids("1", "2", "5"), "5", ids("2")),
        (True, ids("1", "5"), "5", ids()),
        (True, ids("1", "2", "5", "6", "9"), "5", ids("2", "6")),
        (True, ids("1", "5", "7"), "5", ids()),
        (True, ids("1", "2"), None, ids("2")),
        (False, ids("1", "2", "5", "6"), "5", ids()),
    ],
    ids=["an earlier try waits", "none waits", "one more is new", "a message", "ours has left", "sent once"],
)
def test_what_another_try_may_have_left(
    is_sent_again: bool, now: frozenset[QueueId], own: str | None, tries: frozenset[QueueId]
) -> None:
    """Entry 1 was there before the first try, 2 before the second; 7 is a message, and 9 another upload's."""
    first = Evidence(BEFORE, A.LOST, tries=2 if is_sent_again else 1)
    second = first.begun_anew(ServerSnapshot(queue_ids=ids("1", "2")), None)
    standing = ServerSnapshot(queue_ids=now, other_entry_ids=ids("7"))
    assert other_tries(second, standing, ids("9"), QueueId(own) if own else None) == tries


def test_a_sending_after_one_that_was_put_off_is_another_try() -> None:
    """What came between the two may be the first, and is told as that."""
    first = Evidence(BEFORE, A.TURNED_AWAY, was_put_off=True)
    second = first.begun_anew(ServerSnapshot(queue_ids=ids("1", "2")), None)
    assert (second.tries, second.was_put_off, second.is_sent_again) == (2, False, True)
    assert second.earlier_ids == ids("2")
    third = second.begun_anew(ServerSnapshot(queue_ids=ids("1", "2")), None)
    assert third.tries == 2, "it had not left"


def test_what_came_before_a_cut_list_is_no_earlier_try() -> None:
    first = Evidence(ServerSnapshot(queue=Reading.CUT), A.LOST, tries=2)
    second = first.begun_anew(ServerSnapshot(queue_ids=ids("1", "2")), None)
    assert other_tries(second, ServerSnapshot(queue_ids=ids("1", "2")), (), None) == ids()


def test_who_else_may_be_sending() -> None:
    before, now = (
        ServerSnapshot(queue_ids=ids("1", "2")),
        ServerSnapshot(queue_ids=ids("1", "2", "3"), other_entry_ids=ids("1")),
    )
    assert others_open(before, now, ids("2"), has_open_of_ours=False) is Others.NONE
    assert others_open(before, now, ids(), has_open_of_ours=False) is Others.UNKNOWN
    assert others_open(before, now, ids(), has_open_of_ours=True) is Others.OURS


def test_a_week_counts_from_the_last_thing_that_was_heard() -> None:
    day = timedelta(days=1)
    taken = Evidence(BEFORE, A.CONFIRMED, answered_at=AT).counted(AT, None)
    assert not taken.counted(AT + 6 * day, 6 * day).is_old(7 * day)
    week_old = taken.counted(AT + 7 * day, 7 * day)
    assert week_old.is_old(7 * day)
    said = replace(week_old, told_at=AT + 7 * day)
    assert not said.is_old(7 * day)
    assert not said.counted(AT + 8 * day, day).is_old(7 * day)
    seen = replace(week_old, entry=SeenEntry(QueueId("2"), AT + 7 * day)).counted(AT + 7 * day, 0 * day)
    assert not seen.is_old(7 * day)
    assert seen.counted(AT + 14 * day, 7 * day).is_old(7 * day)
    assert Evidence().counted(AT, None) == Evidence()
    assert not Evidence().is_old(7 * day)


@pytest.mark.parametrize("days", [-400, -1, 2, 400])
def test_a_night_between_two_sessions_counts_for_a_day_at_most(days: int) -> None:
    """Only the PC's clock knows how long it was, and somebody may have set it."""
    day = timedelta(days=1)
    taken = Evidence(BEFORE, A.CONFIRMED, answered_at=AT).counted(AT, None)
    moved = taken.counted(AT + days * day, None)
    assert moved.waited is not None
    assert moved.waited.time == (day if days > 0 else timedelta())
    assert not moved.counted(AT, None).counted(AT + days * day, None).is_old(7 * day)
