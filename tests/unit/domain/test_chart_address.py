"""Which address the browser is given for Open in Cerbo, and which never."""

import pytest

from cerbo_desktop.domain.chart_address import chart_address, is_chart_pattern
from cerbo_desktop.domain.ids import PatientId

OWN, RELAY = "https://riverbend.md-hq.com", "https://relay.clinic.example/cerbo"
ID = PatientId("10482")


@pytest.mark.parametrize(
    ("address", "pattern", "patient_id", "opened"),
    [
        (OWN, None, ID, OWN),  # no chart's address is documented
        (OWN, None, None, OWN),
        (RELAY, None, ID, ""),
        ("http://127.0.0.1:8080", None, ID, ""),  # the practice clinic
        ("http://riverbend.md-hq.com", None, ID, ""),
        ("https://md-hq.com.evil.example", None, ID, ""),
        ("", None, ID, ""),
        (RELAY, OWN, ID, OWN),
        (RELAY, f"{OWN}/chart?id={{patient_id}}", ID, f"{OWN}/chart?id=10482"),
        (RELAY, f"{OWN}/chart?id={{patient_id}}", None, OWN),
        (RELAY, f"{OWN}/c/{{patient_id}}", PatientId("1/../&a=b c"), f"{OWN}/c/1%2F..%2F%26a%3Db%20c"),
        (OWN, "https://charts.clinic.example", ID, "https://charts.clinic.example"),
        (OWN, "javascript:alert(1)", ID, ""),
    ],
)
def test_an_own_cerbo_or_the_clinics_address_is_opened(
    address: str, pattern: str | None, patient_id: PatientId | None, opened: str
) -> None:
    assert chart_address(address, pattern, patient_id) == opened


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "clinic.md-hq.com",
        "file:///etc/passwd",
        "ftp://clinic.example",
        "https://",
        "https://user:secret@clinic.example",
        "https://{patient_id}.clinic.example",
        "https://clinic.example/{name}",
        "https://clinic.example/{patient_id",
        "https://clinic.example/a b",
        "https://clinic.example:port",
        "https://[clinic",
    ],
)
def test_no_other_address_is_taken(pattern: str) -> None:
    assert not is_chart_pattern(pattern)
