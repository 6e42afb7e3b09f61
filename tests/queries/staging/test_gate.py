"""The gate of machine-coded rows: each of its reasons on rows made for it, and names that are only like a country's."""

import pytest

NAMES = {
    "USA": "UNITED STATES",
    "MEX": "MEXICO",
    "CAN": "CANADA",
    "GEO": "GEORGIA",
    "COL": "COLOMBIA",
    "PAN": "PANAMA",
    "GTM": "GUATEMALA",
}
TALKS = "https://daily.example/2025/03/28/us-and-mexico-hold-talks-on-trade"
QUAD = {
    "042": "1",
    "046": "1",
    "036": "1",
    "040": "1",
    "010": "1",
    "018": "1",
    "061": "2",
    "112": "3",
    "111": "3",
    "163": "4",
    "174": "4",
    "190": "4",
}
COLUMNS = (
    *("report_id", "dataset", "source_event_id", "event_day", "source_country", "target_country", "source_name", "target_name"),
    *("source_role", "target_role", "code", "base_code", "root_code", "source_kind", "score_given"),
    *("source_place", "target_place", "action_place", "outlet", "url"),
)


def report(
    pair: str = "USA>MEX", code: str = "046", url: str | None = TALKS, day: str = "2025-03-28", **given: str | None
) -> dict:
    """A row whose parts agree, but for what is given."""
    source, target = pair.split(">")
    row = {"dataset": "gdelt", "event_day": day, "source_country": source, "target_country": target, "code": code, "url": url}
    row |= {"source_name": NAMES[source], "target_name": NAMES[target]}
    row |= {"base_code": code[:3], "root_code": code[:2], "source_kind": QUAD.get(code), "outlet": url and url.split("/")[2]}
    return row | given


def at(words: str, host: str = "daily.example") -> str:
    return f"https://{host}/2025/03/28/{words}"


@pytest.fixture
def reasons(run_model):
    """What the gate says of each of some rows, all asked at once."""

    def ask(rows: list[dict], mentions: str = "") -> list[str]:
        cells = [[str(number), *(row.get(name) or "null" for name in COLUMNS[1:])] for number, row in enumerate(rows)]
        for number, line in enumerate(cells):
            line[2] = f"e{number}"
        text = "\n".join("  ".join(line) for line in [COLUMNS, *cells])
        told = mentions or "report_id  source_event_id  confidence  is_in_raw_text"
        lines = run_model("staging.gate", ("report_id", "passes", "reason"), raw_reports=text, raw_mentions=told)
        said = {int(number): (passes, reason) for number, passes, reason in (line.split(" ", 2) for line in lines)}
        assert all((passes == "true") == (reason in ("passed", "not judged")) for passes, reason in said.values())
        return [said[number][1] for number in range(len(rows))]

    return ask


def topic(words: str) -> dict:
    return report(url=at(f"us-mexico-talks-{words}"))


