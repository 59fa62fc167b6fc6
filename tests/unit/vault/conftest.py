from collections.abc import Iterator

import pytest

from tests.fakes.secret_service import keyring_calls_ended


@pytest.fixture(autouse=True)
def _threads_end() -> Iterator[None]:
    with keyring_calls_ended():
        yield
