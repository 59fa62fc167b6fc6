"""An account: one key at one address. Its name stands in the keyring and in what the outbox keeps for it."""

from cerbo_desktop.domain.address import Origin


def account_of(origin: Origin, username: str) -> str:
    """The account's name, such as `pk_1 at https://riverbend.md-hq.com`: another practice or key never finds it.

    Secrets and sealed photos are kept under it, so what it looks like can't change.
    """
    return f"{username} at {origin.text}"
