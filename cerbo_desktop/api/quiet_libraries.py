"""What the HTTP libraries would write into the log."""

import logging


def quieten_libraries() -> None:
    """Keep the HTTP libraries out of the log: an INFO line holds the searched name and birth date (measured, 3.4).

    They log whole URLs by design, so that no upstream report is due.
    """
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
