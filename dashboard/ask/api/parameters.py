"""Parameters of the API: their form, their meaning, and the error message for a wrong one."""

from datetime import date
from enum import IntEnum
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError

from bilateral.ask.choices import HALF_LIVES

ALIASES = {"from_day": "from", "to_day": "to"}
"""Names that whoever asks uses where Python has the word for itself."""
Model = TypeVar("Model", bound=BaseModel)
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
HalfLife = IntEnum("HalfLife", [(f"days_{days}", days) for days in HALF_LIVES])  # type: ignore[misc]


def _iso_day(value: Any) -> Any:
    """Only an ISO day; pydantic alone would take a number of seconds for one."""
    if isinstance(value, str) and not (len(value) == 10 and value[4] == value[7] == "-"):
        raise ValueError("write a day as 2025-03-28")
    return value


def _in_range(value: date) -> date:
    if not FIRST <= value <= LAST:
        raise ValueError(f"days must be between {FIRST} and {LAST}")
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
        description="A pair, or one direction of it, written as actor>target",
        examples=["MEX-USA", "USA>MEX"],
    ),
]
Dataset = Annotated[str, Field(max_length=40, description="Event source, see status", examples=["chronology"])]
Domain = Annotated[str, Field(max_length=40, description="Subject, or all", examples=["all", "trade"])]
HalfLifeDays = Annotated[HalfLife | None, Field(description="Half-life in days; default: that of the dataset")]
From = Annotated[Day | None, Field(description="First day, such as 2025-03-28; default: the first covered day")]
To = Annotated[Day | None, Field(description="Last day; default: the last covered day")]
On = Annotated[Day | None, Field(description="Day of all values, such as 2025-03-28; default: the newest day of the dataset")]
At = Annotated[Day, Field(description="A day, such as 2025-03-28", examples=["2025-03-28"], json_schema_extra=IN_RANGE)]
AsOf = Annotated[
    Day | None,
    Field(
        description="Data as of the end of this day, UTC, from reports published by then; for curated datasets a"
        " reconstruction, marked by is_reconstruction"
    ),
]
Mutual = Annotated[
    Literal["apart", "both", "coded", "none"],
    Field(
        description="How joint events count: apart (in the pair, in neither direction), both (in both directions), coded (in the coded direction) or none"
        " (not even in the pair). With as_of only apart"
    ),
]
Level = Annotated[
    Literal["raw", "exact", "article", "act", "joint"] | None,
    Field(
        description="Level of de-duplication; each level merges more than the one before; default: that of the dataset; not with as_of"
    ),
]
ScoreTable = Annotated[
    str | None,
    Field(
        max_length=40,
        description="Score table, see score_tables; default: that of the dataset; not with as_of",
        examples=["plover"],
    ),
]
Weighting = Annotated[
    Literal["equal", "log", "articles"] | None,
    Field(description="How the number of articles sets the weight of an event; default: that of the dataset; not with as_of"),
]
Without = Annotated[
    str | None,
    Field(
        max_length=40,
        description="Exclude events reported by this side, see sides; not with as_of, mutual, level, score, weight or gate",
        examples=["government of MEX"],
    ),
]
Gate = Annotated[
    Literal["on", "off"] | None,
    Field(
        description="off also counts, or lists, machine-coded rows that fail the filter; default: that of the dataset; not with as_of"
    ),
]
Top = Annotated[
    int | None,
    Field(ge=1, le=2**63 - 1, description="Number of rows with the largest contributions; the others are summed in one last row"),
]
Contributing = Annotated[Literal["balance", "intensity"], Field(description="Indicators that are sums over events")]
Period = Annotated[
    Literal["day", "week", "month"],
    Field(description="The value of a period is that of its last day, with the counts of the whole period"),
]
EventId = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[\w.>-]+$", description="event_id of an event")]
Page = Annotated[int, Field(ge=1, le=100, description="For more than a hundred pages, ask for fewer days or download a file")]
PerPage = Annotated[int, Field(ge=1, le=1000, description="Rows per page")]


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


def one_of(parameter: str, name: str, known: tuple[str, ...]) -> str:
    if name not in known:
        raise Wrong(parameter, f"{name!r} is none of {', '.join(known)}")
    return name
