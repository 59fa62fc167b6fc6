"""What has become of a photo that was sent: the one place that decides it.

`settle` is pure. Every cell of its table stands in `tests/unit/domain/test_settlement.py`. The rules:

- Only an entry that the queue shows as new since the list before the sending, or our own mark or hash in the chart,
  makes a photo "sent" or "accepted". An id in the answer is a hint. Of several new entries only the one that the
  answer names is ours.
- A list that was cut short or could not be read proves nothing: neither that an entry is new nor that one is gone.
- A queue that can't be read is no obstacle: an answer that says that Cerbo took the photo is then told as just that.
- Only an entry that was seen can be gone. Only one that was seen as new may be withdrawn.
- A photo that is in the chart is over only where no entry of it waits in the queue as well. One try can't be in both:
  where the entry that the answer named waits, this tenant's list of the chart shows photos that wait, and the queue
  alone tells. Of several tries one may wait beside the chart, by two looks; one that another try left is never
  withdrawn: it may be somebody else's.
- Gone is what two looks, half a minute apart, show in neither list: the chart's list may lag behind an acceptance.
- A photo that was sent again ends with a card that a person takes away (`Upload.needs_person`), since another try of it
  may be there. So it is never withdrawn by what a look shows: it is gone, and followed.
- Its entry left the queue after a person decided to take it back: that was the withdrawal, whatever was answered. Two
  looks have to show it in neither list: staff may have accepted it just then, and the chart's list may lag behind.
- The sealed photo is given up when its entry was seen twice, a minute apart, or when it was found in the chart; after
  a week also where Cerbo took it and its lists show nothing more.
- A status that turns a photo away is believed once the lists, a while later, are whole and show nothing either, in two
  looks.
- A photo that Cerbo asked to wait with, after its last byte, is sent once more by itself only by the same proof. Where
  a list can't be read just now it is read again for some minutes; else a person decides.
- An entry that is new is something new whatever its status says: one that says that it is closed may be this photo.
- An answer that says nothing lets one new entry pass for this photo's, and no more: it may be another PC's or the
  patient's own. It is never withdrawn, and the sealed photo stays until it is found in the chart or a week has passed.
"""

from dataclasses import dataclass
from enum import Enum

from cerbo_desktop.domain.evidence import MAY_SHOW_LATER, TOOK, Answer
from cerbo_desktop.domain.server_snapshot import EntryNature
from cerbo_desktop.domain.settlement_case import IN_CHART, Both, Case, ChartNews, Known, Others, QueueNews


class Outcome(Enum):
    """What has become of the photo."""

    SENT = "sent"
    """In Cerbo's queue: its entry was seen there."""
    ACCEPTED = "accepted"
    TAKEN = "taken"
    """Cerbo took it, and the queue can't be looked in."""
    PROPOSAL = "proposal"
    """Something new may be it: a person decides."""
    DOUBT = "doubt"
    """Nothing shows that it arrived, and nothing that it didn't: a person decides."""
    KEEP_LOOKING = "keep looking"
    """Cerbo answered as if it took it, and the lists don't show it yet."""
    REFUSED = "refused"
    LEFT_QUEUE = "left queue"
    """Its entry left the queue and a new photo is in the chart: a person looks whether it is this one."""
    GONE = "gone"
    """Its entry left the queue, and the chart has nothing new: that by two looks."""
    IN_BOTH = "in both"
    """It is in the chart, and an entry of it waits in the queue as well: accepted too, it would be there twice."""
    WITHDRAWN = "withdrawn"
    """Its entry left the queue after a person decided to take it back, and it is not in the chart: that by two looks,
    and only where it was sent once."""
    SEND_ONCE_MORE = "not there"
    """It was put off, and is in neither list by all that can be known: it is sent again."""
    NOTHING_YET = "nothing yet"
    """As it was."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was decided, and what is known from then on."""

    outcome: Outcome
    can_be_withdrawn: bool = False
    """Its entry may be deleted from the queue. Told when the entry is first seen; it holds as long as it is SENT."""
    may_drop_photo: bool = False
    """The sealed bytes on this PC may go."""


