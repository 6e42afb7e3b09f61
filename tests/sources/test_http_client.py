"""Downloads against a real server on loopback that misbehaves: what is asked, what is kept, what is told."""

import hashlib
import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

import source_server as server
from bilateral.sources.http_client import FAILURES_IN_A_ROW, Client
from bilateral.sources.manners import Damaged, Manners, NotThere, Redirected, SourceDown, retry_after
from bilateral.sources.wanted import Wanted
from source_server import source_server

CONTENT = random.Random(1).randbytes(200_000)
QUICK = Manners(attempts=4, patience=5.0, first_wait=0.01, longest_wait=0.05, silence=0.4, one_attempt=2.0)


@pytest.fixture
def source():
    with source_server() as served:
        served.files["a.zip"] = CONTENT
        yield served


@pytest.fixture
def client(source):
    with Client(source.address, QUICK) as client:
        yield client


def wanted(name: str = "a.zip", content: bytes = CONTENT) -> Wanted:
    return Wanted(name, len(content), hashlib.md5(content).hexdigest())


# ------------------------------------------------------------------ faults that pass


@pytest.mark.parametrize(
    ("faults", "asked"),
    [
        pytest.param([], [None], id="no fault"),
        pytest.param([server.status(500)], [None, None], id="500"),
        pytest.param([server.status(503)] * 3, [None] * 4, id="503 three times"),
        pytest.param([server.status(429)], [None, None], id="429 without Retry-After"),
        pytest.param([server.cut(70_000)], [None, "bytes=70000-"], id="body cut, then continued"),
        pytest.param(
            [server.cut(70_000), server.whole_despite_range], [None, "bytes=70000-"], id="a server that cannot continue"
        ),
        pytest.param([server.reset()], [None, None], id="connection reset before the first byte"),
        pytest.param([server.wrong_bytes], [None, None], id="wrong md5"),
        pytest.param([server.too_long], [None, None], id="longer than promised"),
        pytest.param([server.silent(1.0)], [None, None], id="silence"),
    ],
)
def test_a_fault_that_passes_costs_another_attempt_and_the_file_is_right(source, client, tmp_path, faults, asked):
    source.faults["a.zip"] += faults
    arrived = []
    path = client.file(wanted(), tmp_path, arrived.append)
    assert path.read_bytes() == CONTENT
    assert source.ranges_asked("a.zip") == asked
    assert sum(arrived) == len(CONTENT)  # what was thrown away was taken back
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.zip"]


def test_a_reset_in_the_middle_is_continued_from_the_bytes_that_arrived(source, client, tmp_path):
    source.faults["a.zip"] += [server.reset(after=150_000)]
    assert client.file(wanted(), tmp_path).read_bytes() == CONTENT
    assert len(source.asked) == 2


def test_bytes_that_trickle_are_cut_off_after_one_attempts_time_and_continued(source, tmp_path):
    source.faults["a.zip"] += [server.trickle(pieces=40, pause=0.05)]
    hurried = Manners(attempts=3, first_wait=0.01, longest_wait=0.02, silence=5.0, one_attempt=0.3)
    with Client(source.address, hurried) as client:
        assert client.file(wanted(), tmp_path).read_bytes() == CONTENT
    first, second = source.ranges_asked("a.zip")
    assert first is None
    assert 0 < int(second.removeprefix("bytes=").rstrip("-")) < len(CONTENT)


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(lambda: "1", id="seconds"),
        pytest.param(lambda: format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True), id="date"),
    ],
)
def test_retry_after_is_waited_for_by_every_connection(source, tmp_path, later):
    source.files |= {f"{n}.zip": CONTENT for n in range(4)}
    patient = Manners(connections=2, attempts=4, patience=10.0, first_wait=0.01, longest_wait=0.05)
    source.faults["0.zip"] += [server.status(429, Retry_After=later())]
    source.faults["1.zip"] += [server.trickle(pieces=10, pause=0.03)]  # in hand when the other is refused
    with Client(source.address, patient) as client:
        assert all(reason is None for _, reason in client.files([wanted(f"{n}.zip") for n in range(4)], tmp_path))
    refused, repeated = [moment for name, _, moment in source.asked if name == "0.zip"]
    assert repeated - refused >= 0.9
    assert all(moment - refused >= 0.9 for name, _, moment in source.asked if name in ("2.zip", "3.zip"))


def test_a_part_of_an_earlier_run_is_continued_and_a_whole_file_is_not_asked_for_again(source, client, tmp_path):
    (tmp_path / "a.zip.part").write_bytes(CONTENT[:120_000])
    client.file(wanted(), tmp_path)
    client.file(wanted(), tmp_path)
    assert source.ranges_asked("a.zip") == ["bytes=120000-"]


@pytest.mark.parametrize(
    "part", [pytest.param(b"x" * 120_000, id="other bytes"), pytest.param(b"x" * 300_000, id="too many bytes")]
)
def test_a_part_of_another_file_is_found_out_and_thrown_away(source, client, tmp_path, part):
    (tmp_path / "a.zip.part").write_bytes(part)
    assert client.file(wanted(), tmp_path).read_bytes() == CONTENT


def test_a_file_that_was_damaged_here_is_brought_again(source, client, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"torn")
    assert client.file(wanted(), tmp_path).read_bytes() == CONTENT


# ------------------------------------------------------------------ faults that stay


