"""Who may come in, and what a browser may do with what it gets. docs/security.md says against what."""

import base64
import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flask
from dash import Dash
from dash.exceptions import DependencyException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.security import check_password_hash, generate_password_hash

from dashboard import theme
from dashboard.exits import Exit, Stop

LARGEST_REQUEST = 1_000_000
"""Bytes of a request's body; an address and a header have the limits of the web server."""
OPEN_PATHS = ("/health",)
"""Answered without a password, so that whoever watches needs none."""
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Door:
    """Who may come in. Beyond this computer one of passwords, proxy_header, is_public must be chosen."""

    host: str = "127.0.0.1"
    passwords: Path | None = None
    """A file of lines name:hash, as `bilateral password NAME` prints them."""
    proxy_header: str | None = None
    """A header in which a proxy before us names who it has let in; believed from this computer's own addresses alone."""
    is_public: bool = False
    hostnames: tuple[str, ...] = ()
    """Names under which a browser may ask, beside this computer's own."""
    frame_ancestors: tuple[str, ...] = ()
    """Sites that may show /embed in a frame, beside our own."""

    @property
    def is_loopback(self) -> bool:
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def check(self) -> None:
        """Raises Stop 78 where everybody could come in and nobody said so, and for a password file that is none."""
        if not (self.is_loopback or self.passwords or self.proxy_header or self.is_public):
            raise Stop(
                Exit.CONFIGURATION,
                f"other computers reach {self.host}: give --passwords FILE (lines of `bilateral password NAME`), --proxy-header NAME where a "
                "proxy lets people in, or --public when everybody may read",
            )
        if self.passwords:
            read_passwords(self.passwords)


HERE = Door()
"""Only this computer may come in."""


def password_line(name: str, password: str) -> str:
    """A line for the file of passwords. Raises Stop 78 for a name that cannot stand there."""
    if not name or ":" in name or not name.isprintable():
        raise Stop(Exit.CONFIGURATION, f"{name!r} is no name for a password file; a name has no colon")
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


def register(app: Dash, door: Door) -> None:
    """Guard every request and put the headers on every answer. To be called when all callbacks are known: their scripts are in the policy."""
    server = app.server
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    server.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_REQUEST
    if door.proxy_header:
        server.wsgi_app = ProxyFix(server.wsgi_app)
    guard = Guard(door)
    server.before_request_funcs.setdefault(None, []).insert(0, guard)  # before anything is computed
    _guard_callbacks(app)
    # Dash ends with a fault of ours where a request names a library or a file of one that it has not.
    server.register_error_handler(DependencyException, lambda _: _refuse(404, "There is no such file."))
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
        if flask.request.path != "/_dash-update-component" or flask.request.method != "POST":
            return None
        body = flask.request.get_json(silent=True)
        return None if _is_callback(app, body) else _refuse(400, "This is no question that a page asks.")


def _is_callback(app: Dash, body: Any) -> bool:
    if not isinstance(body, dict) or not isinstance(body.get("output"), str) or not isinstance(body.get("inputs"), list):
        return False
    known = app.callback_map.get(body["output"])
    given = [(part.get("id"), part.get("property")) for part in body["inputs"] if isinstance(part, dict)]
    return known is not None and given == [(part["id"], part["property"]) for part in known["inputs"]]


def fixed_headers(script: str, door: Door, path: str) -> dict[str, str]:
    """What a browser is told about each answer. Styles stand in elements, as plotly writes them there."""
    ancestors = "frame-ancestors " + " ".join(["'self'", *(door.frame_ancestors if path.startswith("/embed/") else ())])
    policy = [
        "default-src 'self'", script, "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "object-src 'none'",
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
    """Lets a request in or answers it. Checked passwords are remembered as keyed digests, since a slow hash at each request would stop the server."""

    def __init__(self, door: Door):
        self.door = door
        self.passwords = read_passwords(door.passwords) if door.passwords else {}
        self.key = secrets.token_bytes(32)
        self.known: set[bytes] = set()

    def __call__(self) -> flask.Response | None:
        if self._is_foreign_name():
            return _refuse(421, "This server does not answer under this name.")
        if flask.request.path in OPEN_PATHS:
            return None
        if self.door.proxy_header and not self._is_sent_by_proxy():
            return _refuse(403, f"Only the proxy before this server may ask, with {self.door.proxy_header}.")
        if self.passwords and not self._has_password():
            refused = _refuse(401, "A name and a password are needed.")
            refused.headers["WWW-Authenticate"] = 'Basic realm="bilateral", charset="UTF-8"'
            return refused
        return None

    def _is_foreign_name(self) -> bool:
        """A page elsewhere can give its own name our loopback address and then read us as if we were it; the name betrays it."""
        if not self.door.is_loopback or self.door.proxy_header or self.door.is_public or self.door.passwords:
            return False
        host = flask.request.host
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        return name.lower() not in {*LOOPBACK, self.door.host, *self.door.hostnames}

    def _is_sent_by_proxy(self) -> bool:
        peer = flask.request.environ.get("werkzeug.proxy_fix.orig", {}).get("REMOTE_ADDR") or flask.request.remote_addr
        return bool(flask.request.headers.get(str(self.door.proxy_header))) and _is_own(peer)

    def _has_password(self) -> bool:
        given = flask.request.authorization
        if given is None or given.type != "basic":
            return False
        name, password = given.username or "", given.password or ""
        digest = hmac.digest(self.key, f"{name}\0{password}".encode(), "sha256")
        if digest in self.known:
            return True
        # An unknown name takes as long as a wrong password, so that nobody can tell the two apart.
        expected = self.passwords.get(name, next(iter(self.passwords.values())))
        if check_password_hash(expected, password) and name in self.passwords:
            self.known.add(digest)
            return True
        return False


def _is_own(address: Any) -> bool:
    try:
        return ipaddress.ip_address(str(address)).is_loopback
    except ValueError:
        return False


def _refuse(status: int, sentence: str) -> flask.Response:
    return flask.Response(sentence + "\n", status=status, mimetype="text/plain")
