"""What the setup page says of a photo that was tried by both routes."""

import pytest

from cerbo_desktop.services.photos.trying_photos import NotTried, PhotoFinding, RouteFinding, TriedRoutes
from cerbo_desktop.ui.text.setup_checks import photo_reason

GIVES, WITHHELD, NO_PHOTO = RouteFinding.GIVES, RouteFinding.NOT_ALLOWED, RouteFinding.NO_PHOTO


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (TriedRoutes(GIVES, GIVES), "List and photos work, by /stream and by /content."),
        (TriedRoutes(GIVES, WITHHELD), "List and photos work by /stream alone: /content isn’t allowed."),
        (TriedRoutes(NO_PHOTO, GIVES), "List and photos work by /content alone: /stream returns no photo."),
        (TriedRoutes(WITHHELD, WITHHELD), "The list works. This key isn’t allowed to open photos."),
        (
            TriedRoutes(WITHHELD, NO_PHOTO),
            "The list works. A photo can’t be opened: /stream isn’t allowed, /content returns no photo.",
        ),
        (NotTried.NO_PHOTO, "The list works. There was no photo to test with."),
        (NotTried.NO_PATIENT, "No appointment today to test with."),
        (
            NotTried.NO_LIST,
            "Cerbo answers “not found” to each list of photos that was tried. Perhaps no patient there has a photo "
            "yet. If some have, check the address.",
        ),
        (NotTried.NOT_ALLOWED_TO_LIST, "This key isn’t allowed to list photos."),
    ],
)
def test_each_finding_has_its_line(finding: PhotoFinding, words: str) -> None:
    assert photo_reason(finding) == words
