"""Where the page names those who bear the open patient's name."""

from collections.abc import Sequence

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.gallery.banner import PatientBanner
from cerbo_desktop.ui.gallery.notice_list import NoticeList


class NamesakePlaces:
    """In a warning below the banner; among the banner's facts once a photo was opened, for it was seen by then."""

    def __init__(self, banner: PatientBanner, notices: NoticeList) -> None:
        self._banner, self._notices = banner, notices
        self._namesakes: tuple[Patient, ...] = ()
        self._are_folded = False

    def set_namesakes(
        self, namesakes: Sequence[Patient], *, may_be_more: bool = False, is_checking: bool = False
    ) -> None:
        """Name these as long as the patient is open. `is_checking`: Cerbo is being asked for them."""
        self._namesakes = tuple(namesakes)
        warned, among_facts = ((), self._namesakes) if self._are_folded else (self._namesakes, ())
        self._banner.namesakes.show_for(among_facts)
        self._notices.show_namesakes(warned, may_be_more=may_be_more, is_checking=is_checking)

    def fold(self) -> None:
        """Give the room of the warning to the photos."""
        self._are_folded = True
        self._banner.namesakes.show_for(self._namesakes)
        self._notices.fold_namesakes()

    def forget(self) -> None:
        """Somebody else is opened."""
        self._namesakes, self._are_folded = (), False
        self._notices.start()
        self._banner.namesakes.show_for(())
