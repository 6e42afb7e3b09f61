"""The queue of proposals: each is stored once, as the coder made it but for the act on record that it repeats, with the item that it was read in; what became of it follows from its decisions."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from bilateral.exits import Exit, Stop
from bilateral.intake import store
from bilateral.intake.items import day_of
from bilateral.intake.proposals import Proposal
from bilateral.load import curation

Kind = Literal["accept", "edit", "reject", "merge", "undo"]
State = Literal["open", "accepted", "rejected", "merged"]
STATES: dict[str, State] = {"accept": "accepted", "reject": "rejected", "merge": "merged"}
CODED = [field.name for field in fields(Proposal)]
KINDS = {"start": "integer", "end": "integer", "confidence": "real"}
TABLES = (
    f"""
    create table if not exists proposals (
        number integer primary key autoincrement,
        key text not null unique,
        proposed_at text not null,
        {", ".join(f'"{name}" {KINDS.get(name, "text")}' for name in CODED)}
    )
    """,
    """
    create table if not exists decisions (
        number integer primary key autoincrement,
        proposal integer not null references proposals (number),
        kind text not null check (kind in ('accept', 'edit', 'reject', 'merge', 'undo')),
        who text not null,
        at text not null,
        why text not null,
        before text not null,
        after text not null,
        undoes integer references decisions (number)
    )
    """,
    "create index if not exists decisions_of on decisions (proposal)",
    "create index if not exists proposals_of on proposals (source, item_id)",
    *(
        f"""
        create trigger if not exists decisions_stay_{deed} before {deed} on decisions
        begin select raise(abort, 'decisions are only added; undo adds one too'); end
        """
        for deed in ("update", "delete")
    ),
)
IN_ANOTHER_REVISION = """
    select 1 from proposals
    where source = :source and item_id = :item_id and text_sha256 <> :text_sha256 and evidence = :evidence
        and source_country = :source_country and target_country = :target_country and cameo_code = :cameo_code
"""
WITH_ITEMS = """
    select proposals.*, items.title, items.url, items.language, items.published_at, items.precision, items.authority
    from proposals left join items using (source, item_id, text_sha256)
"""

BODIES = """
    select distinct raw_sha256 from items
    where first_seen_at >= ? or coded_by is null or exists (
        select 1 from proposals
        where proposals.source = items.source and proposals.item_id = items.item_id and proposals.number not in (
            select proposal from decisions
            where kind = 'reject' and number not in (select undoes from decisions where undoes is not null)
        )
    )
"""


@dataclass(frozen=True)
class Decision:
    """What a person decided: `before` and `after` are fields of the act, by name; `undoes` is the number of the decision that it takes back."""

    number: int
    proposal: int
    kind: Kind
    who: str
    at: datetime
    why: str
    before: dict[str, str]
    after: dict[str, str]
    undoes: int | None = None


@dataclass(frozen=True)
class Entry:
    """A proposal in the queue, what is told of its item, and all decisions about it, oldest first."""

    number: int
    proposed_at: datetime
    proposal: Proposal
    title: str
    url: str
    language: str
    """ISO 639-1, empty where unknown."""
    published_on: date | None
    """The publisher's own day of publication."""
    decisions: tuple[Decision, ...]

    @cached_property
    def standing(self) -> list[Decision]:
        """Decisions that were not undone."""
        undone = {decision.undoes for decision in self.decisions}
        return [decision for decision in self.decisions if decision.kind != "undo" and decision.number not in undone]

    @property
    def last(self) -> int:
        """Number of the last decision about it, 0 where there is none."""
        return self.decisions[-1].number if self.decisions else 0

    @property
    def state(self) -> State:
        return next((STATES[decision.kind] for decision in reversed(self.standing) if decision.kind in STATES), "open")

    @property
    def pair(self) -> str:
        """The two countries in alphabetical order, as MEX-USA; the one country where the sentence names no other."""
        return "-".join(sorted(filter(None, (self.proposal.source_country, self.proposal.target_country))))


@contextmanager
def reading(data: Path) -> Iterator[sqlite3.Connection]:
    """The database of the intake with the tables of the queue. Raises Stop 65 or 75, see `store.open`."""
    with store.open(data) as connection:
        for statement in TABLES:
            connection.execute(statement)
        yield connection


@contextmanager
def writing(data: Path) -> Iterator[sqlite3.Connection]:
    """The same for a change: all of it or nothing, and nobody else decides meanwhile."""
    with reading(data) as connection, store.transaction(connection):
        yield connection


def add(connection: sqlite3.Connection, proposals: Iterable[Proposal]) -> int:
    """Store proposals that are not there yet, nor in another revision of their item: a page that was changed brings no sentence back that a person has
    rejected. Returns how many are new. Call it in a transaction."""
    columns, places = ", ".join(f'"{name}"' for name in CODED), ", ".join(f":{name}" for name in CODED)
    statement = f"""
        insert or ignore into proposals (key, proposed_at, {columns})
        select :key, :now, {places} where not exists ({IN_ANOTHER_REVISION})
    """
    now = store.stamp(datetime.now(UTC))
    return sum(
        connection.execute(
            statement,
            {name: _stored(value) for name, value in asdict(proposal).items()} | {"key": json.dumps(proposal.key), "now": now},
        ).rowcount
        for proposal in proposals
    )


