"""Why the photo on show could not be opened, and what the viewer says of that."""

from dataclasses import dataclass
from typing import NamedTuple

from cerbo_desktop.domain.errors import CannotShow, Forbidden, ServerError
from cerbo_desktop.services.photos.failure_kinds import FailureKind, kind_of
from cerbo_desktop.ui.text import viewer
from cerbo_desktop.ui.text.failures import ActionContext, Sentence, error_sentence


class OverPicture(NamedTuple):
    """What is said over what there is to see of a photo that didn't come."""

    preview: str
    """Over the thumbnail alone."""
    upper_part: str
    """Over the upper part of the photo, with the thumbnail below it."""


@dataclass(frozen=True, slots=True)
class PhotoFailure:
    """`is_in_trouble`: the connection to Cerbo has a problem that passes by itself."""

    error: ServerError | CannotShow
    is_in_trouble: bool

    @property
    def is_broken_off(self) -> bool:
        """The photo came in part: it is tried again by itself."""
        return kind_of(self.error) is FailureKind.BROKEN_OFF

    @property
    def may_retry(self) -> bool:
        """Another try may mend it."""
        return self._own_words.may_retry

    @property
    def offers_retry(self) -> bool:
        """A person may ask for that here: during a trouble of the connection its strip has the button."""
        return self.words.may_retry

    @property
    def words(self) -> Sentence:
        """What takes the stage where not even a thumbnail is shown."""
        return self._own_words.during_trouble(self.is_in_trouble)

    @property
    def _own_words(self) -> Sentence:
        return error_sentence(self.error, doing=ActionContext.OPENING_PHOTO)

    @property
    def over_picture(self) -> OverPicture:
        """What is said where something of the photo is shown."""
        if self.is_broken_off or (self.is_in_trouble and self.may_retry):
            return OverPicture(viewer.full_quality_tried_again(), viewer.upper_part_tried_again())
        if isinstance(self.error, Forbidden):
            return OverPicture(viewer.full_quality_not_allowed(), viewer.upper_part_not_allowed())
        return OverPicture(viewer.full_quality_failed(), viewer.upper_part_failed())
