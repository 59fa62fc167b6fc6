"""A private desktop: session bus, X server, window manager, accessibility bus, and an unlocked Secret Service.

Everything lives in a temporary folder; nothing of the desktop that the tests were started from is touched or seen.
"""

import atexit
import os
import shutil
import signal
import struct
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

WIDTH_PX, HEIGHT_PX = 1440, 900
_READY_WITHIN_S = 20.0
_POLL_S = 0.02
_ENDS_WITHIN_S = 5.0
_READING_S = "0.8"
# Debian's places, older and newer.
_BUS_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
# No service folders: whatever the machine could start by itself (another keyring, a portal) stays away.
_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
# What would lead a child process to somebody else's desktop, screen, keyring or server.
_FOREIGN_STARTS = ("QT_", "XDG_", "GTK_", "CERBO_DESKTOP_")
_FOREIGN = frozenset(
    {"WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "GNOME_KEYRING_CONTROL", "SSH_AUTH_SOCK", "XAUTHORITY", "LD_PRELOAD"}
)


class Desktop:
    """`environment` is for child processes: whatever is started with it appears on this desktop and no other."""

    def __init__(self, *, keyring_password: str | None = "practice") -> None:
        self._keyring_password = keyring_password
        self._folder = Path(tempfile.mkdtemp(prefix="desktop-"))
        self._servants: list[subprocess.Popen[bytes]] = []
        self.environment = _own_environment(self._folder)

    def __enter__(self) -> Self:
        atexit.register(self.close)
        try:
            self._start_bus()
            self._start_screen()
            self._start_window_system()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process of this desktop, last started first. May be called twice."""
        atexit.unregister(self.close)
        while self._servants:
            end(self._servants.pop())
        shutil.rmtree(self._folder, ignore_errors=True)

    def key(self, *chords: str) -> None:
        """Press keys or chords by their X names, one after the other, such as `Tab` or `ctrl+f`.

        Space and Enter come as late as from a person who reads what is new: what comes sooner the app takes for an
        answer to what was there before, and drops it.
        """
        reading = ("sleep", _READING_S) if chords[0] in ("space", "Return") else ()
        self._xdotool(*reading, "key", "--clearmodifiers", *chords)

    def type(self, text: str) -> None:
        self._xdotool("type", "--delay", "10", text)

    def screenshot(self, file: Path) -> None:
        """The whole screen as a PNG."""
        _picture((self._folder / "framebuffer" / "Xvfb_screen0").read_bytes()).save(file)

    @property
    def focused_title(self) -> str:
        """Of the window that has the keyboard; empty where none has it."""
        command = ["xdotool", "getwindowfocus", "getwindowname"]
        asked = subprocess.run(command, env=self.environment, capture_output=True, check=False, text=True)
        return asked.stdout.strip()

    @property
    def window_in_front(self) -> str:
        """Its number."""
        return self._told("xdotool", "getactivewindow").strip()

    def minimize(self) -> str:
        """The window in front; return its number."""
        window = self.window_in_front
        self._xdotool("windowminimize", window)
        return window

    def smallest_of(self, window: str) -> tuple[int, int]:
        """Width and height that the window manager makes this window no smaller than, in pixels of the screen."""
        hints = self._told("xprop", "-id", window, "WM_NORMAL_HINTS")
        width, _, height = hints.partition("minimum size:")[2].split()[:3]
        return int(width), int(height)

    def frame_of(self, window: str) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of this window with its frame, in pixels of the screen."""
        told = self._told("xwininfo", "-frame", "-id", window)
        left, top, width, height = (
            int(told.partition(label)[2].split()[0])
            for label in ("Absolute upper-left X:", "Absolute upper-left Y:", "Width:", "Height:")
        )
        return left, top, left + width, top + height

    def states_of(self, window: str) -> str:
        """What the window manager says of this window: hidden, or asking for attention."""
        return self._told("xprop", "-id", window, "_NET_WM_STATE")

    @property
    def has_painted_window(self) -> bool:
        """The middle of the screen is no longer the black of an empty desktop."""
        pixel = _picture((self._folder / "framebuffer" / "Xvfb_screen0").read_bytes()).getpixel(
            (WIDTH_PX // 2, HEIGHT_PX // 2)
        )
        return pixel != (0, 0, 0)

    def _told(self, *command: str) -> str:
        return subprocess.run(command, env=self.environment, capture_output=True, check=True, text=True).stdout

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self.environment, check=True, timeout=_READY_WITHIN_S)

    def _start_bus(self) -> None:
        config = self._folder / "session.conf"
        config.write_text(_BUS_CONFIG.format(folder=self._folder))
        bus = self._start(["dbus-daemon", "--nofork", "--print-address", f"--config-file={config}"], tells=True)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = _line_of(bus)

    def _start_screen(self) -> None:
        framebuffer = self._folder / "framebuffer"
        framebuffer.mkdir()
        screen = ["-screen", "0", f"{WIDTH_PX}x{HEIGHT_PX}x24", "-fbdir", str(framebuffer)]
        # Without -noreset the server would start anew whenever its last window closes.
        server = self._start(["Xvfb", "-displayfd", "1", *screen, "-nolisten", "tcp", "-noreset"], tells=True)
        self.environment["DISPLAY"] = f":{_line_of(server)}"

    def _start_window_system(self) -> None:
        openbox = self._start(["openbox", "--sm-disable"])
        launcher = next((place for place in _BUS_LAUNCHERS if Path(place).exists()), _BUS_LAUNCHERS[0])
        self._start([launcher, "--launch-immediately"])
        if self._keyring_password is not None:
            self._start_keyring(self._keyring_password)
        self._wait_for_name("org.a11y.Bus")
        wait_until(self._is_window_system_ready, openbox, "the window manager")

    def _start_keyring(self, password: str) -> None:
        (self._folder / "data" / "keyrings").mkdir()
        keyring = self._start(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], listens=True
        )
        assert keyring.stdin is not None
        keyring.stdin.write(password.encode())
        keyring.stdin.close()
        self._wait_for_name("org.freedesktop.secrets")

    def _wait_for_name(self, name: str) -> None:
        wait = ["gdbus", "wait", "--session", "--timeout", str(int(_READY_WITHIN_S)), name]
        subprocess.run(wait, env=self.environment, check=True)

    def _is_window_system_ready(self) -> bool:
        question = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
        answer = subprocess.run(question, env=self.environment, capture_output=True, check=False)
        return b"window id" in answer.stdout

    def _start(self, command: Sequence[str], *, tells: bool = False, listens: bool = False) -> subprocess.Popen[bytes]:
        servant = start(
            command,
            self.environment,
            stdin=subprocess.PIPE if listens else subprocess.DEVNULL,
            stdout=subprocess.PIPE if tells else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._servants.append(servant)
        return servant


def start(
    command: Sequence[str], environment: dict[str, str], *, stdin: int, stdout: int, stderr: int
) -> subprocess.Popen[bytes]:
    """A child in a process group of its own, which the kernel ends should this process die without a word."""
    kept = ["setpriv", "--pdeathsig", "KILL", "--", *command]
    return subprocess.Popen(kept, env=environment, stdin=stdin, stdout=stdout, stderr=stderr, start_new_session=True)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the whole group to end, then make it end."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_ENDS_WITHIN_S)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def wait_until(
    condition: Callable[[], bool], process: subprocess.Popen[bytes], what: str, timeout_s: float = _READY_WITHIN_S
) -> None:
    """Ask again and again while `process` lives. Raises AssertionError."""
    for _ in range(int(timeout_s / _POLL_S)):
        if condition():
            return
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"ended with {process.wait(_POLL_S)} instead of: {what}")
    raise AssertionError(f"not within {timeout_s} s: {what}")


def _own_environment(folder: Path) -> dict[str, str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in _FOREIGN and not name.startswith(_FOREIGN_STARTS)
    }
    places = {"XDG_RUNTIME_DIR": "run", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}
    for variable, name in {**places, "HOME": "home"}.items():
        (folder / name).mkdir(mode=0o700)
        environment[variable] = str(folder / name)
    return environment | {
        "XDG_SESSION_TYPE": "x11",
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "NO_AT_BRIDGE": "0",
        "LC_ALL": "C.UTF-8",
    }


def _line_of(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().decode().strip()
    assert line, f"{process.args!r} told nothing"
    return line


def _picture(dump: bytes) -> Image.Image:
    """From Xvfb's framebuffer file, which is an X window dump: big-endian header, colour map, then rows of BGRX."""
    header = struct.unpack(">25I", dump[:100])
    header_size, width_px, height_px, row_bytes, colours = header[0], header[4], header[5], header[12], header[19]
    pixels = dump[header_size + 12 * colours :]
    return Image.frombytes("RGB", (width_px, height_px), pixels, "raw", "BGRX", row_bytes)
