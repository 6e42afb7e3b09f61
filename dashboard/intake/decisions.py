"""What a person decides about a proposal: accept, edit, reject, merge, undo. Each is one row that is never changed; an accepted act is then written
into the user's own chronology, see accepted.py."""

import getpass
import os
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bilateral.exits import Exit, Stop
from bilateral.intake import accepted, drafts, queue, store
from bilateral.intake.queue import Entry
from bilateral.load import curation

NUMBER = re.compile("[0-9]{1,9}")
LONGEST = 1000
"""Characters of a field or a reason."""
WANTED: dict[drafts.Doubt, str] = {
    "undone": "give event_date and cameo_code of what was done instead",
    "historical": "give the event_date on which it was done",
    "intended": "a code of 06 to 08 or 14 to 20 is a deed: give the cameo_code of what was said, or the event_date on which it was done",
}
"""What a person gives where a proposal is no act of its day, see `drafts.doubt`."""
DONE = {"accepted": "accepted", "rejected": "rejected", "merged": "merged into another"}


class Overtaken(Stop):
    """Somebody decided meanwhile, or the same form was sent twice."""


@dataclass(frozen=True)
class Reviewer:
    """Who decides, and in which data folder."""

    data: Path
    who: str
    seen: int | None = None
    """Number of the last decision that the reviewer saw of the proposal, see `Entry.last`; None where that is not asked, as on the command line."""

    def accept(self, number: int, given: Mapping[str, str], why: str = "") -> str:
        """Accept a proposal with these fields in place of its own; returns the id of the act.

        Raises Stop 65 where it was decided before or since it was seen, a sentence is missing, or curation finds something wrong; nothing is written then.
        """
        with queue.writing(self.data) as connection:
            entry = _open(self._entry(connection, number))
            fields = checked({**drafts.current(entry), **given})
            _check_filled(entry, fields)
            act = accepted.completed(self.data, connection, fields) | {"added_at": store.stamp(datetime.now(UTC))}
            queue.note(connection, entry, "accept", self.who, _short(why, "the reason"), drafts.of(entry), act)
            accepted.check(self.data, connection)
        accepted.write(self.data)
        return act["event_id"]

    def edit(self, number: int, given: Mapping[str, str], why: str = "") -> None:
        """Change fields of an open proposal; what they say is checked when it is accepted. Raises Stop 65."""
        with queue.writing(self.data) as connection:
            entry = _open(self._entry(connection, number))
            before = drafts.current(entry)
            after = before | checked(given)
            if after == before:
                raise Stop(Exit.DATA, f"proposal {number} has these values already; nothing was changed")
            queue.note(connection, entry, "edit", self.who, _short(why, "the reason"), before, after)

    def reject(self, number: int, why: str) -> None:
        """Reject an open proposal, for a reason. Raises Stop 65."""
        if not why.strip():
            raise Stop(Exit.DATA, "a rejection needs its reason, such as `no act`, `wrong country` or `historical`")
        with queue.writing(self.data) as connection:
            entry = _open(self._entry(connection, number))
            _check_alone(connection, entry)
            queue.note(connection, entry, "reject", self.who, _short(why, "the reason"), drafts.current(entry), {})

    def merge(self, number: int, into: str, why: str = "") -> None:
        """Note that a proposal tells the same act as another proposal (its number) or as one on record (its event_id). Raises Stop 65."""
        with queue.writing(self.data) as connection:
            entry = _open(self._entry(connection, number))
            _check_alone(connection, entry)
            if NUMBER.fullmatch(into):
                into = str(int(into))
                if int(into) == number:
                    raise Stop(Exit.DATA, f"proposal {number} cannot be merged into itself; name another one, or an event_id")
                if (other := queue.entry(connection, int(into))).state in ("merged", "rejected"):
                    raise Stop(Exit.DATA, f"proposal {into} is {DONE[other.state]}; name one that is open or accepted")
            elif into not in curation.known_ids(self.data):
                raise Stop(Exit.DATA, f"{into!r} is neither the number of a proposal nor the event_id of an act on record")
            queue.note(connection, entry, "merge", self.who, _short(why, "the reason"), drafts.current(entry), {"into": into})

    def undo(self, number: int, why: str = "") -> queue.Decision:
        """Take back the last decision about a proposal, which is returned; an act that was accepted leaves the chronology at the next refresh.

        Raises Stop 65 where there is none, or where a row of the user's own names the act.
        """
        with queue.writing(self.data) as connection:
            entry = self._entry(connection, number)
            if not entry.standing:
                raise Stop(Exit.DATA, f"nothing was decided about proposal {number} that could be undone")
            last = entry.standing[-1]
            after = drafts.current(replace(entry, decisions=tuple(entry.standing[:-1])))
            queue.note(connection, entry, "undo", self.who, _short(why, "the reason"), last.after, after, last.number)
            accepted.check(self.data, connection)
        accepted.write(self.data)
        return last

    def _entry(self, connection: sqlite3.Connection, number: int) -> Entry:
        """The proposal as it was seen. Raises Overtaken where it is another since, Stop 65 where there is none."""
        entry = queue.entry(connection, number)
        if self.seen is not None and entry.last != self.seen:
            raise Overtaken(
                Exit.DATA, f"proposal {number} was decided or changed after this page was shown; look at it as it is now"
            )
        return entry


