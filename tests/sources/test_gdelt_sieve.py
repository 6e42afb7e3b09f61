"""The sieve of GDELT's reader: what it counts and takes out is what the judge would have accepted and not kept; all else it leaves."""

import random
from datetime import date

import pytest

from bilateral.sources import damage, gdelt_sieve
from bilateral.sources.gdelt import V1, V2
from bilateral.sources.gdelt_sieve import Sieve, Sifted
from bilateral.sources.tables import Piece
from machine_coded import export_row, load, packed

CELLS = {
    "global_event_id": ["1", "007", "999999999999999", "1234567890123456", "99999999999999999999", "", "-5", "+5", " 5", "5.0", "1e3", "٣", "x"],
    "sql_date": ["20250328", "20240229", "20250229", "20250431", "20251301", "00000101", "00010101", "18991231", "20991231", "99991231", "20250427", "20250429", "2025032", "202503280", "2025-03-28", ""],
    "actor1_country": ["USA", "", "MEX", "usa", "US", "USAMEX", "ÜS", "CHN", "U\"A"],
    "actor2_country": ["MEX", "USA", "", "FRA", "MX", "mex", "DEU", "001"],
    "event_code": ["042", "01", "0311", "20", "2099", "21", "00", "0001", "1", "04x", "04211", "", "１０"],
    "event_base_code": ["042", "42", "04", "031", "", "190"],
    "event_root_code": ["04", "4", "01", "20", ""],
    "quad_class": ["1", "2", "3", "4", "", "x"],
    "goldstein": ["1.9", "-5.0", "0", "", "-", "5,0"],
    "num_articles": ["1", "0", "12", "000000012", "1234567890", "-1", "1.5", "", "x"],
    "date_added": ["20250328120000", "20250328235959", "20250328240000", "20250328126000", "20250328120060", "20250328", "20130331",
        "20130401", "20130331120000", "20250230", "20250230120000", "2025032812", "202503281200000", "", "NULL"],
}  # fmt: skip


def rows(chance: random.Random, columns: tuple[str, ...], n: int) -> list[str]:
    """Mostly plain rows; in each tenth one deciding cell is odd, or several."""
    found = []
    for number in range(n):
        cells = {"actor1_country": chance.choice(["USA", "FRA", ""]), "actor2_country": chance.choice(["MEX", "DEU", ""])}
        if chance.random() < 0.3:
            cells |= {name: chance.choice(CELLS[name]) for name in chance.sample(sorted(CELLS), chance.choice([1, 1, 2, 7]))}
        found.append(export_row(number, columns, **cells))
    return found


TABLES = {
    "raw.reports": "*",
    "raw.universe": "*",
    "raw.rejects": "*",
    "raw.files": "* exclude (loaded_at)",
}


@pytest.mark.parametrize("columns", [V2, V1, V1[:-1]], ids=["61", "58", "57"])
@pytest.mark.parametrize("seed", range(2))
def test_with_and_without_the_sieve_a_file_gives_the_same_tables(desk, tmp_path, monkeypatch, columns, seed):
    for kind in ("contradiction", "rounded"):  # these files are of odd rows in part
        monkeypatch.setitem(damage.LOSSES, kind, damage.Loss(1, ""))
    path = packed(tmp_path / "a.CSV", "".join(line + "\n" for line in rows(random.Random(seed), columns, 1500)))
    found = []
    for few in (gdelt_sieve.FEW, 10**9):
        monkeypatch.setattr(gdelt_sieve, "FEW", few)
        desk.connection.execute("begin")
        load(desk, "gdelt", path)
        found.append({table: sorted(map(repr, desk.rows(f"select {what} from {table}"))) for table, what in TABLES.items()})
        desk.connection.execute("rollback")
    assert found[0] == found[1]
    assert all(found[0].values())


def test_the_sieve_leaves_rows_of_pairs_and_odd_ones_and_counts_the_rest():
    others = [export_row(n, actor2_country="FRA", num_articles=str(n % 3)) for n in range(60)]
    content = "".join(
        line + "\n" for line in [*others, export_row(60), export_row(61, actor2_country="FRA", event_code="99")]
    ).encode()
    sifted = Sieve([("USA", "MEX")], date(2025, 4, 1)).sift(Piece(V2, content, first_line=7, n_lines=62))
    assert isinstance(sifted, Sifted)
    assert [(place, line) for place, line in sifted.lines] == list(enumerate(content.splitlines(keepends=True), start=1))[60:]
    assert [(count.n_rows, count.n_articles, count.first_id, count.last_id) for count in sifted.passed] == [(60, 80, 0, 59)]
    assert (sifted.first_line, sifted.n_lines) == (7, 62)


def test_the_sieve_finds_columns_in_any_order():
    names = [name for name in V2 if name != "actor2_country"] + ["actor2_country"]
    lines = [export_row(n, names, actor2_country=country) for n, country in enumerate(["FRA", "MEX", ""] * 20)]
    sifted = Sieve([("USA", "MEX")], date(2025, 4, 1)).sift(
        Piece(tuple(names), "".join(line + "\n" for line in lines).encode(), 1, 60)
    )
    assert isinstance(sifted, Sifted)
    assert [place for place, _ in sifted.lines] == list(range(2, 61, 3))


@pytest.mark.parametrize("torn", ["too\tmany", "\n"])
def test_the_sieve_leaves_a_piece_alone_whose_lines_are_not_all_of_its_width(torn):
    lines = [export_row(n) for n in range(60)]
    lines[30] = lines[30].replace("MEXICO", torn)
    content = "".join(line + "\n" for line in lines).encode()
    piece = Piece(V2, content, 1, content.count(b"\n"))
    assert Sieve([("USA", "MEX")], date(2025, 4, 1)).sift(piece) is piece
