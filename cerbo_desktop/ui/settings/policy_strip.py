"""The strip that tells everybody at a desk that the clinic's policy is not used."""

from cerbo_desktop.config.policy import PolicyFault
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.text import policy, settings


class PolicyStrip(Notice):
    """Stays for the session: a file that was mended counts from the next start. `look` opens the settings."""

    def __init__(self, fault: PolicyFault) -> None:
        self.look = Button(settings.settings(), size=32)
        super().__init__(
            "warn", policy.not_used(), policy.fault_strip(fault), (self.look,), icon="shield", is_strip=True
        )
