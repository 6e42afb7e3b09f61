"""What a program may ask: one typed function a question, over the same calls of data.py that the pages make, so that digits agree.

api.py makes addresses of these functions, mcp.py tools for language models; neither computes anything.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar

import pandas as pd
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model

from dashboard import data, resources
from dashboard.address import HALF_LIVES, other_ways
from dashboard.queries import Query, read, read_layers

ALIASES = {"from_day": "from", "to_day": "to"}
"""Names that whoever asks uses where Python has the word for itself."""
Model = TypeVar("Model", bound=BaseModel)
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
HalfLife = IntEnum("HalfLife", [(f"days_{days}", days) for days in HALF_LIVES])  # type: ignore[misc]


def _iso_day(value: Any) -> Any:
    """Only an ISO day; pydantic alone would take a number of seconds for one."""
    if isinstance(value, str) and not (len(value) == 10 and value[4] == value[7] == "-"):
        raise ValueError("a day is written as 2025-03-28")
    return value


def _in_range(value: date) -> date:
    if not FIRST <= value <= LAST:
        raise ValueError(f"days lie between {FIRST} and {LAST}")
    return value


IN_RANGE = {"pattern": r"^(19|20|21)\d\d-\d\d-\d\d$"}
Day = Annotated[date, BeforeValidator(_iso_day), AfterValidator(_in_range), Field(json_schema_extra=IN_RANGE)]
Pair = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z]{3}-[A-Za-z]{3}$", description="Two countries, ISO 3166-1 alpha-3, in any order", examples=["MEX-USA"]
    ),
]
Dyad = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z]{3}[->][A-Za-z]{3}$",
        description="A pair, or one direction of it with > between who acts and on whom",
        examples=["MEX-USA", "USA>MEX"],
    ),
]
Dataset = Annotated[str, Field(max_length=40, description="Where the events come from, see status", examples=["chronology"])]
Domain = Annotated[str, Field(max_length=40, description="Subject, or all", examples=["all", "trade"])]
HalfLifeDays = Annotated[
    HalfLife | None, Field(description="Days after which an event counts half; else the default of the dataset")
]
From = Annotated[Day | None, Field(description="First day, as 2025-03-28; else the first covered day")]
To = Annotated[Day | None, Field(description="Last day; else the last covered day")]
At = Annotated[Day, Field(description="A day, as 2025-03-28", examples=["2025-03-28"], json_schema_extra=IN_RANGE)]
AsOf = Annotated[
    Day | None,
    Field(
        description="As it was known at the end of this day, UTC, of the reports published by then; for curated datasets a"
        " reconstruction, which is_reconstruction says"
    ),
]
Mutual = Annotated[
    Literal["both", "coded", "none"],
    Field(description="How acts with two doers count: in both directions, as coded in one, or in none; with as_of only in both"),
]
Level = Annotated[
    Literal["raw", "exact", "article", "act", "joint"] | None,
    Field(description="Level of de-duplication, each merging what the one before left; else the dataset's own; not with as_of"),
]
ScoreTable = Annotated[
    str | None,
    Field(
        max_length=40,
        description="Table of scores, see score_tables; else the dataset's own; not with as_of",
        examples=["plover"],
    ),
]
Weighting = Annotated[
    Literal["equal", "log", "articles"] | None,
    Field(description="How its number of articles weighs an act; else the dataset's own; not with as_of"),
]
Top = Annotated[
    int | None,
    Field(
        ge=1, le=2**63 - 1, description="List the weightiest so many; all others are one last row, so that the sum stays whole"
    ),
]
Contributing = Annotated[Literal["balance", "intensity"], Field(description="Indicators that are sums over events")]
Period = Annotated[
    Literal["day", "week", "month"], Field(description="A period's value is that of its last day, with the counts of the period")
]
EventId = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[\w.>-]+$", description="event_id of an event")]
Page = Annotated[int, Field(ge=1, le=100, description="For more than a hundred pages ask for fewer days, or take a file")]
PerPage = Annotated[int, Field(ge=1, le=1000, description="Rows of a page")]


class Wrong(ValueError):
    """A value that names nothing here. `parameter` says which, the message what there is."""

    def __init__(self, parameter: str, message: str):
        super().__init__(message)
        self.parameter = parameter


class Faulty(ValueError):
    """One or more parameters that are lacking, unknown or not as they are written; `found` has each with what is wrong."""

    def __init__(self, found: list[dict[str, str]]):
        super().__init__("; ".join(f"{fault['parameter'] or 'the request'}: {fault['message']}" for fault in found))
        self.found = found


class Missing(LookupError):
    """What was asked for by name is not here."""


@dataclass(frozen=True, eq=False)
class Question:
    """One function that may be asked, and the columns of its rows."""

    name: str
    call: Callable[..., Any]
    columns: dict[str, tuple[str, str]]
    """Name, DuckDB type and meaning."""

    @property
    def sentence(self) -> str:
        return inspect.getdoc(self.call) or ""

    @cached_property
    def parameters(self) -> type[BaseModel]:
        """What may be given with it; pages where there are rows, `most` where SQL does the cutting."""
        signature = inspect.signature(self.call, eval_str=True)
        fields: dict[str, Any] = {
            name: (
                Annotated[part.annotation, Field(alias=ALIASES.get(name))],
                ... if part.default is part.empty else part.default,
            )
            for name, part in signature.parameters.items()
            if name != "most"
        }
        if self.name not in ("event", "indicators"):
            fields |= {"page": (Page, 1), "per_page": (PerPage, 100)}
        return create_model(self.name, __config__=ConfigDict(extra="forbid"), **fields)

    def answer(self, given: Mapping[str, Any]) -> "Found":
        """One page of the answer. Raises Faulty or Wrong for what is given wrongly, Missing for what is not here."""
        asked = checked(self.parameters, given)
        page, per_page = getattr(asked, "page", 1), getattr(asked, "per_page", 1000)
        named = {name: value for name, value in asked if name not in ("page", "per_page")}
        if "most" in inspect.signature(self.call).parameters:
            named["most"] = page * per_page + 1
        found = self.call(**named)
        if isinstance(found, dict):
            return Found(found, None)
        first, last = (page - 1) * per_page, page * per_page
        rows = found[first : last + 1] if isinstance(found, list) else records(found.iloc[first : last + 1])
        return Found(rows[:per_page], page + 1 if len(rows) > per_page else None)


@dataclass(frozen=True)
class Found:
    """One page of an answer as JSON has it."""

    data: list[dict[str, Any]] | dict[str, Any]
    next_page: int | None
    """None on the last one."""


def checked(model: type[Model], given: Any) -> Model:
    """The parameters as the model has them. Raises Faulty for what is given wrongly."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise Faulty(faults(error, model)) from None


