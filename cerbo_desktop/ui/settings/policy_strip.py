"""The strip that tells everybody at a desk that the clinic's policy file is not right."""

from cerbo_desktop.config.policy import PolicyFault
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.settings import words


class PolicyStrip(Notice):
    """Stays for the session: a file that was mended counts from the next start. `look` opens the settings."""

    def __init__(self, fault: PolicyFault) -> None:
        self.look = Button("Settings", size=32)
        text = words.policy_fault_strip(fault)
        super().__init__("warn", words.POLICY_FAULT_TITLE, text, (self.look,), icon="shield", is_strip=True)
