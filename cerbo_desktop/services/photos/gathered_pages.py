"""Pages of an album's list while more are on their way."""

from dataclasses import dataclass, field

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.page import Page
from cerbo_desktop.domain.photo import Photo


@dataclass(slots=True)
class GatheredPages:
    """Pages on their way into an album; says when enough came to be worth a new snapshot."""

    photos: dict[PhotoId, Photo] = field(default_factory=dict)
    published_count: int = 0

    def take(self, page: Page[Photo]) -> None:
        """Add the photos of a page. A page that begins the list anew replaces all before it."""
        if page.begins_anew:
            self.photos.clear()
        self.photos.update((photo.id, photo) for photo in page.items)

    @property
    def is_worth_publishing(self) -> bool:
        """Each snapshot doubles the one before: a long album costs n log n to publish, never n squared."""
        return len(self.photos) >= max(1, 2 * self.published_count)
