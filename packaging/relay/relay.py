#!/usr/bin/env python3
"""The clinic's relay to Cerbo: writes nginx's configuration, keeps the list of workstations, tries the whole out.

    cerbo-relay install       copy everything to its place: once, and after an update
    cerbo-relay secret        ask for Cerbo's API key and secret; kept in one file that root alone can read
    cerbo-relay apply         write nginx.conf from relay.ini
    cerbo-relay add NAME      let a workstation in; its key and secret are shown this once
    cerbo-relay remove NAME   let it in no longer, from its next request on
    cerbo-relay list          the workstations
    cerbo-relay check         try everything, from the file permissions to an answer of Cerbo

As root. Standard library only; Python 3.11 or later.
"""

import argparse
import base64
import configparser
import contextlib
import getpass
import hashlib
import http.client
import os
import re
import secrets
import shutil
import socket
import ssl
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM_DIR = Path("/usr/local/lib/cerbo-relay")
UNITS_DIR = Path("/etc/systemd/system")
NGINX = "/usr/sbin/nginx"
CHECK_NAME = "relay-check"
TIMEOUT_S = 10.0

HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
FORMS = {
    "practice": rf"{HOST}(?::\d{{1,5}})?",
    "name": HOST,
    "listen": r"(?:[0-9.]+|\[[0-9a-fA-F:]+\]):\d{1,5}",
    "certificate": r"/[\w./-]+",
    "certificate_key": r"/[\w./-]+",
    "trust": r"/[\w./-]+",
    "logs": r"/[\w./-]+",
    "run": r"/[\w./-]+",
    "worker": r"[a-z_][a-z0-9_-]*",
}
"""Each line of relay.ini and what it may hold: nothing that could end one of nginx's own lines."""


class RelayError(Exception):
    """Something that whoever runs this has to put right; the text says what."""


