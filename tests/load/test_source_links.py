"""Addresses of sources: what their look shows, and what a real server on loopback answers."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bilateral.load import source_links
from bilateral.monitoring import doctor
from material import act, write_csv

GOOD = "https://www.example.org/2025/03/28/talks"


@pytest.mark.parametrize(
    ("url", "kind", "better"),
    [
        ("http://www.example.org/a", "insecure", "https://www.example.org/a"),
        ("https://stage.example.org/a", "staging", "https://example.org/a"),
        ("https://x--x.us-central1.hosted.app/a", "staging", ""),
        ("https://example.org/a?id=7&utm_source=rss&fbclid=x", "tracking", "https://example.org/a?id=7"),
        ("https://example.org/a?BC=bc_6772d2676f4ae", "tracking", "https://example.org/a"),
        ("https://www.example.org/amp/news/a/", "phone page", "https://www.example.org/news/a/"),
        ("https://example.org/a/amp", "phone page", "https://example.org/a/"),
        ("https://example.org/a?outputType=amp", "phone page", "https://example.org/a"),
        ("https://t.co/abc", "redirect", ""),
        ("https://www.pubt.io/view/1", "reprint", ""),
        ("https://rss.newsmax.com/a", "copy", "https://www.newsmax.com/a"),
        ("www.example.org/a", "malformed", ""),
        ("https://example/a", "malformed", ""),
        ("https://example.org/a b", "malformed", ""),
        ("ftp://example.org/a", "malformed", ""),
        ("https://me:secret@example.org/a", "malformed", ""),
        ("https://example.org:99999/a", "malformed", ""),
        ("https://example.org:8080/a", "malformed", ""),
    ],
)
def test_an_address_is_judged_by_its_look(url, kind, better):
    assert [(fault.kind, fault.better) for fault in source_links.judge(url)] == [(kind, better)]


@pytest.mark.parametrize(
    "url",
    [
        GOOD,
        "https://example.org/p?client=firefox&host=a",
        "https://example.org/camp/example",
        "https://history.state.gov/x?BC=500",
    ],
)
def test_a_good_address_has_no_fault(url):
    assert source_links.judge(url) == []


def test_all_faults_of_an_address_lead_to_one_better_address():
    faults = source_links.judge("http://stage.example.org/amp/a?utm_medium=rss&amp=1")
    assert [fault.kind for fault in faults] == ["insecure", "staging", "tracking", "phone page"]
    assert {fault.better for fault in faults} == {"https://example.org/a"}


def test_no_address_of_the_shipped_rows_must_be_mended(published):
    findings, summary = doctor.examine_links(published, offline=True)
    assert [finding.what for finding in findings if finding.is_wrong] == []
    assert "judged by their look alone" in summary
    assert summary.endswith("38 reprint")


class Pages(BaseHTTPRequestHandler):
    """Answers by path: /200, /301, /404 …; says where it was asked."""

    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        code = int(self.path.strip("/"))
        self.send_response(code)
        if code in (301, 302):
            self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    """A server on loopback: its address, and the paths that it was asked for."""
    pages = type("AskedPages", (Pages,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), pages) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", pages.asked
        running.shutdown()


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def test_each_answer_is_read_and_each_address_asked_once_without_following(server):
    base, asked = server
    wanted = [f"{base}/{code}" for code in (200, 301, 302, 404, 410, 403, 503)]
    found = {
        fault.url.removeprefix(base): (fault.kind, fault.better)
        for fault in source_links.ask_all(wanted, only_public=False, pause=0)
    }
    assert found == {
        "/301": ("moved", f"{base}/200"),
        "/404": ("dead", ""),
        "/410": ("dead", ""),
        "/403": ("closed", ""),
        "/503": ("no answer", ""),
    }
    assert sorted(asked) == sorted(url.removeprefix(base) for url in wanted)


def test_a_private_host_is_not_asked(server):
    base, asked = server
    (fault,) = source_links.ask_all([f"{base}/200"], pause=0)
    assert (fault.kind, asked) == ("not public", [])


def test_a_connection_that_is_not_safe_and_one_that_is_not_there_are_told_apart(server):
    base, _ = server
    unsafe, closed = base.replace("http:", "https:") + "/200", f"http://127.0.0.1:{free_port()}/200"
    found = {fault.url: fault.kind for fault in source_links.ask_all([f"{base}/200", unsafe, closed], only_public=False, pause=0)}
    assert found == {unsafe: "unsafe", closed: "no answer"}


def test_without_a_network_no_page_is_called_dead():
    nowhere = [f"http://127.0.0.1:{free_port()}/{page}" for page in range(4)]
    with pytest.raises(source_links.NoNetwork, match="can be reached"):
        list(source_links.ask_all(nowhere, only_public=False, pause=0))


def test_the_command_names_the_address_its_fault_and_the_better_one(command, house, small_tree, tmp_path):
    file = write_csv(tmp_path / "mine.csv", [act("mine-1", source_url="http://example.org/talks?utm_source=rss")])
    assert command("load", "articles", file, data=house.data, tree=small_tree).code == 0
    ended = command("doctor", "--links", "--offline", data=house.data, tree=small_tree)
    assert ended.code == 1
    assert "http://example.org/talks?utm_source=rss\n    insecure: http can be changed on the way (mine-1)" in ended.out
    assert "better: https://example.org/talks\n" in ended.out
    assert "1 insecure, 1 tracking" in ended.out.splitlines()[-1]
