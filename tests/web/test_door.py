"""Whose requests are answered with what: SQL for this user alone, pages of other sites refused, guesses that wait, rates behind proxies, one public
address; asked of the application itself."""

import re
import sqlite3
from datetime import timedelta

import pytest

from bilateral.ask.reader_sql import Asking, Limits
from bilateral.exits import Stop
from bilateral.public_address import Public, without
from bilateral.publish import snapshots
from bilateral.settings import Settings
from bilateral.shared_counts import Shared
from bilateral.web import rates
from bilateral.web.app import make_app
from bilateral.web.passwords import LONGEST, LONGEST_FOR_NAME, delay
from bilateral.web.security import Door, password_line
from material import PATIENCE, callback

SQL = "/api/v1/sql?q=select+1"
HERE = {"base_url": "http://127.0.0.1:8050"}


@pytest.fixture(scope="module")
def open_door(small_data):
    """open_door(host=…) is a client of an application with that door; one that counts nothing is made once."""
    kept = {}

    def client(rate: str | None = None, limits: dict[str, str] | None = None, **door):
        if rate or limits or "passwords" in door:
            return made(door, rate=rate, rates=limits)
        if repr(door) not in kept:
            kept[repr(door)] = made(door)
        return kept[repr(door)]

    def made(door: dict, **rates):
        return make_app(small_data, asking=Asking(Limits(seconds=PATIENCE)), door=Door(**door), **rates).server.test_client()

    return client


# ------------------------------------------------------------------ SQL for this user alone


def test_sql_is_answered_to_this_computer(open_door):
    client = open_door()
    assert client.get(SQL, **HERE).status_code == 200
    assert client.post("/api/v1/sql", json={"q": "select 1"}, **HERE).status_code == 200
    assert client.get("/sql?q=select+1", **HERE).status_code == 200


