"""Reads and works one program through the accessibility bus, as a screen reader does. Spoken to by `reader.py`.

A program of its own, for Debian's /usr/bin/python3: the `gi` package of a system is no part of a virtual environment.
Each line on standard input is a request in JSON; each gets one line of JSON back.
"""

import importlib
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

importlib.import_module("gi").require_version("Atspi", "2.0")
Atspi: Any = importlib.import_module("gi.repository.Atspi")
GLib: Any = importlib.import_module("gi.repository.GLib")

# Where none of these arrives, a change is still noticed after this long.
_LOOK_AGAIN_MS = 100
_ANNOUNCEMENT = "object:announcement"
_FOCUSED = "object:state-changed:focused"
_CHANGES = ("object:state-changed", "object:children-changed", "object:property-change", "object:text-changed")
_STATES = ("showing", "focusable", "focused", "enabled", "checked", "selected", "editable")
_ACTIONS = ("press", "toggle", "click", "showmenu", "show menu", "activate")


class Driver:
    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._seen: dict[int, Any] = {}
        self._announced: list[str] = []
        self._focused: list[dict[str, Any]] = []
        self._context = GLib.MainContext.default()
        self._listener = Atspi.EventListener.new(self._hear)
        for kind in (_ANNOUNCEMENT, *_CHANGES):
            self._listener.register(kind)

    def answer(self, request: dict[str, Any]) -> Any:
        command = getattr(self, "do_" + request.pop("do"))
        return command(**request)

    def do_find(self, timeout_s: float, **wanted: Any) -> Any:
        """The first node that fits, or None; it waits for one."""
        return self._wait_for(lambda: next((node for node in self._walk() if _fits(node, wanted)), None), timeout_s)

    def do_gone(self, timeout_s: float, **wanted: Any) -> bool:
        """Whether nothing fits any more; it waits for that."""
        return bool(self._wait_for(lambda: not any(_fits(node, wanted) for node in self._walk()), timeout_s))

    def do_tree(self) -> list[dict[str, Any]]:
        return self._attempt(lambda: list(self._walk())) or []

    def do_announced(self, contains: str, timeout_s: float) -> Any:
        """The first announcement with these words in it; it waits for one."""
        return self._wait_for(lambda: next((each for each in self._announced if contains in each), None), timeout_s)

    def do_forget_focus(self) -> None:
        self._idle()
        self._focused.clear()

    def do_focus_heard(self, timeout_s: float) -> list[dict[str, Any]]:
        """What got the focus since it was last forgotten; waits for the first and for what follows at once."""
        self._wait_for(lambda: self._focused, timeout_s)
        self._idle()
        return self._focused

    def do_press(self, key: int) -> list[str]:
        """Do what a screen reader's user does to a button. Tells the names of all actions it has."""
        node = self._seen[key]
        names = [Atspi.Action.get_action_name(node, place) for place in range(node.get_n_actions())]
        place = next(place for place, name in enumerate(names) if name.lower() in _ACTIONS)
        node.do_action(place)
        return names

    def do_text(self, key: int) -> str:
        node = self._seen[key]
        return str(Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node)))

    def _hear(self, event: Any) -> None:
        if event.type.startswith(_ANNOUNCEMENT) and isinstance(event.any_data, str):
            self._announced.append(event.any_data)
        elif event.type.startswith(_FOCUSED) and event.detail1:
            described = self._attempt(lambda: _describe(event.source))
            if described is not None:
                self._focused.append(described)

    def _wait_for(self, look: Any, timeout_s: float) -> Any:
        deadline_s = time.monotonic() + timeout_s
        while not (found := self._attempt(look)):
            if time.monotonic() > deadline_s:
                return None
            self._idle()
        return found

    def _attempt(self, look: Any) -> Any:
        """A node may vanish while one looks at it, and a program may not be on the bus yet: both are nothing."""
        try:
            return look()
        except GLib.Error:
            return None

    def _idle(self) -> None:
        """Until something is heard from the bus, or for a moment."""
        alarm = GLib.timeout_source_new(_LOOK_AGAIN_MS)
        alarm.set_callback(lambda *_: False)
        alarm.attach(self._context)
        self._context.iteration(True)
        while self._context.pending():
            self._context.iteration(False)
        alarm.destroy()

    def _program(self) -> Any:
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(place)
            if program is not None and program.get_process_id() == self._pid:
                return program
        return None

    def _walk(self) -> Iterator[dict[str, Any]]:
        self._seen.clear()
        program = self._program()
        if program is not None:
            # What libatspi remembers may be out of date; a test wants to know what is.
            program.set_cache_mask(Atspi.Cache.NONE)
            yield from self._walk_under(program, 0)

    def _walk_under(self, node: Any, depth: int) -> Iterator[dict[str, Any]]:
        """What is not showing is left out with all that is in it, as a screen reader leaves it out."""
        described = _describe(node)
        if "showing" not in described["states"] and depth > 0:
            return
        key = len(self._seen)
        self._seen[key] = node
        yield described | {"key": key, "depth": depth}
        for place in range(node.get_child_count()):
            child = node.get_child_at_index(place)
            if child is not None:
                yield from self._walk_under(child, depth + 1)


def _describe(node: Any) -> dict[str, Any]:
    held = node.get_state_set()
    states = [name for name in _STATES if held.contains(getattr(Atspi.StateType, name.upper()))]
    return {
        "role": node.get_role_name(),
        "name": node.get_name() or "",
        "states": states,
    }


def _fits(node: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return (
        wanted.get("role") in (None, node["role"])
        and wanted.get("name") in (None, node["name"])
        and wanted.get("name_contains", "") in node["name"]
        and set(wanted.get("states", ())) <= set(node["states"])
    )


def main() -> None:
    driver = Driver(int(sys.argv[1]))
    for line in sys.stdin:
        print(json.dumps(driver.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
