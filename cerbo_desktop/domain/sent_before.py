"""What is known of a photo that was added before, for the same patient."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class SentWhere(Enum):
    """Where the earlier one is."""

    CERBO = "cerbo"
    """This PC sent it."""
    UPLOADS = "uploads"
    """It is in this PC's list of uploads, and Cerbo does not have it yet as far as is known."""
    CHART = "chart"
    """The patient's chart shows it."""


@dataclass(frozen=True, slots=True)
class SentBefore:
    """The earlier one of two photos that are the same."""

    where: SentWhere
    at: datetime | None = None
    """Aware UTC: when it was sent, was added, or was taken as the chart says; None where that is not known."""
