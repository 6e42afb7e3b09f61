"""The judge of curated rows: typed when good, one sentence that says what to write when not."""

import pytest

GOOD = {
    "dataset": "articles",
    "file_name": "mine.csv",
    "row_number": "2",
    "broken": "null",
    "event_id": "e1",
    "event_date": "2025-03-28",
    "source_actor": "USA",
    "target_actor": "MEX",
    "cameo_code": "042",
    "domain": "trade",
    "goldstein": "1.9",
    "published_on": "2025-03-29",
    "added_at": "null",
}


def judged(run_model, *changes: dict[str, str], columns: tuple[str, ...]) -> list[str]:
    rows = [GOOD | {"row_number": str(number)} | change for number, change in enumerate(changes, start=2)]
    text = "\n".join(["  ".join(GOOD), *("  ".join(row.values()) for row in rows)])
    return run_model("sources.curated", columns=columns, incoming=text)


def test_a_good_row_is_typed_and_its_code_keeps_the_leading_zero(run_model):
    columns = ("event_day", "added_at", "source_country", "target_country", "code", "domain_given", "score_given", "refusal")
    assert judged(run_model, {}, columns=columns) == ["2025-03-28 2025-03-28 00:00:00 USA MEX 042 trade 1.9 null"]
    entered = {"added_at": "2025-04-02T14:05:00Z"}
    assert judged(run_model, entered, columns=("added_at", "refusal")) == ["2025-04-02 14:05:00 null"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"broken": "an open quote"}, "an open quote", id="no row at all"),
        pytest.param({"event_id": "null"}, "event_id is empty; give each act a name of its own", id="no id"),
        pytest.param({"event_date": "null"}, "event_date '' is not a calendar day; write YYYY-MM-DD", id="no day"),
        pytest.param(
            {"event_date": "2025-02-30"}, "event_date '2025-02-30' is not a calendar day; write YYYY-MM-DD", id="30 February"
        ),
        pytest.param(
            {"event_date": "28/03/2025"}, "event_date '28/03/2025' is not a calendar day; write YYYY-MM-DD", id="European"
        ),
        pytest.param({"event_date": "2025-3-8"}, "event_date '2025-3-8' is not a calendar day; write YYYY-MM-DD", id="no zeros"),
        pytest.param(
            {"event_date": "9999-12-31"},
            "event_date '9999-12-31' is after tomorrow; events are recorded after they happen, so check the year",
            id="far",
        ),
        pytest.param(
            {"added_at": "2025-03-01T00:00:00Z"},
            "added_at '2025-03-01T00:00:00Z' is not a time (UTC) from the act on; write when the row was entered, as in 2026-09-01T14:05:00Z",
            id="entered before the act",
        ),
        pytest.param({"event_date": "0205-03-28"}, "event_date '0205-03-28' is before 1900; look at the year", id="old"),
        pytest.param(
            {"source_actor": "US"},
            "source_actor 'US' is not a country of seeds/countries.csv; write ISO 3166-1 alpha-3, such as MEX",
            id="two letters",
        ),
        pytest.param(
            {"target_actor": "mex"},
            "target_actor 'mex' is not a country of seeds/countries.csv; write ISO 3166-1 alpha-3, such as MEX",
            id="small letters",
        ),
        pytest.param(
            {"target_actor": "USA"}, "source_actor and target_actor are both USA; an act needs two countries", id="one country"
        ),
        pytest.param(
            {"cameo_code": "42"},
            "cameo_code '42' is not a CAMEO code of seeds/event_codes.csv; keep the leading zero, as in 042",
            id="lost zero",
        ),
        pytest.param(
            {"cameo_code": "1999"},
            "cameo_code '1999' is not a CAMEO code of seeds/event_codes.csv; keep the leading zero, as in 042",
            id="no code",
        ),
        pytest.param({"domain": "tarde"}, "domain 'tarde' is none of seeds/domains.csv", id="domain"),
        pytest.param({"goldstein": "much"}, "goldstein 'much' is not a number from -10 to 10", id="no number"),
        pytest.param({"goldstein": "11"}, "goldstein '11' is not a number from -10 to 10", id="above ten"),
        pytest.param({"goldstein": "nan"}, "goldstein 'nan' is not a number from -10 to 10", id="not a number"),
        pytest.param(
            {"published_on": "soon"}, "published_on 'soon' is not a calendar day; write YYYY-MM-DD", id="published when"
        ),
    ],
)
def test_a_wrong_row_is_refused_with_what_to_write(run_model, change, sentence):
    assert judged(run_model, change, columns=("refusal",)) == [sentence]


def test_an_id_used_twice_in_a_file_keeps_its_first_row(run_model):
    found = judged(run_model, {}, {"cameo_code": "163"}, columns=("row_number", "refusal"))
    assert found == ["2 null", "3 event_id e1 is used before in this file; give each act a name of its own"]


def test_what_may_be_left_out_may_be_left_out(run_model):
    left_out = {"domain": "null", "goldstein": "null", "published_on": "null"}
    assert judged(run_model, left_out, columns=("refusal",)) == ["null"]


def test_equal_rows_have_one_report_id_and_any_difference_makes_another(run_model):
    same, there, other, file = {}, {"dataset": "chronology"}, {"cameo_code": "043"}, {"file_name": "other.csv"}
    found = judged(run_model, same, there, other, file, columns=("row_number", "report_id"))
    ids = {row.split()[0]: row.split()[1] for row in found}
    assert ids["2"] == ids["5"]
    assert len(set(ids.values())) == 3
