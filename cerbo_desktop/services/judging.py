"""What becomes of a shot once it was examined: what it was found to be, whether it needs a person's word, and whether
its bytes stay in memory until Send."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cerbo_desktop.domain.acts import FileRefused, Publish
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.sent_before import SentBefore, SentWhere
from cerbo_desktop.domain.verdict import Accepted, RefusalReason, Refused, Verdict
from cerbo_desktop.services.examining import Examination
from cerbo_desktop.services.file_intake import FileIntake, size_or_folder
from cerbo_desktop.services.shot_list import ShotList
from cerbo_desktop.services.shots import Shot, ShotId, ShotSource

MOST_HELD_BYTES = 48_000_000
"""Of all photos of a session. Those of further files are dropped, and made again at Send."""

FindEarlier = Callable[[PatientId, Accepted], Awaitable[SentBefore | None]]
"""The same photo, added before; None where none is known."""


async def find_none(_patient_id: PatientId, _photo: Accepted) -> SentBefore | None:
    """For whoever knows of no earlier photos."""
    return None


class Judging:
    """The verdicts on the shots of one session."""

    def __init__(
        self,
        patient_id: PatientId,
        shots: ShotList,
        intake: FileIntake,
        examination: Examination,
        *,
        find_earlier: FindEarlier,
        clock: Clock,
        publish: Publish,
    ) -> None:
        self._patient_id, self._shots, self._intake = patient_id, shots, intake
        self._examination, self._find_earlier = examination, find_earlier
        self._clock, self._publish = clock, publish

    async def of_file(self, shot_id: ShotId, path: Path) -> Verdict | None:
        """None where the row has become other rows: it was a folder."""
        try:
            size_bytes = await size_or_folder(path)
        except TimeoutError:
            return Refused(RefusalReason.NO_ANSWER)
        if size_bytes is None:
            return await self._intake.expand(path)
        return await self._examination.of_file(
            path, size_bytes, lambda read_bytes: self._shots.change(shot_id, size_bytes=read_bytes)
        )

    async def settle(self, shot_id: ShotId, verdict: Verdict | None) -> None:
        """Write the verdict into the shot; the row of a folder, or of what is no photo in one, goes."""
        if isinstance(verdict, Accepted):
            await self._accept(shot_id, verdict)
        elif verdict is None:
            self._shots.let_go(shot_id)
        else:
            self.refuse(shot_id, verdict)

    def refuse(self, shot_id: ShotId, refused: Refused) -> None:
        """It can't be sent."""
        if self._intake.is_from_folder(shot_id) and refused.reason is RefusalReason.NOT_A_PHOTO:
            self._intake.count_as_other()
            self._shots.let_go(shot_id)
            return
        self._publish(FileRefused(self._patient_id, refused.reason))
        size = {"size_bytes": refused.size_bytes} if refused.size_bytes else {}
        self._shots.change(shot_id, state=refused, is_chosen=False, **size)
        self._let_go_of_earlier_refusals(shot_id)

    async def make_ready(self, shot_id: ShotId) -> Accepted | None:
        """The photo of a chosen shot, just before it goes out; None where it must not go.

        What is known by now to have been sent before, and was not when somebody chose it, is left out, and a file that
        has changed is refused.
        """
        shot = self._shots.get(shot_id)
        if shot is None or not shot.is_chosen or not isinstance(shot.state, Accepted):
            return None
        photo = await self.whole(shot)
        if isinstance(photo, Refused):
            self.refuse(shot_id, photo)
            return None
        earlier = await self._earlier(shot, photo)
        if earlier is None or _is_wanted_again(shot, earlier):
            return photo
        self._shots.change(shot_id, sent_before=earlier, is_chosen=False)
        return None

    async def look_again(self) -> None:
        """Ask once more whether photos were sent before: more is known now. One that nobody wants once more is left out
        then."""
        for shot_id in [shot.id for shot in self._shots.all]:
            shot = self._shots.get(shot_id)
            if shot is None or not isinstance(shot.state, Accepted) or shot.is_in_this_chart:
                continue
            earlier = await self._earlier(shot, shot.state)
            shot = self._shots.get(shot_id)
            if earlier is not None and shot is not None and not (shot.is_held or earlier == shot.sent_before):
                is_chosen = shot.is_chosen and _is_wanted_again(shot, earlier)
                self._shots.change(shot_id, sent_before=earlier, is_chosen=is_chosen)

    async def whole(self, shot: Shot) -> Verdict:
        """The shot's photo with all of its bytes: made again of its file where they were dropped."""
        if isinstance(shot.state, Refused) or not isinstance(shot.state, Accepted):
            return Refused(RefusalReason.OUT_OF_ORDER)
        if shot.state.photo.data:
            return shot.state
        path = self._intake.path_of(shot.id)
        if path is None:
            return Refused(RefusalReason.UNREADABLE)
        verdict = await self._examination.of_file(path, shot.state.preparation.source_bytes)
        is_another = isinstance(verdict, Accepted) and verdict.source_sha256 != shot.state.source_sha256
        return Refused(RefusalReason.CHANGED) if is_another else verdict

    async def _accept(self, shot_id: ShotId, accepted: Accepted) -> None:
        shot = self._shots.get(shot_id)
        earlier = await self._earlier(shot, accepted) if shot is not None else None
        shot = self._shots.get(shot_id)
        if shot is None:
            return
        state = accepted if self._may_hold(shot, accepted) else _without_bytes(accepted)
        may_go = earlier is None and not accepted.preparation.is_below_minimum
        self._shots.change(
            shot_id,
            state=state,
            size_bytes=accepted.photo.size_bytes,
            sent_before=earlier,
            is_chosen=shot.is_chosen and may_go,
        )

    async def _earlier(self, shot: Shot, photo: Accepted) -> SentBefore | None:
        """A shot of the camera was just taken: there is none before it."""
        if shot.source is ShotSource.CAMERA:
            return None
        found = await self._find_earlier(self._patient_id, photo)
        if found is None or not isinstance(found.at, datetime):
            return found
        return replace(found, at=self._clock.local(found.at))

    def _may_hold(self, shot: Shot, accepted: Accepted) -> bool:
        """Only a file can be read again."""
        if shot.source is not ShotSource.FILE:
            return True
        held_bytes = sum(len(each.state.photo.data) for each in self._shots.all if isinstance(each.state, Accepted))
        return held_bytes + accepted.photo.size_bytes <= MOST_HELD_BYTES

    def _let_go_of_earlier_refusals(self, shot_id: ShotId) -> None:
        """A file that was refused and is chosen again has one row, the latest."""
        path = self._intake.path_of(shot_id)
        for other in self._shots.all:
            is_same_file = path is not None and self._intake.path_of(other.id) == path
            if is_same_file and other.id != shot_id and other.is_refused and not other.is_being_sent:
                self._shots.let_go(other.id)


def _is_wanted_again(shot: Shot, earlier: SentBefore) -> bool:
    """Whether the person who chose the shot knew of the earlier one: by what stood in its row, or because it is a copy
    in the same list that has gone out since."""
    known = shot.sent_before
    if known is not None:
        return shot.is_in_this_chart or earlier.where is SentWhere.OTHER_PATIENT
    # The outbox keeps whole seconds.
    has_gone_since = isinstance(earlier.at, datetime) and earlier.at >= shot.taken_at.replace(microsecond=0)
    return shot.repeats is not None and has_gone_since


def _without_bytes(accepted: Accepted) -> Accepted:
    """What is shown of the photo stays."""
    return replace(accepted, photo=replace(accepted.photo, data=b""))