_SEEN = frozenset({Known.SEEN, Known.SEEN_TWICE})


def settle(case: Case) -> Settlement:
    """Decide what has become of the photo of this case. Pure; the rules stand at the top of the file."""
    if case.chart in IN_CHART:
        return _in_chart(case)
    if case.known in _SEEN:
        return _follow(case)
    if case.answer in (Answer.DENIED, Answer.REFUSED):
        return Settlement(Outcome.REFUSED)
    is_turned_away = case.was_put_off or case.answer is Answer.TURNED_AWAY
    if is_turned_away and case.known is Known.NOTHING and is_absent(case):
        return Settlement(_absent(case))
    found = _first(case)
    if case.known is Known.NOTHING or found.outcome is Outcome.SENT:
        return found
    if case.known is Known.TAKEN:
        return Settlement(Outcome.TAKEN, may_drop_photo=case.is_old)
    return Settlement(Outcome.NOTHING_YET, may_drop_photo=case.is_old)


def _in_chart(case: Case) -> Settlement:
    """It is found; it is over only where no other entry of it waits to be accepted as well."""
    is_each_try_found = case.chart is ChartNews.FOUND_TWICE and case.tries == 2
    is_known_now = case.queue is QueueNews.NAMED_NEW and case.answer in (Answer.QUEUE_ID, Answer.OTHER_ID)
    can_be_withdrawn = is_known_now and _can_withdraw_named(case)
    is_own_waiting = case.queue in (QueueNews.OURS_WAITS, QueueNews.NAMED_NEW) and case.is_surely_ours
    if is_own_waiting and case.tries == 1:
        return Settlement(Outcome.SENT, can_be_withdrawn)
    if (is_own_waiting or case.another_waits) and not is_each_try_found:
        if case.both is not Both.BEFORE:
            return Settlement(Outcome.KEEP_LOOKING)
        return Settlement(Outcome.IN_BOTH, can_be_withdrawn, may_drop_photo=True)
    if not (case.is_queue_whole or is_each_try_found) and _may_still_wait(case):
        return Settlement(Outcome.NOTHING_YET)
    return Settlement(Outcome.ACCEPTED, may_drop_photo=True)


def _may_still_wait(case: Case) -> bool:
    """The list that lacks its entry is not whole, and showed it a moment ago, or it was told that it waits there.

    It ends all the same: what was one try is one photo, and another try is looked for and asked about.
    """
    was_just_seen = case.both is Both.JUST_NOW and case.known is not Known.NOTHING
    return was_just_seen or case.has_second_entry


def _follow(case: Case) -> Settlement:
    """Its entry was seen: is it still there, and if not, what came of it."""
    is_proof = case.answer is not Answer.EMPTY
    may_drop = case.is_old if not is_proof else case.known is Known.SEEN_TWICE
    if case.queue is QueueNews.OURS_WAITS:
        return Settlement(Outcome.SENT, may_drop_photo=may_drop)
    if case.queue is QueueNews.OURS_LEFT and case.chart is ChartNews.NEW_PHOTO:
        return Settlement(Outcome.LEFT_QUEUE, may_drop_photo=may_drop)
    if case.queue is QueueNews.OURS_LEFT and case.chart is ChartNews.NOTHING_NEW:
        return Settlement(_cleared(case), may_drop_photo=may_drop)
    return Settlement(Outcome.NOTHING_YET, may_drop_photo=may_drop or case.is_old)


def _cleared(case: Case) -> Outcome:
    """Its entry is in neither list."""
    if case.is_taking_back and case.tries > 1:
        return Outcome.GONE
    if not case.was_gone_before:
        return Outcome.NOTHING_YET
    return Outcome.WITHDRAWN if case.is_taking_back else Outcome.GONE


