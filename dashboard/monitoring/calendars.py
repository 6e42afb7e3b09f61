"""Changes and dates to come as an iCalendar file (RFC 5545), for calendars that follow an address."""

from collections.abc import Iterable
from datetime import timedelta

from bilateral.escaping import printable
from bilateral.monitoring.changes import Change


def ics(entries: Iterable[Change], title: str, site: str, _address: str) -> bytes:
    """The entries as whole days; `site` is the dashboard's address."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bilateral//changes//EN", f"X-WR-CALNAME:{_text(title)}"]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(entry.id)}@bilateral",
            f"DTSTAMP:{entry.day:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(entry.title)}",
            f"DESCRIPTION:{_text(entry.text)}",
            f"URL:{site}{entry.path}",
            f"CATEGORIES:{_text(entry.kind)},{_text(entry.dyad)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _text(value: str) -> str:
    value = printable(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes; what follows begins with a blank, and no letter is cut."""
    parts = [""]
    for sign in line:
        if len((parts[-1] + sign).encode()) > 75:
            parts.append(" ")
        parts[-1] += sign
    return "\r\n".join(parts)
