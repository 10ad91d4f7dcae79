"""serve, demo, host: start the application."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.core.errors import Fault, Refusal, reason, refuse, together
from fachkraftwerk.core.text import Text

serve_app = Application()
demo_app = Application()
host_app = Application()

Address = Annotated[str, typer.Argument(help="Adresse:Port · address:port")]


@serve_app.command()
def serve(
    address: Address = "127.0.0.1:8000",
    hall: Annotated[
        bool,
        typer.Option(
            "--hall",
            help="für den Saal: im lokalen Netz erreichbar, ohne Internet · hall box: reachable in the local network",
        ),
    ] = False,
    workers: Annotated[
        int,
        typer.Option(
            min=1,
            max=16,
            help="Prozesse, mehr als einer nur mit PostgreSQL · processes, more than one only with PostgreSQL",
        ),
    ] = 1,
) -> None:
    """Anwendung starten · serve the application on the configured database."""
    (host, port), _ = together(lambda: _split(address), lambda: _check_workers(workers))
    _check_free(host, port)
    if hall:
        host = _open_to_the_hall(host, port)
    _prepare()
    _announce(host, port)
    _uvicorn(host, port, workers)
    _end()


@demo_app.command()
def demo(
    address: Address = "127.0.0.1:8000",
    folder: Annotated[
        Path | None,
        typer.Option(help="Ordner, der bleibt, statt eines flüchtigen · folder that stays, instead of a scratch one"),
    ] = None,
) -> None:
    """Mitgelieferte Daten und eine vorbereitete Werkstatt für Kassel · shipped data and a prepared Kassel workshop."""
    host, port = _split(address)
    _check_free(host, port)
    with _home(folder) as home:
        _show(home, host, port)
    _end()


@contextmanager
def _home(folder: Path | None) -> Iterator[Path]:
    """Yield the folder of people and votes; without one of the user's it is a scratch one, deleted at the end."""
    home = folder or Path(tempfile.mkdtemp(prefix="fachkraftwerk-demo-"))
    try:
        yield home
    finally:
        if folder is None:
            shutil.rmtree(home, ignore_errors=True)


