"""A started practice clinic at a fixed time, and a client that is signed in to it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from cerbo_desktop.practice.clinic import PracticeClinic

PHOTOS_DIR = Path(__file__).parents[3] / "resources" / "practice"
NOW = datetime(2026, 11, 12, 10, 7, 30, tzinfo=UTC)


@pytest.fixture
def clinic() -> Iterator[PracticeClinic]:
    with PracticeClinic(PHOTOS_DIR, now=lambda: NOW, zone=UTC, odd_patients=True) as clinic:
        yield clinic


@pytest.fixture
def web(clinic: PracticeClinic) -> Iterator[httpx.Client]:
    auth = (clinic.username, clinic.secret)
    # Plain HTTP: verify=False spares each test the loading of certificates.
    with httpx.Client(
        base_url=f"{clinic.origin}/api/v1", auth=auth, timeout=5, trust_env=False, verify=False
    ) as client:
        yield client