def test_a_file_that_is_not_there_is_asked_for_once(source, client, tmp_path):
    with pytest.raises(NotThere, match=r"the source answers 404 for gone\.zip"):
        client.file(wanted("gone.zip"), tmp_path)
    assert source.names_asked() == ["gone.zip"]


def test_a_file_that_stays_wrong_says_what_came_and_what_was_promised(source, client, tmp_path):
    with pytest.raises(Damaged, match=r"a\.zip has the md5 [0-9a-f]{32}, its list promises 0{32}"):
        client.file(Wanted("a.zip", len(CONTENT), "0" * 32), tmp_path)
    assert len(source.asked) == QUICK.attempts
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        pytest.param(server.status(500), "127.0.0.1 answers 500 Internal Server Error", id="500"),
        pytest.param(server.status(403), "127.0.0.1 answers 403 Forbidden", id="403"),
        pytest.param(server.status(429, Retry_After="9999"), "asks to come back after 9999", id="429 for hours"),
        pytest.param(server.reset(), "127.0.0.1 cannot be read", id="reset"),
        pytest.param(server.cut(0), "127.0.0.1 cannot be read", id="nothing"),
    ],
)
def test_a_source_that_stays_down_is_one_sentence(source, client, tmp_path, fault, sentence):
    source.always = fault
    with pytest.raises(SourceDown, match=sentence):
        client.file(wanted(), tmp_path)


def test_a_source_that_does_not_exist_is_one_sentence(tmp_path):
    with source_server() as gone:
        address = gone.address
    with Client(address, QUICK) as client, pytest.raises(SourceDown, match=r"127\.0\.0\.1 cannot be read \(ConnectError"):
        client.file(wanted(), tmp_path)


def test_what_is_not_there_holds_nobody_up(source, client, tmp_path):
    source.files |= {f"{n}.zip": CONTENT for n in range(8)}
    names = [f"{n}.zip" for n in range(8)] + [f"gone-{n}.zip" for n in range(8)]
    ended = {item.name: reason for item, reason in client.files([wanted(name) for name in names], tmp_path)}
    assert {name for name, reason in ended.items() if reason is None} == {f"{n}.zip" for n in range(8)}
    assert ended["gone-0.zip"] == "the source answers 404 for gone-0.zip"


def test_after_some_failures_in_a_row_the_rest_is_left_for_the_next_run(source, tmp_path):
    source.always = server.status(500)
    with Client(source.address, Manners(connections=2, attempts=1)) as client:
        ended = list(client.files([wanted(f"{n}.zip") for n in range(60)], tmp_path))
    assert len(ended) == 60
    assert len(source.asked) < FAILURES_IN_A_ROW + 15
    assert sum(reason == "not tried: the source was down" for _, reason in ended) > 40


def test_never_more_connections_than_allowed(source, tmp_path):
    source.files |= {f"{n}.zip": CONTENT for n in range(12)}
    for n in range(12):
        source.faults[f"{n}.zip"] += [server.trickle(pieces=4, pause=0.01)]
    with Client(source.address, Manners(connections=3)) as client:
        assert len(list(client.files([wanted(f"{n}.zip") for n in range(12)], tmp_path))) == 12
    assert 1 < source.most_at_once <= 3


# ------------------------------------------------------------------ only the configured address


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:1/gdeltv2/a.zip",
        "http://10.0.0.1/a.zip",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost/a.zip",
    ],
)
def test_a_redirect_to_another_place_is_not_followed(source, client, tmp_path, place):
    source.faults["a.zip"] += [server.status(302, Location=place)]
    with pytest.raises(Redirected, match="which is not configured"):
        client.file(wanted(), tmp_path)
    assert source.names_asked() == ["a.zip"]


def test_a_redirect_within_the_configured_address_is_followed(source, client, tmp_path):
    source.faults["old.zip"] += [server.status(301, Location="/gdeltv2/a.zip")]
    assert client.file(wanted("old.zip"), tmp_path).read_bytes() == CONTENT


def test_a_redirect_in_a_circle_ends(source, client, tmp_path):
    source.always = server.status(302, Location="/gdeltv2/a.zip")
    with pytest.raises(Redirected, match="in a circle"):
        client.file(wanted(), tmp_path)


# ------------------------------------------------------------------ parts of it


def test_the_end_of_a_file_tells_whether_it_is_the_whole(source, client):
    assert client.content("a.zip", last_bytes=100) == (CONTENT[-100:], False)
    assert client.content("a.zip", last_bytes=10**9) == (CONTENT, True)
    source.faults["a.zip"] += [server.whole_despite_range]
    assert client.content("a.zip", last_bytes=100) == (CONTENT, True)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7),
        (" 0 ", 0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("²", None),
        ("Wed, 21 Oct 99999999999999999999 07:28:00 GMT", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(text, seconds):
    assert retry_after(text) == seconds


def test_retry_after_as_a_date_counts_from_now():
    then = datetime.now(UTC) + timedelta(seconds=90)
    wait = retry_after(format_datetime(then, usegmt=True))
    assert (then - datetime.now(UTC)).total_seconds() - 1 < wait <= 90  # HTTP dates have whole seconds


def test_waiting_for_a_source_ends_when_its_patience_is_over(source, tmp_path):
    source.always = server.status(503)
    with (
        Client(source.address, Manners(attempts=1000, patience=0.3, first_wait=0.05, longest_wait=0.05)) as client,
        pytest.raises(SourceDown),
    ):
        client.file(wanted(), tmp_path)
    assert len(source.asked) < 20  # of the 1000 that its attempts would allow
