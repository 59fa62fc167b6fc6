"""Only the latest value matters, and nobody hears it twice."""

from cerbo_desktop.runtime.feed import Feed


def test_readers_hear_the_latest_and_each_change_once() -> None:
    feed = Feed(0)
    heard: list[int] = []
    late: list[int] = []
    end = feed.subscribe(heard.append)
    feed.publish(1)
    feed.publish(1)
    feed.subscribe(late.append, replay=False)
    feed.publish(2)
    end()
    end()
    feed.publish(3)
    assert heard == [0, 1, 2]
    assert late == [2, 3]
    assert feed.latest == 3


def test_a_reader_may_leave_while_being_told() -> None:
    feed = Feed("")
    heard: list[str] = []
    end = feed.subscribe(lambda text: end() if text else None)
    feed.subscribe(heard.append, replay=False)
    feed.publish("a")
    assert heard == ["a"]
