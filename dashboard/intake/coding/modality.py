"""Whether an act happened, is planned, promised, threatened or asked for, or did not happen at all."""

import re
from collections.abc import Sequence
from datetime import date

from bilateral.intake.coding.acts import Act
from bilateral.intake.coding.clauses import CONDITIONAL, Clause, clause_at, follows_condition, precedes_condition
from bilateral.intake.coding.wordlists import word_list
from bilateral.intake.coding.words import Word
from bilateral.intake.proposals import Modality

NOT_DONE = frozenset(("negated", "denied", "conditional", "historical"))
"""Modalities of what did not happen, or not now: kept for the reviewer, never counted as reported."""
WORDS_OF = {"03": "promised", "13": "threatened", "02": "appeal", "10": "appeal"}
NEGATIONS = word_list("negations")
DENIALS = word_list("denials")
PLANS = word_list("plans")
PAST = re.compile(
    r"\b(?:(?:decades?|centur(?:y|ies)|generations?) ago|last century|siglo (?:pasado|x[iv]+x?)|hace (?:décadas|siglos))",
    re.IGNORECASE,
)
AGO = re.compile(
    r"\b(?:(\d+|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty) years ago|hace (\d+|dos|tres|cuatro|cinco|diez|veinte|treinta) años)",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"(?<!since )(?<!desde )(?<![\d.,$#-])\b(1[5-9]\d\d|20\d\d)\b(?!\s*(?:law|act|agreement|treaty|deal|accord|rule|%|dollars|million|tons|troops|people|soldados|d[oó]lares|millones|militares))(?![.,]?\d)"
)
PRESENT = re.compile(
    r"\b(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|this (?:week|month|year)|hoy|ayer|lunes|martes|miércoles|jueves|viernes"
    r"|sábado|domingo|est[ae] (?:semana|mes|año))\b", re.IGNORECASE
)  # fmt: skip
"""Words that place a sentence in the days of its publication, whatever years it names."""
OPENING, CLOSING = "“«", "”»"


def modality(act: Act, words: Sequence[Word], parts: Sequence[Clause], evidence: str, published: date | None) -> Modality:
    """The modality of an act in its sentence; the first of these that holds."""
    clause = parts[clause_at(parts, act.verb)]
    if clause.opener in CONDITIONAL or _before(words, act.verb, clause.first, CONDITIONAL, 12):
        return "conditional"
    hangs = follows_condition(words, parts, act.verb) or precedes_condition(words, act.verb)
    if hangs and act.code[:2] not in WORDS_OF:  # a threat on a condition is a threat all the same
        return "conditional"
    if _is_past(evidence, published):
        return "historical"
    if not act.code.startswith(("016", "12")):
        if "refuse" not in act.frames and _before(words, act.verb, clause.first, NEGATIONS, 4):
            return "negated"
        if _before(words, act.verb, 0, DENIALS, 12):
            return "denied"
    return _said(act, words, clause)


def _said(act: Act, words: Sequence[Word], clause: Clause) -> Modality:
    if of_words := WORDS_OF.get(act.code[:2]):
        return of_words  # type: ignore[return-value]
    if _before(words, act.verb, clause.first, PLANS, 5):
        return "planned"
    return "quoted" if _is_quoted(words, act.verb) else "reported"


def _before(words: Sequence[Word], verb: int, first: int, wanted: frozenset[str], reach: int) -> bool:
    return any(words[at].folded in wanted for at in range(max(first, verb - reach), verb))


def _is_past(evidence: str, published: date | None) -> bool:
    if PRESENT.search(evidence):
        return False
    if PAST.search(evidence) or AGO.search(evidence):
        return True
    years = [int(found[1]) for found in YEAR.finditer(evidence)]
    return published is not None and bool(years) and max(years) < published.year - 1


def _is_quoted(words: Sequence[Word], verb: int) -> bool:
    opened = False
    for word in words[:verb]:
        if word.folded in OPENING or (word.folded == '"' and not opened):
            opened = True
        elif word.folded in CLOSING or word.folded == '"':
            opened = False
    return opened
