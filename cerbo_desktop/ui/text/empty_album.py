"""An album without photos, and photos that are on their way to it."""

from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.failures import Sentence


def no_photos_yet() -> Sentence:
    return Sentence(
        translate("EmptyAlbum", "No photos yet"),
        translate(
            "EmptyAlbum", "Photos show here after staff accept them in Cerbo. Start with an ID photo for check-in."
        ),
    )


def id_photo_underway() -> Sentence:
    return Sentence(
        translate("EmptyAlbum", "An ID photo is on its way"),
        translate("EmptyAlbum", "It shows here after staff accept it in Cerbo. There is no need to take another."),
    )


def id_photo_kept() -> Sentence:
    """None of it has left this PC, and Cerbo can't be reached."""
    return Sentence(
        translate("EmptyAlbum", "An ID photo is kept on this PC"),
        translate(
            "EmptyAlbum",
            "It is sent automatically when Cerbo can be reached again. There is no need to take another.",
        ),
    )


def id_photo_needs_person() -> Sentence:
    return Sentence(translate("EmptyAlbum", "An ID photo was taken"), waiting_for_decision(1))


def photos_underway(n: int) -> Sentence:
    """Photos that were not taken as ID photos."""
    return Sentence(
        translate("EmptyAlbum", "(A photo is|%n photos are) on (its|their) way", "", n),
        translate(
            "EmptyAlbum",
            "(It shows|They show) here after staff accept (it|them) in Cerbo, and (may|one may) "
            "be the ID photo already.",
            "",
            n,
        ),
    )


def photos_kept(n: int) -> Sentence:
    """Photos that were not taken as ID photos. None of them has left this PC, and Cerbo can't be reached."""
    return Sentence(
        translate("EmptyAlbum", "(A photo is|%n photos are) kept on this PC", "", n),
        translate(
            "EmptyAlbum",
            "(It is|They are) sent automatically when Cerbo can be reached again, and (may|one may) be the ID photo "
            "already.",
            "",
            n,
        ),
    )


def photos_need_person(n: int) -> Sentence:
    return Sentence(
        translate("EmptyAlbum", "(A photo is|%n photos are) waiting for you", "", n), waiting_for_decision(n)
    )


def waiting_for_decision(n: int) -> str:
    return translate(
        "EmptyAlbum",
        "(It is|They are) not in the chart yet and (is|are) waiting for your decision in Uploads.",
        "",
        n,
    )


def take_id_photo() -> str:
    return translate("EmptyAlbum", "Take ID photo")


def drop_hint() -> str:
    return translate("EmptyAlbum", "Or drop photos anywhere on this page.")


# Below a card that stands in the album's place.


def sent_photos_show_here() -> str:
    return translate("EmptyAlbum", "Sent photos show here after staff accept them in Cerbo.")


def photos_in_chart() -> str:
    return translate("EmptyAlbum", "Photos in the chart")


def none_yet() -> str:
    return translate("EmptyAlbum", "None yet")


def could_not_be_read() -> str:
    return translate("EmptyAlbum", "Could not be read")
