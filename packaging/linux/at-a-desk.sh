#!/bin/sh
# Inside a fresh Debian: a screen, a session bus and an unlocked Secret Service for one command; all end with it.
set -eu
exec xvfb-run -a -s "-screen 0 1440x900x24 -nolisten tcp" dbus-run-session -- sh -c '
    printf practice | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    exec "$@"' sh "$@"
