"""Files as people send them: each format gives the same rows; a wrong row is kept with its reason and spoils no other."""

import json

import duckdb
import pytest

from bilateral import package_data
from bilateral.compute.queries import read
from bilateral.compute.runner import Runner
from bilateral.load import curated_files
from bilateral.sources import curated
from bilateral.sources.curated import FileRefused
from material import act, know_seeds, write_csv, write_lines

HEADER = "event_id,event_date,source_actor,target_actor,cameo_code"
GOOD = "{},2025-03-28,USA,MEX,042"


@pytest.fixture(scope="module")
def desk():
    """Where files are read and judged: the loader's own tables in memory."""
    with duckdb.connect() as connection:
        know_seeds(connection)
        runner = Runner(connection, package_data.folder("queries"))
        runner.make_kept()
        runner.build(name for name in read(runner.folder / "sources" / "curated.sql").inputs if "." in name)
        yield connection


@pytest.fixture
def load(desk, tmp_path):
    """load(content) gives the file's counts (read, accepted, known, rejected) and its rejects as (row number, reason)."""
    judge = read(package_data.folder("queries") / "sources" / "curated.sql").sql
    desk.execute("delete from raw.reports; delete from raw.sightings; delete from raw.rejects; delete from raw.files")

    def run(content: bytes, name: str = "mine.csv") -> tuple[tuple, list[tuple]]:
        (tmp_path / name).write_bytes(content)
        (result,) = curated_files.load(desk, judge, [curated_files.SourceFile("articles", tmp_path / name, name)], "run")
        counts = (result.rows_read, result.rows_accepted, result.rows_known, result.rows_rejected)
        assert counts[0] == sum(counts[1:])
        return counts, desk.execute(
            "select row_number, reason from raw.rejects where file_name = ? order by 1", [name]
        ).fetchall()

    return run


# ------------------------------------------------------------------ formats


def test_csv_json_lines_and_parquet_give_the_same_reports(load, desk, tmp_path):
    acts = [act("one", source_name="Peña"), act("two", code="163", source_name="Noem; the 'secretary'")]
    write_csv(tmp_path / "a.csv", acts)
    write_lines(tmp_path / "a.jsonl", [json.dumps(row) for row in acts])
    duckdb.connect().execute(f"copy (from read_json('{tmp_path}/a.jsonl')) to '{tmp_path}/a.parquet' (format parquet)")
    found = []
    for name in ("a.csv", "a.jsonl", "a.parquet"):
        desk.execute("delete from raw.reports")
        assert load((tmp_path / name).read_bytes(), name) == ((2, 2, 0, 0), [])
        found.append(
            desk.execute("select * exclude (file_name, row_number) from raw.reports order by source_event_id").fetchall()
        )
    assert found[0] == found[1] == found[2]


def test_the_same_rows_in_a_second_format_are_known_not_added(load, tmp_path):
    acts = [act("one"), act("two")]
    load(write_csv(tmp_path / "mine.csv", acts).read_bytes())
    counts, _ = load(write_lines(tmp_path / "z.jsonl", [json.dumps(row) for row in acts]).read_bytes(), "z.jsonl")
    assert counts == (2, 0, 2, 0)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("\n".join([HEADER, GOOD.format("one"), GOOD.format("two")]).encode(), id="no last line end"),
        pytest.param("\r\n".join([HEADER, GOOD.format("one"), GOOD.format("two"), ""]).encode(), id="Windows line ends"),
        pytest.param("\r".join([HEADER, GOOD.format("one"), GOOD.format("two"), ""]).encode(), id="old Mac line ends"),
        pytest.param(("\ufeff" + "\n".join([HEADER, GOOD.format("one"), GOOD.format("two")])).encode(), id="byte order mark"),
        pytest.param("\n".join([HEADER, "", GOOD.format("one"), "  ", GOOD.format("two"), ""]).encode(), id="blank lines"),
        pytest.param(
            "\n".join(["remark," + HEADER, "x," + GOOD.format("one"), "y," + GOOD.format("two")]).encode(), id="more columns"
        ),
        pytest.param("\n".join([HEADER, GOOD.format("one"), GOOD.format("two")]).encode("utf-16"), id="UTF-16"),
        pytest.param("\n".join([HEADER, GOOD.format("one"), GOOD.format("two")]).replace(",", ";").encode(), id="semicolons"),
        pytest.param("\n".join([HEADER, GOOD.format('"one"'), GOOD.format('"two"')]).encode(), id="quotes"),
    ],
)
def test_what_programs_do_to_a_csv_file_changes_none_of_its_rows(load, content):
    assert load(content) == ((2, 2, 0, 0), [])


def test_a_byte_order_mark_before_json_lines_is_no_part_of_the_row(load):
    counts, _ = load(("\ufeff" + json.dumps(act("one")) + "\n").encode(), "mine.jsonl")
    assert counts == (1, 1, 0, 0)


