"""The packaged app's first lines."""

from cerbo_desktop.app.main import console

console()
