"""Whether the intake proposes the acts of the register from the documents that tell them: `python -m bilateral.evaluation.replay [FOLDER]`.

Acts of January to August 2026 are published on loopback week by week, each sentence in the form of a source that tells such acts (made_publishers.py);
the intake asks, reads and codes, and what it proposes in the run that brings the item is compared with the act. The sentences are the register's own,
so the shares say what the way from a page to a proposal loses, and not how well it reads real texts. FOLDER may hold real documents: of these the acts
are told whose source in the register is a transcript of the folder.
"""

import csv
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bilateral.evaluation.made_publishers import FORMS, Document, Publishers, publishers, save_transcript
from bilateral.intake import collection, queue, source_list
from bilateral.intake.coding import codebook
from bilateral.intake.coding.modality import NOT_DONE
from bilateral.intake.proposals import Proposal
from bilateral.intake.proposing import pairs_of, propose
from bilateral.package_data import folder
from bilateral.sources.manners import Manners

SINCE, UNTIL = date(2026, 1, 1), date(2026, 8, 31)
MANNERS = Manners(connections=1, attempts=1, patience=10.0, longest_wait=1.0, silence=10.0, one_attempt=10.0)
TRANSCRIPTS = "presidencia-mx"
PRINTED_LATER = timedelta(days=3)
"""Days from signing to publication in the Federal Register; its median is five."""
GAZETTES = {"USA": "federal-register", "MEX": "dof"}
MINISTRIES = {"CAN": "canada-global-affairs", "COL": "colombia-cancilleria"}
HOSTS = {"www.whitehouse.gov": "white-house", "ustr.gov": "ustr", "www.govinfo.gov": "federal-register"}
DAY = re.compile(r"\b2026-\d\d-\d\d$")
"""The day of a conference at the end of a title of the register."""
REAL = {
    "fr_documents": "federal-register",
    "wh_presidential": "white-house",
    "presidencia_mx": TRANSCRIPTS,
    "gobmx_presidencia": TRANSCRIPTS,
}
"""How the names of real documents begin, and the source that gave them."""
SAVED_DAY = re.compile(r"_(2026-\d\d-\d\d)")
"""The same in the name of a saved page."""


@dataclass(frozen=True)
class Act:
    """An act of the register with the source that tells it here. `legal_basis` is that of the measure that it changes, or empty."""

    row: dict[str, str]
    instrument: str = ""
    legal_basis: str = ""

    @property
    def day(self) -> date:
        return date.fromisoformat(self.row["event_date"])

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.row["source_actor"], self.row["target_actor"]))

    @property
    def source(self) -> str:
        """The source in the register where it is of a known kind; else the list or gazette of the state that changes a measure; else ministry or press."""
        host, doer = urlsplit(self.row["source_url"]).hostname or "", self.row["source_actor"]
        if host == "www.gob.mx":
            return TRANSCRIPTS
        if host in HOSTS:
            return HOSTS[host]
        if self.instrument == "sanction-designation" and doer == "USA":
            return "ofac"
        return GAZETTES.get(doer, "") if self.legal_basis and doer in GAZETTES else MINISTRIES.get(doer, "mexico-news-daily")

    @property
    def published(self) -> date:
        """The day of publication: of a conference its own, of the Federal Register some days after signing."""
        if self.source == TRANSCRIPTS and (found := DAY.search(self.row["source_title"])):
            return date.fromisoformat(found[0])
        return self.day + PRINTED_LATER if self.source == "federal-register" else self.day

    def document(self, number: int) -> Document:
        is_spanish = self.source in (TRANSCRIPTS, "dof", "colombia-cancilleria")
        sentence = self.row["summary_es" if is_spanish else "summary"]
        signed = self.day if self.source == "federal-register" else None
        return Document(self.source, number, self.published, (sentence,), signed)

    def fits(self, proposal: Proposal) -> bool:
        """The same two countries and root of the code."""
        return self.is_of_pair(proposal) and proposal.cameo_code[:2] == self.row["cameo_code"][:2]

    def is_of_pair(self, proposal: Proposal) -> bool:
        return frozenset((proposal.source_country, proposal.target_country)) == self.pair

    def is_alike(self, proposal: Proposal) -> bool:
        """The same two countries, and the same of word and deed, cooperation and friction."""
        codes = codebook.codes()
        return self.is_of_pair(proposal) and codes[proposal.cameo_code]["kind"] == codes[self.row["cameo_code"]]["kind"]