# ------------------------------------------------------------------ one wrong row


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(
            b"bad,2025-03-28,ZZZ,MEX,042", "source_actor 'ZZZ' is not a country of seeds/countries.csv", id="unknown country"
        ),
        pytest.param(b"bad,2025-02-30,USA,MEX,042", "event_date '2025-02-30' is not a calendar day", id="impossible day"),
        pytest.param(b"bad,2025-03-28,USA,MEX,999", "cameo_code '999' is not a CAMEO code", id="code outside CAMEO"),
        pytest.param(b"one,2025-03-28,USA,MEX,043", "event_id one is used before in this file", id="id used before"),
        pytest.param(b'"bad,2025-03-28,USA,MEX,042', "a quote is opened and not closed on the line", id="open quote"),
        pytest.param(b"bad,2025-03-28,USA,MEX", "the line has 4 fields, the header 5", id="too few fields"),
        pytest.param(b"bad,2025-03-28,USA,MEX,042,", "the line has 6 fields, the header 5", id="too many fields"),
        pytest.param("Łódź,2025-03-28,USA,MEX,042".encode("cp1250"), "byte 1 of the line is not UTF-8", id="another encoding"),
        pytest.param(b"b\0d,2025-03-28,USA,MEX,042", "the line has a NUL byte", id="NUL byte"),
        pytest.param(b",,,,", "event_id is empty", id="empty fields"),
    ],
)
def test_a_wrong_line_is_kept_with_its_reason_and_spoils_no_other(load, line, reason):
    content = b"\n".join([HEADER.encode(), GOOD.format("one").encode(), line, GOOD.format("two").encode()])
    counts, ((number, found),) = load(content)
    assert (counts, number) == ((3, 2, 0, 1), 3)
    assert found.startswith(reason)


def test_an_open_quote_does_not_swallow_the_lines_after_it(load):
    content = "\n".join([HEADER, '"bad,2025-03-28,USA,MEX,042', *(GOOD.format(f"e{n}") for n in range(20))]).encode()
    counts, _ = load(content)
    assert counts == (21, 20, 0, 1)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("{not json", "the line is no JSON object", id="no JSON"),
        pytest.param("[1, 2]", "the line is no JSON object", id="a list"),
        pytest.param("[" * 100_000, "the line is no JSON object", id="too deep"),
        pytest.param(json.dumps(act("half \ud800")), "a text has a NUL or half a surrogate pair", id="half a character"),
        pytest.param(json.dumps(act("nul \0")), "a text has a NUL or half a surrogate pair", id="NUL"),
        pytest.param('{"event_id": "bad"}', "event_date '' is not a calendar day", id="columns missing"),
    ],
)
def test_a_wrong_line_of_json_is_kept_with_its_reason_and_spoils_no_other(load, line, reason):
    content = "\n".join([json.dumps(act("one")), line, json.dumps(act("two"))]).encode()
    counts, ((number, found),) = load(content, "mine.jsonl")
    assert (counts, number) == ((3, 2, 0, 1), 2)
    assert found.startswith(reason)


def test_a_mended_row_leaves_the_rejects(load):
    wrong, mended = (f"{HEADER}\none,2025-02-{day},USA,MEX,042\n".encode() for day in (30, 20))
    assert load(wrong)[0] == (1, 0, 0, 1)
    assert load(mended) == ((1, 1, 0, 0), [])


# ------------------------------------------------------------------ the whole file is wrong


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("mine.csv", b"", "mine.csv is empty; a header and one event per line were expected", id="empty"),
        pytest.param(
            "mine.csv",
            b"\xef\xbb\xbf",
            "mine.csv is empty; a header and a row a line were expected",
            id="a mark and nothing else",
        ),
        pytest.param(
            "mine.csv", b"event_id,event_date,cameo_code\n", "mine.csv has no column source_actor, target_actor;", id="columns"
        ),
        pytest.param("mine.parquet", b"PAR1 but not really", "mine.parquet cannot be read as Parquet: ", id="no Parquet"),
        pytest.param(
            "mine.xlsx",
            b"PK",
            "mine.xlsx is none of .csv, .tsv, .tab, .txt, .jsonl, .ndjson, .parquet; save a sheet as CSV UTF-8",
            id="a workbook",
        ),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_whole_with_what_was_expected(tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileRefused) as refusal:
        curated.read(tmp_path / name)
    assert str(refusal.value).startswith(sentence)


def test_a_refused_file_leaves_the_others_as_they_were_and_is_on_record(house):
    write_lines(house.data / "inbox" / "articles" / "mine.csv", ["date,who", "2025-03-28,USA"])
    assert house.refresh().exit_code == 0
    assert len(house.rows("from events")) == 75
    ((refusal,),) = house.rows("select refusal from files where file_name = 'inbox/articles/mine.csv'")
    assert refusal.startswith("mine.csv has no column event_id, event_date,")
