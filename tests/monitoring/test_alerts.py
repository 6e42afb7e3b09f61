"""Alerts: real commands and a real server are told, once, with a cool-down, and again when they did not listen."""

import json
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bilateral.ask.warehouse import Warehouse
from bilateral.exits import Exit, Stop
from bilateral.intake.decisions import Reviewer
from bilateral.monitoring.alerts import STATE, Rule, deliver, read_rules
from bilateral.monitoring.proposed import proposed
from bilateral.web.app import make_app
from made_proposals import put_made
from material import ROOT, act, write_csv, write_lines

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture
def rules(tmp_path):
    """rules('command = […]') is a file with one rule that tells a program; its messages are in tmp_path/told."""
    program = write_lines(
        tmp_path / "tell.py", ["import sys, pathlib", "pathlib.Path(sys.argv[1]).open('a').write(sys.stdin.read() + '\\n')"]
    )
    told = tmp_path / "told"

    def write(*more: str, command: list[str] | None = None):
        called = command or [sys.executable, str(program), str(told)]
        return write_lines(tmp_path / "alerts.toml", ["[[rule]]", 'name = "strong"', f"command = {json.dumps(called)}", *more])

    write.told = lambda: [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []
    return write


def add(house, *acts) -> None:
    write_csv(house.data / "inbox/articles/new.csv", list(acts))
    assert house.refresh().exit_code == 0


SANCTION = {"code": "163", "day": "2025-08-01"}


def test_a_rule_begins_with_the_next_change_and_tells_each_once(house, rules):
    file = rules()
    (begun,) = deliver(house.data, file, NOW)
    assert begun.startswith("strong: begins;")
    add(house, act("one", **SANCTION))
    assert deliver(house.data, file, NOW) == ["strong: MEX-USA, 1 changes reported"]
    assert deliver(house.data, file, NOW + timedelta(days=2)) == []
    (message,) = rules.told()
    assert message["text"] == "United States – Mexico: “Act one” (coded as Impose tariffs, embargo or sanctions, score −8.0)"
    assert (message["rule"], message["changes"][0]["dyad"], message["changes"][0]["day"]) == ("strong", "MEX-USA", "2025-08-01")


def test_within_the_cool_down_changes_wait_and_are_told_together(house, rules):
    file = rules("cool_down_hours = 12")
    deliver(house.data, file, NOW)
    add(house, act("one", **SANCTION))
    deliver(house.data, file, NOW)
    add(house, act("one", **SANCTION), act("two", code="071", day="2025-08-05"), act("three", code="172", day="2025-08-05"))
    assert deliver(house.data, file, NOW + timedelta(hours=6)) == ["strong: MEX-USA cools down, 1 changes wait"]
    assert deliver(house.data, file, NOW + timedelta(hours=13)) == ["strong: MEX-USA, 1 changes reported"]
    assert len(rules.told()) == 2


def test_a_rule_hears_only_of_what_it_asks_for(house, rules):
    file = rules('dyads = ["COL-USA"]', 'kinds = ["act"]', "min_score = 9")
    deliver(house.data, file, NOW)
    add(
        house,
        act("one", **SANCTION),
        act("two", target="COL", **SANCTION),
        act("three", target="COL", code="190", day="2025-08-05"),
    )
    assert deliver(house.data, file, NOW) == ["strong: COL-USA, 1 changes reported"]
    assert [change["id"] for change in rules.told()[0]["changes"]] == ["act-articles-three"] or rules.told()[0]["changes"][0][
        "value"
    ] == -10


def test_a_command_that_fails_is_told_again_at_the_next_run(house, rules):
    deliver(house.data, rules(), NOW)
    add(house, act("one", **SANCTION))
    broken = rules(command=[sys.executable, "-c", "import sys; sys.exit('no pager here')"])
    (said,) = deliver(house.data, broken, NOW)
    assert said.startswith("strong: MEX-USA was not delivered (")
    assert "no pager here" in said
    assert deliver(house.data, rules(), NOW) == ["strong: MEX-USA, 1 changes reported"]


@pytest.fixture
def hook():
    """A webhook on loopback: answers in order, then 200; keeps what it was sent."""
    answers, sent = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            sent.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            status, headers = answers.pop(0) if answers else (200, {})
            self.send_response(status)
            for name, value in ({"Content-Length": "0"} | headers).items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    server.answers, server.sent, server.address = answers, sent, f"http://127.0.0.1:{server.server_address[1]}/hook"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def webhook_rule(tmp_path, address):
    return write_lines(tmp_path / "hook.toml", ["[[rule]]", 'name = "hook"', f'webhook = "{address}"'])


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("plain", "<!channel> [win](https://example.org) & @all"),
        ("slack", "&lt;!channel&gt; [win](https://example.org) &amp; @all"),
        ("markdown", r"\<\!channel\> \[win\](https\://example.org) \& \@all"),
    ],
)
def test_a_title_is_written_so_that_the_channel_reads_no_link_and_no_call_in_it(house, rules, markup, written):
    file = rules(f'markup = "{markup}"')
    deliver(house.data, file, NOW)
    add(house, act("one", summary="<!channel> [win](https://example.org) & @all", **SANCTION))
    deliver(house.data, file, NOW)
    (message,) = rules.told()
    assert written in message["text"]
    assert "<!channel> [win](https://example.org) & @all" in message["changes"][0]["title"]


