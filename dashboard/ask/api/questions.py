"""The queries of the API: one typed function per query, using the same calls as the pages, so that the numbers agree.

api.py makes addresses of these functions, mcp.py tools for language models; neither computes anything.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import Field

from bilateral import package_data
from bilateral.ask import (
    catalogue,
    coverage,
    event_lists,
    forecasts,
    lead_lag,
    ledgers,
    policy_measures,
    reliability,
    time_series,
)
from bilateral.ask.api.json_rows import records
from bilateral.ask.api.parameters import (
    FIRST,
    LAST,
    AsOf,
    At,
    Contributing,
    Dataset,
    Domain,
    Dyad,
    EventId,
    From,
    Gate,
    HalfLife,
    HalfLifeDays,
    Level,
    Mutual,
    On,
    Pair,
    Period,
    ScoreTable,
    To,
    Top,
    Weighting,
    Without,
    Wrong,
    one_of,
)
from bilateral.ask.api.question import Missing, Question
from bilateral.ask.choices import other_ways
from bilateral.ask.scopes import Scope
from bilateral.compute.queries import Query, read, read_layers


class Questions:
    """Everything that can be asked of one site. `site` has a warehouse, lists() and updates()."""

    def __init__(self, site: Any):
        self.site = site
        self.queries = read_layers(package_data.folder("queries"))

    def all(self) -> tuple[Question, ...]:
        """Every question with its columns, which are promised by the header of its query."""
        app = self.site.warehouse.questions
        answered_by: dict[Callable, Query | None] = {
            self.dyads: app["pairs"],
            self.indicators: None,
            self.series: app["indicator_series"],
            self.events: app["events_between"],
            self.event: app["event"],
            self.ledger: read(package_data.folder("queries") / "macros" / "ledger.sql"),
            self.contributions: app["contributions"],
            self.moved: None,
            self.measures: app["measures_changed"],
            self.measure_fates: app["measure_fates"],
            self.forecasts: app["forecasts_registered"],
            self.forecast_track: app["forecast_track"],
            self.lead_lag: app["lead_lag_of"],
            self.outcomes: app["outcomes_between"],
            self.sides: app["sides_between"],
            self.coverage: app["coverage_between"],
            self.status: app["status"],
        }
        return tuple(Question(call.__name__, call, self._columns(query)) for call, query in answered_by.items())

    def _columns(self, query: Query | None) -> dict[str, tuple[str, str]]:
        if query is None:
            return {}
        said = query.fields.get("columns", "").replace(",", " ").split()
        inherited = [column for word in said if word in self.queries for column in self.queries[word].columns]
        return {column.name: (column.type, column.meaning) for column in [*inherited, *query.columns]}

    def dyads(self, dataset: Dataset = "chronology", day: On = None) -> pd.DataFrame:
        """Every pair on one day: name, balance with its interval, state, events of a year, newest event. Rank only pairs that are compared:
        the record of the others ends earlier."""
        return catalogue.pairs(self.site.warehouse, self._dataset(dataset), day)

    def indicators(self) -> list[dict[str, str]]:
        """The indicators: name, title, unit, which direction is better, use, limits, columns with their meaning."""
        cards = [query for query in self.queries.values() if query.layer == "indicators" and "title" in query.fields]
        told = ("title", "unit", "better", "why", "caveat")
        return [
            {
                "indicator": card.name.split(".")[1],
                **{name: card.fields.get(name, "") for name in told},
                "meaning": card.sentence,
                "formula": card.fields.get("source", ""),
            }
            for card in cards
        ]

    def series(
        self,
        dyad: Dyad,
        dataset: Dataset = "chronology",
        domain: Domain = "all",
        h: HalfLifeDays = None,
        by: Period = "week",
        from_day: From = None,
        to_day: To = None,
        as_of: AsOf = None,
        mutual: Mutual = "apart",
        level: Level = None,
        score: ScoreTable = None,
        weight: Weighting = None,
        without: Without = None,
        gate: Gate = None,
    ) -> pd.DataFrame:
        """Every indicator of a pair or direction over time, one row per period, with interval, evidence and state. Null means that there is no value; it is never 0."""
        if as_of and mutual != "apart":
            raise Wrong("mutual", "with as_of mutual acts count apart only, in the pair and in no direction")
        ways = self._ways(dataset, as_of, {"level": level, "score": score, "weight": weight, "gate": gate})
        if without and (as_of or mutual != "apart" or any(ways.values())):
            raise Wrong(
                "without",
                "without a side all acts are counted as they are by default; leave out as_of, mutual, level, score, weight and gate",
            )
        scope = replace(self._scope(dyad, dataset, domain, h), without=without)
        scope = replace(scope, as_of=as_of, mutual=mutual, **ways)  # type: ignore[arg-type]
        return time_series.series(self.site.warehouse, scope, by, *self._range(scope.dataset, scope.dyad, from_day, to_day))

    def events(
        self,
        dyad: Pair,
        dataset: Dataset = "chronology",
        domain: Domain = "all",
        from_day: From = None,
        to_day: To = None,
        gate: Gate = None,
        most: int = 100,
    ) -> pd.DataFrame:
        """Events of a pair as coded, newest first: who did what to whom, code, kind, score, title and address of the source."""
        keys = (self._dataset(dataset), self._pair(dyad), self._domain(domain))
        return event_lists.events(
            self.site.warehouse, *keys, *self._range(keys[0], keys[1], from_day, to_day), most=most, gate=gate or "on"
        )

    def event(self, event_id: EventId) -> dict[str, Any]:
        """One event and the source rows that were merged into it."""
        found = event_lists.event(self.site.warehouse, event_id)
        if found is None:
            raise Missing(f"there is no event {event_id}")
        return {**records(found)[0], "reports": records(event_lists.reports(self.site.warehouse, event_id))}

    def ledger(
        self,
        dyad: Dyad,
        day: At,
        indicator: Contributing = "balance",
        dataset: Dataset = "chronology",
        domain: Domain = "all",
        h: HalfLifeDays = None,
        mutual: Mutual = "apart",
        top: Top = None,
    ) -> pd.DataFrame:
        """The events behind one value; their contributions sum to it. Each row also gives the value without the story of the event."""
        scope = replace(self._scope(dyad, dataset, domain, h), mutual=mutual)
        return ledgers.ledger(self.site.warehouse, scope, indicator, day, top)

    def contributions(
        self,
        dyad: Dyad,
        day: At,
        indicator: Contributing = "balance",
        dataset: Dataset = "chronology",
        domain: Domain = "all",
        h: HalfLifeDays = None,
        mutual: Mutual = "apart",
    ) -> pd.DataFrame:
        """Components of one value: what each side did alone and both together, statements and actions, subjects. Each grouping sums to it."""
        scope = replace(self._scope(dyad, dataset, domain, h), mutual=mutual)
        return ledgers.contributions(self.site.warehouse, scope, indicator, day)

    def moved(
        self,
        dyad: Dyad,
        from_day: At,
        to_day: At,
        indicator: Contributing = "balance",
        group: Annotated[
            Literal["kind", "story"], Field(description="One row a kind, direction and subject, or one a story")
        ] = "kind",
        dataset: Dataset = "chronology",
        domain: Domain = "all",
        h: HalfLifeDays = None,
        mutual: Mutual = "apart",
    ) -> pd.DataFrame:
        """What changed a value between two days: new events, older events losing weight, effect of sample size. The three sum to the change."""
        scope = replace(self._scope(dyad, dataset, domain, h), mutual=mutual)
        first, last = sorted((from_day, to_day))
        return ledgers.moved(self.site.warehouse, scope, indicator, first, last, group)

    def measures(
        self, dyad: Pair, domain: Domain = "all", from_day: From = None, to_day: To = None, most: int = 100
    ) -> pd.DataFrame:
        """Changes of state of policy measures between two countries, newest first; is_in_force gives the status after the change."""
        keys = (self._pair(dyad), self._domain(domain))
        return policy_measures.measures(self.site.warehouse, *keys, from_day or FIRST, to_day or LAST, most=most)

    def measure_fates(self) -> pd.DataFrame:
        """How many measures that were announced, threatened or paused were in force within 30, 90 and 365 days, by instrument, with n and interval."""
        return policy_measures.measure_fates(self.site.warehouse)

    def forecasts(self, dyad: Pair | None = None, most: int = 100) -> pd.DataFrame:
        """Forecasts of the ledger, newest first: the question, its chance beside the plain past rate, state, answer and scores. Late ones are never scored."""
        return forecasts.registered(self.site.warehouse, self._pair(dyad) if dyad else "all", most)

    def forecast_track(self) -> pd.DataFrame:
        """How good the forecasts were, by kind: registered = open + pending + void + unread + scored, Brier score, skill against the plain past rate."""
        return forecasts.track(self.site.warehouse)

    def lead_lag(self, dyad: Pair) -> pd.DataFrame:
        """Whether friction led each loaded outcome of a pair, followed it, or neither, with the number of tests and what would have been seen."""
        return lead_lag.tests(self.site.warehouse, self._pair(dyad))

    def outcomes(self, dyad: Pair, from_day: From = None, to_day: To = None, most: int = 100) -> pd.DataFrame:
        """Loaded outcomes between two countries (trade, exchange rates, crossings), newest first, with every value that was known of a period."""
        return lead_lag.values(self.site.warehouse, self._pair(dyad), from_day or FIRST, to_day or LAST, most)

    def sides(
        self, dyad: Pair, dataset: Dataset = "chronology", domain: Domain = "all", from_day: From = None, to_day: To = None
    ) -> pd.DataFrame:
        """Sides that reported the events of a range (governments, courts, agencies, the press), the largest first, with the share of each."""
        keys = (self._dataset(dataset), self._pair(dyad), self._domain(domain))
        return event_lists.sides(self.site.warehouse, *keys, *self._range(keys[0], keys[1], from_day, to_day))

    def coverage(self, dyad: Pair, dataset: Dataset = "chronology", from_day: From = None, to_day: To = None) -> pd.DataFrame:
        """Days that were read, newest first. Silence is not calm: a missing day is a gap, never a zero."""
        return coverage.coverage(self.site.warehouse, self._dataset(dataset), self._pair(dyad), from_day or FIRST, to_day or LAST)

    def status(self) -> pd.DataFrame:
        """What each dataset holds: events, first and last day, the age of the newest event, files read, rows refused, when the update ran."""
        return coverage.status(self.site.warehouse)

    def _scope(self, dyad: str, dataset: str, domain: str, h: HalfLife | None) -> Scope:
        keys = (self._dataset(dataset), self._dyad(dyad), self._domain(domain))
        return self.site.lists().scope(*keys, int(h) if h else None)

    def _ways(self, dataset: str, as_of: date | None, asked: dict[str, str | None]) -> dict[str, str | None]:
        """Choices of the method that are other than the dataset's own; the others None."""
        own, scores = self.site.lists().ways[self._dataset(dataset)], self.site.lists().scores[dataset]
        chosen, lacking = other_ways(asked, own, scores, as_of is not None)
        for way in lacking:
            if way == "score" and asked[way] not in scores:
                raise Wrong(way, f"{dataset} has scores in {', '.join(scores)}")
            raise Wrong(way, f"with as_of the {way} is the dataset's own, {own[way]}")
        return chosen

    def _range(self, dataset: str, dyad: str, first: date | None, last: date | None) -> tuple[date, date]:
        span = coverage.span(self.site.warehouse, dataset, dyad) or (FIRST, LAST)
        first, last = sorted((first or span[0], last or span[1]))  # the pages take reversed days as well
        return first, last

    def _dataset(self, name: str) -> str:
        return one_of("dataset", name, tuple(self.site.lists().datasets))

    def _domain(self, name: str) -> str:
        return one_of("domain", name, ("all", *self.site.lists().domains))

    def _pair(self, name: str) -> str:
        return one_of("dyad", "-".join(sorted(name.upper().split("-"))), self.site.lists().dyads)

    def _dyad(self, name: str) -> str:
        if ">" not in name:
            return self._pair(name)
        self._pair(name.replace(">", "-"))
        return name.upper()


def coded_by_machine(site: Any, dataset: str, dyad: str | None) -> dict[str, Any] | None:
    """Which rows of a machine-coded dataset count and how often such a row is right; None where people coded."""
    asked = "-".join(sorted((dyad or "").upper().replace(">", "-").split("-")))
    known = asked if asked in site.lists().dyads else "all"
    rates = reliability.gate_rates(site.warehouse, dataset, known)
    return None if rates is None else records(rates.to_frame().T.infer_objects())[0]
