"""Reading the policy of a PC from all its places: understood whole or not at all."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from cerbo_desktop.config.policy import SAFE_SIDE, Policy, PolicyFault, PolicyFaultKind, PolicyReading
from cerbo_desktop.config.policy_keys import AUTHORITY_FILE, KEYS, NAMES
from cerbo_desktop.config.policy_places import PolicyPlace, RawPolicy
from cerbo_desktop.config.trusted_files import ROOT_UID, FaultyPolicyError, trusted_text
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.events import Event, event

_ANSWER_WITHIN_S = 5.0


def read_policy(places: Iterable[PolicyPlace], *, owner_uid: int = ROOT_UID) -> PolicyReading:
    """What the places set together, the strongest first: where two set the same key, the stronger one decides.

    A place with nothing in it sets nothing. While one can't be trusted or understood, none is used, and the safe side
    holds. A file has to belong to `owner_uid` on macOS and Linux.
    """
    reading = PolicyReading()
    for place in places:
        try:
            raw = place.read(owner_uid)
            if raw is not None:
                reading = _joined(reading, _judged(place.name, raw, owner_uid))
        except FaultyPolicyError as found:
            return _faulty(PolicyFault(found.kind, place.name, found.line, found.key))
    if reading.unknown_keys:
        event(Event.POLICY, operation="unknown keys", count=len(reading.unknown_keys), is_warning=True)
    return reading


async def read_policy_in_time(places: Sequence[PolicyPlace]) -> PolicyReading:
    """As `read_policy`, off the event loop. Where the disk does not answer, the safe side holds."""
    try:
        return await in_time(_ANSWER_WITHIN_S, lambda: read_policy(places))
    except TimeoutError:
        return _faulty(PolicyFault(PolicyFaultKind.CANNOT_BE_READ, places[-1].name))


def _faulty(fault: PolicyFault) -> PolicyReading:
    event(Event.POLICY, what=fault.kind, is_warning=True)
    return PolicyReading((fault.place,), SAFE_SIDE, fault=fault)


def _joined(strong: PolicyReading, weak: PolicyReading) -> PolicyReading:
    policy = msgspec.convert({**weak.set_keys(), **strong.set_keys()}, Policy)
    authority = strong if AUTHORITY_FILE.name in strong.set_keys() else weak
    return PolicyReading(
        (*strong.places, *weak.places),
        policy,
        unknown_keys=tuple(dict.fromkeys((*strong.unknown_keys, *weak.unknown_keys))),
        clinic_authority=authority.clinic_authority,
    )


def _judged(place: str, raw: RawPolicy, owner_uid: int) -> PolicyReading:
    policy = _policy_of(raw)
    unknown = tuple(key for key in raw.values if key not in NAMES)
    return PolicyReading((place,), policy, unknown_keys=unknown, clinic_authority=_authority_of(policy, raw, owner_uid))


def _policy_of(raw: RawPolicy) -> Policy:
    found = {key.name: raw.values[key.name] for key in KEYS if key.name in raw.values}
    wrong = [key.name for key in KEYS if key.name in found and not key.kind.takes(found[key.name])]
    if wrong:
        name = min(wrong, key=lambda name: (raw.line_of(name) or 0, name))
        raise FaultyPolicyError(PolicyFaultKind.BAD_VALUE, raw.line_of(name), name)
    return msgspec.convert(found, Policy)


def _authority_of(policy: Policy, raw: RawPolicy, owner_uid: int) -> str:
    """The certificates that the policy adds, from a file that is trusted on the same terms as the policy's own."""
    if policy.authority_file is None:
        return ""
    import ssl  # for PCs that have such a file

    file = Path(policy.authority_file)
    try:
        certificates = trusted_text(file, owner_uid) if file.is_absolute() else None
        if not certificates:
            raise ValueError
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=certificates)
    except (OSError, ValueError, FaultyPolicyError):
        name = AUTHORITY_FILE.name
        raise FaultyPolicyError(PolicyFaultKind.BAD_VALUE, raw.line_of(name), name) from None
    return certificates
