"""What the queue's list tells of one upload: the facts that `domain.settlement` decides by."""

from collections.abc import Collection

from cerbo_desktop.domain.evidence import Answer, Evidence
from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.server_snapshot import EntryNature, Reading, ServerSnapshot
from cerbo_desktop.domain.settlement_case import Others, QueueNews


def queue_news(
    evidence: Evidence, now: ServerSnapshot, others_ids: Collection[QueueId]
) -> tuple[QueueNews, QueueId | None]:
    """What the queue tells, and the entry it is about: ours, the named or the only new one.

    `others_ids` are the entries of our other uploads.
    """
    if evidence.entry is not None:
        return _news_of_entry(evidence.entry.id, now)
    before = evidence.before
    if before is None or before.queue is Reading.UNREADABLE:
        return QueueNews.UNREADABLE, None
    if now.queue is Reading.UNREADABLE:
        return QueueNews.NOT_NOW, None
    if before.queue is Reading.CUT:
        return QueueNews.CUT, None
    new = now.new_since(before) - frozenset(others_ids)
    if (named := _named(evidence, now, new)) is not None:
        return QueueNews.NAMED_NEW, named
    if now.queue is Reading.CUT:
        return QueueNews.CUT, None
    return _news_of_new(new, now.closed_since(before) - frozenset(others_ids), now)


def other_tries(
    evidence: Evidence, now: ServerSnapshot, others_ids: Collection[QueueId], own_id: QueueId | None
) -> frozenset[QueueId]:
    """Entries that may be another try of a photo that was sent again; `own_id` is the one known to be its."""
    if not evidence.is_sent_again:
        return frozenset()
    before = evidence.before
    is_comparable = before is not None and before.queue is Reading.COMPLETE
    new = now.new_since(before) if before is not None and is_comparable else frozenset[QueueId]()
    may_be = new | (now.queue_ids & evidence.earlier_ids)
    return may_be - now.other_entry_ids - frozenset(others_ids) - {own_id}


def _news_of_entry(queue_id: QueueId, now: ServerSnapshot) -> tuple[QueueNews, QueueId]:
    if queue_id in now.queue_ids:
        return QueueNews.OURS_WAITS, queue_id
    news = {
        Reading.COMPLETE: QueueNews.OURS_LEFT,
        Reading.CUT: QueueNews.CUT,
        Reading.UNREADABLE: QueueNews.NOT_NOW,
    }
    return news[now.queue], queue_id


def _named(evidence: Evidence, now: ServerSnapshot, new: Collection[QueueId]) -> QueueId | None:
    """The new entry that the answer names; an id of unknown kind doesn't name one that says that it is no photo."""
    named = evidence.named_id
    if named is None or named not in new:
        return None
    is_other = now.nature(named) is EntryNature.OTHER
    return None if is_other and evidence.answer is not Answer.QUEUE_ID else named


def _news_of_new(
    new: Collection[QueueId], closed: Collection[QueueId], now: ServerSnapshot
) -> tuple[QueueNews, QueueId | None]:
    """Beside one that is closed and may be ours, the only one that waits may be somebody else's."""
    possible = [each for each in new if now.nature(each) is not EntryNature.OTHER]
    is_closed_possible = any(now.nature(each) is not EntryNature.OTHER for each in closed)
    match possible:
        case []:
            if is_closed_possible:
                return QueueNews.CLOSED_NEW, None
            return (QueueNews.NO_PHOTO_NEW if new or closed else QueueNews.NOTHING_NEW), None
        case [only] if not is_closed_possible:
            return QueueNews.ONE_NEW, only
    return QueueNews.SEVERAL_NEW, None


def others_open(
    before: ServerSnapshot | None, now: ServerSnapshot, known_ids: Collection[QueueId], *, has_open_of_ours: bool
) -> Others:
    """Who else may be sending for this patient. `known_ids` are the entries of all our uploads."""
    if has_open_of_ours:
        return Others.OURS
    older = now.queue_ids & before.queue_ids if before is not None else now.queue_ids
    unknown = older - now.other_entry_ids - frozenset(known_ids)
    return Others.UNKNOWN if unknown else Others.NONE
