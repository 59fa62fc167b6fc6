"""Which queued photos wait for a person who has to deal with another one first."""

from collections.abc import Iterable

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.upload import HOLDING_TROUBLES, Upload, UploadProblem, UploadState


def refused_charts(uploads: Iterable[Upload]) -> frozenset[PatientId]:
    """Patients to whose chart this key may not send: nothing more goes there."""
    return frozenset(each.recipient.id for each in uploads if each.trouble is UploadProblem.FORBIDDEN)


def are_all_held(uploads: Iterable[Upload], *, has_sent: bool = False) -> bool:
    """True where nothing is sent at all.

    One chart that is refused may be restricted by itself. Two are taken for all, unless this key has sent a photo
    (`has_sent`).
    """
    known = tuple(uploads)
    is_key_refused = len(refused_charts(known)) > 1 and not has_sent
    return is_key_refused or any(each.trouble in HOLDING_TROUBLES for each in known)


def unlisted_charts(uploads: Iterable[Upload]) -> frozenset[PatientId]:
    """The patient whose chart Cerbo could not list: only that patient's photos wait for it.

    With two such charts Cerbo itself is in trouble. The result is empty then, and all photos wait for the oldest.
    """
    patients = frozenset(
        each.recipient.id
        for each in uploads
        if each.state is UploadState.QUEUED and each.trouble is UploadProblem.CHART_NOT_LISTED
    )
    return patients if len(patients) == 1 else frozenset()
