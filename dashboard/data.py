"""Every question that a page asks, as one call. The SQL is in queries/app/; nothing is computed here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.address import WAYS
from dashboard.reloads import Reload
from dashboard.warehouse import Warehouse, filled


def _narrowed(relation: str, columns: tuple[str, ...]) -> str:
    return f"(select {', '.join(columns)} from {relation})"


@dataclass(frozen=True)
class Scope:
    """Which series: dataset, pair or direction, domain, half-life in days, and as known at the end of which day."""

    dataset: str
    dyad: str
    domain: str
    half_life_days: int
    is_kept: bool
    """The series is in main.indicator_day; any other is computed by the macro `series`, with the same columns."""
    is_compared: bool = False
    """With asymmetry and adjusted, which need other series too; the kept ones have them."""
    as_of: date | None = None
    """As it was known at the end of this day (UTC), with the columns `as_of` and `is_reconstruction` besides; None: as known now."""
    mutual: str = "both"
    """Mutual acts count in `both` directions, as `coded` in one, or in `none`; with `as_of` only in both."""
    level: str | None = None
    """Level of de-duplication, with `score` (table) and `weight` other than the dataset's own; with `as_of` only the own ones."""
    score: str | None = None
    weight: str | None = None

    @property
    def keys(self) -> dict[str, object]:
        keys: dict[str, object] = {
            "dataset": self.dataset,
            "dyad": self.dyad,
            "domain": self.domain,
            "half_life_days": self.half_life_days,
        }
        if self.as_of:
            return keys | {"as_of": self.as_of}
        if self.is_chosen:
            return keys | {"level": self.level, "score": self.score, "weight": self.weight, "mutual": self.mutual}
        return keys | ({"mutual": self.mutual} if self.mutual != "both" else {})

    @property
    def is_chosen(self) -> bool:
        """Its events are made or weighed in another way than the dataset's own."""
        return (self.level, self.score, self.weight) != (None, None, None)

    @property
    def relation(self) -> str:
        """Where its rows are: the kept table, or a macro."""
        keys = "$dataset, $dyad, $domain, $half_life_days"
        compared = ", for_compared := true" if self.is_compared else ""
        if self.as_of:
            return f"series_as_of({keys}, $as_of{compared})"
        if self.is_chosen:
            return f"series_chosen({keys}, $level, $score, $weight, $mutual{compared})"
        if self.mutual != "both":
            return f"series_mutual({keys}, $mutual{compared})"
        return "main.indicator_day" if self.is_kept else f"series({keys}{compared})"

    def over(self, columns: tuple[str, ...] = ()) -> dict[str, str]:
        """What a question reads in the place of the kept table; of these columns alone, else of all."""
        relation = self.relation
        if columns:
            columns += ("as_of", "is_reconstruction") if self.as_of else ()
            relation = _narrowed(relation, columns)
        return {} if relation == "main.indicator_day" else {"main.indicator_day": f"{relation} as rows"}

    def computed(self, with_pair: bool) -> tuple[str, str] | None:
        """The macro that its rows come from, and the call of it that is computed: its own, or the one that also brings the rows of the pair and
        of both directions, in less time than three."""
        if self.relation == "main.indicator_day":
            return None
        if self.is_compared or not with_pair:  # what it is compared with belongs to this one alone
            return self.relation, filled(self.relation, self.keys)
        pair = "-".join(sorted(self.dyad.replace(">", "-").split("-")))
        return self.relation, filled(f"{self.relation[:-1]}, for_directions := true)", self.keys | {"dyad": pair})


@dataclass(frozen=True)
class Lists:
    """What can be asked for, and the names of it."""

    dyads: tuple[str, ...]
    datasets: dict[str, int]
    """Dataset and its default half-life, days."""
    domains: tuple[str, ...]
    curated: tuple[str, ...]
    """Datasets that are coded by people."""
    ways: dict[str, dict[str, str]]
    """Dataset and its own level of de-duplication, table of scores and weighting."""
    scores: dict[str, tuple[str, ...]]
    """Dataset and the tables that have a score for each of its codes."""
    labels: pd.DataFrame
    pairs: pd.DataFrame

    def names(self, lang: str) -> dict[str, str]:
        """Name of each pair, the leading country first."""
        return dict(zip(self.pairs["dyad"], self.pairs[f"name_{lang}"], strict=True))

    def scope(
        self, dataset: str, dyad: str, domain: str, half_life_days: int | None, as_of: date | None = None, mutual: str = "both"
    ) -> Scope:
        """One series; without a half-life that of its dataset, with `as_of` as it was known at the end of that day."""
        default = self.datasets[dataset]
        days = half_life_days or default
        return Scope(dataset, dyad, domain, days, is_kept=domain == "all" and days == default, as_of=as_of, mutual=mutual)


