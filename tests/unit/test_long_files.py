"""The table of long test files names files that are there."""

import pytest

from tests.long_files import SECONDS


def test_every_long_file_is_there(pytestconfig: pytest.Config) -> None:
    assert [name for name in SECONDS if not (pytestconfig.rootpath / name).is_file()] == []
