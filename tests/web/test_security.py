"""Who may come in, what a browser is told, what is too much; and that nothing of a request comes back as markup."""

import base64
import re
import subprocess
import sys

import pytest

from bilateral.ask.reader_sql import Asking, Limits
from bilateral.exits import Stop
from bilateral.web.app import make_app
from bilateral.web.security import LARGEST_REQUEST, Door, password_line, read_passwords
from material import PATIENCE, ROOT, clean_environment

PATHS = (
    "/",
    "/pair/MEX-USA",
    "/sql",
    "/api/v1/dyads",
    "/health",
    "/metrics",
    "/assets/10-page.css",
    "/nothing",
    "/feeds/changes.atom",
)


@pytest.fixture(scope="module")
def open_door(published):
    """open_door(host=…) is a client of an application with that door."""
    return lambda **door: make_app(published, asking=Asking(Limits(seconds=PATIENCE)), door=Door(**door)).server.test_client()


@pytest.fixture(scope="module")
def client(open_door):
    return open_door()


# ------------------------------------------------------------------ the door


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_beyond_this_computer_somebody_must_say_who_may_come_in(host, tmp_path):
    with pytest.raises(Stop, match=r"--passwords FILE .* --proxy-header NAME .* --public") as refused:
        Door(host=host).check()
    assert refused.value.code == 78
    (tmp_path / "passwords").write_text(password_line("ana", "x") + "\n", encoding="utf-8")
    for door in (Door(host, passwords=tmp_path / "passwords"), Door(host, proxy_header="X-User"), Door(host, is_public=True)):
        door.check()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1"])
def test_on_this_computer_nothing_is_asked(host):
    Door(host=host).check()


def test_the_command_refuses_before_it_listens_and_switches_sql_off_beyond_loopback(published):
    def serve(*arguments):
        command = [sys.executable, "-m", "bilateral", "serve", "--data", str(published), "--port", "0", *arguments]
        return subprocess.run(command, env=clean_environment(ROOT), capture_output=True, text=True, timeout=60)

    ended = serve("--host", "0.0.0.0")
    assert (ended.returncode, ended.stdout) == (78, "")
    assert ended.stderr.startswith("other computers reach 0.0.0.0: give --passwords FILE")
    assert serve("--passwords", "/nowhere").returncode == 78


def test_with_a_password_file_only_who_knows_one_comes_in(open_door, tmp_path):
    file = tmp_path / "passwords"
    file.write_text(password_line("ana", "correct horse") + "\n", encoding="utf-8")
    client = open_door(host="0.0.0.0", passwords=file)
    assert client.get("/").status_code == 401
    assert client.get("/api/v1/dyads").headers["WWW-Authenticate"] == 'Basic realm="bilateral", charset="UTF-8"'
    assert client.get("/_dash-layout").status_code == 401
    assert client.get("/assets/10-page.css").status_code == 401
    assert client.get("/health").status_code == 200
    for name, password in (("ana", "wrong"), ("eva", "correct horse"), ("", "")):
        assert client.get("/", auth=(name, password)).status_code == 401
    assert client.get("/", headers={"Authorization": "Basic not-base64"}).status_code == 401
    assert client.get("/", headers={"Authorization": "Bearer x"}).status_code == 401
    for _ in range(2):
        assert client.get("/pair/CAN-USA", auth=("ana", "correct horse")).status_code == 200
    assert "correct horse" not in file.read_text(encoding="utf-8")


def test_a_file_that_holds_no_passwords_is_refused(tmp_path):
    for content in ("", "ana:secret\n", "ana\n"):
        (tmp_path / "passwords").write_text(content, encoding="utf-8")
        with pytest.raises(Stop, match="needs lines as `bilateral password NAME` prints them"):
            read_passwords(tmp_path / "passwords")
    with pytest.raises(Stop, match="cannot be read"):
        read_passwords(tmp_path / "missing")


def test_the_command_prints_a_line_and_never_the_password(tmp_path):
    command = [sys.executable, "-m", "bilateral", "password", "ana"]
    ended = subprocess.run(command, input="correct horse\n", env=clean_environment(ROOT), capture_output=True, text=True)
    assert re.fullmatch(r"ana:scrypt:\S+\n", ended.stdout)
    assert "horse" not in ended.stdout + ended.stderr


def test_a_proxy_is_believed_from_this_computer_alone(open_door):
    client = open_door(host="0.0.0.0", proxy_header="X-Forwarded-User")
    assert client.get("/").status_code == 403
    named = {"X-Forwarded-User": "ana"}
    assert client.get("/", headers=named).status_code == 200
    assert client.get("/", headers=named, environ_base={"REMOTE_ADDR": "192.168.1.5"}).status_code == 403
    lied = named | {"X-Forwarded-For": "127.0.0.1"}
    assert client.get("/", headers=lied, environ_base={"REMOTE_ADDR": "192.168.1.5"}).status_code == 403


