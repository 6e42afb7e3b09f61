"""What changed materially, as feeds and alerts tell it, and the dates ahead. The SQL is in queries/app/."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import pandas as pd

from bilateral import formats
from bilateral.ask import catalogue, forecasts, policy_measures
from bilateral.ask.warehouse import Warehouse
from bilateral.frames import rowwise
from bilateral.strings import texts
from bilateral.today import today

DAYS = 120
MIN_SCORE = 7.0
MOST = 200


@dataclass(frozen=True)
class Change:
    """One material change: a stable id, what it is about, a title that says why it is here, a sentence, and the page that shows it."""

    id: str
    kind: str
    day: date
    dyad: str
    dataset: str
    title: str
    text: str
    path: str
    value: float | None
    state: str | None
    domain: str | None = None
    """Subject of a measure or an act."""


def changes(
    warehouse: Warehouse,
    lang: str = "en",
    dyad: str | None = None,
    days: int = DAYS,
    min_score: float = MIN_SCORE,
    domain: str = "all",
) -> list[Change]:
    """Changes of the last days that have news, newest first; acts from an absolute score on. Raises LookupError for a pair or subject that is none."""
    dyad = known(warehouse, dyad) if dyad else "all"
    rows = warehouse.ask("changes", dyad=dyad, domain=known_domain(warehouse, domain), days=days, min_score=min_score, most=MOST)
    rows = rows.astype(object).where(rows.notna(), None)
    return [_change(row, lang) for row in rowwise(rows)]


def known(warehouse: Warehouse, asked: str) -> str:
    """The pair that two countries are, in any order and case. Raises LookupError with those there are."""
    dyads = list(warehouse.ask("known")["dyads"][0])
    dyad = "-".join(sorted(asked.upper().split("-")))
    if dyad not in dyads:
        raise LookupError(f"there is no pair {asked!r}; the pairs are {', '.join(dyads)}")
    return dyad


def known_domain(warehouse: Warehouse, asked: str) -> str:
    """The subject, or `all`. Raises LookupError with those there are."""
    domains = list(warehouse.ask("known")["domains"][0])
    if asked not in ("all", *domains):
        raise LookupError(f"there is no subject {asked!r}; the subjects are {', '.join(domains)}")
    return asked


def _change(row: dict[Any, Any], lang: str) -> Change:
    text = texts(lang)
    label = row[f"code_{lang}"] or row["code"]
    names = {"pair": row[f"pair_{lang}"], "subject": (row["subject_es"] if lang == "es" else None) or row["subject"] or label}
    said = []
    if row["kind"] == "measure":
        state = text(f"states.{row['state']}")
        before = text(f"states.{row['before']}") if row["before"] else None
        title = (
            text("feeds.measure", **names, state=state, before=before)
            if before
            else text("feeds.measure_first", **names, state=state)
        )
        said += [text("feeds.rate", rate=formats.plain(row["value"], 1))] if row["value"] is not None else []
    elif row["kind"] == "act":
        title = text("feeds.act", **names, label=label, score=formats.points(row["value"], 1))
    else:
        title = text(f"feeds.{row['kind']}", **names, **{name: formats.points(row[name]) for name in ("value", "low", "high")})
    said.append(text("feeds.as_coded", dataset=row["dataset"]))
    path = f"/pair/{row['dyad']}?at={row['day']:%Y-%m-%d}" + (f"&event={quote(row['event_id'])}" if row["event_id"] else "")
    day = pd.Timestamp(row["day"]).date()
    return Change(
        row["change_id"],
        row["kind"],
        day,
        row["dyad"],
        row["dataset"],
        title,
        " ".join(said),
        path,
        row["value"],
        row["state"],
        row["domain"],
    )


def coming(warehouse: Warehouse, lang: str, dyad: str, domain: str) -> list[Change]:
    """Dates ahead, those of the list and those set for measures, as entries of a calendar, the nearest first."""
    names = catalogue.lists(warehouse).names(lang)
    rows = rowwise(policy_measures.coming_up(warehouse, today(), date.max, dyad, MOST))
    return [_date(row, dyad, names, lang) for row in rows if domain in ("all", row["domain"])]


def _date(row: dict[Any, Any], dyad: str, names: dict[str, str], lang: str) -> Change:
    text, day = texts(lang), row["day"].date()
    pair = "-".join(sorted(row["countries"].split())) if dyad == "all" else dyad
    title = row["title_en"] if formats.is_missing(row[f"title_{lang}"]) else row[f"title_{lang}"]
    if not formats.is_missing(row["measure_id"]):
        title = text("feeds.coming", pair=names[pair], subject=title, what=text(f"measures.until_{row['kind']}"))
    elif row["precision"] == "month":
        title = text("feeds.coming_month", subject=title, month=formats.period(day, "month", text))
    name = row["date_id"] if formats.is_missing(row["measure_id"]) else f"{row['measure_id']}-{day}"
    source = " ".join(part for part in (row["source_title"], row["source_url"]) if not formats.is_missing(part))
    said = text("feeds.coming_source", certainty=text(f"front.certainty.{row['certainty']}"), source=source)
    path = f"/measures?pair={pair}" if pair in names else "/"
    return Change(f"until-{name}", "date", day, pair, "measures", title, said, path, None, None, row["domain"])


def answers(warehouse: Warehouse, lang: str, dyad: str, domain: str) -> list[Change]:
    """Answers to forecasts of the ledger as entries of a feed, the newest first."""
    names = catalogue.lists(warehouse).names(lang)
    return [_answer(row, names, lang) for row in rowwise(forecasts.settled(warehouse, dyad, domain, MOST))]


def _answer(row: dict[Any, Any], names: dict[str, str], lang: str) -> Change:
    text, is_of_pair = texts(lang), row["dyad"] in names
    p, base = (formats.plain(100 * row[name]) for name in ("p", "p_base"))
    pair = names[row["dyad"]] if is_of_pair else text("app")
    title = text("forecasts.answer", pair=pair, answer=text(f"forecasts.answer_{row['answer']}"), p=p, base=base)
    said = text(
        "forecasts.answer_text",
        condition=row[f"yes_if_{lang}"],
        first=formats.day(row["window_start"].date(), text),
        last=formats.day(row["window_end"].date(), text),
        number=int(row["resolution_no"]),
    )
    name = f"forecast-{row['question_id']}-{row['resolution_no']}"
    dyad = row["dyad"] if is_of_pair else "all"
    return Change(
        name, "forecast", row["day"].date(), dyad, "forecasts", title, said, "/forecasts", row["p"], row["answer"], row["domain"]
    )
