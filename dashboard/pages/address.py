"""The address holds the state: reads what a page shows from its path and query, and writes it back in one canonical form."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import SplitResult, parse_qsl, urlsplit

from bilateral.ask.choices import GATES, HALF_LIVES, INDICATORS, LEVELS, MUTUAL, WAYS, WEIGHTS, WITHOUT, other_ways
from bilateral.pages.choice import DIRECTIONS, EARLIER, PAIR_PAGES, PARTS, PERIODS, RULE, THEMES, VIEWS, Choice, monday
from bilateral.today import today

PAIR_PATH = re.compile(r"^/(pair|briefing)/([A-Za-z]{3})-([A-Za-z]{3})$")
EMBED_PATH = re.compile(r"^/embed/(\w{1,40})$", re.ASCII)
EVENT_PATH = re.compile(r"^/event/([\w.>-]{1,120})$", re.ASCII)
SINGLE = {
    "/": "overview",
    "/compare": "compare",
    "/events": "events",
    "/measures": "measures",
    "/lead-lag": "lead-lag",
    "/forecasts": "forecasts",
    "/search": "search",
    "/follow": "follow",
    "/methods": "methods",
    "/method": "method",
    "/validation": "validation",
    "/status": "status",
}
"""Pages without a subject of their own, by path."""
KINDS = ("verbal cooperation", "material cooperation", "verbal friction", "material friction")
SORTS = ("newest", "oldest", "score")
COLUMNS = ("pair", "balance", "change", "events", "newest")
"""What the table of pairs can be sorted by."""
OF_PAIR = ("overview", "pair", "embed")
"""Pages about one pair over time."""
BRIEFED = ("7", "30")
"""Days that a briefing may tell instead of a week."""
MOST_COMPARED = 6
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
    ways: dict[str, dict[str, str]] = field(default_factory=dict)
    """Dataset and its own level, table of scores and weighting."""
    scores: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Dataset and the tables that have a score for each of its codes."""

    @property
    def score_tables(self) -> tuple[str, ...]:
        """Tables of scores that any dataset has, in the order of the alphabet."""
        return tuple(sorted({table for tables in self.scores.values() for table in tables}))


def split(asked: str) -> SplitResult:
    """The parts of an address that somebody sent; of what cannot be one, as `http://[`, all of it is the path, and no page has that."""
    try:
        return urlsplit(asked)
    except ValueError:
        return SplitResult("", "", asked, "", "")


def place(path: str, known: Known) -> tuple[str, str] | None:
    """Page and subject (a pair, an event, or nothing) that a path names in any order or case of countries; None where there is none."""
    path = path.rstrip("/") or "/"
    if path in SINGLE:
        return SINGLE[path], ""
    if path == "/briefing":
        return "briefing", known.dyads[0]
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
            if page == "follow" and value in RULE.get(name, ()):
                choice = replace(choice, rule=(*choice.rule, (name, value)))
                continue
            choice = replace(choice, **_read(name, value, known, page))  # type: ignore[arg-type]
        except ValueError:
            ignored.append(shown(name))
        seen.add(name)
    if choice.from_day and choice.to_day and choice.from_day > choice.to_day:
        choice = replace(choice, from_day=choice.to_day, to_day=choice.from_day)
    if choice.as_of and choice.mutual != MUTUAL[0]:  # what was known then is computed in one way alone
        choice, ignored = replace(choice, mutual=MUTUAL[0]), [*ignored, "mutual"]
    return _alone(_with_own_ways(replace(choice, ignored=tuple(ignored)), known))


def _alone(choice: Choice) -> Choice:
    """Without a side all else is counted as it is by default: the two are not computed together."""
    others = choice.as_of or choice.mutual != MUTUAL[0] or any(getattr(choice, way) for way in WAYS)
    return replace(choice, without="", ignored=(*choice.ignored, "without")) if choice.without and others else choice


def _with_own_ways(choice: Choice, known: Known) -> Choice:
    own, scores = known.ways.get(choice.dataset, {}), known.scores.get(choice.dataset, ())
    kept, lacking = other_ways({way: getattr(choice, way) for way in WAYS}, own, scores, choice.as_of is not None)
    ignored = tuple(dict.fromkeys([*choice.ignored, *lacking]))
    return replace(choice, **kept, ignored=ignored)  # type: ignore[arg-type]