def _show(home: Path, host: str, port: int) -> None:
    from fachkraftwerk.runs import shelf

    # People and votes live in the scratch folder alone; computed figures may be shared with the next start.
    os.environ["FACHKRAFTWERK_CACHE"] = str(shelf.root())
    os.environ["FACHKRAFTWERK_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    _prepare()
    from fachkraftwerk.web.demo import prepare_demo

    for line in prepare_demo(f"http://{host}:{port}"):
        typer.echo(line, err=True)
    _announce(host, port)
    _uvicorn(host, port, 1)


@host_app.command()
def host(
    name: Annotated[str, typer.Argument(help="Benutzername · user name")],
    admin: Annotated[bool, typer.Option("--admin", help="mit Verwaltungsrechten · with administration rights")] = False,
) -> None:
    """Konto für Gastgeber anlegen; das Passwort wird erfragt · create a host account; asks for the password."""
    _prepare()
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    _check_name(name)
    password = _password()
    _check_password(password)
    users.create_user(username=name, password=password, is_staff=admin, is_superuser=admin)
    typer.echo(f"{name}: angelegt · created", err=True)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    try:
        return getpass.getpass("Passwort · password: ")
    except EOFError:  # Ctrl-D
        return ""


def _check_name(name: str) -> None:
    """Refuse a name that is taken or cannot be one, before the password is asked for."""
    from django.contrib.auth import get_user_model

    model = get_user_model()
    if model.objects.filter(username=name).exists():
        raise refuse(
            f"Das Konto „{name}“ gibt es schon.", f'The account "{name}" exists.',
            "Wählen Sie einen anderen Namen.", "Choose another name.",
        )  # fmt: skip
    if told := _told(lambda: model(username=name).clean_fields(exclude=["password"])):
        remedy = Text("Wählen Sie einen anderen Namen.", "Choose another name.")
        raise Refusal(Fault(told, remedy, f"„{name}“"))


def _check_password(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password

    if told := _told(lambda: validate_password(password)):
        raise Refusal(Fault(told, Text("Wählen Sie ein anderes Passwort.", "Choose another password.")))


def _told(check: Callable[[], object]) -> Text | None:
    """Return in both languages what a check of Django finds wrong; None where it is content."""
    from django.core.exceptions import ValidationError
    from django.utils.translation import override

    said = []
    for lang in ("de", "en"):
        with override(lang):
            try:
                check()
            except ValidationError as error:
                said.append(" ".join(map(str, error.messages)))
    return Text(*said) if said else None


def _split(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise refuse(
            f"„{address}“ ist keine Adresse.", f'"{address}" is not an address.',
            "Schreiben Sie zum Beispiel 127.0.0.1:8000.", "Write for example 127.0.0.1:8000.",
        )  # fmt: skip
    return host or "127.0.0.1", int(port)


def _check_free(host: str, port: int) -> None:
    """Refuse an address that is not ours or taken, before anything is set up."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":  # there the option would let us take a port that is in use
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host.strip("[]"), port))
    except OSError as error:
        why = reason(error)
        raise refuse(
            f"Unter {host}:{port} lässt sich nicht lauschen ({why.de}).", f"Cannot listen at {host}:{port} ({why.en}).",
            f"Nennen Sie einen freien Port und eine Adresse dieses Rechners, zum Beispiel 127.0.0.1:{port % 65535 + 1}.",
            f"Name a free port and an address of this machine, for example 127.0.0.1:{port % 65535 + 1}.",
        ) from error  # fmt: skip


def _check_workers(workers: int) -> None:
    if workers > 1 and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        raise refuse(
            "Mehrere Prozesse brauchen PostgreSQL.", "Several processes need PostgreSQL.",
            "Setzen Sie DATABASE_URL oder lassen Sie --workers weg.", "Set DATABASE_URL or leave --workers out.",
        )  # fmt: skip


def _prepare() -> None:
    """Set Django up and migrate. Raises Refusal where the home cannot be written to."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fachkraftwerk.web.settings")
    import django
    from django.core.management import call_command

    try:
        django.setup()
    except OSError as error:
        raise refuse(
            "In diesen Ordner lässt sich nicht schreiben.", "This folder cannot be written to.",
            "Setzen Sie FACHKRAFTWERK_HOME auf einen beschreibbaren Ordner.",
            "Set FACHKRAFTWERK_HOME to a writable folder.", str(error.filename),
        ) from error  # fmt: skip
    with _one_after_another():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _one_after_another() -> Iterator[None]:
    """Let a second server on the same home wait until the first has made the tables."""
    from django.conf import settings
    from django.core.files import locks

    try:
        file = (settings.HOME / "migrate.lock").open("w")
    except OSError:  # where nothing can be written, nothing can be made twice
        yield
        return
    with file:
        locks.lock(file, locks.LOCK_EX)
        yield


def _open_to_the_hall(host: str, port: int) -> str:
    """Let other devices in; return the address to listen on."""
    from fachkraftwerk.cli.network import local_addresses

    everywhere = host in ("127.0.0.1", "0.0.0.0")
    found = local_addresses() if everywhere else [host]
    os.environ["FACHKRAFTWERK_HOSTS"] = ",".join(["127.0.0.1", "localhost", "[::1]", *found])
    if found:
        os.environ["FACHKRAFTWERK_PUBLIC_ADDRESS"] = f"http://{found[0]}:{port}"
    _announce_hall(found, port)
    return "0.0.0.0" if everywhere else host


def _announce_hall(found: list[str], port: int) -> None:
    if not found:
        typer.echo(
            "Kein Netz gefunden: Verbinden Sie den Rechner mit dem WLAN des Saals und starten Sie neu. · "
            "No network found: join the Wi-Fi of the hall and start again.", err=True,
        )  # fmt: skip
        return
    import segno

    typer.echo(f"Für Handys im Saal · for phones in the hall: http://{found[0]}:{port}", err=True)
    segno.make(f"http://{found[0]}:{port}/werkstatt/").terminal(out=sys.stderr, compact=True)
    for other in found[1:]:
        typer.echo(f"oder, je nach Netz · or, depending on the network: http://{other}:{port}", err=True)


def _announce(host: str, port: int) -> None:
    typer.echo(f"Fachkraftwerk: http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}", err=True)


def _uvicorn(host: str, port: int, workers: int) -> None:
    import uvicorn

    from fachkraftwerk.web.regions.apps import warm

    if workers == 1:
        warm()
    else:
        os.environ["FACHKRAFTWERK_WARM"] = "1"  # each process warms its own desk when it sets Django up
    uvicorn.run(
        "fachkraftwerk.web.asgi:application", host=host.strip("[]"), port=port, workers=workers, log_level="warning",
        timeout_graceful_shutdown=2, timeout_keep_alive=30, lifespan="off",
    )  # fmt: skip


def _end() -> None:
    """End the process here: on the way out, libraries would complain of threads that still prepare figures."""
    typer.echo("Beendet. · Stopped.", err=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
