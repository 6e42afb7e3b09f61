"""What a value is made of, as the page tells it: event by event and happening by happening, with names of countries."""

import re
from datetime import date

import pytest

from bilateral import formats
from bilateral.ask import ledgers
from bilateral.ask.scopes import Scope
from bilateral.web.app import make_app

DAY = date(2025, 3, 28)


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


def part(page: str, name: str) -> str:
    return page.split(f'id="{name}"', 1)[1].split("</table>", 1)[0]


@pytest.mark.parametrize("domain", ["all", "trade"])
@pytest.mark.parametrize("most", [3, 1000])
def test_happenings_sum_to_the_value_and_give_its_evidence(warehouse, snapshot, domain, most):
    scope = Scope("chronology", "MEX-USA", domain, 90, is_kept=False)
    rows = ledgers.ledger_happenings(warehouse, scope, "balance", DAY, most)
    value, evidence = snapshot.execute(
        "select balance, evidence from series('chronology', 'MEX-USA', ?, 90) where day = ?", [domain, DAY]
    ).fetchone()
    whole = ledgers.ledger(warehouse, scope, "balance", DAY)
    assert rows["contribution"].sum() == pytest.approx(value, abs=1e-9)
    assert rows["n_events"].sum() == len(whole)
    assert rows["n_happenings"].sum() == whole["happening"].nunique()
    if most == 1000:
        assert rows["weight"].sum() ** 2 / (rows["weight"] ** 2).sum() == pytest.approx(evidence, rel=1e-9)
        of = {event["event_id"]: row["happening"] for row in rows.to_dict("records") for event in row["members"]}
        assert of == dict(zip(whole["event_id"], whole["happening"], strict=True))
    else:
        assert len(rows) == most + 1
        assert rows["members"].iloc[-1] is None


def test_the_page_lists_happenings_whose_events_open(client):
    page = client.get(f"/pair/MEX-USA?to={DAY}").text
    rows = part(page, "table-happenings").split("<tr>")[2:]
    opened = next(row for row in rows if "usa-mex-20250320-02" in row and "usa-mex-20250328-02" in row)
    assert "<details><summary>" in opened
    assert " (and 4 more)</summary>" in opened
    assert opened.count('href="/event/') == 5
    assert re.sub("<[^>]+>", "", opened).startswith("20 Mar 2025 to 28 Mar 2025")


def test_the_api_names_the_happening_of_each_event(client):
    rows = client.get(f"/api/v1/ledger?dyad=MEX-USA&day={DAY}").get_json()["data"]
    assert all(row["happening"] for row in rows if row["event_id"])


@pytest.mark.parametrize(
    ("lang", "mexico", "states"),
    [
        ("en", "official pages of the government of Mexico", "official pages of the government of the United States"),
        ("es", "páginas oficiales del gobierno de México", "páginas oficiales del gobierno de Estados Unidos"),
    ],
)
def test_governments_have_names_and_no_codes(client, snapshot, lang, mexico, states):
    page = client.get(f"/pair/MEX-USA?to={DAY}&lang={lang}").text
    assert mexico in part(page, "table-ledger")
    (event,) = snapshot.execute(
        "select min(event_id) from events where dataset = 'chronology' and source_side = 'government of USA'"
    ).fetchone()
    told = client.get(f"/event/{event}?lang={lang}").text
    assert states in told
    for shown in (page, told):
        assert not re.search(
            r"(government of|gobierno de) (the )?[A-Z]{3}\b", re.sub(r"<pre.*?</pre>", "", shown, flags=re.DOTALL)
        )


@pytest.mark.parametrize(
    ("parts", "decimals", "holds"), [([1.04, 2.04, 3.04], 1, False), ([-17.74, -14.07, 29.54], 1, True), ([0.4, 0.4], 0, False)]
)
def test_rounded_parts_that_do_not_add_up_are_found(parts, decimals, holds):
    assert formats.adds_up(parts, decimals) is holds


@pytest.mark.parametrize("pair", ["MEX-USA", "USA-VEN", "CAN-USA"])
def test_parts_as_printed_sum_to_the_value_or_it_is_said_that_they_are_rounded(client, pair):
    page = client.get(f"/pair/{pair}?to=2025-03-30").text
    card = page.split('id="t-made-of"')[1].split("</section>")[0]
    said, table = re.search(r"<p>(The balance of .*?)</p>", card)[1], card.split("</table>")[0]
    value, *parts = (float(found.replace("−", "-")) for found in re.findall(r"[+−]\d+\.\d", said))
    assert round(sum(parts), 1) == value or "rounded" in said
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[2:]]
    parts_of, total = rows[:-1], float(re.sub("<[^>]+>", "", rows[-1][3]).replace("−", "-"))
    printed = [[float(row[3].replace("−", "-")) for row in parts_of if row[0] == name] for name in {row[0] for row in parts_of}]
    sums = [round(sum(values), 2) for values in printed]
    assert sums == [total] * 3 or "rounded" in card.split("</table>")[1]


def test_a_direction_says_that_it_is_of_one_sided_acts_and_carries_its_verdict_beside_the_chart(client, snapshot):
    page = client.get("/pair/USA-VEN?to=2025-03-30").text
    tiles = page.split('id="p-tiles"')[1].split("</dl>")[0]
    assert tiles.count("one-sided events only") == 2
    assert "one-sided events only" not in client.get("/pair/USA-VEN?to=2025-03-30&mutual=both").text
    (state,) = snapshot.execute(
        "select state from indicator_day where dataset = 'chronology' and dyad = 'USA>VEN' and day = '2025-03-30'"
    ).fetchone()
    assert state == "thin"
    said = page.split('id="d-directions"')[1].split("</p>")[0]
    assert said.count("too little evidence to draw a conclusion") == 2
