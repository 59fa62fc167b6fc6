"""What the HTTP libraries would write into the log."""

import logging


def quieten_libraries() -> None:
    """An INFO line of the HTTP library holds the searched name and birth date (measured)."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