@dataclass
class Result:
    """Acts of one source, those proposed in the run that brought them, and the proposals of what was done or said in their documents."""

    acts: int = 0
    fitting: int = 0
    alike: int = 0
    linked: int = 0
    """Acts that a proposal names as the one on record that it repeats."""
    measures: int = 0
    """Acts that change a measure, and of these the ones proposed as a change of the same instrument."""
    measures_found: int = 0
    proposals: int = 0
    right: int = 0
    missed: list[tuple[Act, list[Proposal]]] = field(default_factory=list)

    def __add__(self, other: "Result") -> "Result":
        return Result(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def line(self) -> str:
        share, right = self.fitting / max(1, self.acts), self.right / max(1, self.proposals)
        counts = f"{self.acts:>6}{self.fitting:>7}{share:>8.3f}{self.alike:>7}{self.linked:>8}"
        return f"{counts}{f'{self.measures_found}/{self.measures}':>10}{self.proposals:>11}{right:>11.3f}"


HEADER = (
    f"{'source':24}{'acts':>6}{'found':>7}{'share':>8}{'alike':>7}{'linked':>8}{'measures':>10}{'proposals':>11}{'precision':>11}"
)


def register(since: date = SINCE, until: date = UNTIL) -> list[Act]:
    """Acts of the shipped register in these days."""
    measures = {row["event_id"]: row for row in _rows(folder("seeds") / "measures.csv")}
    found = []
    for path in sorted((folder("seeds") / "chronology").glob("*.csv")):
        for row in _rows(path):
            if f"{since}" <= row["event_date"] <= f"{until}":
                of_measure = measures.get(row["event_id"], {})
                found.append(Act(row, of_measure.get("instrument", ""), of_measure.get("legal_basis", "")))
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def replay(acts: Iterable[Act], data: Path) -> dict[str, Result]:
    """Results by source; `data` is an empty folder, in which the intake keeps what it is told."""
    weeks: dict[date, list[tuple[Act, Document]]] = defaultdict(list)
    for number, act in enumerate(acts, 1):
        weeks[act.published - timedelta(days=act.published.weekday())].append((act, act.document(number)))
    found: dict[str, Result] = defaultdict(Result)
    with publishers() as made:
        for monday, told in sorted(weeks.items()):
            before = _newest(data)
            _run(made, data, monday, [document for _, document in told])
            proposed = _since(data, before)
            for act, document in told:
                found[act.source] += judged(
                    act, [one for text, one in proposed if one.source == act.source and document.sentences[0] in text]
                )
    return found


def _run(made: Publishers, data: Path, monday: date, documents: list[Document]) -> None:
    """One run of the intake in the week in which these documents appear; a source that fails ends the replay."""
    listed = source_list.listed()
    made.publish(documents)
    days = (monday, monday + timedelta(days=6))
    outcomes = collection.collect(data, made.at_loopback(listed), MANNERS, days)
    with tempfile.TemporaryDirectory() as saved:
        pages = [save_transcript(Path(saved), one) for one in documents if one.source == TRANSCRIPTS]
        outcomes.append(collection.read_saved(data, listed[TRANSCRIPTS], pages))
    if failed := [outcome.sentence for outcome in outcomes if outcome.exit_code]:
        raise RuntimeError(failed[0])
    propose(data, pairs_of([folder("seeds") / "dyads.csv"]))


def judged(act: Act, proposals: list[Proposal]) -> Result:
    """What became of one act, with the proposals of its document; those of what did not happen count as none."""
    done = [one for one in proposals if one.modality not in NOT_DONE]
    right = [one for one in done if act.fits(one)]
    is_measure = bool(act.instrument)
    return Result(
        acts=1,
        fitting=bool(right),
        alike=any(map(act.is_alike, done)),
        linked=any(one.on_record == act.row["event_id"] for one in done),
        measures=is_measure,
        measures_found=is_measure and any(one.instrument == act.instrument and act.is_of_pair(one) for one in done),
        proposals=len(done),
        right=len(right),
        missed=[] if right else [(act, proposals)],
    )


def _newest(data: Path) -> int:
    """Number of the last proposal, 0 where there is none."""
    with queue.reading(data) as connection:
        return max((entry.number for entry in queue.entries(connection)), default=0)


def _since(data: Path, number: int) -> list[tuple[str, Proposal]]:
    """Proposals of a run, each with the text that it was read in, on one line."""
    with queue.reading(data) as connection:
        new = [entry for entry in queue.entries(connection) if entry.number > number]
        return [(" ".join(queue.text_of(connection, entry).split()), entry.proposal) for entry in new]


def of_real(data: Path, saved: Path) -> str:
    """Real documents of a folder, as lines: what they gave, and the acts of the register whose transcript is among them."""
    listed, lines, acts = source_list.listed(), [], register()
    pairs = pairs_of([folder("seeds") / "dyads.csv"])
    for path in sorted(saved.iterdir()):
        name = next((source for start, source in REAL.items() if path.name.startswith(start)), "")
        if not name or path.name.endswith(".headers.json"):
            continue
        before = _newest(data)
        outcome = collection.read_saved(data, listed[name], [path])
        propose(data, pairs)
        proposed = [proposal for _, proposal in _since(data, before) if proposal.modality not in NOT_DONE]
        lines.append(f"  {path.name}: {outcome.n_new} items, {len(proposed)} proposals of what was done or said")
        day = found[1] if (found := SAVED_DAY.search(path.name)) and name == TRANSCRIPTS else "-"
        for act in acts:
            if act.source == TRANSCRIPTS and act.row["source_title"].endswith(day):
                state = "proposed" if any(map(act.fits, proposed)) else "missed"
                lines.append(f"    {act.row['event_id']} {act.row['cameo_code']} {state}: {act.row['summary']}")
    return "\n".join(lines)


def table(found: dict[str, Result]) -> str:
    """All results as lines of text, then the acts that were missed with what was proposed in their place."""
    lines = [HEADER] + [f"{name:24}{found[name].line}" for name in (*FORMS, TRANSCRIPTS) if name in found]
    whole = sum(found.values(), Result())
    lines.append(f"{'all':24}{whole.line}")
    lines.append(f"missed, {len(whole.missed)}:")
    for act, instead in whole.missed:
        said = ", ".join(f"{p.source_country}>{p.target_country} {p.cameo_code} {p.modality}" for p in instead) or "nothing"
        lines.append(f"  {act.row['event_id']} {act.row['cameo_code']} {act.document(0).sentences[0]} — proposed: {said}")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    if len(arguments) > 1 or not all(Path(one).is_dir() for one in arguments):
        sys.exit("usage: python -m bilateral.evaluation.replay [FOLDER], a folder with real documents of the sources")
    with tempfile.TemporaryDirectory() as data:
        print(table(replay(register(), Path(data))))
    for one in arguments:
        with tempfile.TemporaryDirectory() as data:
            print(f"real documents of {one}:\n{of_real(Path(data), Path(one))}")


if __name__ == "__main__":
    main(sys.argv[1:])
