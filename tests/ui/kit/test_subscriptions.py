"""What is listened to ends at once."""

from PySide6.QtCore import QObject, Signal

from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.ui.kit.subscriptions import Subscriptions


class Bell(QObject):
    rung = Signal(int)


def test_nothing_is_heard_after_the_end() -> None:
    bell, feed, heard = Bell(), Feed(1), list[int]()
    subscriptions = Subscriptions()
    subscriptions.connect(bell.rung, heard.append)
    subscriptions.follow(feed, heard.append)
    bell.rung.emit(2)
    feed.publish(3)
    subscriptions.close()
    subscriptions.close()
    bell.rung.emit(4)
    feed.publish(5)
    assert heard == [1, 2, 3]
