"""What the clinic's key is not allowed to do, though its credentials are right (contract 1: permission profiles)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Withheld:
    """Requests that are refused: those of a kind (`calls.Kind`), for one patient or for all.

    With `query` only those whose query holds it, such as `photo_type`.
    """

    kind: str
    status: int = 401
    pt_id: int | None = None
    query: str = ""


def refused_with(withheld: Iterable[Withheld], kind: str, path: Mapping[str, int], query: str) -> int | None:
    """The status of the refusal; None where the request is allowed."""
    concerned = (each for each in withheld if each.kind == kind and each.pt_id in (None, path.get("pt_id")))
    meant = (each for each in concerned if each.query in query)
    return next((each.status for each in meant), None)
