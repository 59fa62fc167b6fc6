"""Where a practice's Cerbo, or its relay, answers: what a person types, read into one origin."""

import ipaddress
import re
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import urlsplit

_PRACTICE_DOMAIN = "md-hq.com"
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?")
_STEP = re.compile(r"[A-Za-z0-9._~-]{1,64}")
_API_STEPS = ["api", "v1"]
_DEFAULT_PORTS = {"https": 443, "http": 80}


class AddressFault(Enum):
    """Why a text is no address that the secret may be sent to."""

    EMPTY = "empty"
    NOT_AN_ADDRESS = "not an address"
    NOT_SECURE = "not secure"
    """Plain http to anywhere but this PC."""
    HAS_PASSWORD = "has password"  # noqa: S105 - a fault's name
    """The address carries a user name or password of its own (an old form in Cerbo's documentation)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port, to which alone the secret goes; and the path below which a relay answers."""

    scheme: str
    host: str
    """Lower case; an IPv6 address without brackets."""
    port: int
    path: str = ""
    """Such as `/cerbo`; empty where it answers at the top, as every practice's own Cerbo does."""

    @property
    def text(self) -> str:
        """Such as `https://riverbend.md-hq.com`; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"

    @property
    def at_its_top(self) -> "Origin":
        """The same without the path of a relay."""
        return replace(self, path="")

    @property
    def is_practices_own(self) -> bool:
        """Whether this is a practice's Cerbo itself, not a relay."""
        return self.host.endswith(f".{_PRACTICE_DOMAIN}")

    @property
    def is_encrypted(self) -> bool:
        return self.scheme == "https"

    @property
    def is_on_this_pc(self) -> bool:
        """Whether the host is this PC itself."""
        return self.host == "localhost" or (_is_ip(self.host) and ipaddress.ip_address(self.host).is_loopback)

    @property
    def practice_name(self) -> str:
        """A first guess at the practice's name: the subdomain in words; the host where there is none."""
        name, _, domain = self.host.partition(".")
        words = name.replace("_", "-").split("-")
        return " ".join(word.capitalize() for word in words if word) if domain == _PRACTICE_DOMAIN else self.host


def parse_address(text: str) -> Origin | AddressFault:
    """Read a bare subdomain (`riverbend`), a host, a web address with any path, or a relay's https address.

    A path counts for a relay alone: for a practice's own Cerbo it is the page that the browser happened to show.
    """
    typed = text.strip()
    if not typed:
        return AddressFault.EMPTY
    if any(letter.isspace() or not letter.isprintable() for letter in typed):
        return AddressFault.NOT_AN_ADDRESS
    has_scheme = "://" in typed
    try:
        parts = urlsplit(typed if has_scheme else f"https://{typed}")
        port = parts.port
    except ValueError:
        return AddressFault.NOT_AN_ADDRESS
    if "@" in parts.netloc:
        return AddressFault.HAS_PASSWORD if has_scheme or parts.password else AddressFault.NOT_AN_ADDRESS
    host = _host(parts.hostname or "")
    if host is None or parts.scheme not in _DEFAULT_PORTS or port == 0:
        return AddressFault.NOT_AN_ADDRESS
    if not has_scheme and port is None and _is_bare_name(host):
        host = f"{host}.{_PRACTICE_DOMAIN}"
    path = "" if host.endswith(f".{_PRACTICE_DOMAIN}") else _path(parts.path)
    if path is None:
        return AddressFault.NOT_AN_ADDRESS
    origin = Origin(parts.scheme, host, port or _DEFAULT_PORTS[parts.scheme], path)
    return origin if origin.is_encrypted or origin.is_on_this_pc else AddressFault.NOT_SECURE


def _path(text: str) -> str | None:
    """Of the address of a relay, without the part that every request brings; None for one that is no plain path."""
    steps = [step for step in text.split("/") if step]
    while steps[-2:] == _API_STEPS:
        steps = steps[:-2]
    is_plain = all(_STEP.fullmatch(step) and step.strip(".") for step in steps)
    return "".join(f"/{step}" for step in steps) if is_plain else None


def _is_bare_name(host: str) -> bool:
    return "." not in host and ":" not in host and host != "localhost"


def _host(name: str) -> str | None:
    """The host in its plain ASCII form; None where it is none."""
    if _is_ip(name):
        return str(ipaddress.ip_address(name))
    try:
        ascii_name = name.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return None
    labels = ascii_name.split(".")
    is_name = len(ascii_name) <= 253 and all(_LABEL.fullmatch(label) for label in labels)
    return ascii_name if is_name and not labels[-1].isdigit() else None


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return "%" not in host
