"""The address is the state: what a page shows, read from its path and query, and written back in one canonical form."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import parse_qsl, quote, urlencode

PAIR_PATH = re.compile(r"^/(pair|briefing)/([A-Za-z]{3})-([A-Za-z]{3})$")
EMBED_PATH = re.compile(r"^/embed/(\w{1,40})$", re.ASCII)
EVENT_PATH = re.compile(r"^/event/([\w.>-]{1,120})$", re.ASCII)
SINGLE = {
    "/": "overview",
    "/compare": "compare",
    "/events": "events",
    "/measures": "measures",
    "/methods": "methods",
    "/status": "status",
}
"""Pages without a subject of their own, by path."""
PERIODS = ("day", "week", "month")
HALF_LIVES = (7, 30, 90, 365)
THEMES = ("auto", "light", "dark")
MONTHS_SHOWN = 15
KIOSK = ("kiosk", "every")
"""For a screen on a wall: the browser alone reads them."""
LONGEST = 2000
"""Characters of a query that are read; the rest is ignored and named in a notice."""


@dataclass(frozen=True)
class Known:
    """What can be asked for: the words that an address may use, and the days that a series covers."""

    dyads: tuple[str, ...]
    datasets: dict[str, int]
    """Dataset and its default half-life, days."""
    domains: tuple[str, ...]
    langs: tuple[str, ...] = ("en",)


@dataclass(frozen=True)
class Choice:
    """What a page shows. None means: the default, which depends on the data."""

    dyad: str
    page: str = "overview"
    dataset: str = "chronology"
    domain: str = "all"
    h: int | None = None
    by: str = "week"
    from_day: date | None = None
    to_day: date | None = None
    at: date | None = None
    event: str | None = None
    chart: str = ""
    """Name of the one chart that a frame on another page shows."""
    lang: str = "en"
    theme: str = "auto"
    ignored: tuple[str, ...] = ()
    """Names of the parameters that were unknown or bad."""

    def clamped(self, first: date, last: date) -> "Choice":
        """With the range inside the covered days; 15 months to the last day unless asked otherwise."""
        to_day = min(max(self.to_day or last, first), last)
        from_day = min(max(self.from_day or months_before(last, MONTHS_SHOWN), first), to_day)
        return replace(self, from_day=from_day, to_day=to_day)

    def query(self, **changes: object) -> str:
        """The query string of this choice with some changes: fixed order, defaults left out, with its question mark."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        values = {
            "pair": changed.dyad if changed.page == "embed" else None,
            "dataset": changed.dataset if changed.dataset != "chronology" else None,
            "domain": changed.domain if changed.domain != "all" else None,
            "h": changed.h,
            "by": changed.by if changed.by != "week" else None,
            "from": changed.from_day,
            "to": changed.to_day,
            "at": changed.at,
            "event": changed.event,
            "lang": changed.lang if changed.lang != "en" else None,
            "theme": changed.theme if changed.theme != "auto" else None,
        }
        text = urlencode({name: str(value) for name, value in values.items() if value is not None}, quote_via=quote)
        return f"?{text}" if text else ""


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months earlier."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def place(path: str, known: Known) -> tuple[str, str] | None:
    """Page and subject (a pair, an event, or nothing) that a path names in any order or case of countries; None where there is none."""
    path = path.rstrip("/") or "/"
    if path in SINGLE:
        return SINGLE[path], ""
    if match := EMBED_PATH.match(path):
        return "embed", match[1]
    if match := EVENT_PATH.match(path):
        return "event", match[1]
    if match := PAIR_PATH.match(path):
        dyad = "-".join(sorted((match[2].upper(), match[3].upper())))
        return (match[1], dyad) if dyad in known.dyads else None
    return None


def path_of(page: str, subject: str = "") -> str:
    """The one path of a page: /, /events, /pair/MEX-USA, /event/<id>."""
    return f"/{page}/{subject}" if subject else next(path for path, name in SINGLE.items() if name == page)


def parse(path: str, search: str, known: Known) -> Choice:
    """Read an address. Never fails: what is unknown or bad is left out and named in `ignored`."""
    page, subject = place(path, known) or ("overview", "")
    choice = Choice(known.dyads[0], page)
    if page in ("pair", "briefing"):
        choice = replace(choice, dyad=subject)
    elif page == "event":
        choice = replace(choice, event=subject)
    elif page == "embed":
        choice = replace(choice, chart=subject)
    ignored = ["…"] if len(search) > LONGEST else []
    seen: set[str] = set()
    for name, value in parse_qsl(search.lstrip("?")[:LONGEST], keep_blank_values=True, errors="replace"):
        try:
            if name in seen:
                raise ValueError
            choice = replace(choice, **_read(name, value, known))  # type: ignore[arg-type]
        except ValueError:
            ignored.append(shown(name))
        seen.add(name)
    if choice.from_day and choice.to_day and choice.from_day > choice.to_day:
        choice = replace(choice, from_day=choice.to_day, to_day=choice.from_day)
    return replace(choice, ignored=tuple(dict.fromkeys(ignored)))


def shown(name: str) -> str:
    """A name out of an address, short and without signs that could mislead a reader."""
    return re.sub(r"[^\w.-]", "?", name, flags=re.ASCII)[:24] or "?"


def _read(name: str, value: str, known: Known) -> dict[str, object]:
    allowed: dict[str, tuple[str, ...]] = {
        "dataset": tuple(known.datasets),
        "domain": ("all", *known.domains),
        "h": tuple(map(str, HALF_LIVES)),
        "by": PERIODS,
        "theme": THEMES,
        "lang": known.langs,
    }
    if name in allowed:
        if value not in allowed[name]:
            raise ValueError(value)
        return {name: int(value) if name == "h" else value}
    if name == "pair" and "-".join(sorted(value.upper().split("-"))) in known.dyads:
        return {"dyad": "-".join(sorted(value.upper().split("-")))}
    if name in KIOSK and re.fullmatch(r"\d{1,4}", value, flags=re.ASCII):
        return {}
    if name in ("from", "to"):
        return {f"{name}_day": _day(value)}
    if name == "at":
        return {"at": _day(value)}
    if name == "event" and re.fullmatch(r"[\w.>-]{1,120}", value, flags=re.ASCII):
        return {"event": value}
    raise ValueError(name)


def _day(text: str) -> date | None:
    """An ISO day, `earliest`, `latest`, or days back as `-90d`; years 1900 to 2200. Raises ValueError for anything else."""
    if text in ("", "latest"):
        return None
    if text == "earliest":
        return date(1900, 1, 1)
    if match := re.fullmatch(r"-(\d{1,5})d", text, flags=re.ASCII):
        return date.today() - timedelta(days=int(match[1]))
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, flags=re.ASCII):
        raise ValueError(text)
    found = date.fromisoformat(text)
    if not 1900 <= found.year <= 2200:
        raise ValueError(text)
    return found
