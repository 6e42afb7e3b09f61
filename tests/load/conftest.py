"""What tests of loading share."""

from pathlib import Path

import pytest

from machine_coded import ICEWS_HEADER, icews_row, packed


@pytest.fixture
def icews_file(tmp_path) -> Path:
    rows = [
        icews_row(),
        icews_row(2, code="1312", intensity="-5.8"),
        icews_row(3, source="Mexico", target="United States", story="78"),
    ]
    rows += [icews_row(4, source="NA", target="Mexico"), icews_row(5, source="France", target="Germany")]
    rows += [icews_row(6, source="United States", target="China", code="163", intensity="-8", day="2018-06-02")]
    return packed(tmp_path / "events.2018.tab", "\n".join([ICEWS_HEADER, *rows]) + "\n")
