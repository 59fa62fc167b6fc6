"""Steps through the files, and has both versions of each opened in full."""

from collections.abc import Callable

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.shots import Shot, ShotId, ShotSource
from cerbo_desktop.ui.capture.views import SeeBothView

_LOAD = "both versions"


class BothVersions:
    """A file is opened; Enter uses it, where it is chosen, and goes on to the next one that needs a look. The
    arrows go through all."""

    def __init__(self, view: SeeBothView, session: CaptureSession, scope: TaskScope) -> None:
        self._view, self._session, self._scope = view, session, scope
        self._shown: ShotId | None = None
        self._unsubscribe: Callable[[], None] | None = None
        view.use_pressed.connect(lambda: self._decide(is_chosen=True))
        view.keep_out_pressed.connect(lambda: self._decide(is_chosen=False))
        view.leave_out_pressed.connect(self._leave_out)
        view.next_pressed.connect(lambda: self._step(1))
        view.previous_pressed.connect(lambda: self._step(-1))
        view.back_pressed.connect(view.leave)
        view.left.connect(self._end)

    def open(self, shot_id: ShotId) -> None:
        """Show this file."""
        self._open(self._find(shot_id))

    def _open(self, shot: Shot | None) -> None:
        """Nothing happens for a file that is being saved already: it can't be left out any more."""
        if shot is None or not isinstance(shot.state, Accepted) or shot.is_being_sent:
            return
        self._shown = shot.id
        files = self._files
        self._view.show_file(shot, files.index(shot) + 1, len(files), has_next=self._neighbour(1) is not None)
        self._scope.start(self._load(shot.id, shot.state), key=_LOAD)
        if self._unsubscribe is None:
            self._unsubscribe = self._session.feed.subscribe(self._follow, replay=False)

    def _decide(self, *, is_chosen: bool) -> None:
        if self._shown is None:
            return
        self._session.choose(self._shown, is_chosen)
        following = self._neighbour(1, needs_look=True)
        if following is None:
            self._view.leave()
        else:
            self._open(following)

    def _leave_out(self) -> None:
        """As in the list: what is left out already goes from it."""
        shot = self._find(self._shown) if self._shown is not None else None
        if shot is None:
            return
        self._decide(is_chosen=False)
        if not shot.is_chosen:
            self._session.remove(shot.id)

    def _step(self, by: int) -> None:
        if (following := self._neighbour(by)) is not None:
            self._open(following)

    async def _load(self, shot_id: ShotId, accepted: Accepted) -> None:
        """One after the other: two large photos at once would take twice the memory for being decoded."""
        try:
            self._view.show_sent(await self._session.versions.sent(shot_id))
        except CannotShow:
            self._view.show_only_preview()
        original = await self._session.versions.original(shot_id, accepted)
        if isinstance(original, Raster):
            self._view.show_original(original, (accepted.photo.width_px, accepted.photo.height_px))
        else:
            self._view.show_no_original(original)

    def _follow(self, _shots: tuple[Shot, ...]) -> None:
        """A file that is gone from the list is not looked at any longer; one may have become the copy of another."""
        files = self._files
        at = next((place for place, shot in enumerate(files) if shot.id == self._shown), None)
        if at is None:
            self._view.leave()
        else:
            self._view.show_choice(files[at])
            self._view.show_number(at + 1, len(files), has_next=self._neighbour(1) is not None)

    def _end(self, _shot_id: int) -> None:
        self._shown = None
        self._scope.cancel(_LOAD)
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _find(self, shot_id: ShotId) -> Shot | None:
        return next((shot for shot in self._session.shots if shot.id == shot_id), None)

    @property
    def _files(self) -> list[Shot]:
        """As the list shows them."""
        return [shot for shot in self._session.shots if shot.source is not ShotSource.CAMERA]

    def _neighbour(self, by: int, *, needs_look: bool = False) -> Shot | None:
        """The next file that can be looked at, or that needs a look: after this one for 1, before it for -1."""
        files = self._files[::by]
        at = next((place for place, shot in enumerate(files) if shot.id == self._shown), len(files))
        after = files[at + 1 :]
        can_be_seen = (each for each in after if isinstance(each.state, Accepted) and not each.is_being_sent)
        return next((shot for shot in can_be_seen if shot.has_two_versions or not needs_look), None)
