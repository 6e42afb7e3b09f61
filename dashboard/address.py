"""The address is the state: what a page shows, read from its path and query, and written back in one canonical form."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

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
MUTUAL = ("both", "coded", "none")
"""How acts with two doers count: in both directions, as coded in one, or in none."""
LEVELS = ("raw", "exact", "article", "act", "joint")
"""Of de-duplication: each merges what the one before left."""
WEIGHTS = ("equal", "log", "articles")
"""How the number of its articles weighs an act."""
WAYS = ("level", "score", "weight")
"""Choices of the method that each dataset has a default of: level of de-duplication, table of scores, weighting."""
THEMES = ("auto", "light", "dark")
PAIR_PAGES = ("events", "measures", "embed")
"""Pages that take the pair as a parameter."""
KINDS = ("verbal cooperation", "material cooperation", "verbal friction", "material friction")
SORTS = ("newest", "oldest", "score")
COLUMNS = ("pair", "balance", "change", "events", "newest")
"""What the table of pairs can be sorted by."""
INDICATORS = (
    "balance", "intensity", "cooperation", "friction", "words", "deeds", "volume", "tension", "rank", "momentum", "asymmetry", "adjusted",
)  # fmt: skip
"""What the first chart of a pair can show."""
DIRECTIONS = ("both", "ab", "ba")
"""The pair, or what its first country in the address does to the second, or the second to the first."""
EARLIER = ("prev", "year")
"""With what a value is compared: four weeks or a year before it."""
VIEWS = ("chart", "table")
OF_PAIR = ("overview", "pair", "embed")
"""Pages about one pair over time."""
PARTS = ("relation", "days", "checks")
"""Parts of a pair's page."""
MOST_COMPARED = 6
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
    ways: dict[str, dict[str, str]] = field(default_factory=dict)
    """Dataset and its own level, table of scores and weighting."""
    scores: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Dataset and the tables that have a score for each of its codes."""

    @property
    def score_tables(self) -> tuple[str, ...]:
        """Tables of scores that any dataset has, in the order of the alphabet."""
        return tuple(sorted({table for tables in self.scores.values() for table in tables}))


@dataclass(frozen=True)
class Choice:
    """What a page shows. None means: the default, which depends on the data."""

    dyad: str
    page: str = "overview"
    part: str = PARTS[0]
    dataset: str = "chronology"
    indicator: str = INDICATORS[0]
    domain: str = "all"
    h: int | None = None
    dir: str = DIRECTIONS[0]
    by: str = "week"
    from_day: date | None = None
    to_day: date | None = None
    vs: str = EARLIER[0]
    at: date | None = None
    week: date | None = None
    """Monday of the week that a briefing tells."""
    event: str | None = None
    as_of: date | None = None
    """As known at the end of this day; None is what is known now."""
    mutual: str = MUTUAL[0]
    level: str | None = None
    """Level of de-duplication, with `score` and `weight` one of the WAYS."""
    score: str | None = None
    weight: str | None = None
    view: str = VIEWS[0]
    chart: str = ""
    """Name of the one chart that a frame on another page shows."""
    every_pair: bool = False
    """On pages that can show all pairs at once: pair=all."""
    pairs: tuple[str, ...] = ()
    """Pairs to compare; none means the first ones."""
    kind: str = "all"
    q: str = ""
    sort: str = ""
    number: int = 1
    """Which sheet of a long list; `page` in the address."""
    lang: str = "en"
    theme: str = "auto"
    full: bool = False
    """Every column of a series, for a file of everything; a page needs but a few."""
    ignored: tuple[str, ...] = ()
    """Names of the parameters that were unknown or bad."""

    def clamped(self, first: date, last: date) -> "Choice":
        """With the range inside the covered days, and not after `as_of`; 15 months to its last day unless asked otherwise, or where it lies outside."""
        if self.as_of and not first <= self.as_of <= last:
            return replace(self, as_of=None, ignored=(*self.ignored, "as_of")).clamped(first, last)
        last = self.as_of or last
        outside = ("from",) * bool(self.from_day and self.from_day > last) + ("to",) * bool(self.to_day and self.to_day < first)
        if outside:
            return replace(self, from_day=None, to_day=None, ignored=(*self.ignored, *outside)).clamped(first, last)
        to_day = min(max(self.to_day or last, first), last)
        from_day = min(max(self.from_day or months_before(to_day, MONTHS_SHOWN), first), to_day)
        return replace(self, from_day=from_day, to_day=to_day)

    def around(self, day: date | None) -> "Choice":
        """With the point of a day, and a range around it where the address leaves both ends open; as it is without a day."""
        if day and self.from_day is None and self.to_day is None:
            return replace(self, at=day, from_day=months_before(day, 6), to_day=day + timedelta(days=91))
        return replace(self, at=day)

    @property
    def pair_asked(self) -> str | None:
        """The parameter `pair` on pages whose path names none."""
        if self.page not in PAIR_PAGES:
            return None
        return "all" if self.every_pair else self.dyad

    def carried(self) -> str:
        """The query of a link to another page: language and theme alone."""
        return replace(Choice(self.dyad), lang=self.lang, theme=self.theme).query()

    def query(self, **changes: object) -> str:
        """The query string of this choice with some changes: fixed order, defaults left out, with its question mark."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        values = {
            "pair": changed.pair_asked,
            "part": changed.part if changed.part != PARTS[0] else None,
            "dataset": changed.dataset if changed.dataset != "chronology" else None,
            "indicator": changed.indicator if changed.indicator != INDICATORS[0] else None,
            "domain": changed.domain if changed.domain != "all" else None,
            "h": changed.h,
            "dir": changed.dir if changed.dir != DIRECTIONS[0] else None,
            "by": changed.by if changed.by != "week" else None,
            "from": changed.from_day,
            "to": changed.to_day,
            "vs": changed.vs if changed.vs != EARLIER[0] else None,
            "at": changed.at,
            "week": changed.week,
            "event": changed.event if changed.page != "event" else None,
            "as_of": changed.as_of,
            "mutual": changed.mutual if changed.mutual != MUTUAL[0] else None,
            "level": changed.level,
            "score": changed.score,
            "weight": changed.weight,
            "view": changed.view if changed.view != VIEWS[0] else None,
            "pairs": "~".join(changed.pairs) or None,
            "kind": changed.kind if changed.kind != "all" else None,
            "q": changed.q or None,
            "sort": changed.sort or None,
            "page": changed.number if changed.number > 1 else None,
            "lang": changed.lang if changed.lang != "en" else None,
            "theme": changed.theme if changed.theme != "auto" else None,
        }
        text = urlencode({name: str(value) for name, value in values.items() if value is not None}, quote_via=quote, safe="~")
        return f"?{text}" if text else ""


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months earlier."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def monday(day: date) -> date:
    """First day of the week of a day."""
    return day - timedelta(days=day.weekday())


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
            choice = replace(choice, **_read(name, value, known, page))  # type: ignore[arg-type]
        except ValueError:
            ignored.append(shown(name))
        seen.add(name)
    if choice.from_day and choice.to_day and choice.from_day > choice.to_day:
        choice = replace(choice, from_day=choice.to_day, to_day=choice.from_day)
    if choice.as_of and choice.mutual != MUTUAL[0]:  # what was known then is computed in one way alone
        choice, ignored = replace(choice, mutual=MUTUAL[0]), [*ignored, "mutual"]
    return _with_own_ways(replace(choice, ignored=tuple(ignored)), known)


