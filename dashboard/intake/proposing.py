"""Codes items that no coder has read yet, and puts what it proposes into the queue, item by item: who is killed repeats one item and stores nothing twice."""

import contextlib
import csv
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zlib import crc32

from bilateral.intake import queue, store
from bilateral.intake.coding.backends import Outage, backends
from bilateral.intake.coding.record import RecordedAct, on_record
from bilateral.intake.proposals import Proposal
from bilateral.load import curation
from bilateral.logs import log
from bilateral.strings import texts

OF_TRADE = frozenset({"tariff", "anti-dumping", "import-ban", "export-control"})
"""Instruments that often hit every country, and name none."""


@dataclass(frozen=True)
class Outcome:
    """What came of it: items read, proposals stored, those left out as they are of no configured pair, and items at which the coder failed."""

    n_items: int = 0
    n_proposals: int = 0
    n_others: int = 0
    n_failed: int = 0
    outage: str = ""
    """Why a model could not be asked; the items are read by it in a later run."""
    n_waiting: int = 0

    @property
    def sentence(self) -> str:
        """Empty where no item waited."""
        if not self.n_items:
            return ""
        said = texts("en")("runs.coded", n=self.n_items, proposals=self.n_proposals)
        said += f", {self.n_others} of no configured pair left out" if self.n_others else ""
        said += f"; {self.n_failed} could not be coded and will be tried again, see the log" if self.n_failed else ""
        return said + (f"; {self.n_waiting} wait for the model ({self.outage})" if self.n_waiting else "")


def pairs_of(files: Iterable[str | Path]) -> set[frozenset[str]]:
    """Configured pairs, of files like seeds/dyads.csv."""
    found = set()
    for path in files:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            found |= {frozenset(row["dyad"].upper().split("-")) for row in csv.DictReader(file)}
    return found


def recorded(data: Path) -> list[RecordedAct]:
    """Acts of the chronology, shipped and in the inbox, that a proposal may repeat; a row without a day repeats nothing."""
    found = []
    for row in curation.known_acts(data):
        with contextlib.suppress(ValueError):
            day = date.fromisoformat(row.get("event_date", ""))
            source, target, code, domain = (
                row.get(name, "") for name in ("source_actor", "target_actor", "cameo_code", "domain")
            )
            told = " ".join(filter(None, (row.get("summary"), row.get("summary_es"))))
            found.append(RecordedAct(row.get("event_id", ""), day, source, target, code, domain, told))
    return found


def concerns(proposal: Proposal, pairs: set[frozenset[str]]) -> bool:
    """Whether a proposal is of a configured pair. A change of a measure of trade that names no target, as a tariff on all cars, is kept where a country
    of a pair makes it: a person says whom it is counted towards."""
    named = frozenset((proposal.source_country, proposal.target_country))
    is_open_ended = proposal.instrument in OF_TRADE and proposal.target_country == ""
    return named in pairs or (is_open_ended and any(proposal.source_country in pair for pair in pairs))


def propose(data: Path, pairs: set[frozenset[str]], model: str | None = None) -> Outcome:
    """Read every item that waits, also with a language model where one is named. A proposal of an act that the chronology has says so, and an open one
    of an earlier run too where the act came later. A model that cannot be asked leaves its items waiting.

    Raises Stop 65 or 75 where the database of the intake cannot be used, see `store.open`, and 78 where the model cannot.
    """
    if not store.exists(data):
        return Outcome()
    made = Outcome()
    with queue.reading(data) as connection:
        items, known = store.uncoded(connection), recorded(data)
        _renew(connection, known)
        if not items:
            return made
        coders = backends(model, lambda sentence: log.warning("model.not_used", reason=sentence))
        for item in items:
            made = replace(made, n_items=made.n_items + 1)
            found: list[Proposal] = []
            try:
                for coder in coders:
                    found += [replace(one, text_sha256=item.text_sha256) for one in coder.proposals(item)]
            except Outage as outage:
                log.error("model.outage", reason=str(outage))
                coders, made = coders[:1], replace(made, outage=str(outage))
            except Exception as fault:  # a fault of the coder at one text fails no other one, and no refresh
                log.error("item.not_coded", source=item.source, item=item.item_id, reason=repr(fault))
                made = replace(made, n_failed=made.n_failed + 1)
                continue
            ours = [one for one in found if concerns(one, pairs)]
            with store.transaction(connection):
                n_new = queue.add(connection, on_record(ours, known))
                if not made.outage:
                    store.note_coded(connection, item, " + ".join(coder.name for coder in coders))
            made = replace(
                made, n_proposals=made.n_proposals + n_new, n_others=made.n_others + len(found) - len(ours),
                n_waiting=made.n_waiting + bool(made.outage),
            )  # fmt: skip
    return made


def _renew(connection: sqlite3.Connection, known: list[RecordedAct]) -> None:
    """Bring open proposals in line with the acts on record, which a later release or an acceptance adds and an undo takes away; where the record is as it
    was the last time, which the database remembers by a number, nothing is read."""
    record = crc32(repr(known).encode()) >> 1  # SQLite keeps 31 bits and a sign
    if queue.record_compared(connection) == record:
        return
    waiting = [entry for entry in queue.entries(connection) if entry.state == "open"]
    renewed = on_record([entry.proposal for entry in waiting], known)
    changed = {entry.number: one.on_record for entry, one in zip(waiting, renewed, strict=True) if entry.proposal != one}
    with store.transaction(connection):
        queue.keep_on_record(connection, changed, record)
