"""What a person decides about a proposal: accept, edit, reject, merge, undo. Each is one row that is never changed; an accepted act is then written
into the user's own chronology, see accepted.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bilateral.exits import Exit, Stop
from bilateral.intake import accepted, drafts, queue, store
from bilateral.intake.queue import Entry
from bilateral.load import curation

LONGEST = 1000
"""Characters of a field or a reason."""
DONE = {"accepted": "accepted", "rejected": "rejected", "merged": "merged into another"}


@dataclass(frozen=True)
class Reviewer:
    """Who decides, and in which data folder."""

    data: Path
    who: str

    def accept(self, number: int, given: Mapping[str, str], why: str = "") -> str:
        """Accept a proposal with these fields in place of its own; returns the id of the act.

        Raises Stop 65 where it was decided before, a sentence is missing, or curation finds something wrong; nothing is written then.
        """
        with queue.writing(self.data) as connection:
            entry = _open(queue.entry(connection, number))
            fields = drafts.current(entry) | checked(given)
            _check_filled(fields)
            act = accepted.completed(self.data, connection, fields) | {"added_at": store.stamp(datetime.now(UTC))}
            queue.note(connection, entry, "accept", self.who, _short(why, "the reason"), drafts.of(entry), act)
            accepted.check(self.data, connection)
        accepted.write(self.data)
        return act["event_id"]

    def edit(self, number: int, given: Mapping[str, str], why: str = "") -> None:
        """Change fields of an open proposal; what they say is checked when it is accepted. Raises Stop 65."""
        with queue.writing(self.data) as connection:
            entry = _open(queue.entry(connection, number))
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
            entry = _open(queue.entry(connection, number))
            queue.note(connection, entry, "reject", self.who, _short(why, "the reason"), drafts.current(entry), {})

    def merge(self, number: int, into: str, why: str = "") -> None:
        """Note that a proposal tells the same act as another proposal (its number) or as one on record (its event_id). Raises Stop 65."""
        with queue.writing(self.data) as connection:
            entry = _open(queue.entry(connection, number))
            if into.isdigit():
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
            entry = queue.entry(connection, number)
            if not entry.standing:
                raise Stop(Exit.DATA, f"nothing was decided about proposal {number} that could be undone")
            last = entry.standing[-1]
            after = drafts.current(replace(entry, decisions=tuple(entry.standing[:-1])))
            queue.note(connection, entry, "undo", self.who, _short(why, "the reason"), last.after, after, last.number)
            accepted.check(self.data, connection)
        accepted.write(self.data)
        return last


def alike(about: Entry, others: Iterable[Entry]) -> list[Entry]:
    """Other proposals, open or accepted, that may tell the same act: the same two countries and root code, at most a day apart."""
    day = about.proposal.event_date
    return [
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


def checked(given: Mapping[str, str]) -> dict[str, str]:
    """Fields as they are kept: known ones, without blanks around them and without signs that are no text. Raises Stop 65."""
    if unknown := [name for name in given if name not in drafts.FIELDS]:
        raise Stop(Exit.DATA, f"{unknown[0]!r} is not a field of a proposal; choose from {', '.join(drafts.FIELDS)}")
    return {name: _short(value, name) for name, value in given.items()}


def _short(text: str, name: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST or not text.isprintable():
        raise Stop(Exit.DATA, f"{name} has more than {LONGEST} characters, or signs that cannot be printed; write plain text")
    return text


def _open(entry: Entry) -> Entry:
    if entry.state != "open":
        said = DONE[entry.state]
        raise Stop(
            Exit.DATA, f"proposal {entry.number} is {said} already; `bilateral review undo {entry.number}` takes that back"
        )
    return entry


def _check_filled(fields: Mapping[str, str]) -> None:
    needed = ("event_date", "source_actor", "target_actor", "cameo_code", "domain", "summary", "summary_es")
    if missing := [name for name in needed if not fields[name]]:
        raise Stop(
            Exit.DATA,
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} empty; an act needs both sentences, English and Spanish, "
            "its day, countries, code and subject",
        )