def _first(case: Case) -> Settlement:
    """No entry of it was seen so far: does one show now."""
    match case.queue:
        case QueueNews.NAMED_NEW if case.answer in (Answer.QUEUE_ID, Answer.OTHER_ID):
            return Settlement(Outcome.SENT, can_be_withdrawn=_can_withdraw_named(case))
        case QueueNews.ONE_NEW if _is_alone_proof(case):
            return Settlement(Outcome.SENT, can_be_withdrawn=_can_withdraw_unnamed(case))
        case QueueNews.NAMED_NEW:
            return Settlement(Outcome.PROPOSAL)
        case QueueNews.ONE_NEW | QueueNews.SEVERAL_NEW:
            return _later(case, Outcome.PROPOSAL) if case.answer is Answer.QUEUE_ID else Settlement(Outcome.PROPOSAL)
        case QueueNews.UNREADABLE | QueueNews.CUT if case.answer in TOOK:
            return Settlement(Outcome.TAKEN)
        case QueueNews.NOT_NOW if case.answer in TOOK:
            # Where the chart can't be read either the line is away, and that says nothing of this key.
            is_line_away = case.chart is ChartNews.NOT_READ
            return Settlement(Outcome.KEEP_LOOKING if case.is_early or is_line_away else Outcome.TAKEN)
        case QueueNews.UNREADABLE | QueueNews.CUT:
            return Settlement(_unseen(case))
        case QueueNews.CLOSED_NEW if case.answer in TOOK or case.answer is Answer.EMPTY:
            return _later(case, Outcome.PROPOSAL)  # accepted at once, perhaps: the chart tells
        case QueueNews.CLOSED_NEW:
            return Settlement(Outcome.PROPOSAL)
        case QueueNews.NOT_NOW if case.was_put_off and not case.is_overdue:
            return Settlement(Outcome.KEEP_LOOKING)
    if case.was_put_off and case.chart is ChartNews.NOT_READ and not case.is_overdue:
        return Settlement(Outcome.KEEP_LOOKING)
    return _later(case, _unseen(case))


def _absent(case: Case) -> Outcome:
    """What was turned away or put off: lists may lag behind, and one look may meet one that is not up to date."""
    if case.is_early or not case.was_absent_before:
        return Outcome.KEEP_LOOKING
    return Outcome.SEND_ONCE_MORE if case.was_put_off else Outcome.REFUSED


def is_absent(case: Case) -> bool:
    """Both lists were read whole, before and now, and show nothing new that may be it."""
    return case.queue in (QueueNews.NOTHING_NEW, QueueNews.NO_PHOTO_NEW) and case.chart is ChartNews.NOTHING_NEW


def _later(case: Case, outcome: Outcome) -> Settlement:
    """Wait a moment before a person is asked about an answer that told of no failure."""
    is_worth_waiting = case.is_early and case.answer in MAY_SHOW_LATER
    return Settlement(Outcome.KEEP_LOOKING if is_worth_waiting else outcome)


def _unseen(case: Case) -> Outcome:
    return Outcome.PROPOSAL if case.chart is ChartNews.NEW_PHOTO else Outcome.DOUBT


def _is_alone_proof(case: Case) -> bool:
    """Whether one new entry that the answer doesn't name shows by itself that this photo arrived.

    Not where the answer names another entry of the queue, and not where the entry may be another upload's. Whether
    entries that this PC did not send may be another PC's uploads matters only where the answer says nothing at all.
    """
    match case.answer:
        case Answer.EMPTY:
            return case.others is Others.NONE
        case Answer.CONFIRMED | Answer.OTHER_ID:
            return case.others is not Others.OURS
    return False


def _can_withdraw_named(case: Case) -> bool:
    """An id of unknown kind may be a photo's and, by chance, also that of a message: then the entry must say photo."""
    if case.answer is Answer.QUEUE_ID:
        return case.nature is not EntryNature.OTHER
    return case.nature is EntryNature.PHOTO


def _can_withdraw_unnamed(case: Case) -> bool:
    """Not where the entry may be somebody else's: nothing says that Cerbo took ours, or ours may be in the chart."""
    if case.answer is Answer.EMPTY or case.chart is ChartNews.NEW_PHOTO:
        return False
    return case.nature is EntryNature.PHOTO and case.others is Others.NONE
