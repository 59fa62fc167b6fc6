"""Where Cerbo shows charts in the browser.

No address of a chart is documented, so that it is Cerbo's start page, unless the clinic's IT knows a better one.
"""

from urllib.parse import quote, urlsplit

from cerbo_desktop.domain.address import AddressFault, parse_address
from cerbo_desktop.domain.ids import PatientId

PLACE = "{patient_id}"
"""What stands for the ID in an address of the clinic's IT."""


def is_chart_pattern(text: str) -> bool:
    """Whether this is an http(s) address of a host, without a password, with nothing to fill in but the ID.

    The ID has no place in the host: it must not decide whom the browser talks to.
    """
    filled = text.replace(PLACE, "1")
    if any(sign.isspace() or not sign.isprintable() or sign in '{}\\"<>' for sign in filled):
        return False
    try:
        parts, shape = urlsplit(filled), urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    is_web = parts.scheme in ("https", "http") and bool(parts.hostname) and PLACE not in shape.netloc
    return is_web and parts.username is None and parts.password is None


def chart_address(address: str, pattern: str | None, patient_id: PatientId | None = None) -> str:
    """The address to open for this patient, or for nobody; empty where none is known.

    `address` is the one that the app talks to: without a `pattern` it counts where it is a practice's own Cerbo.
    """
    if pattern is None:
        origin = parse_address(address)
        is_own = not isinstance(origin, AddressFault) and origin.is_practices_own and origin.is_encrypted
        return origin.at_its_top.text if is_own and not isinstance(origin, AddressFault) else ""
    if not is_chart_pattern(pattern):
        return ""
    if PLACE in pattern and patient_id is None:
        parts = urlsplit(pattern)
        return f"{parts.scheme}://{parts.netloc}"
    return pattern.replace(PLACE, quote(patient_id or "", safe=""))