class Relay:
    """The files of one relay; `folder` is /etc/cerbo-relay but in tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.nginx_conf = folder / "nginx.conf"
        self.authorization = folder / "cerbo-authorization.conf"
        self.workstations = folder / "workstations"

    def settings(self) -> dict[str, str]:
        """relay.ini, each line checked, with `practice` taken apart and `folder` added."""
        parser = configparser.ConfigParser(interpolation=None)
        file = self.folder / "relay.ini"
        if not parser.read(file) or not parser.has_section("relay"):
            raise RelayError(f"{file} is missing, or has no [relay] in it.")
        given = dict(parser["relay"])
        for name, form in FORMS.items():
            if not re.fullmatch(form, given.get(name, ""), re.ASCII):
                raise RelayError(f"{file}: “{name}” is missing or cannot be used as it stands.")
        host, _, port = given["practice"].partition(":")
        return {**given, "practice_host": host, "practice_port": port or "443", "folder": str(self.folder)}

    def apply(self) -> None:
        settings = self.settings()
        template = (HERE / "nginx.conf.in").read_text("utf-8")
        write(self.nginx_conf, re.sub("@([a-z_]+)@", lambda found: settings[found[1]], template), 0o644)
        if not self.workstations.exists():
            self._keep({})
        for name in ("logs", "run"):
            Path(settings[name]).mkdir(parents=True, exist_ok=True)

    def set_secret(self, key: str, secret: str) -> None:
        if not re.fullmatch(r"[\x21-\x39\x3b-\x7e]+", key) or not re.fullmatch(r"[\x21-\x7e]+", secret):
            raise RelayError(
                "The key and the secret are letters, digits and signs without spaces; the key has no colon."
            )
        pair = base64.b64encode(f"{key}:{secret}".encode()).decode("ascii")
        write(self.authorization, f'proxy_set_header Authorization "Basic {pair}";\n', 0o600)

    def names(self) -> dict[str, str]:
        """Workstations and the salted hashes of their secrets."""
        if not self.workstations.exists():
            return {}
        pairs = (line.partition(":") for line in self.workstations.read_text("ascii").splitlines() if line)
        return {username.removeprefix("pk_"): hashed for username, _, hashed in pairs}

    def add(self, name: str) -> tuple[str, str]:
        """Let a workstation in; its key and secret, which are kept nowhere. A name that is taken is not given again."""
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
            raise RelayError("A workstation’s name is made of small letters, digits and hyphens, up to 40.")
        names = self.names()
        if name in names:
            raise RelayError(f"{name} is on the list already. Remove it first for a new secret.")
        secret = f"sk_{secrets.token_urlsafe(24)}"
        self._keep({**names, name: hashed(secret)})
        return f"pk_{name}", secret

    def remove(self, name: str) -> None:
        names = self.names()
        if name not in names:
            raise RelayError(f"No workstation is called {name}.")
        self._keep({each: hashed for each, hashed in names.items() if each != name})

    def _keep(self, names: dict[str, str]) -> None:
        """nginx reads this file at every request, so that a change counts at once; its workers may read, no more."""
        text = "".join(f"pk_{name}:{hashed}\n" for name, hashed in sorted(names.items()))
        write(self.workstations, text, 0o640, group=self.settings()["worker"])

    @contextlib.contextmanager
    def visitor(self) -> Iterator[str]:
        """The Authorization header of a workstation that exists for the time of a check."""
        if CHECK_NAME in self.names():
            self.remove(CHECK_NAME)
        username, secret = self.add(CHECK_NAME)
        try:
            yield "Basic " + base64.b64encode(f"{username}:{secret}".encode()).decode("ascii")
        finally:
            self.remove(CHECK_NAME)


def hashed(secret: str) -> str:
    """Salted SHA-1 is enough for 192 random bits, which nobody can guess, and costs nothing at every request."""
    salt = secrets.token_bytes(8)
    digest = hashlib.sha1(secret.encode() + salt, usedforsecurity=False).digest()
    return "{SSHA}" + base64.b64encode(digest + salt).decode("ascii")


def write(file: Path, text: str, mode: int, group: str = "") -> None:
    """Whole or not at all, and never for a moment open to more readers than `mode` says."""
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=file.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as new:
            new.write(text)
            if group and os.geteuid() == 0:
                shutil.chown(name, group=group)
            os.fchmod(new.fileno(), mode)
            new.flush()
            os.fsync(new.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


# Trying it out.


def check(relay: Relay) -> bool:
    """Print a line for each check; stops at the first that fails, since those after it need it."""
    settings = relay.settings()
    checks: tuple[tuple[str, Callable[[], None]], ...] = (
        ("The secret can be read by root alone", lambda: check_files(relay)),
        ("nginx takes the configuration", lambda: check_configuration(relay)),
        (
            f"{settings['practice_host']} shows a certificate for its name that this machine trusts",
            lambda: check_cerbo(settings),
        ),
        (
            "The relay answers with a certificate for its name that this machine trusts",
            lambda: open_relay(settings).close(),
        ),
        ("It refuses who has no key", lambda: expect(settings, 401, "GET", "/api/v1/users?limit=1")),
        ("It refuses what the app does not ask", lambda: expect(settings, 403, "GET", "/api/v1/patients/1/documents")),
        ("Cerbo answers through it", lambda: check_through(relay, settings)),
    )
    for name, run in checks:
        try:
            run()
        except (RelayError, OSError, http.client.HTTPException) as failure:
            print(f"FAILED  {name}\n        {failure}")
            return False
        print(f"ok      {name}")
    return True


def check_files(relay: Relay) -> None:
    if not relay.authorization.exists():
        raise RelayError("There is no secret yet: cerbo-relay secret")
    found = relay.authorization.stat()
    if stat.S_IMODE(found.st_mode) != 0o600 or found.st_uid != os.geteuid():
        raise RelayError(f"{relay.authorization} has to belong to root, with the mode 0600.")
    if relay.workstations.stat().st_mode & 0o007:
        raise RelayError(f"{relay.workstations} can be read by anybody; its mode has to be 0640.")


def check_configuration(relay: Relay) -> None:
    tried = subprocess.run([NGINX, "-q", "-t", "-c", relay.nginx_conf], capture_output=True, text=True, check=False)
    if tried.returncode:
        raise RelayError(tried.stderr.strip())


def check_cerbo(settings: dict[str, str]) -> None:
    context = ssl.create_default_context(cafile=settings["trust"])
    address = (settings["practice_host"], int(settings["practice_port"]))
    with socket.create_connection(address, TIMEOUT_S) as plain:
        context.wrap_socket(plain, server_hostname=settings["practice_host"]).close()


def open_relay(settings: dict[str, str]) -> ssl.SSLSocket:
    address, _, port = settings["listen"].rpartition(":")
    everywhere = {"0.0.0.0": "127.0.0.1", "[::]": "::1"}
    plain = socket.create_connection((everywhere.get(address, address.strip("[]")), int(port)), TIMEOUT_S)
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=settings["name"])
    except BaseException:
        plain.close()
        raise


def status_of(settings: dict[str, str], method: str, path: str, authorization: str = "") -> int:
    connection = http.client.HTTPConnection(settings["name"], timeout=TIMEOUT_S)
    connection.sock = open_relay(settings)
    with contextlib.closing(connection):
        connection.request(method, path, headers={"Authorization": authorization} if authorization else {})
        return connection.getresponse().status


def expect(settings: dict[str, str], status: int, method: str, path: str) -> None:
    found = status_of(settings, method, path)
    if found != status:
        raise RelayError(f"It answered {found} where {status} was due. Is something else listening there?")


def check_through(relay: Relay, settings: dict[str, str]) -> None:
    with relay.visitor() as authorization:
        status = status_of(settings, "GET", "/api/v1/users?limit=1", authorization)
    said = {
        200: "",
        403: "",  # the practice's key may not list users: an answer of Cerbo all the same
        401: "Cerbo does not take the practice’s key and secret: cerbo-relay secret, then systemctl reload cerbo-relay",
        502: "Cerbo cannot be reached from nginx, or its certificate was refused. Has nginx been reloaded?",
    }.get(status, f"Cerbo answered {status}.")
    if said:
        raise RelayError(said)


# Installing.


def install(relay: Relay) -> None:
    if HERE == PROGRAM_DIR:
        raise RelayError("Run this from the folder that came with Cerbo Desktop: python3 relay.py install")
    PROGRAM_DIR.mkdir(parents=True, exist_ok=True)
    relay.folder.mkdir(exist_ok=True)
    relay.folder.chmod(0o755)  # whatever root's umask is: nginx's workers have to get to the list of workstations
    if not (relay.folder / "relay.ini").exists():
        shutil.copy(HERE / "relay.ini", relay.folder)
    for name in ("relay.py", "nginx.conf.in"):
        shutil.copy(HERE / name, PROGRAM_DIR)
    for unit in ("cerbo-relay.service", "cerbo-relay-reload.service", "cerbo-relay-reload.timer"):
        shutil.copy(HERE / unit, UNITS_DIR)
    shutil.copy(HERE / "cerbo-relay.logrotate", "/etc/logrotate.d/cerbo-relay")
    command = Path("/usr/local/sbin/cerbo-relay")
    command.write_text(f'#!/bin/sh\nexec python3 {PROGRAM_DIR}/relay.py "$@"\n')
    command.chmod(0o755)
    print(f"Now fill in {relay.folder}/relay.ini.")


def ask_secret(relay: Relay) -> None:
    """From the keyboard without showing the secret; else two lines from a pipe. Never from the command line."""
    is_typed = sys.stdin.isatty()
    key = input("Cerbo API key: " if is_typed else "").strip()
    secret = (getpass.getpass("Secret (not shown): ") if is_typed else input()).strip()
    relay.set_secret(key, secret)
    print("Kept. Now: systemctl reload cerbo-relay", file=sys.stderr)


def add(relay: Relay, name: str) -> None:
    username, secret = relay.add(name)
    print(f"Relay:   https://{relay.settings()['name']}\nAPI key: {username}\nSecret:  {secret}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("/etc/cerbo-relay"), help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in ("install", "secret", "apply", "list", "check"):
        commands.add_parser(name)
    for name in ("add", "remove"):
        commands.add_parser(name).add_argument("name")
    options = parser.parse_args(arguments)
    relay = Relay(options.folder)
    try:
        return carry_out(options.command, relay, getattr(options, "name", ""))
    except (RelayError, OSError) as failure:
        print(failure, file=sys.stderr)
        return 1


def carry_out(command: str, relay: Relay, name: str) -> int:
    match command:
        case "install":
            install(relay)
        case "secret":
            ask_secret(relay)
        case "apply":
            relay.apply()
        case "add":
            add(relay, name)
        case "remove":
            relay.remove(name)
        case "list":
            print(*sorted(relay.names()), sep="\n")
        case "check":
            return 0 if check(relay) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
