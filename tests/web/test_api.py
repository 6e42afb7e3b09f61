"""The JSON API: every question answers, says what is wrong in one shape, pages, tags, and gives the digits of the page and of SQL."""

import csv
import io
import json
import random
import re
from datetime import date, timedelta

import hypothesis
import pytest
import schemathesis
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from bilateral import formats
from bilateral.ask.reader_sql import Asking, Limits
from bilateral.ask.warehouse import connect
from bilateral.publish import snapshots
from bilateral.web.app import make_app
from material import PATIENCE, ROOT

SQL = Asking(Limits(rows=10_000, seconds=PATIENCE), at_once=4)


@pytest.fixture(scope="session")
def app(published):
    return make_app(published, asking=SQL).server


@pytest.fixture
def get(app):
    """get(address) gives status, body and headers of an answer."""
    client = app.test_client()

    def get(address: str, **headers: str):
        answer = client.get(address, headers=headers)
        return answer.status_code, answer.get_json(silent=True), answer.headers

    return get


ADDRESSES = {
    "dyads": "?",
    "indicators": "?",
    "series": "?dyad=MEX-USA&by=month",
    "events": "?dyad=MEX-USA",
    "event/usa-mex-20250328-01": "?",
    "ledger": "?dyad=MEX-USA&day=2025-03-28",
    "contributions": "?dyad=MEX-USA&day=2025-03-28",
    "moved": "?dyad=MEX-USA&from=2025-03-01&to=2025-03-28",
    "measures": "?dyad=MEX-USA",
    "measure_fates": "?",
    "forecasts": "?dyad=MEX-USA",
    "sides": "?dyad=MEX-USA",
    "coverage": "?dyad=MEX-USA",
    "status": "?",
}

WHERE_LOADED = {"forecast_track": "?", "lead_lag": "?dyad=MEX-USA", "outcomes": "?dyad=MEX-USA"}
"""These have rows once outcomes are loaded, or a forecast was made in time; tests/pages/test_lead_lag.py asks the last two there."""


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_question_is_answered_with_rows_and_the_version_of_the_data(get, published, name):
    status, body, headers = get(f"/api/v1/{name}{ADDRESSES[name]}")
    assert status == 200
    assert body["data"]
    assert body["meta"]["data_version"] == snapshots.version(snapshots.current(published))
    assert headers["Content-Type"] == "application/json"
    assert "Set-Cookie" not in headers


