"""Copies proposals and decisions into the work database, where readers of the next snapshot find them."""

from pathlib import Path

import duckdb

from bilateral.intake import queue, store
from bilateral.intake.copies import put

PROPOSALS = """
    select number, proposed_at, source, item_id, text_sha256, items.title, items.url, coalesce(items.language, '') as language, evidence,
        source_country, source_role, source_name, target_country, target_role, target_name, cameo_code, domain, event_date, day_basis,
        modality, confidence, backend, instrument, measure_state, rate, proposals.effective_on, proposals.document_number, on_record
    from proposals left join items using (source, item_id, text_sha256) order by number
"""
DECISIONS = "select number, proposal, kind, who, at, why, before, after, undoes from decisions order by number"
COUNTED = "select (select count(*) from {0}proposals), (select count(*) from {0}decisions)"
REPEATED = "select number, on_record from {0}proposals where on_record <> '' order by number"
"""The one column that a later refresh may change."""


def bring(connection: duckdb.DuckDBPyConnection, data: Path) -> bool:
    """Bring `raw.proposals` and `raw.decisions` in line with intake.sqlite; returns whether there is more than before, as neither loses a row, or another
    act on record."""
    if not store.exists(data):
        return False
    with queue.reading(data) as kept:
        there = connection.execute(COUNTED.format("raw.")).fetchone()
        repeated = connection.execute(REPEATED.format("raw.")).fetchall()
        if there == tuple(kept.execute(COUNTED.format("")).fetchone()) and repeated == [
            tuple(row) for row in kept.execute(REPEATED.format(""))
        ]:
            return False
        for table, statement in (("raw.proposals", PROPOSALS), ("raw.decisions", DECISIONS)):
            connection.execute(f"delete from {table}")
            put(connection, table, kept.execute(statement).fetchall())
    return True