def lists(warehouse: Warehouse) -> Lists:
    known = warehouse.ask("known").iloc[0]
    datasets = dict(zip(known["datasets"], map(int, known["half_lives"]), strict=True))
    own = zip(known["levels"], known["score_tables"], known["weightings"], strict=True)
    return Lists(
        tuple(known["dyads"]),
        datasets,
        tuple(known["domains"]),
        tuple(known["curated"]),
        {name: dict(zip(WAYS, ways, strict=True)) for name, ways in zip(datasets, own, strict=True)},
        {name: tuple(tables.split()) for name, tables in zip(datasets, known["scores"], strict=True)},
        warehouse.ask("labels").set_index(["family", "name"]),
        pairs(warehouse, "chronology"),
    )


def pairs(warehouse: Warehouse, dataset: str) -> pd.DataFrame:
    """One row for each pair in its order: name, balance with band, state, newest event, line."""
    return warehouse.ask("pairs", dataset=dataset)


def span(warehouse: Warehouse, dataset: str, dyad: str, as_of: date | None = None) -> tuple[date, date] | None:
    """First and last covered day, also as known at the end of a day; None where the dataset has nothing on the pair, or had not yet."""
    over = {"main.indicator_day": "calendar_by($dataset, $dyad, $as_of) as rows"} if as_of else None
    known = {"as_of": as_of} if as_of else {}
    row = warehouse.ask("span", over, None, dataset=dataset, dyad=dyad, **known).iloc[0]
    return None if pd.isna(row["first_day"]) else (row["first_day"].date(), row["last_day"].date())


SHOWN = (
    *("dataset", "dyad", "domain", "half_life_days", "day"),
    *("balance", "balance_low", "balance_high", "n_events", "evidence", "state", "method_version"),
)
"""What a chart of the balance needs of a series. All fifty columns take three times as long to ask for."""


def series(warehouse: Warehouse, scope: Scope, by: str, from_day: date, to_day: date, full: bool = True) -> pd.DataFrame:
    """One row for each period: every indicator on its last day, or the columns SHOWN, counts of the period, is_partial."""
    return series_of(warehouse, [scope], by, from_day, to_day, full)[scope.dyad]


def series_of(
    warehouse: Warehouse, scopes: list[Scope], by: str, from_day: date, to_day: date, full: bool = True
) -> dict[str, pd.DataFrame]:
    """The series of scopes that differ in their dyad alone, by dyad."""
    columns = () if full else SHOWN
    return _of_each(warehouse, "indicator_series", scopes, columns, by=by, from_day=from_day, to_day=to_day)


def standing_of(warehouse: Warehouse, scopes: list[Scope], day: date, earlier: int = 28) -> dict[str, pd.Series | None]:
    """What tiles and sentences say of a day, with balance, words and deeds so many days before: of scopes that differ in their dyad alone, by dyad."""
    rows = _of_each(warehouse, "standing", scopes, (), day=day, earlier=earlier)
    return {dyad: None if found.empty else found.iloc[0] for dyad, found in rows.items()}


def _of_each(
    warehouse: Warehouse, question: str, scopes: list[Scope], columns: tuple[str, ...], **asked: object
) -> dict[str, pd.DataFrame]:
    """One question for all scopes where one relation has the rows of all; a page that asks a dozen small ones waits for each."""
    computed = {scope.computed(with_pair=len(scopes) > 1) for scope in scopes}
    if len(computed) > 1:
        return {scope.dyad: _of_each(warehouse, question, [scope], columns, **asked)[scope.dyad] for scope in scopes}
    first, dyads = scopes[0], [scope.dyad for scope in scopes]
    return warehouse.ask_each(question, dyads, first.over(columns), computed.pop(), **asked, **first.keys)


