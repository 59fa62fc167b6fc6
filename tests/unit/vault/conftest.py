import gc
import threading
import warnings
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _threads_end() -> Iterator[None]:
    """Wait for calls that were given up; the keyring library leaves the connections of failed ones to the collector."""
    yield
    for thread in threading.enumerate():
        if thread.name == "may hang":
            thread.join(10)
            assert not thread.is_alive()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
