"""Looking into charts whose photo ids count within each chart: photo 5 of one patient is no word on another's."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from cerbo_desktop.domain.errors import Unreachable
from cerbo_desktop.domain.evidence import Answer, Evidence
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.server_snapshot import Reading, ServerSnapshot
from cerbo_desktop.domain.settlement_case import ChartNews
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from tests.fakes.cerbo_server import FakeCerboServer
from tests.unit.outbox.stock import upload

MARIA, ANA = Patient(PatientId("10482"), "Maria", "Lopez"), Patient(PatientId("10777"), "Ana", "Reyes")
SENT = b"the photo that was sent"
NOTHING_BEFORE = Evidence(ServerSnapshot(), Answer.EMPTY)
UNREAD_BEFORE = Evidence(ServerSnapshot(chart=Reading.UNREADABLE, queue=Reading.UNREADABLE), Answer.EMPTY)


class Charts:
    def __init__(self) -> None:
        self.server, self.failures = FakeCerboServer(), list[BaseException]()
        for patient in (MARIA, ANA):
            self.server.add_patient(patient)
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", self.failures.append))
        self.reconciling = ServerLookup(self.server, self.contents)

    async def news(self, patient: Patient, evidence: Evidence = NOTHING_BEFORE) -> ChartNews:
        now = await self.reconciling.look(patient.id)
        found, _ = await self.reconciling.chart_news(sent_to(patient), evidence, now, ())
        return found


def sent_to(patient: Patient) -> Upload:
    sent = upload()
    facts = replace(sent.photo, sha256=hashlib.sha256(SENT).hexdigest(), unique_id="")
    return replace(sent, recipient=replace(sent.recipient, id=patient.id), photo=facts)


@pytest.fixture
async def charts() -> AsyncIterator[Charts]:
    charts = Charts()
    yield charts
    await charts.contents.aclose()
    assert charts.failures == []


async def test_another_patients_photo_of_the_same_id_hides_none(charts: Charts) -> None:
    charts.server.add_photo(MARIA.id, b"another photo", photo_id="5")
    charts.server.add_photo(ANA.id, SENT, photo_id="5")
    assert await charts.news(MARIA) is ChartNews.NEW_PHOTO
    assert await charts.news(ANA) is ChartNews.FOUND


async def test_another_patients_photo_of_the_same_id_is_not_taken_for_ours(charts: Charts) -> None:
    charts.server.add_photo(MARIA.id, SENT, photo_id="5")
    charts.server.add_photo(ANA.id, b"another photo", photo_id="5")
    assert await charts.news(MARIA) is ChartNews.FOUND
    assert await charts.news(ANA) is ChartNews.NEW_PHOTO


async def test_that_another_patients_photo_could_not_be_loaded_says_nothing_of_this_one(charts: Charts) -> None:
    for patient in (MARIA, ANA):
        charts.server.add_photo(patient.id, b"not to be loaded", photo_id="5")
    charts.server.fail("content", Unreachable())
    assert [await charts.news(MARIA) for _ in range(3)][-1] is ChartNews.NEW_PHOTO
    assert await charts.news(ANA) is ChartNews.NOT_READ


async def test_another_patients_date_hides_no_recent_photo(charts: Charts) -> None:
    taken_at = sent_to(ANA).taken_at
    charts.server.add_photo(ANA.id, SENT, photo_id="5", taken_at=taken_at)
    charts.server.add_photo(MARIA.id, b"of last year", photo_id="5", taken_at=taken_at - timedelta(days=365))
    now = await charts.reconciling.look(ANA.id)
    await charts.reconciling.look(MARIA.id)
    news, _ = await charts.reconciling.chart_news(sent_to(ANA), UNREAD_BEFORE, now, ())
    assert news is ChartNews.FOUND