def test_a_webhook_is_sent_the_message_and_tried_again(house, tmp_path, hook):
    file = webhook_rule(tmp_path, hook.address)
    deliver(house.data, file, NOW)
    add(house, act("one", **SANCTION))
    hook.answers.append((500, {}))
    assert deliver(house.data, file, NOW) == ["hook: MEX-USA, 1 changes reported"]
    assert [message["dyad"] for message in hook.sent] == ["MEX-USA", "MEX-USA"]


def test_a_webhook_that_redirects_is_not_followed(house, tmp_path, hook):
    file = webhook_rule(tmp_path, hook.address)
    deliver(house.data, file, NOW)
    add(house, act("one", **SANCTION))
    hook.answers += [(307, {"Location": hook.address + "/elsewhere"})] * 3
    (said,) = deliver(house.data, file, NOW)
    assert said == "hook: MEX-USA was not delivered (127.0.0.1 answers 307); it is tried again at the next run"


def test_a_torn_state_begins_anew(house, rules):
    file = rules()
    deliver(house.data, file, NOW)
    (house.data / STATE).write_text('{"strong": {"to')
    (said,) = deliver(house.data, file, NOW)
    assert said.startswith("strong: begins;")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["[[rule"], "are not TOML with [[rule]] tables"),
        (['rule = "x"'], "are not TOML with [[rule]] tables"),
        (["[[rule]]", 'command = ["x"]'], "name: field required"),
        (["[[rule]]", 'name = "a"'], "give either command or webhook"),
        (["[[rule]]", 'name = "a"', 'command = ["x"]', 'webhook = "https://x"'], "give either command or webhook"),
        (["[[rule]]", 'name = "a"', 'command = ["x"]', 'colour = "blue"'], "colour: extra inputs are not permitted"),
        (
            ["[[rule]]", 'name = "a"', 'command = ["x"]', 'kinds = ["war"]'],
            "kinds.0: input should be 'measure', 'act', 'momentum', 'change_point' or 'proposal'",
        ),
        (["[[rule]]", 'name = "a"', 'webhook = "file:///etc"'], "webhook: string should match pattern"),
        (["[[rule]]", 'name = "a"', 'command = ["x"]'] * 2, "two rules have one name"),
    ],
)
def test_wrong_rules_are_one_sentence_that_names_what_is_wrong(tmp_path, lines, sentence):
    with pytest.raises(Stop) as stop:
        read_rules(write_lines(tmp_path / "rules.toml", lines))
    assert stop.value.code == Exit.CONFIGURATION
    assert sentence in str(stop.value)
    assert "rules.toml" in str(stop.value)


def test_a_rules_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(Stop, match=r"the alert rules .*nowhere\.toml cannot be read: No such file"):
        read_rules(tmp_path / "nowhere.toml")


def test_proposals_of_measures_are_told_where_a_rule_names_them_and_say_that_nobody_has_reviewed_them(house, rules):
    (house.tree / "assets").symlink_to(ROOT / "assets")
    named = rules('kinds = ["proposal"]', 'dyads = ["MEX-USA"]')
    deliver(house.data, named, NOW)
    measure = {"cameo_code": "163", "instrument": "tariff", "measure_state": "in_force", "rate": "25"}
    put_made(house.data, "1", **measure)
    put_made(house.data, "2", target_country="", **measure)
    put_made(house.data, "3", target_country="COL", **measure)
    put_made(house.data, "4")
    assert house.refresh().exit_code == 0
    assert deliver(house.data, named, NOW) == ["strong: MEX-USA, 1 changes reported", "strong: USA, 1 changes reported"]
    for message in rules.told():
        assert message["text"].startswith("NOT REVIEWED: United States")
        assert message["changes"][0]["kind"] == "proposal"
    assert len(found := proposed(Warehouse(house.data))) == 3
    assert not any(Rule(name="all", command=("cat",)).wants(change) for change in found)
    web = make_app(house.data).server.test_client()
    feed = json.loads(web.get("/feeds/proposals.json?dyad=MEX-USA").data)
    assert [item["_bilateral"]["dyad"] for item in feed["items"]] == ["USA", "MEX-USA"]
    assert feed["items"][1]["url"].endswith("/review?n=1")
    assert feed["items"][1]["content_text"] == (
        "Rate: 25.0 per cent. Not reviewed: read by the coder made in a page of made-press. It enters no figure before a person accepts it."
    )
    titles = web.get("/feeds/proposals.atom?lang=es&domain=trade").text
    assert titles.count("SIN REVISAR: Estados Unidos") == 3
    assert "proposal-" not in web.get("/feeds/changes.json").text
    assert web.get("/feeds/proposals.ics").status_code == 404
    Reviewer(house.data, "ana").reject(1, "no act")
    assert house.refresh().exit_code == 0
    assert len(json.loads(make_app(house.data).server.test_client().get("/feeds/proposals.json").data)["items"]) == 2
