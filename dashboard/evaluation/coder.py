"""Quality of the coder against sentences that other people coded: `python -m bilateral.evaluation.coder GOLD_FOLDER`.

The folder holds JSON lines with `id`, `text`, `date` and `events` of {source, target, cameo_root, plover_event, …}; none of it is
part of this project. Each sentence is judged by its best supported proposal, as the coded sentences hold one event each.
"""

import csv
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from bilateral.intake.coding.backends import Backend
from bilateral.intake.coding.modality import NOT_DONE
from bilateral.intake.coding.rules import Rules
from bilateral.intake.items import Item
from bilateral.intake.proposals import Proposal
from bilateral.package_data import folder

Row = dict[str, Any]
ORGANISATIONS = {"IGO": "IGO", "NGO": "NGO", "RAD": "IMG"}
"""Roles of organisations of no one state, as the coded sentences write them."""
WORKED_ON = 0
"""Half of plover-gsr and plv, by hash of the id, whose misses were looked at. Those of the other halves, petr2-gsr and cameo-manual-rest were not."""
SAME_TYPE = {"YIELD": ("CONCEDE", "RETREAT")}
"""A type of PLOVER that a set splits or joins otherwise than the codebook."""


@dataclass(frozen=True)
class Score:
    """Shares of sentences with an event, 0 to 1."""

    sentences: int
    root_f1: float
    quad: float
    source: float
    target: float
    triple: float


def quad(root: str) -> int:
    """Class of a CAMEO root as the coded sentences have it: 1 and 2 cooperation in words and deeds, 3 and 4 friction."""
    number = int(root)
    return 1 if number <= 5 else 2 if number <= 8 else 3 if number <= 13 else 4


def top(proposals: Iterable[Proposal]) -> Proposal | None:
    """The best supported proposal; one of what did not happen only where there is no other."""
    return max(proposals, key=lambda p: (p.modality not in NOT_DONE, p.confidence), default=None)


def actor(country: str, role: str) -> str:
    return country or ORGANISATIONS.get(role, "")


def item(row: Row) -> Item:
    """A coded sentence as an item; its placeholder date is no date of publication."""
    day = row.get("date") or ""
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if len(day) == 10 and day != "2000-01-01" else None
    return Item(
        "coded", row["id"], "", "", row["text"], "full", "en", published, "day", datetime(2000, 1, 1, tzinfo=UTC), "press"
    )


def score(rows: Iterable[Row], backend: Backend) -> Score:
    """Agreement with the coded events; any of a sentence's codings counts."""
    judged = [(row["events"], top(backend.proposals(item(row)))) for row in rows if row["events"]]
    proposed = [(events, proposal) for events, proposal in judged if proposal]

    def share(agrees: Callable[[Row, Proposal], bool]) -> float:
        return sum(any(agrees(event, proposal) for event in events) for events, proposal in proposed) / max(1, len(judged))

    right = share(_same_root)
    precision = right * len(judged) / max(1, len(proposed))
    return Score(
        len(judged), 2 * right * precision / ((right + precision) or 1), share(_same_quad), share(_same_source), share(_same_target),
        share(lambda event, p: _same_root(event, p) and _same_source(event, p) and _same_target(event, p)),
    )  # fmt: skip


def _same_root(event: Row, proposal: Proposal) -> bool:
    return proposal.cameo_code[:2] == event["cameo_root"]


def _same_quad(event: Row, proposal: Proposal) -> bool:
    return quad(proposal.cameo_code[:2]) == event["quad_class"]


def _same_source(event: Row, proposal: Proposal) -> bool:
    return actor(proposal.source_country, proposal.source_role) == (event["source"] or "")[:3]


def _same_target(event: Row, proposal: Proposal) -> bool:
    return actor(proposal.target_country, proposal.target_role) == (event["target"] or "")[:3]


