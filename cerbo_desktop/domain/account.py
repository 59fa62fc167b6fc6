"""An account: one key at one address. Its name stands in the keyring and in what the outbox keeps for it."""

from dataclasses import dataclass

from cerbo_desktop.domain.address import Origin


@dataclass(frozen=True, slots=True)
class Clinic:
    """A clinic to which the app is connected, under one account."""

    account: str
    """As `account_of` names it."""
    is_practice: bool = False
    """It is the practice clinic: none of its patients is real."""


def account_of(origin: Origin, username: str) -> str:
    """The account's name, such as `pk_1 at https://riverbend.md-hq.com`: another practice or key never finds it.

    Secrets and sealed photos are kept under it, so what it looks like can't change.
    """
    return f"{username} at {origin.text}"
