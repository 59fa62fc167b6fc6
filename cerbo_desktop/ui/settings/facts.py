"""What the settings show: plain values, gathered when the sheet opens."""

from dataclasses import dataclass

from cerbo_desktop.config.effective import Effective


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """What the settings sheet shows, as it was when the sheet was opened."""

    version: str
    effective: Effective
    address: str = ""
    """Of the server in use, or of the one that setup would take; empty before setup."""
    username: str = ""
    """The public half of the key."""
    is_practice: bool = False
    is_given: bool = False
    """Address and key are this start's, not setup's."""
    camera_id: str = ""
