"""Reads notes of embassies, a dataset made for a test: a table with a header, one act a line."""

from pathlib import Path

from bilateral.load.readers import Reader
from bilateral.sources.layouts import Layout

HERE = Path(__file__).parent
LAYOUT = Layout(
    dataset="embassies",
    columns=("note", "day", "from_country", "to_country", "code"),
    required=("note", "day", "from_country", "to_country", "code"),
    code="code",
    code_name="code",
    days=("day",),
)
READER = Reader(LAYOUT, judge=HERE / "embassies.sql", about=HERE / "datasets.csv")
