"""Files of a folder, and pages of a list of addresses: HTML, feeds and plain texts, each by its own form."""

from datetime import date
from pathlib import Path

from bilateral.exits import Exit, Stop
from bilateral.intake.readers import feeds, pages
from bilateral.intake.readings import Drift, Page, Reading, Request
from bilateral.intake.source_list import Source


def requests(source: Source, since: date, until: date) -> tuple[Request, ...]:
    """The addresses in a text file, one a line; the files of a folder are read without a request."""
    place = Path(source.address)
    if place.is_dir():
        return ()
    try:
        lines = [line.strip() for line in place.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Stop(Exit.CONFIGURATION, f"{source.id}: {place} is neither a folder nor a list of addresses ({reason})") from None
    return tuple(Request(line, "any", "page") for line in lines if line.startswith(("https://", "http://")))


def read(page: Page) -> Reading:
    """Items of one file. Raises Drift where it holds no text."""
    head = page.body[:2000].lower()
    if any(mark in head for mark in (b"<rss", b"<feed", b"<urlset", b"jsonfeed.org/version")):
        return feeds.read(page)
    if b"<html" in head or b"<!doctype html" in head:
        return pages.read(page)
    lines = [line.rstrip() for line in page.body.decode(pages.charset(page)).splitlines()]
    title = next((line.strip() for line in lines if line.strip()), "")
    if not title:
        raise Drift("the file holds no text")
    return Reading(
        (
            page.item(
                pages.slug(page.url),
                url=page.address,
                title=title,
                text="\n".join(lines).strip(),
                extent="full",
            ),
        )
    )
