"""Which test files take long, so that they begin first and no process is left alone with one at the end.

The seconds are those of a whole run on two processors, `--durations=0` shows them; only the order matters, and a file
that takes less than 15 s needs no line here.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

SECONDS = {
    "tests/flows/test_searching.py": 90,
    "tests/flows/test_upload_troubles.py": 84,
    "tests/durability/test_crash_points.py": 80,
    "tests/screen/test_capture.py": 53,
    "tests/flows/test_line_troubles.py": 47,
    "tests/flows/test_list_forms.py": 47,
    "tests/flows/test_rights.py": 47,
    "tests/unit/imaging/test_hostile_files.py": 44,
    "tests/screen/test_main_job.py": 39,
    "tests/flows/test_slow_lines.py": 35,
    "tests/durability/test_server_faults.py": 35,
    "tests/flows/test_photo_types.py": 32,
    "tests/flows/test_rate_limits.py": 30,
    "tests/unit/imaging/test_studio.py": 27,
    "tests/unit/domain/test_settlement.py": 27,
    "tests/durability/test_whole_app_kills.py": 25,
    "tests/ui/viewer/test_presenter.py": 25,
    "tests/flows/test_second_entries.py": 24,
    "tests/flows/test_looking_again.py": 24,
    "tests/unit/outbox/test_disk_outbox.py": 24,
    "tests/flows/test_keeping.py": 24,
    "tests/unit/vault/test_sealed_thumbnails.py": 22,
    "tests/flows/test_routes.py": 22,
    "tests/flows/test_camera.py": 22,
    "tests/flows/test_dead_shares.py": 22,
    "tests/durability/test_wrong_patient.py": 22,
    "tests/relay/test_uploads.py": 22,
    "tests/screen/test_bad_line.py": 21,
    "tests/flows/test_other_servers.py": 21,
    "tests/flows/test_economy.py": 20,
    "tests/flows/test_viewing.py": 20,
    "tests/flows/test_odd_answers.py": 19,
    "tests/unit/vault/test_seal.py": 19,
    "tests/flows/test_hostile_photos.py": 19,
    "tests/flows/test_sending_files.py": 18,
    "tests/ui/capture/test_sheet.py": 18,
    "tests/unit/api/test_list_answers.py": 16,
    "tests/unit/api/test_content.py": 16,
    "tests/relay/test_passing.py": 15,
    "tests/unit/app/test_single_instance.py": 15,
    "tests/flows/test_quitting.py": 15,
    "tests/unit/services/search/test_spellings.py": 15,
}


def long_files_first(items: Sequence[pytest.Item], root: Path) -> list[pytest.Item]:
    """The longest files first; all others stay in the order they have."""
    seconds = {root / name: taken for name, taken in SECONDS.items()}
    return sorted(items, key=lambda item: -seconds.get(item.path, 0))