ROWS = {
    "passed": [
        report(),
        report("MEX>USA", "046", at("mexico-y-estados-unidos-acuerdan-dialogo")),
        report("USA>MEX", "163", at("trump-impone-aranceles-a-mexico"), source_name="TRUMP", source_role="GOV"),
        report("USA>CAN", "040", at("trump-speaks-with-world-leaders-about-climate")),
        report("USA>MEX", "174", at("us-migrants-sent-back-over-southern-border")),
        report("USA>MEX", "046", at("texas-and-mexico-discuss-water-deal"), source_name="TEXAS"),
        report(action_place="4|UK|UKH9|London, London, City of, United Kingdom"),  # talks may be held anywhere
        report(base_code=None, root_code=None, source_kind=None),  # not known: says nothing
    ],
    "not judged": [report(source_name=None, target_name=None), report(source_name=None, target_name=None, url=None)],
    "code": [
        report(base_code="04"), report(root_code="20"), report(source_kind="4"), report(score_given="-10"),
        report(code="112", source_kind="1", url=at("us-accuses-mexico-of-dumping-steel")),
    ],
    "group": [report(source_name="GOOGLE", source_role="MNC"), report(target_name="MEXICAN", target_role="CRM")],
    "no state": [
        report(source_name="CHICAGO"), report(target_name="CANCUN"), report(source_name="DAVID JOHNSTON"),
        report(source_name="TEXAS"),  # a region that the address does not name
        report(code="190", source_name="TEXAS", url=at("texas-troops-at-war-with-mexico")),
        report("CAN>USA", source_name="TORONTO", source_role="GOV", source_place="4|CA|CA08|Toronto, Ontario, Canada"),
    ],
    "like name": [
        report("MEX>USA", source_name="MEXICAN", source_place="2|US|USNM|New Mexico, United States"),
        report("PAN>USA", source_place="3|US|USFL|Panama City, Florida, United States"),
        report("GEO>USA", source_place="2|US|USGA|Georgia, United States"),
        report("MEX>USA", source_place="3|US|USMO|Mexico, Missouri, United States"),
    ],
    "out of office": [report(source_name="OBAMA", source_role="GOV"), report(target_name="PENA NIETO")],
    "satire": [report(url=at("us-mexico-talks", "theonion.com")), report(url=at("mexico-us-talks", "www.wonkette.com"))],
    "collection": [report(url=at("us-mexico-talks", "wn.com")), report(url=at("us-mexico-talks", "x.einnews.com"))],
    "blog": [report(url=at("us-mexico-talks", "me.blogspot.com")), report(url=at("us-mexico-talks", "me.wordpress.com"))],
    "press release": [report(url=at("us-mexico-talks", "briefingwire.com")), report(url=at("us-mexico-talks", "prweb.com"))],
    "forum": [report(url=at("us-mexico-talks", "reddit.com")), report(url=at("us-mexico-talks", "old.reddit.com"))],
    "sport": [topic("before-world-cup"), topic("y-el-futbol")],
    "weather": [topic("snowstorm"), topic("frente-frio")],
    "astronomy": [topic("lunar-eclipse"), topic("lluvia-de-estrellas")],
    "entertainment": [topic("in-new-movie"), topic("en-la-telenovela")],
    "horoscope": [topic("horoscope"), topic("horoscopos")],
    "travel": [topic("on-cruise-ship"), topic("vacaciones")],
    "obituary": [topic("obituary"), topic("obituario")],
    "comment": [report(url=at("opinion/us-mexico-talks")), topic("una-columna")],
    "overview": [topic("fast-facts"), topic("efemerides")],
    "religion": [topic("of-church"), topic("de-la-iglesia")],
    "private": [topic("at-wedding"), topic("y-su-boda")],
    "elsewhere": [
        report(code="042", url=at("us-envoy-visits-mexico"), action_place="1|IN|IN|India"),
        report(code="163", url=at("us-imposes-tariffs-on-mexico"), action_place="4|UP|UP12|Kiev, Kyyiv, Misto, Ukraine"),
    ],
    "no words": [report(url="https://daily.example/article153906199.html"), report(url=None)],
    "not named": [
        report(url=at("us-holds-talks-on-trade-with-partners")), report(url=at("politics/senate-talks-about-the-budget")),
        report(url=at("new-mexico-and-us-senate-hold-talks")),
        report("PAN>USA", url=at("panama-city-florida-and-us-navy-hold-talks")),
        report("COL>USA", url=at("columbia-sc-mayor-and-us-senator-hold-talks")),
        report(url=at("us/talks-with-mexico-continue")),  # a section of the paper is not a country
        report(url=at("mexico-news-tells-us-of-talks")),  # nor is the word
    ],
    "third party": [
        report(url=at("canada-minister-to-visit-mexico-and-us")), report(url=at("minister-on-official-visit-to-us-mexico")),
        report(code="190", url=at("us-condemns-attack-by-cartel-in-mexico")),
    ],
    "other act": [
        report(code="190"), report(code="112"), report(code="010"), report(code="018", url=at("us-and-mexico-dispute-over-steel")),
    ],
}  # fmt: skip


def test_each_reason_is_given_for_rows_made_for_it(reasons):
    assert all(len(rows) > 1 for rows in ROWS.values())
    asked = [(reason, row) for reason, rows in ROWS.items() for row in rows]
    said = reasons([row for _, row in asked])
    assert [(got, reason, row) for got, (reason, row) in zip(said, asked, strict=True) if got != reason] == []


def test_a_coder_that_is_unsure_in_every_mention_is_not_believed(reasons):
    mentions = """
    report_id  source_event_id  confidence  is_in_raw_text
    m1         e0               20          false
    m2         e0               10          false
    m3         e1               20          true
    m4         e2               10          false
    m5         e2               60          false
    m6         e3               10          false
    """
    assert reasons([report()] * 4, mentions) == ["unsure", "passed", "passed", "unsure"]


def test_other_datasets_are_not_judged(reasons, run_model):
    text = "report_id  dataset  event_day  source_country  target_country  source_name  code\nr1  icews  2018-01-01  USA  MEX  GOOGLE  042"
    assert run_model("staging.gate", raw_reports=text, raw_mentions="report_id  source_event_id") == []
