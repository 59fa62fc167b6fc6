"""What tests ask of a capture session."""

from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.shots import Examining
from tests.waiting import until


async def settled(session: CaptureSession) -> None:
    """No shot is being examined any more."""
    await until(lambda: not any(isinstance(shot.state, Examining) for shot in session.shots))


def chosen(session: CaptureSession) -> tuple[Accepted, ...]:
    """What Send would hand over now, in order."""
    return tuple(shot.state for shot in session.shots if shot.is_chosen and isinstance(shot.state, Accepted))
