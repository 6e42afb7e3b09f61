"""Files in which a column has lost information: the kinds of loss, the limits above which a file is refused, and what to do.

Which row shows which loss is decided where rows are judged, in the column `damage` of queries/sources/.
"""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Loss:
    """One kind: the share of a file's rows above which the file is refused whole, and the sentence with the cause and the mend."""

    share: float
    sentence: str


LOSSES = {
    "zeros": Loss(
        0,
        "the column {column} has lost its leading zeros (020 became 20), as pandas or a spreadsheet does, and {n} {rows} may be of two codes; "
        "read it as text before it is written: pd.read_csv(…, dtype=str), or import the column as text",
    ),
    "contradiction": Loss(
        0.05,
        "in {n} of {m} rows the code contradicts the root, base, class or score beside it; a column was changed or shifted by a program, so "
        "take the file from its source again",
    ),
    "rounded": Loss(
        0.05,
        "in {n} of {m} rows a spreadsheet has rounded a number (1.2E+09 for 1200345678); take the file from its source again and import "
        "all of its columns as text",
    ),
    "outside": Loss(0.05, "{n} of {m} rows lie outside of the days that --covers names; name the days that the extract holds"),
}


def verdict(found: Counter[str], n_rows: int, column: str) -> str | None:
    """Why a file of so many rows is worthless, by the numbers of its damaged rows; None where it is not. `column` is that of its codes."""
    for kind, loss in LOSSES.items():
        n = found[kind]
        if n > loss.share * n_rows and (n > 1 or not loss.share or n_rows == 1):
            return loss.sentence.format(n=f"{n:,}", m=f"{n_rows:,}", column=column, rows="row" if n == 1 else "rows")
    return None
