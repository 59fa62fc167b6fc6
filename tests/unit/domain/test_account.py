"""The name of an account, which stands in keyrings and outboxes of every PC that was ever set up."""

import pytest

from cerbo_desktop.domain.account import account_of
from cerbo_desktop.domain.address import Origin


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        (Origin("https", "riverbend.md-hq.com", 443), "pk_1 at https://riverbend.md-hq.com"),
        (Origin("https", "relay.example", 8443, "/cerbo"), "pk_1 at https://relay.example:8443/cerbo"),
    ],
)
def test_the_name_stays_what_it_was(origin: Origin, name: str) -> None:
    assert account_of(origin, "pk_1") == name
