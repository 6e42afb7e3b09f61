"""Precision of machine coding: draw events, let a person compare them with their articles, read the marks back.

A file of marks is a CSV that a spreadsheet opens. Read back it lies in <data>/inbox/audits/, where every refresh finds it.
"""

import csv
import re
from pathlib import Path

from bilateral.ask.warehouse import Warehouse
from bilateral.escaping import as_it_was, write_csv
from bilateral.exits import Exit, Stop
from bilateral.today import today

QUESTIONS = ("actors_right", "kind_right", "domain_right")
ANSWERS = ("yes", "no", "unclear", "")
DRAW = ("audit", "dataset", "dyad", "drawn_on", "population")
EVENT = (
    "event_id", "event_day", "directed_dyad", "code", "code_label", "kind", "domain", "summary", "url", "outlet", "n_articles",
)  # fmt: skip
COLUMNS = (*DRAW, *EVENT, *QUESTIONS, "note")
NAME = re.compile(r"(?P<dataset>\w+)-(?P<dyad>all|[A-Z]{3}-[A-Z]{3})-(?P<drawn_on>\d{4}-\d\d-\d\d)-\w+")
"""Name of a draw. Spreadsheets rewrite days, but not this."""


def draw(warehouse: Warehouse, dataset: str, dyad: str, n: int, seed: str, path: Path) -> int:
    """Write a file of n drawn events with empty marks; returns how many there were to draw from. Raises Stop where there is none."""
    if path.exists():
        raise Stop(Exit.CONFIGURATION, f"{path} is there already and may hold marks; choose another name")
    found = warehouse.ask("audit_sample", dataset=dataset, dyad=dyad, seed=seed, most=n)
    if found.empty:
        raise Stop(Exit.UNAVAILABLE, f"dataset {dataset!r} has no events for {dyad}; see `bilateral doctor` for what there is")
    drawn_on = today().isoformat()
    found["event_day"] = found["event_day"].dt.date
    found = found.assign(audit=f"{dataset}-{dyad}-{drawn_on}-{seed}", dataset=dataset, dyad=dyad, drawn_on=drawn_on)
    found = found.assign(**dict.fromkeys((*QUESTIONS, "note"), ""))
    shown = found[list(COLUMNS)].astype(object)
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(file, list(COLUMNS), shown.where(shown.notna(), None).itertuples(index=False, name=None), for_people=True)
    return int(found["population"].iloc[0])


def receive(data: Path, path: Path) -> tuple[str, int, int]:
    """Check a file of marks and put it where refreshes find it; returns its name, events marked and events drawn. Raises Stop 65 with the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [{name: as_it_was(text) for name, text in row.items()} for row in csv.DictReader(file)]
    except OSError as error:
        raise Stop(Exit.UNAVAILABLE, f"{path}: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise Stop(Exit.DATA, f"{path} is not a CSV file in UTF-8 ({error}); save it from the spreadsheet as CSV UTF-8") from None
    if not rows or (missing := [column for column in COLUMNS if column not in rows[0]]):
        raise Stop(Exit.DATA, f"{path} lacks {', '.join(missing) if rows else 'rows'}; begin with `bilateral audit draw`")
    names = {row["audit"] for row in rows}
    if len(names) > 1 or len({row["event_id"] for row in rows}) < len(rows):
        raise Stop(Exit.DATA, f"{path} holds an event twice, or more than one draw; a file is one draw, each event once")
    (name,) = names
    if not (drawn := NAME.fullmatch(name)) or not all((row["population"] or "").isdigit() for row in rows):
        raise Stop(
            Exit.DATA, f"{path}: the columns audit and population are not as they were drawn; only the marks are to be filled in"
        )
    for number, row in enumerate(rows, 2):
        row.update(drawn.groupdict())
        for question in QUESTIONS:
            row[question] = (row[question] or "").strip().lower()
            if row[question] not in ANSWERS:
                raise Stop(
                    Exit.DATA,
                    f"{path}, line {number}: {question} is {row[question]!r}; write yes, no or unclear, or leave it empty",
                )
    inbox = data / "inbox" / "audits"
    inbox.mkdir(parents=True, exist_ok=True)
    with (inbox / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return name, sum(any(row[question] for question in QUESTIONS) for row in rows), len(rows)
