"""Inputs of a run besides the work database: reference tables, pairs, corrections, curated files, and the user's registers and audits."""

import csv
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from bilateral import package_data, sql_literals
from bilateral.compute import macros
from bilateral.exits import Exit, Stop
from bilateral.load import curated_files, misplaced, registers
from bilateral.load.readers import tables_about


def dyad_files(own: Path | None) -> list[str]:
    """Tables of configured pairs: the shipped one, and that of the user."""
    return [str(package_data.folder("seeds") / "dyads.csv")] + ([str(own)] if own else [])


class Inputs:
    """The files of one run, as they lay there when it began. Raises Stop 78 where a setting names something else than is needed."""

    def __init__(self, data: Path, dyads: Path | None, corrections: Path | None):
        self.seeds = package_data.folder("seeds")
        self.dyad_files = dyad_files(dyads)
        self.dataset_files = [str(path) for path in tables_about()]
        self.correction_files = [str(corrections)] if corrections else []
        if dyads:
            _check_dyads(dyads)
        if corrections:
            _check_corrections(corrections)
        odd = misplaced.in_the_inbox(data)
        self.unread = [oddity.name for oddity in odd]
        """Places in the inbox that cannot be read now; rows that came from there stay."""
        self.left_out = [f"{oddity.sentence()}; it is left out, and what was read from it before stays" for oddity in odd]
        self.sources = curated_files.source_files(data)
        self.measure_files = self._tables(registers.own_measures(data), registers.SHAPE_OF_MEASURES)
        self.audit_files = self._tables(registers.own_audits(data), registers.SHAPE_OF_AUDITS)

    def _tables(self, paths: Iterable[Path], needed: set[str]) -> list[str]:
        """Those of the files that are tables with these columns; the others are said to be left out."""
        found = []
        for path in paths:
            if fault := registers.fault_of_table(path, needed):
                self.left_out.append(f"inbox/{path.parent.name}/{path.name} is left out: {fault}")
            else:
                found.append(str(path))
        return found

    def tell(self, connection) -> None:
        """Set the variables with which queries find these files."""
        connection.execute(f"set variable seeds = {sql_literals.text(str(self.seeds))}")
        named = {
            "datasets": self.dataset_files,
            "dyads": self.dyad_files,
            "measures": self.measure_files,
            "corrections": self.correction_files,
        }
        for name, files in (named | {"audits": self.audit_files}).items():
            connection.execute(f"set variable {name} = ?::varchar[]", [files])

    def fingerprint(self) -> str:
        """Checksum of all queries, of what joins macros up, and of reference tables: a new version of one rebuilds everything."""
        files = sorted(package_data.folder("queries").rglob("*.sql")) + sorted(self.seeds.glob("*.csv")) + self.dyad_files[1:]
        files += [macros.__file__, *self.dataset_files, *self.measure_files, *self.audit_files]
        digest = hashlib.md5(usedforsecurity=False)
        for file in files:
            digest.update(Path(file).read_bytes())
        return digest.hexdigest()


def _check_dyads(path: Path) -> None:
    if not path.is_file():
        raise Stop(
            Exit.CONFIGURATION, f"BILATERAL_DYADS names {path}, which is not a file; a file like seeds/dyads.csv is needed"
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            pairs = [row.get("dyad") or "" for row in csv.DictReader(file)]
    except OSError as error:
        raise Stop(Exit.CONFIGURATION, f"BILATERAL_DYADS names {path}, which cannot be read: {error.strerror}") from None
    except (ValueError, csv.Error):
        pairs = [""]
    wrong = [pair for pair in pairs if not re.fullmatch(r"([A-Za-z]{3})-(?!\1)[A-Za-z]{3}", pair)]
    if wrong or not pairs:
        needed = "a header dyad,lead,position and a line such as DEU-FRA,FRA,100 for each pair are needed"
        raise Stop(
            Exit.CONFIGURATION, f"BILATERAL_DYADS names {path}, where {(wrong or [''])[0]!r} is not a pair of countries; {needed}"
        )


def _check_corrections(path: Path) -> None:
    needed = "event_id,action,value,reason,who,at"
    if not path.is_file():
        raise Stop(
            Exit.CONFIGURATION,
            f"BILATERAL_CORRECTIONS names {path}, which is not a file; a file with the header {needed} is needed",
        )
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = file.readline().strip()
    if set(needed.split(",")) - set(header.split(",")):
        raise Stop(
            Exit.CONFIGURATION,
            f"BILATERAL_CORRECTIONS names {path}, whose first line is {header!r}; the header {needed} is needed",
        )