@pytest.mark.parametrize(
    "sign",
    [
        {"X-Forwarded-For": "127.0.0.1"}, {"X-Forwarded-Host": "127.0.0.1"}, {"X-Forwarded-Proto": "http"}, {"Forwarded": "for=127.0.0.1"}, {"Via": "1.1 x"},
        {"X-Real-IP": "127.0.0.1"}, {"X-Forwarded-Server": "x"}, {"Origin": "https://site.example"}, {"Referer": "https://site.example/sql"}, {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
    ],
    ids=lambda sign: next(iter(sign)),
)  # fmt: skip
def test_sql_is_refused_to_whatever_came_through_a_proxy_or_from_a_page(open_door, sign):
    for path in (SQL, "/sql?q=select+1"):
        assert open_door().get(path, headers=sign, **HERE).status_code == 403


def test_sql_is_refused_behind_nginx_as_it_is_installed(open_door):
    """It sends HTTP/1.0 and our own address as Host, and nothing of its own; a later one may speak 1.1 and runs as another user."""
    refused = open_door().get(SQL, environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"}, **HERE)
    assert refused.status_code == 403
    assert "bilateral serve --sql" in refused.get_json()["detail"]
    assert open_door().get("/", environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"}, **HERE).status_code == 200


@pytest.mark.parametrize(
    "door",
    [
        {"is_public": True}, {"proxy_header": "X-User"}, {"way": Public("https://example.org")}, {"way": Public(proxies=1)}, {"host": "0.0.0.0", "is_public": True},
        {"sql": False},
    ],
    ids=str,
)  # fmt: skip
def test_sql_is_off_wherever_others_may_come_in_until_it_is_switched_on(open_door, door):
    named = {"headers": {"X-User": "ana"}, **HERE}
    assert open_door(**door).get(SQL, **named).status_code == 403
    assert open_door(**door).get("/sql", **named).status_code == 403
    assert open_door(**door | {"sql": True}).get(SQL, **named).status_code == 200


def test_sql_is_refused_to_other_computers_and_to_names_that_are_not_loopback(open_door):
    assert open_door().get(SQL, environ_base={"REMOTE_ADDR": "192.168.1.5"}, **HERE).status_code == 403
    client = open_door(hostnames=("monitor.example",))
    assert client.get(SQL, base_url="http://monitor.example").status_code == 403
    assert client.get("/", base_url="http://monitor.example").status_code == 200


# ------------------------------------------------------------------ pages of other sites

IMAGE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-User": "?1"}
FRAME = LINK | {"Sec-Fetch-Dest": "iframe"}
OLD = {"Origin": "https://evil.example"}
PLAIN = {"Referer": "http://evil.example/page", "Accept": "image/avif,image/webp,*/*;q=0.8"}
"""Over plain HTTP from another computer a browser sends no Sec-Fetch-Site, and no Origin with an image or a script."""


@pytest.mark.parametrize("path", [SQL, "/sql?q=select+1", "/pair/MEX-USA.csv", "/pair/MEX-USA.xlsx", "/events.json"])
@pytest.mark.parametrize(
    "sent", [IMAGE, FRAME, OLD, PLAIN, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}, {"Referer": "http://["}], ids=str
)
def test_a_page_of_another_site_makes_no_browser_ask_what_costs(open_door, path, sent):
    refused = open_door(sql=True).get(path, headers=sent, **HERE)
    assert refused.status_code == 403
    assert "another site" in refused.get_data(as_text=True)


@pytest.mark.parametrize("sent", [IMAGE, LINK, OLD, {"Sec-Fetch-Site": "same-site"}], ids=str)
def test_a_page_of_another_site_sends_no_question(open_door, sent):
    client = open_door(sql=True)
    assert client.post("/_dash-update-component", json=callback("/"), headers=sent, **HERE).status_code == 403
    assert client.post("/api/v1/sql", json={"q": "select 1"}, headers=sent, **HERE).status_code == 403
    assert client.post("/sql", data={"q": "select 1"}, headers=sent, **HERE).status_code == 403


def test_a_link_on_another_site_is_followed_and_programs_and_our_own_pages_ask(open_door):
    client = open_door(sql=True)
    for path in ("/", "/pair/MEX-USA", "/sql?q=select+1", "/pair/MEX-USA.csv"):
        assert client.get(path, headers=LINK, **HERE).status_code == 200
    assert client.get(SQL, headers=LINK, **HERE).status_code == 403
    followed = {"Referer": "http://wiki.example/", "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}  # over plain HTTP
    assert client.get("/sql?q=select+1", headers=followed, **HERE).status_code == 200
    for own in (
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://127.0.0.1:8050"},
        {"Referer": "http://127.0.0.1:8050/sql"},
    ):
        assert client.get(SQL, headers=own, **HERE).status_code == 200
        assert client.post("/_dash-update-component", json=callback("/pair/MEX-USA"), headers=own, **HERE).status_code == 200


REBOUND = [
    "evil.example:8050",
    "127.0.0.1.evil.example",
    "localhost.evil.example:8050",
    "evil.example",
    "10.0.0.1.nip.example:8050",
    "1",
    "0x7f000001",
]


@pytest.mark.parametrize("name", REBOUND)
def test_behind_a_proxy_that_lets_people_in_a_page_cannot_ask_under_a_name_of_its_own(open_door, name):
    """A browser at the proxy's computer sends it: its name server said that the page's name is this address, and its script may set any header."""
    client, sent = open_door(proxy_header="X-User", sql=True), {"X-User": "ana", "Sec-Fetch-Site": "same-origin"}
    for path in ("/", SQL, "/sql?q=select+1", "/pair/MEX-USA.csv", "/api/v1/status", "/health", "/metrics"):
        refused = client.get(path, headers=sent, base_url=f"http://{name}")
        assert refused.status_code == 421
        assert "BILATERAL_HOSTNAMES" in refused.get_data(as_text=True)
    question = callback("/pair/MEX-USA")
    assert client.post("/_dash-update-component", json=question, headers=sent, base_url=f"http://{name}").status_code == 421
    forwarded = {"X-Forwarded-Host": "127.0.0.1", "X-Forwarded-For": "127.0.0.1"}
    assert client.get("/", headers=sent | forwarded, base_url=f"http://{name}").status_code == 421
    assert open_door(host="0.0.0.0", proxy_header="X-User").get("/", headers=sent, base_url=f"http://{name}").status_code == 421


def test_a_proxy_that_lets_people_in_asks_under_our_own_names_those_that_are_set_and_addresses(open_door):
    sent = {"X-User": "ana"}
    for name in ("127.0.0.1:8050", "localhost", "[::1]:8050", "10.0.0.7:8050", "[fd00::7]"):
        assert open_door(proxy_header="X-User").get("/", headers=sent, base_url=f"http://{name}").status_code == 200
    set_up = open_door(proxy_header="X-User", way=Public("https://Example.org/relations"), hostnames=("bilateral",))
    for name, status in (
        ("example.org", 200),
        ("EXAMPLE.org:443", 200),
        ("bilateral:8050", 200),
        ("example.org.evil.example", 421),
    ):
        assert set_up.get("/", headers=sent, base_url=f"http://{name}").status_code == status


def test_a_rebound_name_is_no_sign_of_this_computer(open_door):
    """Where everybody may read, any name is answered; SQL and the freedom from rates are for who asks here, under our own names."""
    client = open_door(is_public=True, limits=FEW)
    codes = [client.get("/pair/MEX-USA", base_url="http://evil.example").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    assert open_door(is_public=True).get(SQL, base_url="http://evil.example").status_code == 403


def test_the_public_address_is_our_own_origin(open_door):
    client = open_door(way=Public("https://example.org/relations"))
    for origin, status in (
        ("https://example.org", 200),
        ("https://example.org.evil.example", 403),
        ("http://example.org:8080", 403),
    ):
        asked = client.post(
            "/_dash-update-component", json=callback("/relations/pair/MEX-USA"), headers={"Origin": origin}, **HERE
        )
        assert asked.status_code == status


# ------------------------------------------------------------------ guesses


@pytest.fixture(scope="module")
def passwords(tmp_path_factory):
    file = tmp_path_factory.mktemp("passwords") / "passwords"
    file.write_text(f"{password_line('ana', 'horse')}\n{password_line('eva', 'battery')}\n", encoding="utf-8")
    return file


def come(client, name: str, password: str, address: str = "10.0.0.1"):
    return client.get("/status", auth=(name, password), environ_base={"REMOTE_ADDR": address})


def test_wrong_guesses_wait_longer_and_longer_and_a_right_one_waits_too(open_door, passwords):
    client = open_door(host="0.0.0.0", passwords=passwords)
    codes = [come(client, "ana", f"guess {n}").status_code for n in range(50)]
    assert codes[:4] == [401] * 4
    assert set(codes[4:]) == {429}
    refused = come(client, "ana", "horse")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 2
    assert "horse" not in refused.get_data(as_text=True)


def test_others_come_in_while_somebody_guesses_their_name_and_so_does_who_has_been_in(open_door, passwords):
    client = open_door(host="0.0.0.0", passwords=passwords)
    assert come(client, "ana", "horse", "10.0.0.1").status_code == 200
    for n in range(30):
        come(client, "ana", f"guess {n}", f"10.0.{n % 3}.1")
    assert come(client, "ana", "guess", "10.0.0.1").status_code == 429
    assert come(client, "ana", "horse", "10.0.0.1").status_code == 200, "who has been in comes in, whoever guesses from there"
    assert come(client, "eva", "battery", "10.0.9.9").status_code == 200
    assert come(client, "eva", "battery", "10.0.0.1").status_code == 200, "and is known wherever she asks from"


def test_one_password_tried_with_many_names_and_many_addresses_of_one_network_waits_too(open_door, passwords):
    client = open_door(host="0.0.0.0", passwords=passwords)
    names = [come(client, f"name {n}", "horse").status_code for n in range(20)]
    assert names.count(401) == 4
    network = [come(client, "ana", f"guess {n}", f"2001:db8:1:2::{n:x}").status_code for n in range(20)]
    assert network.count(401) <= 4
    assert come(client, "ana", "horse", "2001:db8:1:3::1").status_code == 200


def test_many_addresses_that_guess_at_one_name_have_one_guess_each_before_they_wait(open_door, passwords):
    client = open_door(host="0.0.0.0", passwords=passwords)
    codes = [come(client, "ana", "guess", f"10.1.{n}.1").status_code for n in range(12)]
    assert codes == [401] * 12
    assert [come(client, "ana", "guess 2", f"10.1.{n}.1").status_code for n in range(12)] == [429] * 12


def test_waits_grow_to_a_bound():
    assert [delay(n, LONGEST) for n in (0, 3, 4, 5, 6, 14, 500)] == [0, 0, 1, 2, 4, 900, 900]
    assert delay(500, LONGEST_FOR_NAME) == 60


def test_a_wait_ends_and_guesses_of_long_ago_are_forgotten(open_door, passwords, monkeypatch):
    client = open_door(host="0.0.0.0", passwords=passwords)
    moment = [1e9]
    monkeypatch.setattr("bilateral.web.passwords.time.time", lambda: moment[0])
    for n in range(6):
        come(client, "ana", f"guess {n}")
    assert come(client, "ana", "horse").status_code == 429
    moment[0] += 10
    assert come(client, "ana", "horse").status_code == 200
    for n in range(6):
        come(client, "eva", f"guess {n}", "10.0.0.8")
    moment[0] += timedelta(hours=2).total_seconds()
    assert [come(client, "eva", f"again {n}", "10.0.0.8").status_code for n in range(4)] == [401] * 4


def test_a_wrong_guess_is_logged_with_name_and_address_and_never_the_password(open_door, passwords, capsys):
    import structlog

    from bilateral import logs

    before = structlog.get_config()
    logs.to_stderr()
    try:
        come(open_door(host="0.0.0.0", passwords=passwords), "ana", "secret guess", "10.7.7.7")
    finally:
        structlog.configure(**before)
    line = capsys.readouterr().err
    assert '"event": "password.wrong"' in line
    assert '"name": "ana"' in line
    assert '"address": "10.7.7.7"' in line
    assert "secret" not in line


# ------------------------------------------------------------------ rates

FEW = {"page": "3 per minute", "callback": "3 per minute", "file": "3 per minute", "sql": "3 per minute"}
COSTLY = {"page": "/pair/MEX-USA", "file": "/pair/MEX-USA.xlsx", "sql": SQL, "feed": "/feeds/changes.atom"}


@pytest.mark.parametrize("kind", list(COSTLY))
def test_what_costs_has_a_rate_for_each_address(open_door, kind):
    client = open_door(limits=FEW, host="0.0.0.0", is_public=True, sql=True)
    codes = [client.get(COSTLY[kind], environ_base={"REMOTE_ADDR": "10.0.0.1"}).status_code for _ in range(5)]
    assert codes == [200] * 3 + [429] * 2
    assert client.get(COSTLY[kind], environ_base={"REMOTE_ADDR": "10.0.0.2"}).status_code == 200
    if kind == "page":
        nothing = ("/healthy", "/health/x", "/metrics/", "/_nothing")  # a page says so, each time
        assert [client.get(path, environ_base={"REMOTE_ADDR": "10.0.0.1"}).status_code for path in nothing] == [429] * 4
    for free in ("/health", "/metrics", "/assets/10-page.css", "/_dash-dependencies"):
        assert [client.get(free, environ_base={"REMOTE_ADDR": "10.0.0.1"}).status_code for _ in range(8)] == [200] * 8


def test_questions_of_pages_have_a_rate_and_this_computer_none_but_those_of_programs(open_door):
    client = open_door(rate="2 per minute", limits=FEW)
    for address, codes in (("10.0.0.1", {200, 429}), ("127.0.0.1", {200})):
        asked = [
            client.post("/_dash-update-component", json=callback("/"), environ_base={"REMOTE_ADDR": address}, **HERE)
            for _ in range(5)
        ]
        assert {answer.status_code for answer in asked} == codes
    assert [client.get("/api/v1/status", **HERE).status_code for _ in range(3)] == [200, 200, 429]


def test_behind_a_proxy_each_reader_has_a_rate_of_his_own_and_nobody_else_is_believed(open_door):
    client = open_door(
        rate="2 per minute", host="0.0.0.0", is_public=True, way=Public(proxies=1, proxy_addresses=("10.9.9.0/24",))
    )

    def ask(peer: str, said: str) -> int:
        return client.get("/api/v1/status", environ_base={"REMOTE_ADDR": peer}, headers={"X-Forwarded-For": said}).status_code

    assert [ask("10.9.9.1", "203.0.113.1") for _ in range(3)] == [200, 200, 429]
    assert ask("10.9.9.1", "203.0.113.2") == 200
    assert ask("10.9.9.1", "203.0.113.77, 203.0.113.1") == 429, "what the client itself put before is not believed"
    assert [ask("192.0.2.1", f"203.0.113.{n}") for n in range(10, 14)] == [200, 200, 429, 429], "no proxy of ours"
    assert [ask("10.9.9.1", f"2001:db8::{n}") for n in range(3)] == [200, 200, 429]
    assert [ask("10.9.9.1", f"203.0.113.9:{n}") for n in range(4000, 4003)] == [200, 200, 429], (
        "with a port, as some proxies write"
    )


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("fe80::1%eth0", "fe80::/64"),
        ("1.2.3.4:50123", "1.2.3.4"),
        ("[2001:db8:1:2:3::4]:50123", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::5]", "2001:db8:1:2::/64"),
        ("unknown:1", "unknown:1"),
        ("", ""),
    ],
)
def test_an_address_is_counted_as_its_network(address, counted):
    assert rates.network(address) == counted


def test_a_rate_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("BILATERAL_PAGE_RATE", "often")
    with pytest.raises(ValueError, match="240 per minute"):
        Settings()


def test_shared_counts_begin_anew_where_their_file_was_removed_and_another_users_folder_is_not_used(tmp_path):
    shared = Shared(tmp_path / "together")
    counts = rates.Rates(shared)
    assert [counts.incr("a", 60), counts.incr("a", 60)] == [1, 2]
    (tmp_path / "together" / "counts.sqlite").unlink()
    assert counts.incr("a", 60) == 1
    assert rates.Rates(Shared(tmp_path / "together")).incr("a", 60) == 2
    (tmp_path / "file").write_text("")
    with pytest.raises(sqlite3.Error):
        Shared(tmp_path / "file" / "below").ask("select 1", {})


# ------------------------------------------------------------------ one public address

ADDRESS = "https://example.org/relations"
PATHS = ["/", "/pair/MEX-USA", "/compare", "/events", "/measures", "/methods", "/status", "/sql?q=select+1", "/briefing/MEX-USA", "/briefing/MEX-USA.html",
         "/embed/balance", "/nothing", "/pair/XXX-YYY"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("strips", [True, False])
def test_every_link_has_the_prefix_whether_the_proxy_strips_it_or_not(open_door, path, strips):
    client = open_door(way=Public(ADDRESS), sql=True)
    answer = client.get(path if strips else f"/relations{path}", **HERE)
    assert answer.status_code == (404 if path in ("/nothing", "/pair/XXX-YYY") else 200)
    found = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.get_data(as_text=True))
    assert found
    assert [link for link in found if not link.startswith("/relations/")] == []
    assert [link for link in found if link.startswith("/relations/relations")] == []


def test_every_kind_of_link_leads_somewhere_under_the_prefix(open_door):
    client, kinds = open_door(way=Public(ADDRESS), sql=True), {}
    for path in ("/", "/pair/MEX-USA", "/events", "/briefing/MEX-USA"):
        for link in re.findall(r'(?:href|src|action)="(/[^"#]*)', client.get(path, **HERE).get_data(as_text=True)):
            kinds.setdefault(re.sub(r"[?].*|(?<=/event/).*", "", link), link.replace("&amp;", "&"))
    assert len(kinds) > 15
    for link in kinds.values():
        assert client.get(link, **HERE).status_code == 200, link


def test_what_programs_read_has_the_public_address(open_door):
    client = open_door(way=Public(ADDRESS))
    feed = client.get("/feeds/changes.json", **HERE).get_json()
    assert feed["feed_url"] == f"{ADDRESS}/feeds/changes.json"
    assert feed["home_page_url"] == f"{ADDRESS}/"
    assert all(item["url"].startswith(f"{ADDRESS}/pair/") for item in feed["items"])
    assert client.get("/api/v1/openapi.json", **HERE).get_json()["servers"] == [{"url": ADDRESS}]
    assert (
        client.get("/api/v1/series?dyad=MEX-USA&per_page=1", **HERE)
        .get_json()["meta"]["next"]
        .startswith("/relations/api/v1/series?")
    )
    assert client.get("/pair/USA-MEX", **HERE).headers["Location"] == "/relations/pair/MEX-USA"
    assert client.get("/api/v1", **HERE).headers["Location"] == "/relations/api/v1/openapi.json"
    page = client.get("/pair/MEX-USA", **HERE).get_data(as_text=True)
    assert f"{ADDRESS}/embed/" in page
    assert "127.0.0.1" not in page
    assert '"requests_pathname_prefix":"/relations/"' in page.replace(": ", ":")
    said = client.post(
        "/_dash-update-component", json=callback("/relations/pair/MEX-USA?lang=es&from=2025-01-01&to=2025-04-01"), **HERE
    )
    assert "/relations/event/" in str(said.get_json())
    layout = client.get("/_dash-layout", headers={"Referer": f"{ADDRESS}/measures"}, **HERE)
    assert layout.data == open_door().get("/_dash-layout", headers={"Referer": "http://127.0.0.1:8050/measures"}, **HERE).data


def test_what_a_proxy_says_of_our_address_is_believed_where_there_is_one(open_door):
    said = {
        "X-Forwarded-Host": "example.org",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/relations",
        "X-Forwarded-For": "203.0.113.1",
    }
    feed = open_door(way=Public(proxies=1)).get("/feeds/changes.json", headers=said, **HERE).get_json()
    assert feed["home_page_url"] == f"{ADDRESS}/"
    page = open_door(way=Public(proxies=1)).get("/relations/pair/MEX-USA", headers=said, **HERE)
    assert page.status_code == 200
    assert 'href="/relations/compare' in page.get_data(as_text=True)
    unbelieved = open_door().get("/feeds/changes.json", headers=said, **HERE).get_json()
    assert unbelieved["home_page_url"] == "http://127.0.0.1:8050/"
    for scheme in ("javascript", "ws", '"><script>alert'):
        odd = open_door(way=Public(proxies=1)).get("/feeds/changes.json", headers=said | {"X-Forwarded-Proto": scheme}, **HERE)
        assert odd.get_json()["home_page_url"] == "http://example.org/relations/"
    forged = said | {"X-Forwarded-Prefix": '/"><script>'}
    assert "<script>alert" not in open_door(way=Public(proxies=1)).get("/", headers=forged, **HERE).get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/a?b",
        'https://example.org/"',
        "https://example.org/events",
        "https://a b",
        "https://example.org:99999",
    ],
)
def test_an_address_that_is_none_is_refused_with_one_that_is(address):
    with pytest.raises(Stop) as refused:
        Door(way=Public(address)).check()
    assert refused.value.code == 78


