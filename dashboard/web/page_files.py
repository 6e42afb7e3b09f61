"""Files that a page offers, over the web and into a folder."""

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import flask

from bilateral.ask import exports
from bilateral.exits import Exit, Stop
from bilateral.pages import address, frame, pictures, sharing
from bilateral.pages.site import Site
from bilateral.publish import snapshots
from bilateral.web.documents import not_found
from bilateral.web.drawing import Drawing
from bilateral.web.site_map import PAGES, place_of

FILE_PATH = re.compile(rf"^(/.*?)?\.({'|'.join(map(re.escape, (*exports.FORMATS, *frame.DOCUMENTS, *pictures.FORMATS)))})$")


def answer(path: str, ending: str, site: Site, drawing: Drawing) -> Any:
    """The rows of a page's chart as a file, or its picture; 304 where the reader has it already, 404 where there is no such page or chart."""
    asked = sharing.asked(flask.request.query_string.decode("utf-8", "replace"))
    try:
        found = place_of(site, path)
        version = site.warehouse.version
    except (snapshots.NoSnapshot, Stop) as reason:
        return flask.Response(f"{reason}\n", status=503, mimetype="text/plain")
    if found is None or address.path_of(*found) != path:
        return not_found(path, asked.search, site)
    tag = sha256(f"{version} {flask.request.full_path}".encode()).hexdigest()[:16]
    if ending in pictures.FORMATS:
        return _picture(lambda: file_of(site, path, asked, ending), ending, tag, drawing) or not_found(path, asked.search, site)
    file = file_of(site, path, asked, ending)
    if file is None:
        return not_found(path, asked.search, site)
    mimetype = frame.DOCUMENTS[ending] if ending in frame.DOCUMENTS else exports.FORMATS[ending].mimetype
    response = flask.Response(file.content, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.stem}.{ending}"'
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(tag)
    return response.make_conditional(flask.request)


def _picture(make: Callable[[], sharing.File | None], ending: str, tag: str, drawing: Drawing) -> Any:
    """The picture of a chart, shown and not saved; None where there is no such chart, 503 where it cannot be drawn here or now."""
    if flask.request.if_none_match.contains_weak(tag):
        return flask.Response(status=304, headers={"ETag": f'"{tag}"'})

    def content() -> bytes | None:
        file = make()
        return file.content if file else None

    try:
        drawn = drawing.picture(tag, content)
    except Stop as reason:
        return flask.Response(f"{reason}\n", status=503, mimetype="text/plain")
    if drawn is None:
        return None
    response = flask.Response(drawn, content_type=pictures.FORMATS[ending])
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(tag)
    return response


def file_of(site: Site, path: str, asked: sharing.Asked, ending: str) -> sharing.File | None:
    """The file that an address names; None where its page has no such chart. Raises snapshots.NoSnapshot or Stop without data."""
    choice = address.parse(path, asked.search, site.known())
    if asked.everything:
        choice = sharing.everything(choice)
    page = PAGES[choice.page].make(site, choice)
    if page is None:
        return None
    if ending in frame.DOCUMENTS:
        made = page.documents.get(ending)
        return sharing.File(page.stem, made.encode()) if made else None
    name = asked.chart or next(iter(page.figures if ending in pictures.FORMATS else page.extracts), "")
    if ending in pictures.FORMATS and not (name in page.figures and name in page.extracts):
        return None
    return sharing.file(site, choice, page, name, asked.everything, ending) if name in page.extracts else None


def export(folder: Path, asked_address: str, ending: str, chart: str, full: bool, to: Path) -> Path:
    """Write what a page offers as a file into a folder. Raises Stop 78 for an address, chart or format that is not there, 69 without a browser."""
    formats = (*exports.FORMATS, *pictures.FORMATS, *frame.DOCUMENTS)
    if ending not in formats:
        raise Stop(Exit.CONFIGURATION, f"{ending!r} is not a format; choose from {', '.join(formats)}")
    site, found = Site(folder, stale_hours=0), address.split(asked_address)
    path = found.path or "/"
    if (match := FILE_PATH.match(path)) and place_of(site, match[1] or "/"):
        raise Stop(Exit.CONFIGURATION, f"{path!r} is a file; name its page, {match[1] or '/'}, and --format {match[2]}")
    if place_of(site, path) is None:
        raise Stop(Exit.CONFIGURATION, f"{path!r} is not a page with charts; one is /pair/{site.known().dyads[0]}")
    asked = sharing.Asked(chart, full, found.query)
    file = file_of(site, path, asked, ending)
    if file is None:
        page = PAGES[(place_of(site, path) or ("",))[0]].make(site, address.parse(path, asked.search, site.known()))
        known = f"; its charts and tables are {', '.join(page.extracts)}" if page and page.extracts and chart else ""
        raise Stop(Exit.CONFIGURATION, f"{path} has no {chart or ending} to export{known}")
    target = to / f"{file.stem}.{ending}"
    to.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.content)
    return target