def of_two_actors(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Proposals between two known actors, of what happened or was said."""
    return [
        p
        for p in proposals
        if p.modality not in NOT_DONE
        and actor(p.source_country, p.source_role)
        and actor(p.target_country, p.target_role)
        and actor(p.source_country, p.source_role) != actor(p.target_country, p.target_role)
    ]


def precision(rows: Iterable[Row], backend: Backend) -> tuple[int, float, float]:
    """Sentences with a proposal of two actors; the share of them in which people saw an event; and with the same class."""
    found = [(row["events"], p) for row in rows if (p := top(of_two_actors(backend.proposals(item(row)))))]
    events = sum(bool(events) for events, _ in found)
    classes = sum(any(_same_quad(event, p) for event in events) for events, p in found)
    return len(found), events / max(1, len(found)), classes / max(1, len(found))


def types(rows: Iterable[Row], backend: Backend) -> tuple[int, float, float]:
    """Sentences, the share with the PLOVER type of the coded event among all proposals, and for the best supported one."""
    judged = [(_types_of(row["events"][0]["plover_event"]), backend.proposals(item(row))) for row in rows]
    best = sum((p := top(found)) is not None and p.plover_type in wanted for wanted, found in judged)
    among = sum(any(p.plover_type in wanted for p in found) for wanted, found in judged)
    return len(judged), among / max(1, len(judged)), best / max(1, len(judged))


def _types_of(written: str) -> tuple[str, ...]:
    return SAME_TYPE.get(written, (written,))


def article(row: Row, backend: Backend) -> tuple[list[str], list[Proposal]]:
    """Core events of a coded article that no proposal has, and proposals of two actors that no coded event has."""
    proposed = of_two_actors(backend.proposals(item(row)))
    missed = [event["id"] for event in row["events"] if event["tier"] == "core" and not any(_fits(event, p) for p in proposed)]
    return missed, [p for p in proposed if not any(_fits(event, p) for event in row["events"])]


def _fits(event: Row, proposal: Proposal) -> bool:
    roots = {event["cameo_root"], *(code[:2] for code in event["accept_also"])}
    return proposal.cameo_code[:2] in roots and _same_source(event, proposal) and _same_target(event, proposal)


def replay(language: str, backend: Backend) -> tuple[int, float, float]:
    """The chronology's own sentences coded anew: how many, the share with the right root, and with the right pair of countries too.

    A sentence of the chronology often leaves a party out (`Treasury sanctions two firms`), so neither share can reach 1.
    """
    column = {"en": "summary", "es": "summary_es"}[language]
    root = both = 0
    acts = list(_chronology())
    for act in acts:
        day = datetime.fromisoformat(act["event_date"])
        text = Item("chronology", act["event_id"], "", "", act[column], "full", language, day, "day", day, "press")
        right = [p for p in backend.proposals(text) if p.modality not in NOT_DONE and p.cameo_code[:2] == act["cameo_code"][:2]]
        root += bool(right)
        both += any({p.source_country, p.target_country} == {act["source_actor"], act["target_actor"]} for p in right)
    return len(acts), root / len(acts), both / len(acts)


def _chronology() -> Iterator[dict[str, str]]:
    for path in sorted((folder("seeds") / "chronology").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def speed(rows: list[Row], backend: Backend) -> float:
    """Sentences a second of one processor, after a first one that reads the tables."""
    backend.proposals(item(rows[0]))
    started = time.process_time()
    for row in rows:
        backend.proposals(item(row))
    return len(rows) / (time.process_time() - started)


@lru_cache(maxsize=16)
def rows_of(path: Path) -> list[Row]:
    """Coded sentences of a file. Raises FileNotFoundError that names the file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def half(row: Row) -> int:
    """0 or 1 by hash of the id."""
    return int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2


def table(coded: Path, backend: Backend) -> str:
    """All measures of a folder of coded sentences, as lines of text."""
    gsr = rows_of(coded / "plover-gsr.jsonl")
    sets = {
        "plover-gsr": gsr,
        "plover-gsr, worked on": [row for row in gsr if half(row) == WORKED_ON],
        "plover-gsr, held out": [row for row in gsr if half(row) != WORKED_ON],
        "petr2-gsr, held out": rows_of(coded / "petr2-gsr.jsonl"),
        "cameo-manual-rest, held out": rows_of(coded / "cameo-manual-rest.jsonl"),
    }
    lines = [f"{'set':30}{'n':>5}{'root F1':>9}{'quad':>7}{'source':>8}{'target':>8}{'triple':>8}"]
    for name, rows in sets.items():
        s = score(rows, backend)
        parties = f"{s.source:>8.3f}{s.target:>8.3f}{s.triple:>8.3f}" if rows[0].get("actors_coded", True) else f"{'-':>8}" * 3
        lines.append(f"{name:30}{s.sentences:>5}{s.root_f1:>9.3f}{s.quad:>7.3f}{parties}")
    plv = rows_of(coded / "plv.jsonl")
    for name, rows in (
        ("worked on", [r for r in plv if half(r) == WORKED_ON]),
        ("held out", [r for r in plv if half(r) != WORKED_ON]),
    ):
        count, among, best = types(rows, backend)
        lines.append(f"plv, {name}: {count} sentences, PLOVER type of the best proposal {best:.3f}, of any {among:.3f}")
    count, events, classes = precision(rows_of(coded / "conflibert-cameo.jsonl"), backend)
    lines.append(
        f"conflibert-cameo: {count} sentences with a proposal of two actors; an event in {events:.3f}, the same class in {classes:.3f}"
    )
    missed, false = article(rows_of(coded / "seed-article.jsonl")[0], backend)
    lines.append(f"article: core events missed {', '.join(missed) or 'none'}; other proposals of two actors {len(false)}")
    lines += [f"  {p.source_country}>{p.target_country} {p.cameo_code} {p.modality}: {p.evidence[:90]}" for p in false]
    for language in ("en", "es"):
        count, root, both = replay(language, backend)
        lines.append(f"chronology, sentences in {language}: {count}, right root in {root:.3f}, right root and pair in {both:.3f}")
    lines.append(f"speed: {speed(plv, backend):,.0f} sentences a second of one processor")
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(
            "usage: python -m bilateral.evaluation.coder FOLDER, a folder with plover-gsr.jsonl and the other coded sentences"
        )
    print(table(Path(sys.argv[1]), Rules()))