def test_the_document_lists_every_question_with_typed_columns(get):
    _, document, _ = get("/api/v1/openapi.json")
    assert {path.removeprefix("/api/v1/").split("/")[0] for path in document["paths"]} == {
        *(name.split("/")[0] for name in ADDRESSES | WHERE_LOADED),
        "sql",
    }
    rows = document["paths"]["/api/v1/series"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    columns = rows["properties"]["data"]["items"]["properties"]
    assert columns["balance"] == {"type": ["number", "null"], "description": "cooperation against friction, points -100..100"}
    assert {"period", "is_partial", "state", "evidence"} <= columns.keys()


def test_the_columns_that_the_document_promises_are_those_that_come(get):
    _, document, _ = get("/api/v1/openapi.json")
    for name in ("dyads", "series", "events", "ledger", "measures", "measure_fates", "forecasts", "sides", "coverage", "status"):
        schema = document["paths"][f"/api/v1/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        promised = schema["properties"]["data"]["items"]["properties"].keys()
        if name == "series":
            assert get("/api/v1/series?dyad=MEX-USA&as_of=2025-03-28")[1]["data"][0].keys() == promised
            promised -= {"as_of", "is_reconstruction"}
        assert get(f"/api/v1/{name}{ADDRESSES[name]}")[1]["data"][0].keys() == promised, name


def test_a_series_as_known_on_an_earlier_day_ends_there_and_says_that_it_is_a_reconstruction(get):
    rows = get("/api/v1/series?dyad=MEX-USA&by=day&as_of=2025-03-28&from=2025-03-01")[1]["data"]
    plain = get("/api/v1/series?dyad=MEX-USA&by=day&from=2025-03-01&to=2025-03-28")[1]["data"]
    assert [row["balance"] for row in rows] == pytest.approx([row["balance"] for row in plain], abs=1e-9)
    assert {(row["as_of"], row["is_reconstruction"]) for row in rows} == {("2025-03-28", True)}
    assert get("/api/v1/series?dyad=MEX-USA&as_of=1999-01-01")[1]["data"] == []


def test_a_series_by_other_choices_is_that_of_the_macro(get, published):
    _, body, _ = get(
        "/api/v1/series?dyad=MEX-USA&score=plover&weight=articles&level=act&mutual=none&from=2025-01-01&to=2025-06-30&by=day"
    )
    with connect(snapshots.current(published)) as connection:
        known = connection.execute("""
            select intensity, score_table from series_chosen('chronology', 'MEX-USA', 'all', 90, null, 'plover', 'articles', 'none')
            where day between '2025-01-01' and '2025-06-30' order by day
        """).fetchall()
    assert [(row["intensity"], row["score_table"]) for row in body["data"]] == known[:100]


# ------------------------------------------------------------------ what is wrong


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("series", 400, "dyad: it has to be given, as dyad=MEX-USA or USA>MEX"),
        ("series?dyad=MEX-USA&colour=red", 400, "colour: there is no such parameter; there are dyad, dataset, domain, h, by, from, to, "),
        ("series?dyad=MEX-USA&h=8", 400, "h: Input should be 7, 30, 90 or 365"),
        ("series?dyad=MEX-USA&from=2025-02-30", 400, "from: Input should be a valid date or datetime, day value is outside expected range"),
        ("series?dyad=MEX-USA&from=0", 400, "from: write a day as 2025-03-28"),
        ("series?dyad=MEX-USA&to=9999-01-01", 400, "to: days must be between 1900-01-01 and 2199-12-31"),
        ("series?dyad=MEX-USA&dyad=CAN-USA", 400, "dyad: given twice"),
        ("series?dyad=MEX-USA&dataset=rumours", 400, "dataset: 'rumours' is none of articles, chronology"),
        ("series?dyad=MEX-USA&score=mine", 400, "score: chronology has scores in goldstein-gdelt, goldstein-icews, plover, sign"),
        ("series?dyad=MEX-USA&level=story", 400, "level: Input should be 'raw', 'exact', 'article', 'act' or 'joint'"),
        ("series?dyad=MEX-USA&weight=equal&as_of=2025-03-28", 400, "weight: with as_of the weight is the dataset's own, log"),
        ("series?dyad=MEXUSA", 400, "dyad: 'MEXUSA' is not written as MEX-USA or USA>MEX"),
        ("series?h=8&colour=red", 400, "dyad: it has to be given, as dyad=MEX-USA or USA>MEX; h: Input should be 7, 30, 90 or 365; colour: there is no such"),
        ("series?dyad=XXX>USA", 400, "dyad: 'USA-XXX' is none of MEX-USA, "),
        ("series?dyad=MEX-USA&per_page=0", 400, "per_page: Input should be greater than or equal to 1"),
        ("events?dyad=MEX-USA&page=101", 400, "page: Input should be less than or equal to 100"),
        ("ledger?dyad=MEX-USA&day=2025-03-28&indicator=volume", 400, "indicator: Input should be 'balance' or 'intensity'"),
        ("ledger?dyad=MEX-USA&day=2025-03-28&top=9223372036854775808", 400, "top: Input should be less than or equal to 9223372036854775807"),
        ("event/nothing", 404, "there is no event nothing"),
        ("nothing", 404, "there is nothing at this address; /api/v1/openapi.json lists what there is"),
        ("sql", 400, "q: it has to be given, as q=select count(*) from events"),
        ("sql?q=drop+table+events", 400, "only SELECT queries are allowed, not DROP; snapshots are read-only"),
        ("sql?q=select+$a", 400, "the statement needs a value for $a"),
        ("sql?q=select+1&parameters=x", 400, "parameters: give values under their own names, as in $pair=MEX-USA"),
        ("sql?q=select+1&limit=10001", 400, "limit: Input should be less than or equal to 10000"),
    ],
)  # fmt: skip
def test_every_error_has_one_shape_and_says_what_was_expected(get, address, status, detail):
    found, body, headers = get(f"/api/v1/{address}")
    assert (found, body["status"]) == (status, status)
    assert headers["Content-Type"] == "application/problem+json"
    assert body["detail"].startswith(detail)
    assert set(body) <= {"type", "title", "status", "detail", "errors"}


