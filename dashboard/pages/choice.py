"""What a page shows: one choice of everything that an address can say, and the address that says it in one canonical form."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from bilateral.ask.choices import INDICATORS, MUTUAL

PERIODS = ("day", "week", "month")
THEMES = ("auto", "light", "dark")
PAIR_PAGES = ("events", "measures", "lead-lag", "search", "follow", "embed")
"""Pages that take the pair as a parameter."""
DIRECTIONS = ("both", "ab", "ba")
"""The pair, or what its first country in the address does to the second, or the second to the first."""
EARLIER = ("prev", "year")
"""With what a value is compared: four weeks or a year before it."""
VIEWS = ("chart", "table")
RULE = {
    "what": ("all", "measures", "events", "indicators", "proposals"),
    "least": ("7", "5", "6", "8", "9"),
    "wait": ("24", "0", "168"),
    "to": ("webhook", "slack", "command"),
}
"""What a reader may choose for the rule of an alert, the default first: kinds of changes, least score of events, hours between messages, receiver."""
PARTS = ("relation", "days", "checks")
"""Parts of a pair's page."""
MONTHS_SHOWN = 15


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
    days: int | None = None
    """Days to the newest covered one that a briefing tells instead of a week."""
    event: str | None = None
    as_of: date | None = None
    """As known at the end of this day; None is what is known now."""
    mutual: str = MUTUAL[0]
    level: str | None = None
    """Level of de-duplication, with `score` and `weight` one of the WAYS."""
    score: str | None = None
    weight: str | None = None
    gate: str | None = None
    """Also a choice of the list of events, where `off` shows what the gate refused."""
    without: str = ""
    """`side`: without the acts that are known from the one side from which most of the range are."""
    view: str = VIEWS[0]
    chart: str = ""
    """Name of the one chart that a frame on another page shows."""
    series: str = ""
    """Outcome that is compared with a pair; the first one where the address names none."""
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
    rule: tuple[tuple[str, str], ...] = ()
    """What the rule of an alert asks for, by the names of RULE; those that are left out are as the first of each."""
    full: bool = False
    """Every column of a series, for a file of everything; a page needs but a few."""
    ignored: tuple[str, ...] = ()
    """Names of the parameters that were unknown or bad."""

    def clamped(self, first: date, last: date, record_end: date | None = None) -> "Choice":
        """With the range inside the covered days, and not after `as_of`; 15 months to its last day unless asked otherwise, or where it lies
        outside, and before the end of the record, so that something of it is seen."""
        if self.as_of and not first <= self.as_of <= last:
            return replace(self, as_of=None, ignored=(*self.ignored, "as_of")).clamped(first, last, record_end)
        last = self.as_of or last
        outside = ("from",) * bool(self.from_day and self.from_day > last) + ("to",) * bool(self.to_day and self.to_day < first)
        if outside:
            return replace(self, from_day=None, to_day=None, ignored=(*self.ignored, *outside)).clamped(first, last, record_end)
        to_day = min(max(self.to_day or last, first), last)
        seen = min(record_end, to_day) if record_end and self.to_day is None else to_day
        from_day = min(max(self.from_day or months_before(seen, MONTHS_SHOWN), first), to_day)
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
            "series": changed.series or None,
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
            "days": changed.days,
            "event": changed.event if changed.page != "event" else None,
            "as_of": changed.as_of,
            "mutual": changed.mutual if changed.mutual != MUTUAL[0] else None,
            "level": changed.level,
            "score": changed.score,
            "weight": changed.weight,
            "without": changed.without or None,
            "gate": changed.gate,
            "view": changed.view if changed.view != VIEWS[0] else None,
            "pairs": "~".join(changed.pairs) or None,
            "kind": changed.kind if changed.kind != "all" else None,
            "q": changed.q or None,
            "sort": changed.sort or None,
            **dict(changed.rule),
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
