"""What it takes to talk to one practice's Cerbo, and where the secret is kept on a PC without a keyring."""

from dataclasses import dataclass, field

from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.ports import SecretPlace


@dataclass(frozen=True, slots=True)
class Credentials:
    """What it takes to talk to one practice's Cerbo. The secret never shows in a representation."""

    origin: Origin
    username: str
    secret: str = field(repr=False)


class SessionSecrets:
    """`domain.ports.SecretStore` for a PC without a keyring: kept in memory, gone when the app ends."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    async def place(self) -> SecretPlace:
        return SecretPlace.THIS_SESSION

    async def read(self, account: str) -> str | None:
        return self._secrets.get(account)

    async def write(self, account: str, secret: str) -> None:
        self._secrets[account] = secret

    async def erase(self, account: str) -> None:
        self._secrets.pop(account, None)