def faults(error: ValidationError, model: type[BaseModel]) -> list[dict[str, str]]:
    """What was given wrongly: the parameter's name, and what is wrong with it or was expected."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    found = []
    for part in error.errors(include_url=False):
        name = ".".join(map(str, part["loc"]))
        like = " or ".join(map(str, (fields[name].examples if name in fields else None) or ()))
        known = {
            "missing": f"it has to be given{like and f', as {name}={like}'}",
            "extra_forbidden": f"there is no such parameter; there are {', '.join(fields) or 'none'}",
            "string_pattern_mismatch": f"{part['input']!r} is not written as {like}" if like else part["msg"],
            "value_error": part["msg"].removeprefix("Value error, "),
        }
        found.append({"parameter": name, "message": known.get(part["type"], part["msg"])})
    return found


class Questions:
    """Everything that can be asked of one site. `site` has a warehouse, lists() and fresh()."""

    def __init__(self, site: Any):
        self.site = site
        folder = resources.folder("queries")
        self.queries = read_layers(folder)
        self.macros = {path.stem: read(path) for path in sorted((folder / "macros").glob("*.sql"))}

    def all(self) -> tuple[Question, ...]:
        """Every question with its columns, which are promised by the header of its query."""
        app = self.site.warehouse.questions
        answered_by: dict[Callable, Query | None] = {
            self.dyads: app["pairs"],
            self.indicators: None,
            self.series: app["indicator_series"],
            self.events: app["events_between"],
            self.event: app["event"],
            self.ledger: self.macros["ledger"],
            self.moved: None,
            self.measures: app["measures_changed"],
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

    def dyads(self, dataset: Dataset = "chronology") -> pd.DataFrame:
        """Every pair as it stands on its own last covered day: name, balance with its band, state, events of a year, newest event."""
        return data.pairs(self.site.warehouse, self._dataset(dataset))

    def indicators(self) -> list[dict[str, str]]:
        """What is computed: name, title, unit, which direction is better, why, caveat, columns with their meaning."""
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
        mutual: Mutual = "both",
        level: Level = None,
        score: ScoreTable = None,
        weight: Weighting = None,
    ) -> pd.DataFrame:
        """Every indicator of a pair or direction over time, one row a period, with band, evidence and state. Null is "not to be told", never 0."""
        if as_of and mutual != "both":
            raise Wrong("mutual", "with as_of mutual acts count in both directions only")
        ways = self._ways(dataset, as_of, {"level": level, "score": score, "weight": weight})
        scope = self._scope(dyad, dataset, domain, h)
        scope = replace(scope, as_of=as_of, mutual=mutual, level=ways["level"], score=ways["score"], weight=ways["weight"])
        return data.series(self.site.warehouse, scope, by, *self._range(scope.dataset, scope.dyad, from_day, to_day))

    def events(
        self,
        dyad: Pair,
        dataset: Dataset = "chronology",
        domain: Domain = "all",
        from_day: From = None,
        to_day: To = None,
        most: int = 100,
    ) -> pd.DataFrame:
        """Acts of a pair as coded, newest first: who did what to whom, code, kind, score, title and address of the source."""
        keys = (self._dataset(dataset), self._pair(dyad), self._domain(domain))
        return data.events(self.site.warehouse, *keys, *self._range(keys[0], keys[1], from_day, to_day), most=most)

    def event(self, event_id: EventId) -> dict[str, Any]:
        """One event and the source rows that were merged into it."""
        found = data.event(self.site.warehouse, event_id)
        if found is None:
            raise Missing(f"there is no event {event_id}")
        return {**records(found)[0], "reports": records(data.reports(self.site.warehouse, event_id))}

    def ledger(
        self,
        dyad: Dyad,
        day: At,
        indicator: Contributing = "balance",
        dataset: Dataset = "chronology",
        domain: Domain = "all",
        h: HalfLifeDays = None,
        mutual: Mutual = "both",
        top: Top = None,
    ) -> pd.DataFrame:
        """The events behind one value; contributions sum to it. Each row also says what the value would be without its story."""
        scope = replace(self._scope(dyad, dataset, domain, h), mutual=mutual)
        return data.ledger(self.site.warehouse, scope, indicator, day, top)

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
        mutual: Mutual = "both",
    ) -> pd.DataFrame:
        """What moved a value between two days: new events, fading of old ones, change of evidence. The three sum to the change."""
        scope = replace(self._scope(dyad, dataset, domain, h), mutual=mutual)
        first, last = sorted((from_day, to_day))
        return data.moved(self.site.warehouse, scope, indicator, first, last, group)

    def measures(
        self, dyad: Pair, domain: Domain = "all", from_day: From = None, to_day: To = None, most: int = 100
    ) -> pd.DataFrame:
        """Changes of state of policy measures between two countries, newest first; is_in_force says what held afterwards."""
        keys = (self._pair(dyad), self._domain(domain))
        return data.measures(self.site.warehouse, *keys, from_day or FIRST, to_day or LAST, most=most)

    def coverage(self, dyad: Pair, dataset: Dataset = "chronology", from_day: From = None, to_day: To = None) -> pd.DataFrame:
        """Which days were read, newest first. Silence is not calm: a day that is missing here is a gap, never a zero."""
        return data.coverage(self.site.warehouse, self._dataset(dataset), self._pair(dyad), from_day or FIRST, to_day or LAST)

    def status(self) -> pd.DataFrame:
        """What each dataset holds: events, first and last day, files read, rows refused."""
        return data.status(self.site.warehouse)

    def _scope(self, dyad: str, dataset: str, domain: str, h: HalfLife | None) -> data.Scope:
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
        span = data.span(self.site.warehouse, dataset, dyad) or (FIRST, LAST)
        first, last = sorted((first or span[0], last or span[1]))  # the pages take reversed days as well
        return first, last

    def _dataset(self, name: str) -> str:
        return _one_of("dataset", name, tuple(self.site.lists().datasets))

    def _domain(self, name: str) -> str:
        return _one_of("domain", name, ("all", *self.site.lists().domains))

    def _pair(self, name: str) -> str:
        return _one_of("dyad", "-".join(sorted(name.upper().split("-"))), self.site.lists().dyads)

    def _dyad(self, name: str) -> str:
        if ">" not in name:
            return self._pair(name)
        self._pair(name.replace(">", "-"))
        return name.upper()


def _one_of(parameter: str, name: str, known: tuple[str, ...]) -> str:
    if name not in known:
        raise Wrong(parameter, f"{name!r} is none of {', '.join(known)}")
    return name


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them: days and times as ISO text, what is missing as null. Columns called …_at are times in UTC, other dates are days."""
    named = {name: _as_json(frame[name]) for name in frame.columns}
    return [dict(zip(named, row, strict=True)) for row in zip(*named.values(), strict=True)]


def _as_json(column: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(column):
        pattern = "%Y-%m-%dT%H:%M:%SZ" if str(column.name).endswith("_at") else "%Y-%m-%d"
        return [None if pd.isna(value) else value.strftime(pattern) for value in column]
    return [_plain(value) for value in column.astype(object)]


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):  # numpy's numbers and lists
        value = value.tolist()
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return None if pd.isna(value) else value