def happened(warehouse: Warehouse, dataset: str, dyad: str, domain: str, from_day: date, to_day: date) -> pd.Series:
    """Acts by kind and changes of measures in a range of days."""
    return warehouse.ask("happened", dataset=dataset, dyad=dyad, domain=domain, from_day=from_day, to_day=to_day).iloc[0]


def kinds(warehouse: Warehouse, dataset: str, dyad: str, domain: str, by: str, from_day: date, to_day: date) -> pd.DataFrame:
    """Weight of words and deeds by period."""
    return warehouse.ask("kinds_by_period", dataset=dataset, dyad=dyad, domain=domain, by=by, from_day=from_day, to_day=to_day)


OF_LISTS = (
    *("event_id", "dataset", "dyad", "directed_dyad", "source_country", "target_country", "event_day", "code", "kind", "domain"),
    *("score", "weight", "is_mutual", "is_backdated", "is_excluded", "summary", "source_title", "outlet", "url"),
)
"""What a list of events on a page needs of them. All forty columns take twice as long to ask for."""


def events(
    warehouse: Warehouse,
    dataset: str,
    dyad: str,
    domain: str,
    from_day: date,
    to_day: date,
    most: int = 100,
    full: bool = True,
) -> pd.DataFrame:
    """Events of a range, newest first, with all columns or those OF_LISTS."""
    over = {} if full else {"main.events": f"{_narrowed('main.events', OF_LISTS)} as events"}
    keys: dict[str, object] = {"dataset": dataset, "dyad": dyad, "domain": domain}
    return warehouse.ask("events_between", over, None, **keys, from_day=from_day, to_day=to_day, most=most)


def marks(
    warehouse: Warehouse, dataset: str, dyad: str, domain: str, from_day: date, to_day: date, event: str | None
) -> pd.DataFrame:
    """Numbered events of the chart."""
    return warehouse.ask(
        "marked_events", dataset=dataset, dyad=dyad, domain=domain, from_day=from_day, to_day=to_day, event=event or ""
    )


def measures(warehouse: Warehouse, dyad: str, domain: str, from_day: date, to_day: date, most: int = 50) -> pd.DataFrame:
    """Policy measures that changed state in a range, newest first."""
    return warehouse.ask("measures_changed", dyad=dyad, domain=domain, from_day=from_day, to_day=to_day, most=most)


def measures_in_force(warehouse: Warehouse, dyad: str, domain: str, day: date) -> pd.DataFrame:
    """Policy measures in force on a day, wholly or partly, the last changed first."""
    return warehouse.ask("in_force", dyad=dyad, domain=domain, day=day)


def measures_timeline(warehouse: Warehouse, dyad: str, domain: str, from_day: date, to_day: date) -> pd.DataFrame:
    """Stretches of one state of each measure inside a range, by subject and measure."""
    return warehouse.ask("measures_timeline", dyad=dyad, domain=domain, from_day=from_day, to_day=to_day)


def measure_marks(warehouse: Warehouse, dyad: str, domain: str, from_day: date, to_day: date) -> pd.DataFrame:
    """Changes of measures to mark on the chart, numbered by day."""
    return warehouse.ask("marked_measures", dyad=dyad, domain=domain, from_day=from_day, to_day=to_day)


def week_among_weeks(warehouse: Warehouse, dataset: str, dyad: str, domain: str, week: date) -> pd.Series:
    """Acts of the week from a Monday on, and how many the pair's own weeks of two years before had."""
    return warehouse.ask("week_among_weeks", dataset=dataset, dyad=dyad, domain=domain, week=week).iloc[0]


def calendar(warehouse: Warehouse, dyad: str, domain: str, day: date, most: int = 50) -> pd.DataFrame:
    """Dates after a day that were set for measures by then, the nearest first."""
    return warehouse.ask("calendar", dyad=dyad, domain=domain, day=day, most=most)


def event(warehouse: Warehouse, event_id: str) -> pd.DataFrame | None:
    """One event with the label of its code, a frame of one row; None where there is none of this name."""
    rows = warehouse.ask("event", event_id=event_id)
    return None if rows.empty else rows


def reports(warehouse: Warehouse, event_id: str) -> pd.DataFrame:
    """Source rows that were merged into an event, the one that speaks for it first."""
    return warehouse.ask("reports_of_event", event_id=event_id)


