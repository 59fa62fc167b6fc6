"""The practice clinic inside the app: its server, its ribbon, its staff and its troubles."""

from collections.abc import Callable
from enum import Enum

from cerbo_desktop.domain.address import AddressFault, parse_address
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.runtime.paths import resources_dir
from cerbo_desktop.services.session import Credentials
from cerbo_desktop.ui.kit.phrases import count
from cerbo_desktop.ui.practice.view import PracticeRibbon


class SimulatedFault(Enum):
    """What a person can try out; the values are the menu's words."""

    NONE = "No trouble"
    SLOW = "Slow line"
    OFFLINE = "No connection"
    KEY_REFUSED = "Key not accepted"
    BUSY = "Cerbo is busy"
    ANSWER_LOST = "Answers to sent photos get lost"
    REFUSED = "Sent photos are refused"
    PHOTOS_BREAK = "Photos break off"
    WEB_PAGE = "A web page answers"


class PracticeMode:
    """Runs the practice clinic while the app does. `on_accepted` hears that the chart has new photos."""

    def __init__(self, on_accepted: Callable[[], None]) -> None:
        self.clinic = PracticeClinic(resources_dir() / "practice")
        self.ribbon = PracticeRibbon([(trouble.name, trouble.value) for trouble in SimulatedFault])
        self._on_accepted = on_accepted
        self.ribbon.accept_wanted.connect(self._accept)
        self.ribbon.trouble_chosen.connect(lambda name: self._make_trouble(SimulatedFault[name]))

    def start(self) -> None:
        self.clinic.start()

    def stop(self) -> None:
        self.clinic.stop()

    @property
    def credentials(self) -> Credentials:
        origin = parse_address(self.clinic.origin)
        if isinstance(origin, AddressFault):
            raise TypeError(origin)
        return Credentials(origin, self.clinic.username, self.clinic.secret)

    def _accept(self) -> None:
        accepted = self.clinic.accept_all()
        self.ribbon.show_status(f"Staff accepted {count(len(accepted), 'photo')}." if accepted else "Nothing waits.")
        self._on_accepted()

    def _make_trouble(self, trouble: SimulatedFault) -> None:
        clinic = self.clinic
        clinic.faults.clear()
        clinic.go_online()
        clinic.switches.latency_s = 0.0
        clinic.switches.upload_pace_s = 0.0
        match trouble:
            case SimulatedFault.NONE:
                pass
            case SimulatedFault.SLOW:
                clinic.switches.latency_s = 0.8
                clinic.switches.upload_pace_s = 0.1
                # A photo of the practice clinic, some 100 KB, then takes a second: it can be watched as it grows.
                clinic.faults.set("content", Fault.SLOW, pace_s=0.06, piece_bytes=6_000)
            case SimulatedFault.OFFLINE:
                clinic.go_offline()
            case SimulatedFault.KEY_REFUSED:
                clinic.faults.set("*", Fault.UNAUTHORIZED)
            case SimulatedFault.BUSY:
                clinic.faults.set("*", Fault.TOO_MANY, retry_after=10)
            case SimulatedFault.ANSWER_LOST:
                clinic.faults.set("upload", Fault.ANSWER_LOST)
            case SimulatedFault.REFUSED:
                clinic.faults.set("upload", Fault.TOO_LARGE)
            case SimulatedFault.PHOTOS_BREAK:
                clinic.faults.set("content", Fault.CUT_MID_BODY)
                clinic.faults.set("stream", Fault.CUT_MID_BODY)
            case SimulatedFault.WEB_PAGE:
                clinic.faults.set("*", Fault.CAPTIVE_PORTAL)
        self.ribbon.show_status("" if trouble is SimulatedFault.NONE else f"On now: {trouble.value}")
