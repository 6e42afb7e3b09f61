"""Customs duties in table 4 of the Monthly Treasury Statement: JSON in which all numbers are text and a missing one is the text `null`.

Refunds are deducted in the month in which they are paid, so the net may be below 0.
"""

from datetime import date
from decimal import Decimal

from bilateral.outcomes.readings import Reading, Value, json_of, number
from bilateral.sources.unpacking import FileRefused

LINE = "405"
"""Line of the table that holds customs duties."""
AMOUNTS = {"gross": "current_month_gross_rcpt_amt", "net": "current_month_net_rcpt_amt"}
MILLIONS = -6


def fits(content: bytes, name: str) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and AMOUNTS["gross"].encode() in content


def read(content: bytes, name: str) -> Reading:
    """Duties by calendar month in USD million, as `Customs Duties/net`."""
    answer = json_of(content)
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise FileRefused(f"it has no list `data`; it begins {str(answer)[:120]}")
    if (pages := int(answer.get("meta", {}).get("total-pages", 1))) > 1:
        raise FileRefused(f"it is one page of {pages}; ask with a larger page[size]")
    rows = [(number, row) for number, row in enumerate(answer["data"], 1) if row.get("line_code_nbr") == LINE]
    if not rows:
        raise FileRefused(f"none of its {len(answer['data']):,} rows has line_code_nbr {LINE}, customs duties")
    return Reading([_value(line, row, kind) for line, row in rows for kind in AMOUNTS])


def _value(line: int, row: dict, kind: str) -> Value:
    """One amount of a row. The day of a record is the last one of its calendar month, whatever its fiscal year."""
    key = f"Customs Duties/{kind}"
    raw = f"{row.get('record_date')} {AMOUNTS[kind]} {row.get(AMOUNTS[kind])}"
    try:
        day = date.fromisoformat(row["record_date"]).replace(day=1)
    except (KeyError, ValueError):
        raise FileRefused(f"row {line} has no record_date such as 2026-07-31: {raw}") from None
    try:
        amount: Decimal | None = number(row.get(AMOUNTS[kind]))
    except ValueError as fault:
        return Value(key, day, None, line, raw, refusal=str(fault))
    return Value(key, day, amount.scaleb(MILLIONS) if amount is not None else None, line, raw)
