"""What was done to a file so that Cerbo can take it, and that the same photo is there already."""

from typing import assert_never

from cerbo_desktop.domain.sent_before import SentBefore, SentWhere
from cerbo_desktop.domain.verdict import Accepted, FileKind, Preparation
from cerbo_desktop.services.shots import SENT_AS_THEY_ARE
from cerbo_desktop.ui.text import dates, numbers
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.file_kinds import short_name
from cerbo_desktop.ui.text.lists import ended, sentences


def prepared(accepted: Accepted, size_bytes: int, *, is_chosen: bool) -> tuple[str, str]:
    """The verdict on a photo that may be sent, and a second line. `size_bytes`: of what is sent."""
    done = accepted.preparation
    if done.is_below_minimum:
        return _below_minimum(accepted, size_bytes, is_chosen=is_chosen)
    if done.is_fitted:
        return translate("Preparation", "Too big, will be fitted"), sentences(
            ended(_page(done)) if done.page_count > 1 else "", _fits_to(done.source_bytes, size_bytes)
        )
    if done.is_reduced:
        return translate("Preparation", "Will be made smaller"), _reduced(accepted, size_bytes)
    if done.source_kind not in SENT_AS_THEY_ARE:
        return translate("Preparation", "Will become JPEG"), _converted(done, size_bytes)
    return translate("Preparation", "Ready"), _ready(done)


def _ready(done: Preparation) -> str:
    if done.named_kind is not None:
        return _named(done)
    if done.had_location:
        return translate("Preparation", "Location removed")
    return translate("Preparation", "Will be sent without location data")


def _named(done: Preparation) -> str:
    named, found = short_name(done.named_kind or FileKind.UNKNOWN), short_name(done.source_kind)
    if not named:
        return translate("Preparation", "The name does not say so, but this is {kind}").format(kind=found)
    return translate("Preparation", "Named as {named}, but is {kind}").format(named=named, kind=found)


def _converted(done: Preparation, size_bytes: int) -> str:
    after = translate("Preparation", "{size} after").format(size=numbers.megabytes(size_bytes))
    if done.page_count > 1:
        return sentences(ended(_page(done)), after)
    if done.named_kind is not None:
        return sentences(ended(_named(done)), after)
    cannot = translate("Preparation", "Cerbo cannot take {kind}.").format(kind=short_name(done.source_kind))
    return sentences(cannot, after)


def _page(done: Preparation) -> str:
    return translate("Preparation", "First page of {count}").format(count=done.page_count)


def _fits_to(source_bytes: int, size_bytes: int) -> str:
    """18.4 MB fits to 6.1 MB"""
    return translate("Preparation", "{before} fits to {after}").format(
        before=numbers.megabytes(source_bytes), after=numbers.megabytes(size_bytes)
    )


def _reduced(accepted: Accepted, size_bytes: int) -> str:
    """It has more pixels than can be opened."""
    source = translate("Preparation", "Read at a smaller size: {measures}, {size}")
    return source.format(measures=_sent_pixels(accepted), size=numbers.megabytes(size_bytes))


def _below_minimum(accepted: Accepted, size_bytes: int, *, is_chosen: bool) -> tuple[str, str]:
    title = translate("Preparation", "Too big, fits only much smaller")
    if is_chosen:
        source = translate("Preparation", "Will be sent as {measures}, {size}")
        return title, source.format(measures=_sent_pixels(accepted), size=numbers.megabytes(size_bytes))
    source = translate("Preparation", "Only {measures} fits. Left out")
    return title, source.format(measures=_sent_pixels(accepted))


def _sent_pixels(accepted: Accepted) -> str:
    return numbers.measures(accepted.photo.width_px, accepted.photo.height_px)


def source_pixels(accepted: Accepted) -> str:
    """8064 × 6048, of the file before anything was done to it"""
    done = accepted.preparation
    if not done.source_width_px:
        return _sent_pixels(accepted)
    return numbers.measures(done.source_width_px, done.source_height_px)


def what_is_sent(accepted: Accepted) -> str:
    """JPEG, quality 90, upright, colors kept"""
    quality = accepted.preparation.quality
    if quality is None:
        return translate("Preparation", "Every pixel as in the original")
    return translate("Preparation", "JPEG, quality {quality}, upright, colors kept").format(quality=quality)


def sent_before(earlier: SentBefore, *, is_chosen: bool) -> tuple[str, str]:
    """Already sent. 5 Nov 2025, 09:40. Left out"""
    if is_chosen:
        return _once_more(earlier.where), _first_time(earlier)
    if earlier.where is SentWhere.OTHER_PATIENT:
        return _there(earlier.where), translate("Preparation", "Check whose photo this is. Left out")
    if earlier.at is None:
        return _there(earlier.where), translate("Preparation", "Left out")
    return _there(earlier.where), translate("Preparation", "{time}. Left out").format(
        time=dates.exact_moment(earlier.at)
    )


def _once_more(where: SentWhere) -> str:
    if where is SentWhere.OTHER_PATIENT:
        return translate("Preparation", "Will be sent for this patient, too")
    return translate("Preparation", "Will be sent once more")


def _there(where: SentWhere) -> str:
    match where:
        case SentWhere.CERBO:
            return translate("Preparation", "Already sent")
        case SentWhere.UPLOADS:
            return translate("Preparation", "Already in Uploads")
        case SentWhere.CHART:
            return translate("Preparation", "Already in the chart")
        case SentWhere.OTHER_PATIENT:
            return translate("Preparation", "Also sent for another patient")
        case _:
            assert_never(where)


def _first_time(earlier: SentBefore) -> str:
    """Why this is once more."""
    if earlier.at is None:
        return _there(earlier.where)
    match earlier.where:
        case SentWhere.CERBO:
            source = translate("Preparation", "Already sent {time}")
        case SentWhere.UPLOADS:
            source = translate("Preparation", "In Uploads since {time}")
        case SentWhere.CHART:
            source = translate("Preparation", "In the chart: {time}")
        case SentWhere.OTHER_PATIENT:
            source = translate("Preparation", "Sent for another patient {time}")
        case _:
            assert_never(earlier.where)
    return source.format(time=dates.exact_moment(earlier.at))
