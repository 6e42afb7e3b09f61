"""Access control, and what browsers may do with the pages. docs/security.md lists the threats."""

import base64
import hashlib
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import flask
from dash import Dash
from dash.exceptions import DependencyException
from werkzeug.security import generate_password_hash

from bilateral import public_address
from bilateral.exits import Exit, Stop
from bilateral.figures import theme
from bilateral.public_address import Public
from bilateral.shared_counts import Shared
from bilateral.web import callbacks, origin, rates
from bilateral.web.api import PREFIX, problem
from bilateral.web.passwords import Passwords

LARGEST_REQUEST = 1_000_000
"""Bytes of a request's body; an address and a header have the limits of the web server."""
OPEN_PATHS = ("/health",)
"""Answered without a password, so that whoever watches needs none."""

HELD = 1.0
"""Seconds for which the web server keeps back the answer to a guess that is not looked at: else guessers would take the processors from readers."""
OTHER_NAME = "This server does not answer under this name. Where a proxy or a reader uses it, set BILATERAL_PUBLIC_ADDRESS to the address that readers type, or BILATERAL_HOSTNAMES to the name."
OTHER_SITE = "A page of another site asked; open this address itself. Where it is our own page behind a proxy, set BILATERAL_PUBLIC_ADDRESS to its address."


@dataclass(frozen=True)
class Door:
    """Who may come in. Beyond this computer one of passwords, proxy_header, is_public must be chosen."""

    host: str = "127.0.0.1"
    passwords: Path | None = None
    """A file of lines name:hash, as `bilateral password NAME` prints them."""
    proxy_header: str | None = None
    """A header in which a proxy before us names who it has let in; believed from the proxy's own addresses alone."""
    is_public: bool = False
    hostnames: tuple[str, ...] = ()
    """Names under which a browser may ask, beside this computer's own."""
    frame_ancestors: tuple[str, ...] = ()
    """Sites that may show /embed in a frame, beside our own."""
    way: Public = field(default_factory=Public)
    sql: bool | None = None
    """Whether readers may ask SQL; None: only this user's programs on this computer, where nobody else is let in."""

    @property
    def is_loopback(self) -> bool:
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_behind_proxy(self) -> bool:
        return bool(self.proxy_header or self.way.proxies or self.way.address)

    @property
    def is_for_this_computer(self) -> bool:
        return self.is_loopback and not self.is_public and not self.is_behind_proxy

    def may_ask_sql(self) -> bool:
        """Whether the sender of the current request may ask SQL."""
        return self.is_owner() if self.sql is None else self.sql

    def is_owner(self) -> bool:
        """Whether the current request is sent by the user who runs this server (or root), at the same computer and without a proxy."""
        asked = flask.request.environ
        return self.is_for_this_computer and origin.is_local(asked) and origin.is_of_this_user(asked)

    def check(self) -> None:
        """Raises Stop 78 where everybody could come in and nobody said so, and for a setting or a password file that is none."""
        if not (self.is_loopback or self.passwords or self.proxy_header or self.is_public):
            raise Stop(
                Exit.CONFIGURATION,
                f"other computers reach {self.host}: give --passwords FILE (lines of `bilateral password NAME`), --proxy-header NAME where a "
                "proxy lets people in, or --public when everybody may read",
            )
        self.way.check()
        self.hashes()

    def hashes(self) -> dict[str, str]:
        """Hash by name. Raises Stop 78 where the file is not of such lines."""
        return read_passwords(self.passwords) if self.passwords else {}


HERE = Door()
"""Only this computer may come in."""


def password_line(name: str, password: str) -> str:
    """A line for the file of passwords. Raises Stop 78 for a name that cannot stand there."""
    if not name or ":" in name or not name.isprintable():
        raise Stop(Exit.CONFIGURATION, f"{name!r} is not a name for a password file; a name has no colon")
    return f"{name}:{generate_password_hash(password)}"


def read_passwords(path: Path) -> dict[str, str]:
    """Hash by name. Raises Stop 78 where the file is not of such lines."""
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(Exit.CONFIGURATION, f"the password file {path} cannot be read: {error}") from None
    if not lines or not all(":scrypt:" in line or ":pbkdf2:" in line for line in lines):
        raise Stop(Exit.CONFIGURATION, f"the password file {path} needs lines as `bilateral password NAME` prints them")
    return dict(line.split(":", 1) for line in lines)


@dataclass(frozen=True)
class Keys:
    """What all workers must hold alike to know who has come in: hashes by name, and a secret of this run."""

    hashes: dict[str, str]
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))


def register(app: Dash, door: Door, limits: Mapping[str, str], shared: Shared, keys: Keys | None = None) -> None:
    """Guard every request and put the headers on every answer. To be called when all callbacks are known: their scripts are in the policy."""
    server = app.server
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    server.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_REQUEST
    server.json = callbacks.Strict(server)
    way = door.way if door.way.proxies or not door.proxy_header else replace(door.way, proxies=1)
    server.wsgi_app = public_address.Way(server.wsgi_app, way)
    first = server.before_request_funcs.setdefault(None, [])
    others = first[:]
    first.clear()
    server.before_request(Guard(door, way, shared, keys or Keys(door.hashes())))
    # Who sits at this computer is held back as a program alone: other rates would protect nobody from anybody.
    rates.register(server, limits, shared, lambda kind: kind != "api" and origin.is_local(flask.request.environ), too_often)
    _guard_callbacks(app)
    first.extend(others)  # all of these before anything is computed
    # Dash ends with a fault of ours where a request names a library or a file of one that it has not.
    server.register_error_handler(DependencyException, lambda _: refuse(404, "There is no such file."))
    script = "script-src 'self' " + " ".join([*app.csp_hashes(), _hash(theme.script())])

    @server.after_request
    def headers(response: flask.Response) -> flask.Response:
        for name, value in fixed_headers(script, door, flask.request.path).items():
            response.headers.setdefault(name, value)
        return response


