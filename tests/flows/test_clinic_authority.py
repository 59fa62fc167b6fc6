"""A clinic whose certificate the system does not know, with and without the word of the clinic's IT."""

import ssl
from collections.abc import Iterator
from dataclasses import replace

import pytest
import trustme

from cerbo_desktop.config.policy import NO_POLICY
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.patients import DOROTHY_VANCE
from cerbo_desktop.runtime.paths import resources_dir
from tests.flows.desk import Desk


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA(organization_name="The clinic's IT")


@pytest.fixture
def clinic(authority: trustme.CA) -> Iterator[PracticeClinic]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with PracticeClinic(resources_dir() / "practice", tls=tls) as clinic:
        yield clinic


async def test_the_policy_adds_an_authority(closed_desk: Desk, authority: trustme.CA) -> None:
    closed_desk.policy = replace(NO_POLICY, clinic_authority=authority.cert_pem.bytes().decode())
    await closed_desk.start()
    await closed_desk.board_is_there()
    await closed_desk.open(DOROTHY_VANCE)
    await closed_desk.pictures_are_there()


async def test_without_it_nothing_is_sent(desk: Desk) -> None:
    await desk.strip_says("certificate")
    assert desk.clinic.counters.count() == 0