def shown(name: str) -> str:
    """A name out of an address, short and without signs that could mislead a reader."""
    return re.sub(r"[^\w.-]", "?", name, flags=re.ASCII)[:24] or "?"


def _read(name: str, value: str, known: Known, page: str) -> dict[str, object]:
    if name in ("pair", "pairs", "kind", "q", "sort", "page"):
        return _read_list(name, value, known, page)
    allowed: dict[str, tuple[str, ...]] = {
        "dataset": tuple(known.datasets),
        "domain": ("all", *known.domains),
        "h": tuple(map(str, HALF_LIVES)),
        "by": PERIODS,
        "theme": THEMES,
        "lang": known.langs,
    }
    if page in ("pair", "embed"):
        allowed["part"] = PARTS
    if page in OF_PAIR:
        allowed |= {"indicator": INDICATORS, "dir": DIRECTIONS, "vs": EARLIER, "view": VIEWS, "mutual": MUTUAL}
        allowed |= {"level": LEVELS, "score": known.score_tables, "weight": WEIGHTS, "gate": GATES, "without": WITHOUT}
    if page == "events":
        allowed["gate"] = GATES
    if name in allowed:
        if value not in allowed[name]:
            raise ValueError(value)
        return {name: int(value) if name == "h" else value}
    if name in KIOSK and re.fullmatch(r"\d{1,4}", value, flags=re.ASCII):
        return {}
    if name in ("from", "to"):
        return {f"{name}_day": _day(value)}
    if name == "at" or (name == "as_of" and page in OF_PAIR):
        return {name: _day(value)}
    if name == "week" and page == "briefing":
        day = _day(value)
        return {"week": day and monday(day)}
    if name == "days" and page == "briefing" and value in BRIEFED:
        return {"days": int(value)}
    if name == "series" and page == "lead-lag" and re.fullmatch(r"[\w-]{1,60}", value, flags=re.ASCII):
        return {"series": value}
    if name == "event" and re.fullmatch(r"[\w.>-]{1,120}", value, flags=re.ASCII):
        return {"event": value}
    raise ValueError(name)


def _read_list(name: str, value: str, known: Known, page: str) -> dict[str, object]:
    """Parameters of pages that list. Raises ValueError where the page knows none of that name, or not the value."""
    if name == "pair" and page in PAIR_PAGES:
        if value == "all" and page in ("events", "follow"):
            return {"every_pair": True}
        found = place(f"/pair/{value}", known)
        if found:
            return {"dyad": found[1]}
    if page == "compare":
        if name == "sort" and value in COLUMNS:
            return {"sort": value}
        if name == "pairs":
            found_pairs = [place(f"/pair/{part}", known) for part in value.split("~")[:MOST_COMPARED]]
            if found_pairs and all(found_pairs):
                return {"pairs": tuple(dict.fromkeys(part[1] for part in found_pairs if part))}
    if name == "q" and page in ("events", "search") and len(value) <= 100 and value.isprintable():
        return {"q": value.strip()}
    if page == "events":
        if name == "kind" and value in ("all", *KINDS):
            return {"kind": value}
        if name == "sort" and value in SORTS:
            return {"sort": value if value != "newest" else ""}
        if name == "page" and re.fullmatch(r"[1-9]\d{0,4}", value, flags=re.ASCII):
            return {"number": int(value)}
    raise ValueError(name)


def _day(text: str) -> date | None:
    """An ISO day, `earliest`, `latest`, or days back as `-90d`; years 1900 to 2200. Raises ValueError for anything else."""
    if text in ("", "latest"):
        return None
    if text == "earliest":
        return date(1900, 1, 1)
    if match := re.fullmatch(r"-(\d{1,5})d", text, flags=re.ASCII):
        return today() - timedelta(days=int(match[1]))
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, flags=re.ASCII):
        raise ValueError(text)
    found = date.fromisoformat(text)
    if not 1900 <= found.year <= 2200:
        raise ValueError(text)
    return found
