"""What a person with a screen reader gets of the running program: names, roles, states, announcements."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.screen.desktop import Desktop, end, start

_SYSTEM_PYTHON = "/usr/bin/python3"
_DRIVER = Path(__file__).with_name("atspi_driver.py")
PATIENCE_S = 15.0


@dataclass(frozen=True, slots=True)
class Node:
    """One thing in the accessible tree, as it was at the moment of looking."""

    key: int
    depth: int
    role: str
    name: str
    states: frozenset[str]

    @property
    def is_focusable(self) -> bool:
        return "focusable" in self.states

    def __str__(self) -> str:
        return f"{'  ' * self.depth}{self.role} {self.name!r} {' '.join(sorted(self.states))}"


class Reader:
    """Looks at the program with this process id. Only what is showing counts."""

    def __init__(self, desktop: Desktop, pid: int) -> None:
        self._driver = start(
            [_SYSTEM_PYTHON, str(_DRIVER), str(pid)],
            desktop.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        end(self._driver)

    def wait_for(
        self,
        *,
        name: str | None = None,
        name_contains: str = "",
        role: str | None = None,
        states: tuple[str, ...] = (),
        timeout_s: float = PATIENCE_S,
    ) -> Node:
        """The first thing that fits. Raises AssertionError with the whole tree where none comes in time."""
        wanted = {"name": name, "name_contains": name_contains, "role": role, "states": states}
        found = self._ask("find", timeout_s=timeout_s, **wanted)
        assert found is not None, f"nothing fits {wanted} within {timeout_s} s in:\n{self.dump()}"
        return _node(found)

    def wait_until_gone(self, *, name_contains: str, timeout_s: float = PATIENCE_S) -> None:
        is_gone = self._ask("gone", timeout_s=timeout_s, name_contains=name_contains)
        assert is_gone, f"{name_contains!r} is still there after {timeout_s} s:\n{self.dump()}"

    def wait_for_focus(self, name_contains: str, timeout_s: float = PATIENCE_S) -> Node:
        """The thing that has the keyboard, once its name has these words in it."""
        return self.wait_for(name_contains=name_contains, states=("focused",), timeout_s=timeout_s)

    def wait_to_hear(self, words: str, timeout_s: float = PATIENCE_S) -> str:
        """The first announcement so far, or from now on, with these words in it."""
        heard = self._ask("announced", contains=words, timeout_s=timeout_s)
        assert isinstance(heard, str), f"{words!r} was not announced within {timeout_s} s"
        return heard

    def tree(self) -> list[Node]:
        """Everything that is showing, in reading order; a node comes before what is in it."""
        return [_node(each) for each in self._ask("tree")]

    def names(self, role: str | None = None) -> list[str]:
        return [node.name for node in self.tree() if role in (None, node.role)]

    def focused(self) -> list[Node]:
        """From the outermost (a list) to the innermost (its row)."""
        return [node for node in self.tree() if "focused" in node.states]

    def unnamed(self) -> list[str]:
        """What takes the focus and does not say what it is: must be empty on every page."""
        tree = self.tree()
        assert any(node.is_focusable for node in tree), "nothing takes the focus here"
        return [str(node) for node in tree if node.is_focusable and not node.name.strip()]

    def forget_focus(self) -> None:
        self._ask("forget_focus")

    def focus_heard(self, timeout_s: float = 1.0) -> list[str]:
        """The names of what got the focus since it was last forgotten; menus, which are in no tree, included."""
        return [each["name"] for each in self._ask("focus_heard", timeout_s=timeout_s)]

    def press(self, name: str, role: str | None = None) -> None:
        """Press a button as a screen reader does, without the keyboard."""
        self._ask("press", key=self.wait_for(name=name, role=role).key)

    def text(self, node: Node) -> str:
        """What a text field holds."""
        return str(self._ask("text", key=node.key))

    def dump(self) -> str:
        return "\n".join(map(str, self.tree()))

    def _ask(self, command: str, **arguments: Any) -> Any:
        stdin, stdout = self._driver.stdin, self._driver.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps({"do": command, **arguments}).encode() + b"\n")
        stdin.flush()
        answer = stdout.readline()
        assert answer, f"the accessibility driver ended over {command}"
        return json.loads(answer)


def _node(fields: dict[str, Any]) -> Node:
    return Node(**{**fields, "states": frozenset(fields["states"])})
