"""What the clinic's key isn't allowed, though its credentials are right (contract 1: permission profiles)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Withheld:
    """Requests of a kind (`calls.Kind`) that are refused: for one patient, or for all."""

    kind: str
    status: int = 401
    pt_id: int | None = None


def refused_with(withheld: Iterable[Withheld], kind: str, path: Mapping[str, int]) -> int | None:
    """The status of the refusal; None where the request is allowed."""
    meant = (each for each in withheld if each.kind == kind and each.pt_id in (None, path.get("pt_id")))
    return next((each.status for each in meant), None)
