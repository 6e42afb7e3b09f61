"""The learned order of the queue: how likely a reviewer accepts a proposal, from the decisions made here. Extra `ranker`; off below 200 decisions.

A refresh trains when decisions or proposals are new and keeps the probabilities beside the proposals, so that pages read them without the library.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bilateral.intake import queue, store
from bilateral.intake.queue import Entry
from bilateral.logs import log

FEWEST = 200
"""Standing acceptances and rejections from which the order is learned."""
FEWEST_OF_A_KIND = 10
"""Of these the fewest of either kind: who accepts everything teaches no order."""
FOLDS = 5
TABLES = (
    "create table if not exists ranks (proposal integer primary key references proposals (number), probability real not null)",
    """
    create table if not exists ranker (
        only integer primary key check (only = 1), trained_on text not null, n_decisions integer not null, auc real not null,
        precision_at integer not null, precision real not null, share_accepted real not null
    )
    """,
)

STANDING = """
    select (select count(*) from proposals) || ' proposals, decision ' || coalesce(max(number), 0), count(*) from decisions
"""


@dataclass(frozen=True)
class Order:
    """By what the queue is ordered: probabilities of acceptance by number of the proposal, and how well they foretold decisions that they were not
    learned from: area under the curve, and share accepted among the `precision_at` likeliest. All empty where nothing was learned."""

    probabilities: Mapping[int, float]
    n_decisions: int = 0
    auc: float = 0.0
    precision_at: int = 0
    precision: float = 0.0
    share_accepted: float = 0.0


def learn(data: Path) -> str:
    """Train anew where decisions or proposals are new. Returns a sentence where the library that is needed is not there, else nothing.

    Raises Stop 65 or 75, see `store.open`.
    """
    if not store.exists(data):
        return ""
    with queue.reading(data) as connection:
        _make_tables(connection)
        (now, n_decisions) = connection.execute(STANDING).fetchone()
        if (row := connection.execute("select trained_on from ranker").fetchone()) and row["trained_on"] == now:
            return ""
        entries = queue.entries(connection) if n_decisions >= FEWEST else []
        judged = [entry for entry in entries if entry.state in ("accepted", "rejected")]
        n_accepted = sum(entry.state == "accepted" for entry in judged)
        if len(judged) < FEWEST or min(n_accepted, len(judged) - n_accepted) < FEWEST_OF_A_KIND:
            _keep(connection, "", [], None)
            return ""
        try:
            order = learned(judged, [entry for entry in entries if entry.state == "open"])
        except ImportError:
            _keep(connection, "", [], None)
            return f"the queue of proposals could be ordered by your {len(judged)} decisions: pip install 'bilateral[ranker]'"
        _keep(connection, now, list(order.probabilities.items()), order)
    log.info("ranker.trained", decisions=order.n_decisions, auc=round(order.auc, 3), precision=round(order.precision, 3))
    return ""


def learned(judged: list[Entry], waiting: list[Entry]) -> Order:
    """Probabilities of the proposals that wait, from logistic regression on those that were judged; equal entries give equal ones.

    Raises ImportError where scikit-learn is not there.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    features, accepted = [traits(entry) for entry in judged], [entry.state == "accepted" for entry in judged]
    model = make_pipeline(DictVectorizer(), LogisticRegression(max_iter=1000))
    held_out = cross_val_predict(model, features, accepted, cv=StratifiedKFold(FOLDS), method="predict_proba")[:, 1]
    k = len(judged) // FOLDS
    likeliest = sorted(range(len(judged)), key=lambda at: (-held_out[at], judged[at].number))[:k]
    model.fit(features, accepted)
    found = model.predict_proba([traits(entry) for entry in waiting])[:, 1] if waiting else []
    return Order(
        {entry.number: round(float(one), 6) for entry, one in zip(waiting, found, strict=True)},
        len(judged),
        float(roc_auc_score(accepted, held_out)),
        k,
        sum(accepted[at] for at in likeliest) / k,
        sum(accepted) / len(judged),
    )


def traits(entry: Entry) -> dict[str, Any]:
    """What the order is learned from: who coded what of which kind and how, never the words of a text."""
    found = entry.proposal
    return {
        "coder": found.backend.partition(" ")[0], "source": found.source, "pair": entry.pair, "root": found.cameo_code[:2],
        "code": found.cameo_code, "modality": found.modality, "day": found.day_basis, "subject": found.domain,
        "instrument": found.instrument, "state": found.measure_state, "roles": f"{found.source_role} {found.target_role}",
        "language": entry.language, "confidence": found.confidence, "is on record": bool(found.on_record),
        "names both": bool(found.source_country and found.target_country),
    }  # fmt: skip


def order_of(connection: sqlite3.Connection) -> Order:
    """The order that was learned last."""
    _make_tables(connection)
    row = connection.execute(
        "select n_decisions, auc, precision_at, precision, share_accepted from ranker where trained_on <> ''"
    ).fetchone()
    if row is None:
        return Order({})
    return Order(dict(map(tuple, connection.execute("select proposal, probability from ranks"))), *row)


def in_order(found: Iterable[Entry], order: Order) -> list[Entry]:
    """As `queue.in_order`, but within a pair's new and recorded acts the likeliest first where an order was learned; what came since stands at half."""
    ruled = queue.in_order(found)
    if not order.n_decisions:
        return ruled
    return sorted(ruled, key=lambda one: (one.pair, one.proposal.on_record != "", -order.probabilities.get(one.number, 0.5)))


def _make_tables(connection: sqlite3.Connection) -> None:
    for statement in TABLES:
        connection.execute(statement)


def _keep(connection: sqlite3.Connection, trained_on: str, ranks: list[tuple[int, float]], order: Order | None) -> None:
    with store.transaction(connection):
        connection.execute("delete from ranks")
        connection.execute("delete from ranker")
        if order:
            row = [trained_on, order.n_decisions, order.auc, order.precision_at, order.precision, order.share_accepted]
            connection.execute("insert into ranker values (1, ?, ?, ?, ?, ?, ?)", row)
            connection.executemany("insert into ranks values (?, ?)", ranks)
