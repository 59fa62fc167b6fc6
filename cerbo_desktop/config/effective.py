"""What holds on this PC once the clinic's policy, this start's options and the person's settings have had their say.

Whoever wants to know whether something is allowed asks here, and never the policy.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from cerbo_desktop.config import policy_keys as keys
from cerbo_desktop.config.policy import PolicyFault, PolicyReading
from cerbo_desktop.config.settings import Settings
from cerbo_desktop.domain.address import AddressFault, Origin, parse_address


class SetBy(Enum):
    """Who decides a thing."""

    PERSON = "person"
    CLINIC = "clinic"
    """The clinic's IT, by the policy."""
    SAFE_SIDE = "safe side"
    """Nobody: the policy can't be trusted, and what is safe holds until it can."""


@dataclass(frozen=True, slots=True)
class Effective:
    """What holds at one moment: a value. After a change of the settings another one is made."""

    reading: PolicyReading
    """For whoever tells a person what the policy says; it decides nothing."""
    settings: Settings
    given_server: str = ""
    """The address that this start was given; empty where it was given none."""

    @property
    def fault(self) -> PolicyFault | None:
        """What is wrong with the policy; None where nothing is, or where there is none."""
        return self.reading.fault

    @property
    def address(self) -> str:
        """Whom to talk to: the clinic's word, else this start's, else what was set up. Empty before setup.

        While a policy is not right, it stays what it was.
        """
        if (origin := self._clinic_origin) is not None:
            return origin.text
        kept = self.settings.origin
        return self.given_server or kept if self.address_set_by is SetBy.PERSON else kept

    @property
    def address_set_by(self) -> SetBy:
        """PERSON where another address may be typed. On a PC that was never set up a faulty policy locks nothing."""
        if self._clinic_origin is not None:
            return SetBy.CLINIC
        return SetBy.SAFE_SIDE if self.fault is not None and self.settings.origin else SetBy.PERSON

    @property
    def allows_camera(self) -> bool:
        return self.reading.policy.value(keys.CAMERA)

    @property
    def allows_practice(self) -> bool:
        """Whether the practice clinic may be opened."""
        return self.reading.policy.value(keys.PRACTICE)

    @property
    def practice_off_by(self) -> SetBy | None:
        """Who turned the practice clinic off; None where it may be opened."""
        return None if self.allows_practice else self.policy_set_by

    @property
    def keeps_thumbnails(self) -> bool:
        """Whether thumbnails are kept on the disk: the policy's word, or where it has none the person's own wish."""
        set_by_policy = self.reading.policy.value(keys.THUMBNAIL_CACHE)
        return self.settings.keeps_thumbnails if set_by_policy is None else set_by_policy

    @property
    def single_letter_keys(self) -> bool:
        """Whether single letters may be commands: the policy's word, or where it has none the person's own wish."""
        set_by_policy = self.reading.policy.value(keys.SINGLE_LETTER_KEYS)
        return self.settings.single_letter_keys if set_by_policy is None else set_by_policy

    @property
    def chart_url(self) -> str | None:
        """Where the clinic's IT says that the browser shows charts; None where it says nothing."""
        return self.reading.policy.value(keys.CHART_URL)

    @property
    def keeps_taken_for(self) -> timedelta:
        """How long the encrypted copy of a photo is kept that Cerbo took and that was seen nowhere since."""
        return timedelta(days=self.reading.policy.value(keys.TAKEN_PHOTO_DAYS))

    @property
    def clinic_authority(self) -> str:
        """Certificates, as PEM, that the app trusts besides the system's own; empty where there are none."""
        return self.reading.clinic_authority

    @property
    def copy_save_print(self) -> bool | None:
        """Whether the clinic allows copying, saving and printing, for a version that has any of them; None where it
        says nothing."""
        return self.reading.policy.value(keys.COPY_SAVE_PRINT)

    @property
    def idle_lock_minutes(self) -> int | None:
        """After how many idle minutes the clinic wants the app locked, for a version that can lock; None where it says
        nothing."""
        return self.reading.policy.value(keys.IDLE_LOCK_MINUTES)

    @property
    def update_notice_text(self) -> str | None:
        """What the clinic's IT says about a new version."""
        return self.reading.policy.value(keys.UPDATE_NOTICE_TEXT)

    @property
    def update_notice_url(self) -> str | None:
        """Where the clinic's IT says more about a new version."""
        return self.reading.policy.value(keys.UPDATE_NOTICE_URL)

    def set_by(self, key: keys.PolicyKey[keys.T]) -> SetBy:
        """Who decides what `key` is about; for the address ask `address_set_by`."""
        return self.policy_set_by if self.reading.policy.sets(key) else SetBy.PERSON

    @property
    def policy_set_by(self) -> SetBy:
        """Who decides whatever a policy sets on this PC."""
        return SetBy.CLINIC if self.fault is None else SetBy.SAFE_SIDE

    @property
    def _clinic_origin(self) -> Origin | None:
        found = parse_address(self.reading.policy.value(keys.SERVER) or "")
        return None if isinstance(found, AddressFault) else found
