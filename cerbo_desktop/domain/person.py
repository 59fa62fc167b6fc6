"""Who acts at this PC."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts at this PC, beside the account that Cerbo knows and that a whole front desk may share.

    As long as people do not sign in to the app, the name is that of the account of the system in which it runs.
    """

    name: str
    """Empty where nobody knows it."""


NOBODY = Person("")
"""Nobody is known to have done it: the app acted by itself, or the system does not tell who uses it."""
