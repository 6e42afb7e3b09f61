"""The ledger of forecasts: asks, forecasts and settles at each refresh. The rules are in queries/forecasts/; here rows are hashed and appended."""

from datetime import date, datetime
from typing import Any

import duckdb

from bilateral.compute.queries import read
from bilateral.compute.runner import Runner
from bilateral.publish import hash_chain

CHECK = "every_forecast_is_open_pending_void_unread_or_scored"
QUESTION = (
    *("kind", "subject", "domain", "condition", "asked_on", "window_start", "window_end", "settles_on"),
    *("yes_if_en", "yes_if_es", "method_version"),
)
FORECAST = ("content_to", "p", "p_base", "base_k", "base_n", "p_low", "p_high", "method")


def enter(runner: Runner, day: date, made_at: datetime, run_id: str) -> int:
    """Ask what is due on a day (UTC), forecast it, settle what can be; returns how many rows came to the ledger.

    Raises CheckFailed where the ledger does not add up afterwards.
    """
    entered = _ask(runner, day, made_at, run_id) + _settle(runner, day, made_at, run_id)
    if entered:
        check = read(runner.folder / "checks" / f"{CHECK}.sql")
        runner.hold(check, check.sql)
    return entered


def _ask(runner: Runner, day: date, made_at: datetime, run_id: str) -> int:
    rows = _rows(runner, "questions", day)
    known = {row[0] for row in runner.connection.execute("select question_id from raw.questions").fetchall()}
    questions, forecasts = [], []
    for row in rows:
        question = {name: row[name] for name in QUESTION}
        question_id = hash_chain.digest(question)[:16]
        forecast = {"question_id": question_id, "made_at": made_at, "data_version": run_id}
        forecast |= {name: row[name] for name in FORECAST}
        forecasts.append({"forecast_id": hash_chain.digest(forecast)[:16], **forecast})
        if question_id not in known:  # late in the morning, asked again in the evening
            questions.append({"question_id": question_id, **question})
    return hash_chain.append(runner.connection, "questions", questions) + hash_chain.append(
        runner.connection, "forecasts", forecasts
    )


def _settle(runner: Runner, day: date, made_at: datetime, run_id: str) -> int:
    rows = _rows(runner, "resolutions", day)
    return hash_chain.append(
        runner.connection, "resolutions", [row | {"resolved_at": made_at, "data_version": run_id} for row in rows]
    )


def _rows(runner: Runner, name: str, day: date) -> list[dict[str, Any]]:
    path = runner.folder / "forecasts" / f"{name}.sql"
    try:
        found = runner.connection.execute(read(path).sql, {"day": day})
    except duckdb.Error as error:
        error.add_note(f"in {path}")
        raise
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