def _with_own_ways(choice: Choice, known: Known) -> Choice:
    own, scores = known.ways.get(choice.dataset, {}), known.scores.get(choice.dataset, ())
    kept, lacking = other_ways({way: getattr(choice, way) for way in WAYS}, own, scores, choice.as_of is not None)
    ignored = tuple(dict.fromkeys([*choice.ignored, *lacking]))
    return replace(choice, level=kept["level"], score=kept["score"], weight=kept["weight"], ignored=ignored)


def other_ways(
    asked: dict[str, str | None], own: dict[str, str], scores: tuple[str, ...], is_past: bool
) -> tuple[dict[str, str | None], list[str]]:
    """The WAYS that are other than a dataset's own, and the names of those that cannot be had: a table that lacks scores for its codes, and
    any other way of what was known on an earlier day, which is not computed."""
    others = {way: value if value != own.get(way) else None for way, value in asked.items()}
    lacking = [way for way, value in others.items() if value and (is_past or (way == "score" and value not in scores))]
    return others | dict.fromkeys(lacking), lacking


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
        allowed |= {"level": LEVELS, "score": known.score_tables, "weight": WEIGHTS}
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
    if name == "event" and re.fullmatch(r"[\w.>-]{1,120}", value, flags=re.ASCII):
        return {"event": value}
    raise ValueError(name)


def _read_list(name: str, value: str, known: Known, page: str) -> dict[str, object]:
    """Parameters of pages that list. Raises ValueError where the page knows none of that name, or not the value."""
    if name == "pair" and page in PAIR_PAGES:
        if value == "all" and page == "events":
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
    if page == "events":
        if name == "kind" and value in ("all", *KINDS):
            return {"kind": value}
        if name == "sort" and value in SORTS:
            return {"sort": value if value != "newest" else ""}
        if name == "q" and len(value) <= 100 and value.isprintable():
            return {"q": value.strip()}
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
        return date.today() - timedelta(days=int(match[1]))
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, flags=re.ASCII):
        raise ValueError(text)
    found = date.fromisoformat(text)
    if not 1900 <= found.year <= 2200:
        raise ValueError(text)
    return found
