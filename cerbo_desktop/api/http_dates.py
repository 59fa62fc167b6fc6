"""Moments as HTTP writes them."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def http_date(text: str) -> datetime | None:
    """The moment in a text of the form that HTTP uses; None for nonsense."""
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)
