"""Everything that the tray shows at one moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from cerbo_desktop.domain.blocked_charts import are_all_held, refused_charts
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.ui.uploads.batches import TraySections, tray_sections
from cerbo_desktop.ui.uploads.card_words import SendingConditions


class TrayContent(NamedTuple):
    """Uploads that need a person, that are on the line, that wait quietly and that were just found in the chart."""

    acting: Sequence[Upload]
    sending: Sequence[Upload]
    waiting: Sequence[Upload]
    found: Sequence[Upload]
    times: Mapping[UploadId, str]
    now: datetime
    is_offline: bool

    @property
    def batches(self) -> TraySections:
        """Those that need no person, as they stand on cards."""
        return tray_sections(self.sending, self.waiting, self.found)

    @property
    def conditions(self) -> SendingConditions:
        """What holds back those that wait on this PC."""
        refused, all_held = refused_charts(self.acting), are_all_held(self.acting)
        held_up = frozenset(each.id for each in self.waiting if all_held or each.recipient.id in refused)
        return SendingConditions(held_up, self.is_offline)