def ledger(warehouse: Warehouse, scope: Scope, indicator: str, day: date, most: int | None = None) -> pd.DataFrame:
    """Events behind a value of balance or intensity, the weightiest first, those after `most` as one row; they sum to it."""
    return warehouse.ask("ledger", indicator=indicator, day=day, most=most, **_short(scope))


def moved(warehouse: Warehouse, scope: Scope, indicator: str, from_day: date, to_day: date, group: str) -> pd.DataFrame:
    """What moved balance or intensity between two days, by `kind` (with direction and domain) or by `story`."""
    question = "moved_stories" if group == "story" else "moved"
    return warehouse.ask(question, indicator=indicator, from_day=from_day, to_day=to_day, **_short(scope))


def _short(scope: Scope) -> dict[str, Any]:
    keys = {"dataset": scope.dataset, "dyad": scope.dyad, "domain": scope.domain, "h": scope.half_life_days}
    return keys | {"mutual": scope.mutual}


def coverage(warehouse: Warehouse, dataset: str, dyad: str, from_day: date, to_day: date) -> pd.DataFrame:
    """Days that were read, newest first."""
    return warehouse.ask("coverage_between", dataset=dataset, dyad=dyad, from_day=from_day, to_day=to_day)


def status(warehouse: Warehouse) -> pd.DataFrame:
    """What each dataset holds."""
    return warehouse.ask("status")


def to_reload(warehouse: Warehouse) -> list[Reload]:
    """Files that were read before a pair was configured and lack its rows."""
    rows = warehouse.ask("to_reload")
    days = {name: rows[name].dt.date for name in ("first_day", "last_day")} if len(rows) else {}
    return [Reload(*row) for row in rows.assign(**days).itertuples(index=False)]


def audits(warehouse: Warehouse) -> pd.DataFrame:
    """How often the coding of drawn events was right, with its interval: one row for each draw and question."""
    return warehouse.ask("audits")


def change_days(warehouse: Warehouse, dataset: str, dyad: str) -> pd.DataFrame:
    """Days on which the level of a pair shifts, in any direction and subject."""
    return warehouse.ask("change_days", dataset=dataset, dyad=dyad)


def found(warehouse: Warehouse, most: int, **asked: Any) -> pd.DataFrame:
    """A sheet of events that match: dataset, dyad, domain, kind, q, from_day, to_day, sort, skip; `n_found` is how many match."""
    return warehouse.ask("events_found", most=most, **asked)


def facets(warehouse: Warehouse, **asked: Any) -> pd.DataFrame:
    """Events that match by kind, of the subject that is asked for, and by subject, of the kind that is; asked as `found`."""
    return warehouse.ask("event_facets", **asked)


def around_event(warehouse: Warehouse, event_id: str) -> dict[str, pd.DataFrame]:
    """What belongs to an event: changes of measures that it carries, the events before and after it, what was corrected and revised."""
    return {
        name: warehouse.ask(f"event_{name}", event=event_id) for name in ("measures", "neighbours", "corrections", "revisions")
    }


def acts_around(warehouse: Warehouse, dataset: str, dyad: str, domain: str, day: date, days: int) -> pd.DataFrame:
    """Acts before and after a day by side, direction and kind."""
    return warehouse.ask("acts_around", dataset=dataset, dyad=dyad, domain=domain, day=day, days=days)


def of_range(warehouse: Warehouse, question: str, choice: Any, **more: Any) -> pd.DataFrame:
    """A question of queries/app/ about dataset, pair and range of a choice: kinds_by_domain, net_by_day, outlets_between, sign_by_month."""
    keys = {"dataset": choice.dataset, "dyad": choice.dyad, "from_day": choice.from_day, "to_day": choice.to_day}
    return warehouse.ask(question, **keys, **more)


def of_pair(warehouse: Warehouse, question: str, choice: Any, **more: Any) -> pd.DataFrame:
    """A question of queries/app/ about dataset and pair alone: changes_of, reciprocity_of, links_of, agreement_of."""
    return warehouse.ask(question, dataset=choice.dataset, dyad=choice.dyad, **more)


def stories(warehouse: Warehouse, dataset: str, names: list[str]) -> pd.DataFrame:
    """What these stories tell: event_id, event_day, summary."""
    return warehouse.ask("stories_named", dataset=dataset, stories=names)
