"""`bilateral intake`: sources of the user's own file, exit codes and sentences."""

import json

from .site import Reply, site_on_loopback

DOCUMENT = {
    "document_number": "2026-90001", "title": "Made notice", "abstract": "A made abstract.", "type": "Notice", "publication_date": "2026-08-19",
    "html_url": "https://register.example.org/2026-90001", "effective_on": "2026-09-01", "agencies": [],
}  # fmt: skip


def test_a_source_of_the_users_file_is_asked_and_another_one_that_fails_sets_the_exit_code(command, tmp_path):
    with site_on_loopback() as site:
        site.say(
            "/api", Reply(json.dumps({"count": 1, "results": [DOCUMENT]}).encode(), headers={"Content-Type": "application/json"})
        )
        own = tmp_path / "own.csv"
        own.write_text(
            "id,kind,address,min_interval_s\n"
            f"federal-register,federal-register,{site.address}/api?conditions[type][]=PRESDOCU,0\n"
            f"made-gone,feed,{site.address}/gone,0\n"
        )
        given = {"data": tmp_path / "data", "BILATERAL_INTAKE_FILE": str(own), "BILATERAL_INTAKE_SOURCES": "federal-register"}
        first = command("intake", **given)
        coded = "1 item coded: 0 new for review; `bilateral review list` shows the queue\n"
        assert (first.code, first.out, first.err) == (0, f"federal-register: 1 new item\n{coded}", "")
        both = command("intake", "--source", "federal-register", "--source", "made-gone", **given)
        assert (both.code, both.out) == (69, "federal-register: 0 new items\n")
        assert both.err == f"made-gone: 0 new items; the source answers 404 for {site.address}/gone\n"
        days = command("intake", "--source", "federal-register", "--since", "2026-08-01", "--until", "2026-08-31", **given)
        assert (days.code, "gte%5D=2026-08-01" in site.paths()[-1], "lte%5D=2026-08-31" in site.paths()[-1]) == (0, True, True)
        listed = command("intake", "--list", **given)
        assert "federal-register (on): " in listed.out
        assert "made-gone: " in listed.out
        page = tmp_path / "page.html"
        page.write_text("<html><head><title>Just a moment...</title></head></html>")
        saved = command("intake", "--source", "made-gone", "--file", str(page), **given)
        assert (saved.code, "neither RSS nor Atom" in saved.err) == (65, True)
        planned = command("refresh", "--dry-run", **given)
        assert planned.out.splitlines()[-1] == "ask      federal-register"
        looked = command("doctor", **given)
        assert "ok    intake federal-register: last asked " in looked.out


def test_what_cannot_be_asked_is_told_before_anything_is(command, tmp_path):
    none = command("intake", data=tmp_path / "data")
    assert (none.code, "no source of the intake is switched on" in none.err) == (78, True)
    wrong = command("intake", "--source", "nowhere", data=tmp_path / "data")
    assert (wrong.code, "'nowhere' is no source of the intake" in wrong.err) == (78, True)
    days = command("intake", "--source", "dof", "--until", "2026-08-31", data=tmp_path / "data")
    assert (days.code, "--since must be a day up to 2026-08-31" in days.err) == (78, True)
    assert not (tmp_path / "data").exists()
