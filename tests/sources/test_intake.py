"""One set of rules for every dataset: however a program writes rows, the same rows are read; what is no table says what it is."""

import csv
import gzip
import io
import json
import os
import zipfile
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilateral.compute.queries import read
from bilateral.compute.runner import Runner
from bilateral.exits import Exit, Stop
from bilateral.load import curated_files
from bilateral.load.extracts import extract_of
from bilateral.sources import curated, icews, tables
from bilateral.sources.unpacking import FileRefused
from bilateral.sources.values import decoded_once, is_decoded_twice
from conftest import empty_house
from machine_coded import ICEWS_HEADER, POLECAT_COLUMNS, export_row, icews_row, load, mention, packed, polecat_cells
from material import ROOT, act, write_csv

# ------------------------------------------------------------------ the same rows, however they are written

TEXTS = st.text(st.sampled_from("añÉ ;,|\t\"'\n«x"), max_size=8).map(lambda text: " ".join(text.split("\r")).strip(" "))
FORMS = {
    "delimiter": st.sampled_from(",;\t|"),
    "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    "newline": st.sampled_from(["\n", "\r\n"]),
    "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    "header": st.sampled_from([str, str.upper, str.title, lambda name: f" {name} ", lambda name: name.replace("_", " ")]),
    "has_row_names": st.booleans(),
}


def written(columns: list[str], rows: list[list[str]], form: dict) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=form["delimiter"], quoting=form["quoting"], lineterminator=form["newline"])
    writer.writerow([form["header"](name) for name in columns])
    writer.writerows([[str(n), *row] if form["has_row_names"] else row for n, row in enumerate(rows, start=1)])
    return sink.getvalue().encode(form["encoding"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6), form=st.fixed_dictionaries(FORMS))
def test_an_own_file_gives_the_same_acts_in_every_form(tmp_path, texts, form):
    columns = ["event_id", "event_date", "source_actor", "target_actor", "cameo_code", "summary", "outlet"]
    rows = [[f"e{n}", "2025-03-28", "USA", "MEX", "042", summary, f"o{outlet}"] for n, (summary, outlet) in enumerate(texts)]
    path = tmp_path / "mine.csv"
    path.write_bytes(written(columns, rows, form))
    table = curated.read(path)
    assert [row.broken for row in table.rows] == [None] * len(rows)
    assert [[row.values[column] for column in columns] for row in table.rows] == rows


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=6), form=st.fixed_dictionaries(FORMS))
def test_a_machine_coded_table_gives_the_same_rows_in_every_form(tmp_path, texts, form):
    columns = ICEWS_HEADER.split("\t")
    rows = [icews_row(n).split("\t") for n, _ in enumerate(texts)]
    for row, text in zip(rows, texts, strict=True):
        row[8] = f"x{text}"
    path = tmp_path / "events.txt"
    path.write_bytes(written(columns, rows, form))
    found = list(tables.pieces(path, icews.LAYOUT, Counter()))
    assert [item for item in found if isinstance(item, tables.Bad)] == []
    lines = b"".join(piece.content for piece in found).decode().split("\n")[:-1]
    missing = {"NA": ""}
    plain = [[missing.get(cell, cell).replace("\t", " ").replace("\n", " ") for cell in row] for row in rows]
    assert [line.split("\t") for line in lines] == plain


def test_a_line_break_in_quotes_is_read_and_an_open_quote_spoils_its_own_line(tmp_path):
    header = "event_id,event_date,source_actor,target_actor,cameo_code,summary"
    good = ['a,2025-03-28,USA,MEX,042,"one', 'two, and ""three""', 'four"']
    open_quote, last = 'b,2025-03-28,USA,MEX,042,"open', "c,2025-03-28,USA,MEX,042,end"
    path = tmp_path / "mine.csv"
    path.write_text("\n".join([header, *good, open_quote, last, last.replace("c,", "d,")]) + "\n")
    rows = curated.read(path).rows
    assert [(row.number, row.values.get("summary"), bool(row.broken)) for row in rows] == [
        (2, 'one\ntwo, and "three"\nfour', False),
        (5, None, True),
        (6, "end", False),
        (7, "end", False),
    ]


