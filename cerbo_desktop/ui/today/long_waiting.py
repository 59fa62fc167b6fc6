"""Says once a day, on the board's foot, which photos wait in Cerbo's queue for more than a day."""

from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.services.uploads.long_waits import LongWaits, Waiting
from cerbo_desktop.ui.text.long_wait import long_wait
from cerbo_desktop.ui.today.long_wait_note import LongWaitNote


class LongWaiting:
    """A person who has read it closes it, and is left alone until the next day, at another start too."""

    def __init__(self, long_waits: LongWaits, note: LongWaitNote, settings: SettingsFile, clock: Clock) -> None:
        self._long_waits, self._note = long_waits, note
        self._settings, self._clock = settings, clock
        note.closed.connect(self._close)
        self._end = long_waits.feed.subscribe(self._show)

    def close(self) -> None:
        """Follow the uploads no more."""
        self._end()
        self._note.closed.disconnect(self._close)

    def _show(self, waiting: Waiting) -> None:
        is_read = self._settings.current.long_waits_read_on == waiting.day.isoformat()
        if not waiting.uploads or is_read:
            self._note.take_away()
        else:
            since = self._clock.local(waiting.uploads[0].changed_at).date()
            names = list(dict.fromkeys(upload.recipient.name for upload in waiting.uploads))
            self._note.tell(long_wait(len(waiting.uploads), since, names))

    def _close(self) -> None:
        self._settings.change(long_waits_read_on=self._long_waits.feed.latest.day.isoformat())
        self._note.take_away()
