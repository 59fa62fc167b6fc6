"""Where the page names those who bear the open patient's name."""

from collections.abc import Sequence

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.gallery.banner import PatientBanner
from cerbo_desktop.ui.gallery.notice_list import NoticeList


class NamesakeNotices:
    """In a warning below the banner. Once a photo was opened whoever was warned of stands among the banner's facts."""

    def __init__(self, banner: PatientBanner, notices: NoticeList) -> None:
        self._banner, self._notices = banner, notices
        self._namesakes: tuple[Patient, ...] = ()
        self._may_be_more = self._is_checking = False
        self._is_folded = False
        self._seen: frozenset[PatientId] = frozenset()
        """Their warning was in view when it was folded."""

    def set_namesakes(
        self, namesakes: Sequence[Patient], *, may_be_more: bool = False, is_checking: bool = False
    ) -> None:
        """Name these as long as the patient is open. `is_checking`: Cerbo is being asked for them."""
        self._namesakes, self._may_be_more, self._is_checking = tuple(namesakes), may_be_more, is_checking
        self._show()

    def fold(self) -> None:
        """Give the room of the warnings to the photos. Whoever comes later is warned of all the same."""
        self._is_folded = True
        self._seen |= {each.id for each in self._notices.namesakes_shown}
        self._show()
        self._notices.release_room()

    def _show(self) -> None:
        warned = tuple(each for each in self._namesakes if each.id not in self._seen)
        self._banner.namesakes.show_for(tuple(each for each in self._namesakes if each.id in self._seen))
        keeps_room = bool(warned) or not self._is_folded
        self._notices.show_namesakes(
            warned,
            may_be_more=self._may_be_more and keeps_room,
            is_checking=self._is_checking and not self._is_folded,
        )

    def forget(self) -> None:
        """Somebody else is opened."""
        self._namesakes, self._seen = (), frozenset()
        self._may_be_more = self._is_checking = self._is_folded = False
        self._notices.reset()
        self._banner.namesakes.show_for(())
