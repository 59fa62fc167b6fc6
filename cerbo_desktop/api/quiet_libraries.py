"""What the HTTP libraries would write into the log."""

import logging

import stamina
import stamina.instrumentation


def quieten_libraries() -> None:
    """An INFO line of the HTTP library holds the searched name and birth date (measured, 3.4): it logs whole URLs by
    design, so that no report is due."""
    for name in ("httpx", "httpcore", "stamina"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    stamina.instrumentation.set_on_retry_hooks([])
