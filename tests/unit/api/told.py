"""A connection that can be held, and the places beside it, for tests of `DownloadPause`."""


class Told:
    """What the connection and the places were told, in order."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def hold(self) -> None:
        self.words.append("hold")

    def go_on(self) -> None:
        self.words.append("go on")

    def step_aside(self) -> None:
        self.words.append("aside")

    def step_back(self) -> None:
        self.words.append("back")
