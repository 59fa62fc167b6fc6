"""The two things people want to know of a certificate: who issued it and until when it is valid.

A reader of just enough DER; it decides nothing about trust.
"""

import asyncio
import ssl
from collections.abc import Iterator
from datetime import UTC, date, datetime

from cerbo_desktop.api.wire import clean_text
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.runtime.time_limit import TimeLimit

_COMMON_NAME = bytes.fromhex("550403")
_ORGANISATION = bytes.fromhex("55040a")
_SEQUENCE, _SET, _OID, _UTC_TIME, _VERSION = 0x30, 0x31, 0x06, 0x17, 0xA0
_PROBE_S = 5.0


def issuer_name(der: bytes) -> str:
    """The issuer's common name, else its organisation; empty where there is none or the bytes make no sense."""
    try:
        names = dict(_name_parts(_fields(der)[2]))
    except (ValueError, IndexError):
        return ""
    raw = names.get(_COMMON_NAME) or names.get(_ORGANISATION) or b""
    return clean_text(raw.decode("utf-8", "replace"), 100)


def valid_until(der: bytes) -> date | None:
    """The last day of the certificate's validity; None where the bytes make no sense."""
    try:
        kind, text = list(_items(_fields(der)[3]))[1]
        form = "%y%m%d%H%M%SZ" if kind == _UTC_TIME else "%Y%m%d%H%M%SZ"
        return datetime.strptime(text.decode("ascii"), form).replace(tzinfo=UTC).date()
    except (ValueError, IndexError):
        return None


async def issuer_shown_by(origin: Origin) -> str:
    """The issuer of the certificate that a distrusted server shows. Nothing is sent to it beyond the greeting of
    TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with TimeLimit(_PROBE_S):
            _, writer = await asyncio.open_connection(origin.host, origin.port, ssl=context)
    except (OSError, TimeoutError):
        return ""
    der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True) or b""
    writer.transport.abort()
    return issuer_name(der)


def _fields(der: bytes) -> list[bytes]:
    """Serial, signature, issuer, validity and on, of a certificate."""
    certificate = next(_items(der), (0, b""))[1]
    signed = next(_items(certificate), (0, b""))[1]
    return [value for kind, value in _items(signed) if kind != _VERSION]


def _name_parts(name: bytes) -> Iterator[tuple[bytes, bytes]]:
    for _, group in _items(name):
        for _, pair in _items(group):
            (_, oid), (_, value) = list(_items(pair))[:2]
            yield oid, value


def _items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each DER item in a row."""
    at = 0
    while at < len(data):
        kind, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        if at + length > len(data):
            raise ValueError("cut off")
        yield kind, data[at : at + length]
        at += length
