"""What holds on this PC once the clinic's policy, this start's options and the person's settings have had their say."""

from collections.abc import Callable

from cerbo_desktop import __version__
from cerbo_desktop.app.options import Options
from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.config.policy import AddressLock, PolicyReading, PracticeOff
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.services.session import Credentials
from cerbo_desktop.ui.settings.facts import SettingsFacts


class EffectivePolicy:
    def __init__(self, options: Options, settings: SettingsFile, reading: PolicyReading) -> None:
        self._options, self._settings, self.reading = options, settings, reading

    @property
    def address(self) -> str:
        """Whom to talk to: the clinic's word, else this start's, else what was set up. Empty before set-up.

        While a policy file is not right, it stays what it was.
        """
        kept = self._settings.current.origin
        own = kept if self.address_lock else self._options.server or kept
        return self.reading.address_or(own)

    @property
    def address_lock(self) -> AddressLock | None:
        """Why nobody can type another address; None where everybody may."""
        return self.reading.address_lock(self._settings.current.origin)

    @property
    def allows_practice(self) -> bool:
        return self.reading.policy.allows_practice

    @property
    def practice_off(self) -> PracticeOff | None:
        """Why there is no practice clinic; None where there is one."""
        return self.reading.practice_off

    @property
    def keeps_thumbnails(self) -> bool:
        return self.reading.policy.keeps_thumbnails(self._settings.current.keeps_thumbnails)

    def facts(self, in_use: Credentials | None, *, is_practice: bool) -> SettingsFacts:
        """For the settings sheet. Without credentials in use: what set-up would take."""
        kept = self._settings.current
        return SettingsFacts(
            __version__,
            self.reading,
            self.address if in_use is None else in_use.origin.text,
            kept.username if in_use is None else in_use.username,
            is_practice=is_practice,
            is_given=in_use is not None and (in_use.origin.text, in_use.username) != (kept.origin, kept.username),
            camera_id=kept.camera_id,
            keeps_thumbnails=self.keeps_thumbnails,
        )

    def cameras(self, make_camera: Callable[[], Camera]) -> Callable[[], Camera]:
        """Cameras as the clinic wants them."""

        def make() -> Camera:
            camera = make_camera()
            if not self.reading.policy.allows_camera:
                camera.turn_off()
            return camera

        return make