def test_a_page_elsewhere_cannot_read_us_under_its_own_name(open_door):
    assert open_door().get("/", base_url="http://evil.example").status_code == 421
    assert open_door().get("/api/v1/sql?q=select+1", base_url="http://evil.example:8050").status_code == 421
    for name in ("localhost", "127.0.0.1:8050", "[::1]:8050"):
        assert open_door().get("/health", base_url=f"http://{name}").status_code == 200
    assert open_door(hostnames=("monitor.example",)).get("/health", base_url="http://monitor.example").status_code == 200
    assert open_door(host="0.0.0.0", is_public=True).get("/health", base_url="http://any.example").status_code == 200


# ------------------------------------------------------------------ what a browser is told


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_a_policy_and_no_cookie(client, path):
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert re.fullmatch(r"'self'( 'sha256-[\w+/=]+')+", policy["script-src"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


def test_only_charts_may_be_framed_elsewhere_and_only_where_that_is_said(open_door):
    client = open_door(frame_ancestors=("https://news.example",))
    assert "frame-ancestors 'self' https://news.example" in client.get("/embed/balance").headers["Content-Security-Policy"]
    assert "https://news.example" not in client.get("/sql").headers["Content-Security-Policy"]


# ------------------------------------------------------------------ too much


def test_a_request_that_is_too_large_is_refused(client):
    large = "x" * (LARGEST_REQUEST + 1)
    answer = client.post("/api/v1/sql", json={"q": large})
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")
    assert client.post("/_dash-update-component", data=large, content_type="application/json").status_code == 413


def test_whoever_asks_the_api_too_often_is_told_when_to_come_again(published):
    client = make_app(published, rate="3 per minute").server.test_client()
    assert [client.get("/api/v1/status").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get("/api/v1/status")
    assert (answer.content_type, answer.get_json()["status"]) == ("application/problem+json", 429)
    assert int(answer.headers["Retry-After"]) <= 60
    assert client.get("/health").status_code == 200


# ------------------------------------------------------------------ hostile requests

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'; drop table events; --", "../../etc/passwd", "%00", "\u202e\u200b",
           "javascript:alert(1)", "{{7*7}}", "__proto__", "=HYPERLINK(1)", "a" * 3000]  # fmt: skip
PLACES = ["/{}", "/pair/{}", "/event/{}", "/pair/MEX-USA?{}=1", "/pair/MEX-USA?domain={}", "/?event={}&at={}", "/sql?q={}", "/sql?q=select+1&${}=1",
          "/api/v1/series?dyad={}", "/api/v1/event/{}", "/api/v1/sql?q={}", "/api/v1/{}", "/embed/{}", "/pair/{}.csv", "/feeds/{}"]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_22_nothing_hostile_breaks_or_comes_back_as_markup(client, place):
    for text in HOSTILE:
        answer = client.get(place.replace("{}", text))
        assert answer.status_code in (200, 301, 302, 303, 308, 400, 404, 414, 429), (place, text, answer.status_code)
        if answer.mimetype == "text/html":
            page = answer.get_data(as_text=True)
            assert "<script>alert" not in page
            assert "<img src=x" not in page
        assert "Traceback" not in answer.get_data(as_text=True)
        assert str(ROOT) not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"output":"x"}', b'{"output":"answer.data","inputs":[]}',
        b'{"output":"answer.data","outputs":{"id":"answer","property":"data"},"inputs":[{"id":"address","property":"data","value":{"a":1}}],"changedPropIds":["address.data"]}',
        b'{"output":"..a.b..","outputs":[],"inputs":[{"id":{"x":1},"property":"y"}]}',
        *(
            b'{"output":"answer.data","outputs":{"id":"answer","property":"data"},"inputs":[{"id":"address","property":"data","value":"%s"}],"changedPropIds":["address.data"]}' % page
            for page in (b"/briefing/MEX-USA", b"/events", b"/embed/nothing", b"http://[x")
        ),
    ],
    ids=range(13),
)  # fmt: skip
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_24_a_callback_that_makes_no_sense_is_the_fault_of_who_sent_it(client, body, kind):
    answer = client.post("/_dash-update-component", data=body, content_type=kind)
    assert answer.status_code in (200, 204, 400, 415), answer.status_code
    assert b"Traceback" not in answer.data
    assert str(ROOT).encode() not in answer.data


def test_a_page_of_rows_is_no_larger_than_readers_can_be_given(client):
    given = client.get("/sql", query_string={"q": "select repeat('&', 5000000) as word"})
    assert given.status_code == 400
    assert "the answer is larger than 4 MB" in given.get_data(as_text=True)
    rows = client.get("/api/v1/sql", query_string={"q": "select repeat('&', 5000000) as word"})
    assert len(rows.get_json()["data"][0][0]) == 5_000_000


def test_24_a_layout_is_given_whatever_page_the_browser_says_it_comes_from(client):
    for referer in ("http://[x", "", "/pair/<b>", "http://elsewhere.example/pair/MEX-USA"):
        assert client.get("/_dash-layout", headers={"Referer": referer}).status_code == 200


def test_the_policy_knows_the_scripts_that_stand_in_the_page(client):
    import hashlib

    page = client.get("/pair/MEX-USA")
    policy = page.headers["Content-Security-Policy"]
    inline = re.findall(
        r"<script(?: id=\"[^\"]*\" type=\"application/javascript\")?>(.+?)</script>", page.get_data(as_text=True), re.DOTALL
    )
    assert inline
    for script in inline:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy, script[:80]