def _guard_callbacks(app: Dash) -> None:
    """Dash ends with a fault of ours, 500, where a request names no callback or other inputs than it has; it is the sender's, 400."""

    @app.server.before_request
    def check() -> flask.Response | None:
        if flask.request.path != callbacks.PATH or flask.request.method != "POST":
            return None
        is_question = callbacks.is_question(app.callback_map, flask.request)
        return None if is_question else refuse(400, "No page sends this request.")


def fixed_headers(script: str, door: Door, path: str) -> dict[str, str]:
    """What a browser is told about each answer. Styles stand in elements, as plotly writes them there; SVG pictures bring their typeface."""
    ancestors = "frame-ancestors " + " ".join(["'self'", *(door.frame_ancestors if path.startswith("/embed/") else ())])
    policy = [
        "default-src 'self'", script, "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'", "form-action 'self'", ancestors,
    ]  # fmt: skip
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",  # the layout reads its address from the Referer
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class Guard:
    """Lets a request in or answers it."""

    def __init__(self, door: Door, way: Public, shared: Shared, keys: Keys):
        self.door = door
        self.way = way
        self.passwords = Passwords(keys.hashes, shared, keys.secret) if door.passwords else None

    def __call__(self) -> flask.Response | None:
        if self._is_foreign_name():
            return refuse(421, OTHER_NAME)
        if flask.request.path in OPEN_PATHS:
            return None
        if self.door.proxy_header and not self._is_sent_by_proxy():
            return refuse(403, f"Only the proxy before this server may ask, with {self.door.proxy_header}.")
        if is_guarded(flask.request) and origin.is_of_other_site(flask.request, self._own_origins()):
            return refuse(403, OTHER_SITE)
        return self._without_password()

    def _is_foreign_name(self) -> bool:
        """A page elsewhere can give its own name our address and then ask as if it were ours, from this computer or the proxy's; its name betrays it.

        So it matters wherever it matters from which computer a request comes. Behind a proxy an address is no such name, for nobody can make it mean another."""
        name = origin.name_of(flask.request.environ["bilateral.host"] or flask.request.host)
        if self.door.proxy_header:
            return name not in self._names and not origin.is_address(name)
        is_open = not self.door.is_loopback or self.door.is_public or self.door.passwords
        return not is_open and name not in self._names

    @cached_property
    def _names(self) -> set[str]:
        return {*origin.LOOPBACK, self.door.host, *self.door.hostnames, *self._public_name}

    @cached_property
    def _public_name(self) -> list[str]:
        return [origin.name_of(self.way.address.split("/")[2])] if self.way.address else []

    def _own_origins(self) -> tuple[str, ...]:
        """Where our own pages are read: as this request says, and as its Host does where that is another."""
        host = flask.request.environ["bilateral.host"].lower()
        return (flask.request.host_url.rstrip("/").lower(), f"http://{host}", f"https://{host}")

    def _is_sent_by_proxy(self) -> bool:
        return bool(flask.request.headers.get(str(self.door.proxy_header))) and self.way.is_proxy(
            flask.request.environ["bilateral.peer"]
        )

    def _without_password(self) -> flask.Response | None:
        """None for who has one."""
        if self.passwords is None:
            return None
        given = flask.request.authorization
        if given is not None and given.type == "basic":
            verdict = self.passwords.check(given.username or "", given.password or "", flask.request.remote_addr or "")
            if verdict.is_right:
                return None
            if verdict.wait:
                flask.request.environ.get("bilateral.hold", float)(HELD)
                return too_often(f"Too many wrong passwords; try again in {verdict.wait} s.", verdict.wait)
        refused = refuse(401, "A name and a password are needed.")
        refused.headers["WWW-Authenticate"] = 'Basic realm="bilateral", charset="UTF-8"'
        return refused


def is_guarded(request: flask.Request) -> bool:
    """Whether a request costs so much that pages of other sites may not make a browser send it: statements, questions, files. A link that a reader
    follows stays allowed, but for a statement's bare rows."""
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        return True
    costs = {"sql", "file"} & set(rates.kinds_of(request))
    is_rows = request.path.startswith("/api/v1/sql")
    return is_rows or (bool(costs) and not origin.is_followed_link(request))


def too_often(sentence: str, wait: int) -> flask.Response:
    response = refuse(429, sentence)
    response.headers["Retry-After"] = str(wait)
    return response


def refuse(status: int, sentence: str) -> flask.Response:
    """An answer to who is not let in: a sentence; to programs in the shape that every error of the API has."""
    if flask.request.path.startswith(PREFIX):
        return problem(status, sentence)
    return flask.Response(sentence + "\n", status=status, mimetype="text/plain")