def test_a_proxy_address_that_is_none_is_refused():
    with pytest.raises(Stop, match="is not an address or network of a proxy"):
        Door(way=Public(proxies=1, proxy_addresses=("nginx",))).check()


@pytest.mark.parametrize(
    ("path", "found"),
    [("/relations/pair", "/pair"), ("/relations", "/"), ("/relations/", "/"), ("/relationsx", "/relationsx"), ("/pair", "/pair")],
)
def test_a_prefix_is_taken_away_once(path, found):
    assert without(path, "/relations") == found
    assert without(path, "") == path


# ------------------------------------------------------------------ tags of answers


@pytest.mark.parametrize("path", ["/api/v1/series?dyad=MEX-USA", "/pair/MEX-USA.csv", "/feeds/changes.atom"])
@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_a_tag_holds_weak_or_strong_and_with_what_a_compressing_server_adds(open_door, path, coding):
    client = open_door()
    tag = client.get(path, headers={"Accept-Encoding": coding}, **HERE).headers["ETag"]
    plain = client.get(path, headers={"Accept-Encoding": "identity"}, **HERE).headers["ETag"].removeprefix("W/")
    for sent in (
        tag,
        plain,
        f"W/{plain}",
        f'"other", W/{plain}',
        *(f'{weak}{plain[:-1]}{sign}"' for weak in ("", "W/") for sign in ("-gzip", "-br", ":zstd")),
    ):
        assert client.get(path, headers={"If-None-Match": sent, "Accept-Encoding": coding}, **HERE).status_code == 304, sent
    assert client.get(path, headers={"If-None-Match": '"other-gzip"'}, **HERE).status_code == 200


def test_there_is_data_under_all_this(small_data):
    assert snapshots.current(small_data).exists()