def test_a_wrong_method_a_wrong_body_and_no_data_have_the_same_shape(app, tmp_path):
    client = app.test_client()
    wrong = [
        (client.post("/api/v1/dyads"), 405),
        (client.delete("/api/v1/sql"), 405),
        (client.post("/api/v1/sql", data="select 1"), 415),
        (client.post("/api/v1/sql", data="{", content_type="application/json"), 400),
        (client.post("/api/v1/sql", json=["select 1"]), 400),
        (make_app(tmp_path).server.test_client().get("/api/v1/dyads"), 503),
        (make_app(tmp_path).server.test_client().get("/api/v1/sql?q=select+1"), 403),
    ]
    for answer, status in wrong:
        assert answer.status_code == status
        assert answer.content_type == "application/problem+json"
        assert answer.get_json()["status"] == status


# ------------------------------------------------------------------ pages and tags


@pytest.mark.parametrize(
    "address", ["series?dyad=MEX-USA&by=month", "events?dyad=CAN-MEX", "measures?dyad=MEX-USA", "coverage?dyad=MEX-PER"]
)
def test_the_pages_together_are_the_whole(get, address):
    whole = get(f"/api/v1/{address}&per_page=1000")[1]
    rows, following = [], f"/api/v1/{address}&per_page=70"
    while following:
        status, body, headers = get(following)
        assert status == 200
        rows += body["data"]
        assert len(body["data"]) == 70 or body["meta"]["next"] is None
        assert headers.get("Link") == (f'<{body["meta"]["next"]}>; rel="next"' if body["meta"]["next"] else None)
        following = body["meta"]["next"]
    assert rows[:1000] == whole["data"]