def entries(connection: sqlite3.Connection, number: int | None = None) -> list[Entry]:
    """All proposals, or the one of this number, in the order in which they came."""
    decided: dict[int, list[Decision]] = {}
    chosen = "" if number is None else " where proposal = :number"
    for row in connection.execute(f"select * from decisions{chosen} order by number", {"number": number}):
        decided.setdefault(row["proposal"], []).append(_decision(row))
    chosen = "" if number is None else " where number = :number"
    rows = connection.execute(f"{WITH_ITEMS}{chosen} order by number", {"number": number})
    return [_entry(row, tuple(decided.get(row["number"], ()))) for row in rows]


def record_compared(connection: sqlite3.Connection) -> int:
    """The number of the record of acts with which open proposals were compared last; 0 where they never were."""
    return int(connection.execute("pragma user_version").fetchone()[0])


def keep_on_record(connection: sqlite3.Connection, acts: Mapping[int, str], record: int) -> None:
    """Note for proposals, by number, which act on record they repeat, or none, and the number of that record. Call it in a transaction."""
    connection.execute(f"pragma user_version = {record:d}")
    connection.executemany("update proposals set on_record = ? where number = ?", [(act, number) for number, act in acts.items()])


def acceptances(connection: sqlite3.Connection, are_standing: bool = False) -> list[Decision]:
    """Every decision that accepted a proposal, or those that were not undone."""
    undone = "and number not in (select undoes from decisions where undoes is not null)" if are_standing else ""
    return [
        _decision(row) for row in connection.execute(f"select * from decisions where kind = 'accept' {undone} order by number")
    ]


def entry(connection: sqlite3.Connection, number: int) -> Entry:
    """One proposal. Raises Stop 65 where there is none of this number."""
    found = entries(connection, number)
    if not found:
        raise Stop(Exit.DATA, f"there is no proposal {number}; `bilateral review list --all` lists all of them")
    return found[0]


def note(
    connection: sqlite3.Connection,
    about: Entry,
    kind: Kind,
    who: str,
    why: str,
    before: dict[str, str],
    after: dict[str, str],
    undoes: int | None = None,
) -> None:
    """Add a decision. Call it in a transaction."""
    row = [about.number, kind, who, store.stamp(datetime.now(UTC)), why, _json(before), _json(after), undoes]
    columns = "proposal, kind, who, at, why, before, after, undoes"
    connection.execute(f"insert into decisions ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?)", row)


def in_order(found: Iterable[Entry]) -> list[Entry]:
    """By pair; within it new acts before those on record, what was done before what was only said or planned, then by importance."""
    scores = curation.scores()
    return sorted(
        found,
        key=lambda entry: (
            entry.pair,
            entry.proposal.on_record != "",
            entry.proposal.modality != "reported",
            -importance(entry.proposal, scores),
            entry.number,
        ),
    )


def importance(proposal: Proposal, scores: Mapping[str, str]) -> float:
    """The score of the code without its sign (a change of a measure counts as the highest, 10), times the confidence: 0 to 10."""
    weight = 10.0 if proposal.measure_state else abs(float(scores.get(proposal.cameo_code) or 0))
    return weight * proposal.confidence


def bodies_needed(connection: sqlite3.Connection, since: datetime) -> set[str]:
    """SHA-256 of the bodies of items first seen since a time, of items that no coder has read, and of all revisions of an item with a proposal that is
    not rejected."""
    return {row["raw_sha256"] for row in connection.execute(BODIES, [store.stamp(since)])}


def text_of(connection: sqlite3.Connection, about: Entry) -> str:
    """The text that the proposal was read in; its sentence alone where the item is gone."""
    key = [about.proposal.source, about.proposal.item_id, about.proposal.text_sha256]
    found = connection.execute("select text from items where source = ? and item_id = ? and text_sha256 = ?", key).fetchone()
    return found["text"] if found else about.proposal.evidence


def _entry(row: sqlite3.Row, decided: tuple[Decision, ...]) -> Entry:
    values: dict[str, Any] = {name: row[name] for name in CODED}
    for name in ("event_date", "effective_on"):
        values[name] = date.fromisoformat(row[name]) if row[name] else None
    told = {name: row[name] or "" for name in ("title", "url", "language")}
    published_at = store.moment(row["published_at"])
    proposed_at = datetime.fromisoformat(row["proposed_at"])
    published_on = day_of(published_at, row["precision"], row["authority"]) if published_at else None
    return Entry(row["number"], proposed_at, Proposal(**values), **told, published_on=published_on, decisions=decided)


def _decision(row: sqlite3.Row) -> Decision:
    values = dict(row) | {name: json.loads(row[name]) for name in ("before", "after")}
    return Decision(**values | {"at": datetime.fromisoformat(row["at"])})


def _json(values: dict[str, str]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _stored(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