@pytest.mark.parametrize("word", ["NA", "N/A", "NULL", "null", r"\N", "nan", "NaN", "None", ""])
def test_words_for_a_missing_value_are_none_in_every_dataset(desk, tmp_path, word):
    path = tmp_path / "mine.csv"
    path.write_text(
        f"event_id,event_date,source_actor,target_actor,cameo_code,goldstein,summary\na,2025-03-28,USA,MEX,042,{word},{word}\n"
    )
    (row,) = curated.read(path).rows
    assert (row.values["goldstein"], row.values["summary"]) == ("", "")
    rows = [icews_row(1, story=word or "NA", publisher=word or "NA")]
    load(desk, "icews", packed(tmp_path / "events.tab", "\n".join([ICEWS_HEADER, *rows]) + "\n"))
    assert desk.rows("select story_id, outlet from raw.reports") == [(None, None)]


def test_na_is_namibia_where_countries_have_two_letters(tmp_path):
    path = tmp_path / "extract.csv"
    path.write_text(
        "GLOBALEVENTID,SQLDATE,EventCode,NumArticles,DATEADDED,Actor1CountryCode,ActionGeo_CountryCode\n1,20250328,042,NA,20250328,NA,NA\n"
    )
    from bilateral.sources.gdelt import LAYOUT

    (piece,) = tables.pieces(path, LAYOUT, Counter())
    assert dict(zip(piece.names, piece.content.decode().rstrip("\n").split("\t"), strict=True)) | {"sql_date": ""} == {
        "global_event_id": "1", "sql_date": "", "event_code": "042", "num_articles": "", "date_added": "20250328", "actor1_country": "",
        "action_geo_country": "NA",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2025-03-28", "2025-03-28 00:00:00", "2025-03-28T00:00:00Z", "20250328", "20250328.0"], ["2025-03-28"] * 5),
        (["28/03/2025", "06/10/2025"], ["2025-03-28", "2025-10-06"]),
        (["03/28/2025", "06/10/2025"], ["2025-03-28", "2025-06-10"]),
        (["28.03.2025", "6.10.2025"], ["2025-03-28", "2025-10-06"]),
        (["2025-03-28 12:30:00", "28-Mar-25"], ["2025-03-28 12:30:00", "28-Mar-25"]),  # the judge refuses them
    ],
)
def test_days_are_read_where_the_file_tells_their_order(tmp_path, days, expected):
    path = write_csv(tmp_path / "mine.csv", [act(f"a{n}", day) for n, day in enumerate(days)])
    assert [row.values["event_date"] for row in curated.read(path).rows] == expected


@pytest.mark.parametrize("days", [["06/10/2025", "07/10/2025"], ["28/03/2025", "03/28/2025", "06/10/2025"]])
def test_days_that_may_be_either_refuse_the_file(tmp_path, days):
    path = write_csv(tmp_path / "mine.csv", [act(f"a{n}", day) for n, day in enumerate(days)])
    with pytest.raises(FileRefused, match="YYYY-MM-DD"):
        curated.read(path)


@pytest.mark.parametrize("text", ["Peña Nieto’s visit", "México – «aranceles»", "São Paulo", "Ü"])
def test_text_that_was_decoded_twice_is_decoded_once(text):
    twice = b"".join(bytes([byte]) for byte in text.encode()).decode("cp1252", "replace")
    if "�" not in twice:
        assert is_decoded_twice(twice)
        assert decoded_once(twice) == text
    assert not is_decoded_twice(text)


@pytest.mark.parametrize("text", ["CAFÉ”", "IRMÃ”", "voilâ”", "Spaß“", "Â", "naïve – déjà vu…"])
def test_text_in_capitals_before_a_quote_is_left_as_it_is(text):
    assert not is_decoded_twice(text)