def test_an_unchanged_answer_is_304_until_a_new_snapshot_is_published(house):
    (house.tree / "assets").symlink_to(ROOT / "assets")
    client = make_app(house.data).server.test_client()
    first = client.get("/api/v1/dyads", headers={"Accept-Encoding": "br"})
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    assert client.get("/api/v1/dyads", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/api/v1/dyads?per_page=5", headers={"If-None-Match": tag}).status_code == 200
    assert house.refresh(full=True).exit_code == 0
    again = client.get("/api/v1/dyads", headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"] == tag) == (200, False)


# ------------------------------------------------------------------ the same digits everywhere


def random_addresses(n: int) -> list[dict[str, str]]:
    """Views of pairs that have enough events, always the same ones."""
    draw = random.Random(20250328)
    found = []
    for _ in range(n):
        first = date(2019, 1, 1) + timedelta(days=draw.randrange(2000))
        found.append(
            {
                "dyad": draw.choice(["MEX-USA", "CAN-USA", "CHN-USA", "COL-USA", "USA-VEN"]),
                "domain": draw.choice(["all", "all", "trade", "migration", "security"]),
                "h": draw.choice(["7", "30", "90", "365"]),
                "by": draw.choice(["week", "month"]),
                "from": str(first),
                "to": str(first + timedelta(days=draw.randrange(60, 400))),
            }
        )
    return found


@pytest.mark.parametrize("asked", random_addresses(20), ids=lambda asked: "-".join(asked.values()))
def test_api_page_file_and_sql_give_the_same_digits(app, get, published, asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    _, body, _ = get(f"/api/v1/series?{query}&per_page=1000")
    assert body["meta"]["next"] is None
    rows = body["data"]
    with connect(snapshots.current(published)) as connection:
        statement = f"select day, balance, balance_low, evidence, state from series('chronology', '{asked['dyad']}', '{asked['domain']}', {asked['h']})"
        known = {str(row[0]): row[1:] for row in connection.execute(statement).fetchall()}
    assert [(row["balance"], row["balance_low"], row["evidence"], row["state"]) for row in rows] == [
        known[row["day"]] for row in rows
    ]
    asked_of_sql = f"select balance from series('chronology', $dyad, $domain, $h) where day = '{rows[-1]['day']}'"
    _, sql, _ = get(f"/api/v1/sql?q={asked_of_sql}&$dyad={asked['dyad']}&$domain={asked['domain']}&$h={asked['h']}")
    assert sql["data"] == [[rows[-1]["balance"]]]
    client, view = app.test_client(), query.replace(f"dyad={asked['dyad']}&", "")
    file = csv.DictReader(io.StringIO(client.get(f"/pair/{asked['dyad']}.csv?{view}").data.decode("utf-8-sig")))
    band = ("balance", "balance_low", "balance_high")
    written = [[float(row[name]) if row[name] else None for name in band] for row in file]
    assert written == [[row[name] for name in band] for row in rows]
    page = client.get(f"/pair/{asked['dyad']}?{view}").get_data(as_text=True)
    assert cells(page, "table-balance") == [
        [formats.points(row["balance"], 1), formats.points(row["balance_low"], 1), formats.points(row["balance_high"], 1)]
        for row in reversed(rows)
    ]


def cells(page: str, name: str) -> list[list[str]]:
    """Columns 2 to 4 of a table in the first HTML."""
    table = page.split(f'id="{name}"')[1].split("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1])
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)[1:4] for row in rows]


def test_the_ledger_sums_to_the_value_and_what_moved_it_to_its_change(get):
    before, after = (
        get(f"/api/v1/series?dyad=MEX-USA&by=day&from={day}&to={day}")[1]["data"][0]["balance"]
        for day in ("2025-03-01", "2025-03-28")
    )
    ledger = get("/api/v1/ledger?dyad=MEX-USA&day=2025-03-28&per_page=1000")[1]["data"]
    moved = get("/api/v1/moved?dyad=MEX-USA&from=2025-03-01&to=2025-03-28&per_page=1000")[1]["data"]
    assert sum(row["contribution"] for row in ledger) == pytest.approx(after, abs=1e-9)
    assert sum(row["moved"] for row in moved) == pytest.approx(after - before, abs=1e-9)


def test_an_event_opens_the_rows_it_was_made_of(get):
    _, body, _ = get("/api/v1/event/usa-mex-20250328-01")
    assert body["data"]["event_day"] == "2025-03-28"
    assert [report["event_id"] for report in body["data"]["reports"]] == ["usa-mex-20250328-01"] * body["data"]["n_reports"]


# ------------------------------------------------------------------ sql


def test_sql_answers_in_three_formats_and_announces_what_was_cut(app):
    client = app.test_client()
    answer = client.get("/api/v1/sql?q=select+event_id,+score+from+events+order+by+1&limit=5")
    body = answer.get_json()
    assert body["meta"]["columns"] == [{"name": "event_id", "type": "VARCHAR"}, {"name": "score", "type": "DOUBLE"}]
    assert (len(body["data"]), body["meta"]["n_rows"], body["meta"]["is_cut"]) == (5, 5, True)
    assert (answer.headers["X-Rows-Cut"], answer.headers["Cache-Control"]) == ("true", "no-store")
    csv = client.get("/api/v1/sql?q=select+1+as+a&format=csv")
    assert (csv.data, csv.mimetype, csv.headers["X-Rows-Cut"]) == (b"a\n1\n", "text/csv", "false")
    assert re.fullmatch(r'attachment; filename="query_v\w+\.\w+\.csv"', csv.headers["Content-Disposition"])
    assert client.get("/api/v1/sql?q=select+1+as+a&format=parquet").data[:4] == b"PAR1"


def test_sql_takes_a_longer_statement_as_json(app):
    asked = {"q": f"select $pair as pair -- {'x' * 5000}", "parameters": {"pair": "MEX-USA"}}
    assert app.test_client().post("/api/v1/sql", json=asked).get_json()["data"] == [["MEX-USA"]]


# ------------------------------------------------------------------ requests made from the document

OPERATIONS = [*(name.split("/")[0] for name in ADDRESSES | WHERE_LOADED), "sql_get", "sql_post"]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["as described", "not as described"])
def test_requests_made_from_the_document_are_answered_as_it_says(app, operation, mode):
    if (operation, mode) == ("indicators", GenerationMode.NEGATIVE):
        pytest.skip("a question without parameters has none that could be wrong")
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    # No schema says what is good SQL, nor that `without` excludes the other choices.
    unwanted = [positive_data_acceptance] if operation.startswith(("sql", "series")) else []
    cases = document.find_operation_by_id(operation).as_strategy(generation_mode=mode)

    @hypothesis.settings(
        max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(hypothesis.HealthCheck)
    )
    @hypothesis.given(cases)
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=unwanted)

    ask()


def test_every_answer_is_json_without_nan(get):
    for name, query in (ADDRESSES | WHERE_LOADED).items():
        json.dumps(get(f"/api/v1/{name}{query}")[1], allow_nan=False)