def user() -> str:
    """Name of the user of this process; the number where the computer has no name for it, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # Python 3.13 raises the second one
        return f"uid {os.getuid()}"


def alike(about: Entry, others: Iterable[Entry]) -> list[Entry]:
    """Other proposals, open or accepted, that may tell the same act: the same two countries and root code, at most a day apart. Those of the same
    sentence stand first, then those of the same day."""
    day = about.proposal.event_date
    found = [
        other
        for other in others
        if other.number != about.number
        and other.state in ("open", "accepted")
        and other.pair == about.pair
        and other.proposal.cameo_code[:2] == about.proposal.cameo_code[:2]
        and day
        and other.proposal.event_date
        and abs((other.proposal.event_date - day).days) <= 1
    ]
    return sorted(found, key=lambda other: (other.proposal.evidence != about.proposal.evidence, other.proposal.event_date != day))


def checked(given: Mapping[str, str]) -> dict[str, str]:
    """Fields as they are kept: known ones, without blanks around them and without signs that are no text. Raises Stop 65."""
    if unknown := [name for name in given if name not in drafts.FIELDS]:
        raise Stop(Exit.DATA, f"{unknown[0]!r} is not a field of a proposal; choose from {', '.join(drafts.FIELDS)}")
    return {name: _short(value, name) for name, value in given.items()}


def _short(text: str, name: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise Stop(Exit.DATA, f"{name} has {len(text)} characters; write at most {LONGEST}")
    if hidden := sorted({f"U+{ord(sign):04X}" for sign in text if not sign.isprintable()}):
        raise Stop(Exit.DATA, f"{name} has signs that cannot be printed ({', '.join(hidden)}); write plain text")
    return text


def _check_alone(connection: sqlite3.Connection, about: Entry) -> None:
    """Raises Stop 65 where others were merged into this proposal, or into an act that it was: their act would be lost with it."""
    names = {str(about.number)} | {decision.after["event_id"] for decision in about.decisions if decision.kind == "accept"}
    merged = [
        str(other.number)
        for other in queue.entries(connection)
        if other.state == "merged" and other.standing[-1].after["into"] in names
    ]
    if merged:
        said = f"proposal {merged[0]} was" if len(merged) == 1 else f"proposals {', '.join(merged)} were"
        raise Stop(Exit.DATA, f"{said} merged into proposal {about.number}; undo that first, or accept proposal {about.number}")


def _open(entry: Entry) -> Entry:
    if entry.state != "open":
        said = DONE[entry.state]
        raise Stop(
            Exit.DATA, f"proposal {entry.number} is {said} already; `bilateral review undo {entry.number}` takes that back"
        )
    return entry


def _check_filled(entry: Entry, fields: Mapping[str, str]) -> None:
    if doubt := drafts.doubt(entry, fields):
        raise Stop(Exit.DATA, f"the sentence is read as {entry.proposal.modality}; {WANTED[doubt]}, or reject the proposal")
    needed = ("event_date", "source_actor", "target_actor", "cameo_code", "domain", "summary", "summary_es")
    if missing := [name for name in needed if not fields[name]]:
        raise Stop(
            Exit.DATA,
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} empty; an act needs both sentences, English and Spanish, "
            "its day, countries, code and subject",
        )