# ------------------------------------------------------------------ what is no table


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"x" * 200_000, "no tab, comma, semicolon or bar"),
        ("a.csv", b'"' + b"x," * 9_000, "has no column event_id"),
        ("a.csv", b'"' + b"x," * 100_000, "has 100,001 columns"),
        ("a.csv", b"<!DOCTYPE html><html>" + b"<p>a,b</p>" * 30_000, "is a web page, not a table"),
        ("a.csv", b"\xef\xbb\xbf\n <HTML>", "is a web page, not a table"),
        ("a.csv", bytes(range(256)) * 200, "is not text"),
        ("a.csv", b"\0" * 5000, "nothing but NUL bytes"),
        ("a.csv", b"PK\x03\x04" + b"x" * 300, "is a zip under the name of another file"),
        ("a.csv", b"PK\x03\x04....[Content_Types].xml", "is an Excel workbook"),
        ("a.csv", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is an Excel workbook of the old form"),
        ("a.csv", b"%PDF-1.7", "is a PDF"),
        ("a.csv", b"PAR1abc", "is a Parquet file; name it .parquet"),
        ("a.csv", gzip.compress(b"event_id", mtime=0), "is a gzip file under the name of another file"),
        ("a.csv.gz", gzip.compress(b"event_id\n" * 1000, mtime=0)[:-9], "is torn or damaged"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b'{"event_id": 1}', "it is JSON"),
        ("a.jsonl", json.dumps([act("a")]).encode(), "is one JSON array"),
        ("a.parquet", b"PAR1" + b"x" * 90 + b"PAR1", "cannot be read as Parquet"),
        ("a.csv", "event_id,event_date\n".encode("utf-16-le"), "UTF-16 without its mark"),
        ("a.csv", b"event_id,Event ID,event_date,source_actor,target_actor,cameo_code\n", "'event_id' and 'Event ID' both mean event_id"),
        ("a.csv", b"EVENT_DATE,event_id,event_date ,source_actor,target_actor,cameo_code\n", "'EVENT_DATE' and 'event_date ' both mean"),
        ("a.csv", b"EVENT_ID;EVENT_DATE;SOURCE_ACTOR\n", "has no column target_actor, cameo_code; its first line has 3 columns between semicolons"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_what_it_is(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileRefused) as refusal:
        curated.read(tmp_path / name)
    assert said in str(refusal.value)


def test_folders_links_to_nothing_and_locked_files_are_refused_with_a_sentence(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "gone.csv")
    for name, said in [("folder.csv", "is a folder"), ("link.csv", "a link to a file that is not there")]:
        with pytest.raises(FileRefused, match=said):
            curated.read(tmp_path / name)
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    for name, said in [
        ("pipe.csv", "is a pipe or a device"),
        ("zero.csv", "is a pipe or a device"),
        ("loop.csv", "a link to a file that is not there"),
    ]:
        with pytest.raises(FileRefused, match=said):
            curated.read(tmp_path / name)
    if os.getuid():
        write_csv(tmp_path / "locked.csv", [act("a")]).chmod(0)
        with pytest.raises(FileRefused, match="look at its permissions"):
            curated.read(tmp_path / "locked.csv")


def test_one_file_that_cannot_be_used_leaves_the_others_of_the_load(tmp_path):
    with empty_house() as connection:
        runner = Runner(connection, ROOT / "queries")
        runner.make_kept()
        judge = read(runner.folder / "sources" / "curated.sql")
        runner.build(name for name in judge.inputs if "." in name)
        (tmp_path / "page.csv").write_bytes(b"<html>" + b"x" * 200_000)
        files = [
            write_csv(tmp_path / "good.csv", [act("a")]),
            tmp_path / "page.csv",
            write_csv(tmp_path / "more.csv", [act("b")]),
        ]
        results = list(
            curated_files.load(
                connection, judge.sql, [curated_files.SourceFile("articles", path, path.name) for path in files], "run"
            )
        )
        assert [(file.rows_accepted, bool(file.refusal)) for file in results] == [(1, False), (0, True), (1, False)]


@pytest.mark.parametrize(
    "values",
    [
        '{"event_id": "a", "event_id": "b"}',
        json.dumps(act("a") | {"domain": ["trade"]}),
        json.dumps(act("a") | {"summary": {"en": "x"}}),
    ],
)
def test_json_that_says_a_name_twice_or_holds_lists_is_refused_alone(tmp_path, values):
    (tmp_path / "a.jsonl").write_text(values + "\n" + json.dumps(act("b")) + "\n")
    assert [bool(row.broken) for row in curated.read(tmp_path / "a.jsonl").rows] == [True, False]


def test_two_columns_of_one_meaning_in_a_gdelt_file_are_both_named(desk, tmp_path):
    path = packed(
        tmp_path / "a.csv", "GLOBALEVENTID,SQLDATE,SQL_DATE,EventCode,NumArticles,DATEADDED\n1,20250328,20250328,042,1,20250328\n"
    )
    assert "'SQLDATE' and 'SQL_DATE' both mean sql_date" in load(desk, "gdelt", path)["a.csv"].refusal


# ------------------------------------------------------------------ days that cannot be


def test_a_row_after_tomorrow_or_before_1900_is_refused_in_every_dataset(desk, tmp_path):
    desk.connection.execute("set variable today = date '2025-06-01'")
    days = [
        date(2025, 6, 1),
        date(2025, 6, 2),
        date(2025, 6, 3),
        date(2099, 12, 31),
        date(1899, 12, 31),
        date(1, 1, 1),
        date(9999, 12, 31),
    ]
    files = {
        "gdelt": [export_row(n, sql_date=f"{day:%Y%m%d}", date_added="20250602000000") for n, day in enumerate(days)],
        "icews": [ICEWS_HEADER, *(icews_row(n, day.isoformat()) for n, day in enumerate(days))],
        "polecat": ["\t".join(POLECAT_COLUMNS)]
        + ["\t".join((polecat_cells(n) | {"Event Date": day.isoformat(), "Publication Date": "None"}).values()) for n, day in enumerate(days)],
        "phoenix": [
            "\t".join([f"{n}_v", f"{day.year:04}{day:%m%d}", "", "", "", "USAGOV", "USA", "GOV", "", "MEX", "MEX", "", "", "042", "04", "1", "1.9", *[""] * 9])
            for n, day in enumerate(days)
        ],
        "gdelt-mentions": [mention(str(n), f"https://a.mx/{n}").replace("20250328", f"{day.year:04}{day:%m%d}") for n, day in enumerate(days)],
    }  # fmt: skip
    files["gdelt"] = [
        export_row(n, sql_date=f"{day.year:04}{day:%m%d}", date_added="20250602000000") for n, day in enumerate(days)
    ]
    for dataset, lines in files.items():
        result = load(desk, dataset, packed(tmp_path / f"{dataset}.txt", "".join(line + "\n" for line in lines)))[
            f"{dataset}.txt"
        ]
        assert (dataset, result.refusal, result.rows_read - result.rows_rejected) == (dataset, None, 2)
    reasons = {reason for (reason,) in desk.rows("select reason from raw.rejects")}
    assert all("after tomorrow" in reason or "before 1900" in reason for reason in reasons), reasons


@pytest.mark.parametrize("added", ["2.02506E+13", "06/10/2025 12:00", "202503281200", "", "2025-03", "20250230"])
def test_a_time_of_adding_has_8_or_14_digits(desk, tmp_path, added):
    lines = [export_row(n) for n in range(60)] + [export_row(60, date_added=added)]
    result = load(desk, "gdelt", packed(tmp_path / "a.CSV", "".join(line + "\n" for line in lines)))["a.CSV"]
    assert (result.rows_accepted, result.rows_rejected) == (60, 1)
    assert desk.rows("select reason like 'DATEADDED%' from raw.rejects") == [(True,)]


def test_lines_of_the_wrong_width_that_cancel_out_are_refused_alone_in_a_transaction(house, tmp_path):
    lines = [export_row(n) for n in range(60)]
    lines[10] += "\tmore"
    lines[20] = lines[20].rsplit("\t", 1)[0]
    path = packed(tmp_path / "20250328120000.export.CSV", "".join(line + "\n" for line in lines))
    result = load(house, "gdelt", path)[path.name]
    assert (result.rows_accepted, result.rows_rejected) == (58, 2)


# ------------------------------------------------------------------ extracts


def test_an_extract_says_which_days_it_covers(house, tmp_path):
    columns = [
        "GLOBALEVENTID",
        "SQLDATE",
        "Actor1CountryCode",
        "Actor2CountryCode",
        "EventCode",
        "EventRootCode",
        "NumArticles",
        "DATEADDED",
        "SOURCEURL",
    ]
    address = "https://example.org/mexico-united-states-talks-{}"  # names both and an act, so that the gate lets it pass
    names = [
        "".join(letters) * 3 for letters in product("abcdef", "ghijklmn")
    ]  # a word of its own each: no two are of one happening
    rows = [
        [str(n), f"202503{day:02}", "USA", "MEX", "042", "04", "3", f"202503{day:02}", address.format(names[n])]
        for n, day in enumerate([3] * 25 + [5] * 9 + [6] * 5 + [20])
    ]
    path = tmp_path / "march.csv"
    path.write_text("\n".join(",".join(row) for row in [columns, *rows]) + "\n")
    extract = extract_of("2025-03-01..2025-03-07", "rows between the US and Mexico", date(2025, 6, 1))
    outcome = house.refresh(coded=("gdelt", [path], extract))
    (result,) = [file for file in outcome.files if file.dataset == "gdelt"]
    assert (result.rows_accepted, result.rows_rejected) == (39, 1)
    assert house.rows("select day::varchar, n_reports, n_articles, state from coverage where dataset = 'gdelt' order by 1") == [
        (f"2025-03-0{day}", None, None, "read") for day in range(1, 8)
    ]
    assert house.rows("select extract from files where dataset = 'gdelt'") == [
        ("2025-03-01..2025-03-07 rows between the US and Mexico",)
    ]
    assert house.rows("select reason like '%--covers%' from rejects") == [(True,)]
    values = house.rows("""
        select count(volume) > 0, count(balance) > 0, count(volume_permille) from indicator_day where dataset = 'gdelt' and dyad = 'MEX-USA'
    """)
    assert values == [(True, True, 0)]


@pytest.mark.parametrize(
    ("covers", "said"),
    [
        ("2025-03-07..2025-03-01", "whose last day is before its first"),
        ("2025-03", "is not a span of days"),
        ("March", "is not a span of days"),
        ("2025-02-30..2025-03-01", "is not a span of days"),
        ("2025-03-01..2099-01-01", "ends after today"),
        ("0001-01-01..2025-03-01", "longer than any source goes back"),
    ],
)
def test_a_span_that_cannot_be_is_named(covers, said):
    with pytest.raises(Stop, match=said) as end:
        extract_of(covers, None, date(2025, 6, 1))
    assert end.value.code == Exit.CONFIGURATION


def test_an_extract_of_other_days_is_refused_whole(desk, tmp_path):
    from bilateral.load import bulk

    path = packed(tmp_path / "a.CSV", "".join(export_row(n) + "\n" for n in range(60)))
    judge = bulk.judge_of(desk.runner.folder, "gdelt")
    desk.runner.build(["staging.dyads", "staging.dyad_keys", *(name for name in judge.inputs if "." in name)])
    extract = extract_of("2011-07-01..2011-07-31", None, date(2025, 6, 1))
    (result,) = bulk.Loader(desk.connection, desk.runner.folder, "gdelt", "run", extract).load([path])
    assert result.refusal.startswith("60 of 60 rows lie outside of the days that --covers names")
    assert desk.rows("select count(*) from raw.extract_days") == [(0,)]


# ------------------------------------------------------------------ far too many columns, days as numbers, packed files of another kind

OF_ACTS = "event_id,event_date,source_actor,target_actor,cameo_code\n"


@pytest.mark.parametrize(
    ("name", "content", "n"),
    [
        ("commas.csv", "," * 5_000_000, 5_000_001),
        ("names.csv", ",".join(f"event {n}" for n in range(300_000)), 300_000),
        ("after.csv", "sep=;\n" + ";" * 5_000_000, 5_000_001),
        ("objects.jsonl", "{" + ",".join(f'"k{n}":1' for n in range(50_000)) + "}", 50_000),
    ],
)
def test_a_table_of_millions_of_columns_is_refused_before_they_are_looked_at(tmp_path, name, content, n):
    """It took 15 seconds, of each file of the inbox at each refresh."""
    (tmp_path / name).write_text(content + "\n")
    with pytest.raises(FileRefused, match=f"{name}.* has {n:,} columns, and a table of events has a few dozen"):
        curated.read(tmp_path / name)


def test_a_line_of_millions_of_columns_is_refused_alone(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        OF_ACTS + "a1,2025-03-28,USA,MEX,042\n" + "," * 3_000_000 + '\n"' + '","' * 300_000 + '"\na2,2025-03-28,USA,MEX,042\n'
    )
    assert [row.broken for row in curated.read(path).rows] == [
        None, "the line has 3,000,001 columns, 5 were expected", "the line has 300,001 columns, 5 were expected", None,
    ]  # fmt: skip
    machine = tmp_path / "events.csv"
    machine.write_text(ICEWS_HEADER.replace("\t", ",") + "\n" + "," * 1_500_000 + "\n")
    (bad,) = tables.pieces(machine, icews.LAYOUT, Counter())
    assert bad.reason == "the line has 1,500,001 columns, 20 were expected"


@pytest.mark.parametrize("day", ["45744", "45744.0", "45744,5", "45744.75", "26299"])
def test_day_numbers_of_a_spreadsheet_are_named_as_the_cause(tmp_path, day):
    path = tmp_path / "mine.csv"
    path.write_text(OF_ACTS.replace(",", ";") + "".join(f"a{n};{day};USA;MEX;042\n" for n in range(3)))
    with pytest.raises(FileRefused) as refused:
        curated.read(path)
    assert str(refused.value) == (
        f"mine.csv: the column event_date has days such as '{day}', a day number of a spreadsheet; "
        "format the column there as a day, YYYY-MM-DD, and save the file again"
    )
    events = tmp_path / "events.tab"
    rows = [icews_row(n).split("\t") for n in range(3)]
    place = ICEWS_HEADER.split("\t").index("Event Date")
    events.write_text("\n".join([ICEWS_HEADER, *("\t".join([*row[:place], day, *row[place + 1 :]]) for row in rows)]) + "\n")
    with pytest.raises(FileRefused, match=f"the column Event Date has days such as '{day}', a day number of a spreadsheet"):
        list(tables.pieces(events, icews.LAYOUT, Counter()))


def test_one_day_number_among_days_is_refused_alone_with_the_cause(house, tmp_path):
    path = write_csv(
        tmp_path / "mine.csv", [act("a1"), act("a2", day="45744"), act("a3", day="4574"), act("a4", day="2025-03-29")]
    )
    received = curated_files.receive(house.data, "articles", [path])
    assert len(received) == 1
    house.refresh()
    assert house.rows("select row_number, reason from rejects where file_name like '%mine.csv' order by 1") == [
        (3, "event_date '45744 (a day number of a spreadsheet; format the column there as a day, YYYY-MM-DD, and save the file again)'"
            " is not a calendar day; write YYYY-MM-DD"),
        (4, "event_date '4574' is not a calendar day; write YYYY-MM-DD"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PAR1\x15\x04", "holds a file that is a Parquet file; unpack it and load that file"),
        (
            b"<!DOCTYPE html><html>",
            "holds a file that is a web page, not a table: save the data itself, not the page that shows them",
        ),
        (b"\x1f\x8b\x08\x00", "holds a file that is a gzip file under the name of another file; unpack it and load that file"),
        (b"%PDF-1.7", "holds a file that is a PDF, not a table: save the data as CSV"),
    ],
)
@pytest.mark.parametrize("name", ["mine.zip", "mine.csv.gz"])
def test_a_packed_file_says_what_it_holds(tmp_path, content, said, name):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") if name.endswith("zip") else gzip.open(path, "wb") as into:
        into.writestr("acts.parquet", content + b"\n" * 100) if name.endswith("zip") else into.write(content + b"\n" * 100)
    with pytest.raises(FileRefused) as refused:
        curated.read(path)
    assert str(refused.value) == f"{name} {said}"
    with pytest.raises(FileRefused, match="holds a file that is"):
        list(tables.pieces(path, icews.LAYOUT, Counter()))


@pytest.mark.parametrize("name", ["mine.parquet.zip", "mine.parquet.gz"])
def test_packed_parquet_is_refused_by_its_name_too(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    with pytest.raises(FileRefused, match="holds a file that is a Parquet file; unpack it and load that file"):
        curated.read(tmp_path / name)


ACT = "'a1' as event_id, '2025-03-28' as event_date, 'USA' as source_actor, 'MEX' as target_actor, '042' as cameo_code"


def parquet_of(path: Path, content: str) -> Path:
    duckdb.execute(f"copy ({content}) to '{path}' (format parquet)")
    return path


def test_two_columns_of_one_name_in_parquet_are_both_named(tmp_path):
    """DuckDB takes the second for EVENT_ID_1, and so it was dropped without a word."""
    made = pd.DataFrame([["a", "b", "2025-03-28", "USA", "MEX", "042"]])
    made.columns = ["event_id", "EVENT_ID", "event_date", "source_actor", "target_actor", "cameo_code"]
    made.to_parquet(tmp_path / "mine.parquet")
    with pytest.raises(FileRefused, match="'event_id' and 'EVENT_ID' both mean event_id"):
        curated.read(tmp_path / "mine.parquet")
    numbered = parquet_of(tmp_path / "other.parquet", f"select *, 'x' as event_id_1 from (select {ACT})")
    assert [row.values["event_id"] for row in curated.read(numbered).rows] == ["a1"]


@pytest.mark.parametrize("value", ["chr(0) || 'x'", "'\\x00x'::blob"])
def test_a_nul_in_parquet_is_refused_alone_as_in_json(tmp_path, value):
    path = parquet_of(
        tmp_path / "mine.parquet", f"select {ACT} union all select * replace ({value} as event_id) from (select {ACT})"
    )
    assert [row.broken for row in curated.read(path).rows] == [
        None,
        "a text has a NUL or half a surrogate pair; write plain characters",
    ]


@pytest.mark.parametrize(
    ("made", "day"),
    [("timestamp '2025-03-28'", "2025-03-28"), ("date '2025-03-28'", "2025-03-28"), ("timestamptz '2025-03-28 12:00Z'", "2025-03-28 12:00:00+00:00"),
     ("date 'infinity'", "9999-12-31"), ("time '12:00'", "12:00:00")],
)  # fmt: skip
def test_days_of_any_type_in_parquet_come_as_text_that_is_judged(tmp_path, made, day):
    path = parquet_of(tmp_path / "mine.parquet", f"select * replace ({made} as event_date) from (select {ACT})")
    assert [row.values["event_date"] for row in curated.read(path).rows] == [day]


def test_parquet_without_rows_or_with_a_torn_block_is_no_fault_of_ours(tmp_path):
    assert curated.read(parquet_of(tmp_path / "none.parquet", f"select * from (select {ACT}) where false")).rows == ()
    torn = parquet_of(
        tmp_path / "torn.parquet", f"select * replace ('a' || hash(range) as event_id) from range(20000), (select {ACT})"
    )
    content = bytearray(torn.read_bytes())
    content[200:4000] = bytes(byte ^ 0xFF for byte in content[200:4000])
    torn.write_bytes(content)
    with pytest.raises(FileRefused, match=r"torn\.parquet cannot be read as Parquet"):
        curated.read(torn)
