import pytest
from hypothesis import given, strategies as st

from cerbo_desktop.domain.address import AddressFault, Origin, parse_address


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("riverbend", "https://riverbend.md-hq.com"),
        ("  RiverBend-Demo ", "https://riverbend-demo.md-hq.com"),
        ("riverbend.md-hq.com", "https://riverbend.md-hq.com"),
        ("https://riverbend.md-hq.com/", "https://riverbend.md-hq.com"),
        ("https://riverbend.md-hq.com/patients/list.php?x=1#y", "https://riverbend.md-hq.com"),
        ("HTTPS://riverbend.md-hq.com:443", "https://riverbend.md-hq.com"),
        ("riverbend.md-hq.com/api/v1", "https://riverbend.md-hq.com"),
        ("https://relay.clinic.example:8443", "https://relay.clinic.example:8443"),
        ("https://relay", "https://relay"),
        ("https://relay.clinic.example/cerbo/api/v1", "https://relay.clinic.example/cerbo"),
        ("https://relay.clinic.example:8443//cerbo/main/?x=1#y", "https://relay.clinic.example:8443/cerbo/main"),
        ("relay.clinic.example/api/v1/", "https://relay.clinic.example"),
        ("relay:8443", "https://relay:8443"),
        ("https://10.0.0.5", "https://10.0.0.5"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:9000", "http://[::1]:9000"),
        ("https://praxis-münchen.example", "https://xn--praxis-mnchen-3ob.example"),
    ],
)
def test_addresses(typed: str, text: str) -> None:
    origin = parse_address(typed)
    assert isinstance(origin, Origin)
    assert origin.text == text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", AddressFault.EMPTY),
        ("   ", AddressFault.EMPTY),
        ("river bend", AddressFault.NOT_AN_ADDRESS),
        ("river\u202ebend", AddressFault.NOT_AN_ADDRESS),
        ("https://", AddressFault.NOT_AN_ADDRESS),
        ("ftp://riverbend.md-hq.com", AddressFault.NOT_AN_ADDRESS),
        ("https://riverbend.md-hq.com:99999", AddressFault.NOT_AN_ADDRESS),
        ("https://riverbend.md-hq.com:0", AddressFault.NOT_AN_ADDRESS),
        ("https://[::1", AddressFault.NOT_AN_ADDRESS),
        ("https://relay.clinic.example/a/../b", AddressFault.NOT_AN_ADDRESS),
        ("https://relay.clinic.example/a%2fb", AddressFault.NOT_AN_ADDRESS),
        ("me@clinic.example", AddressFault.NOT_AN_ADDRESS),
        ("a..b", AddressFault.NOT_AN_ADDRESS),
        ("1.2.3", AddressFault.NOT_AN_ADDRESS),
        ("https://pk_a:sk_b@riverbend.md-hq.com", AddressFault.HAS_PASSWORD),
        ("pk_a:sk_b@riverbend.md-hq.com", AddressFault.HAS_PASSWORD),
        ("http://riverbend.md-hq.com", AddressFault.NOT_SECURE),
        ("http://127.0.0.1.evil.example", AddressFault.NOT_SECURE),
        ("http://10.0.0.5", AddressFault.NOT_SECURE),
        ("http://[::ffff:10.0.0.5]", AddressFault.NOT_SECURE),
    ],
)
def test_what_is_no_address(typed: str, fault: AddressFault) -> None:
    assert parse_address(typed) is fault


@given(st.text())
def test_any_text_gives_an_answer_and_an_origin_reads_back(typed: str) -> None:
    origin = parse_address(typed)
    if isinstance(origin, Origin):
        assert parse_address(origin.text) == origin
        assert origin.is_encrypted or origin.is_on_this_pc


def test_a_practice_has_a_name() -> None:
    for typed, name in [("riverbend-demo", "Riverbend Demo"), ("https://relay.example", "relay.example")]:
        origin = parse_address(typed)
        assert isinstance(origin, Origin)
        assert origin.practice_name == name
