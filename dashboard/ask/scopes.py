"""The requested series, and the relation that has its rows."""

from dataclasses import dataclass
from datetime import date

from bilateral.ask.warehouse import Wider, filled


def narrowed(relation: str, columns: tuple[str, ...]) -> str:
    return f"(select {', '.join(columns)} from {relation})"


@dataclass(frozen=True)
class Scope:
    """Which series: dataset, pair or direction, domain, half-life in days, and as known at the end of which day."""

    dataset: str
    dyad: str
    domain: str
    half_life_days: int
    is_kept: bool
    """The series is in main.indicator_day; any other is computed by the macro `series`, with the same columns."""
    is_compared: bool = False
    """With asymmetry and adjusted, which need other series too; the kept ones have them."""
    as_of: date | None = None
    """As it was known at the end of this day (UTC), with the columns `as_of` and `is_reconstruction` besides; None: as known now."""
    mutual: str = "apart"
    """Mutual acts count `apart`, in the pair alone; in `both` directions, as `coded` in one, or in `none`; with `as_of` only apart."""
    level: str | None = None
    """Level of de-duplication, with `score` (table), `weight` and `gate` other than the dataset's own; with `as_of` only the own ones."""
    score: str | None = None
    weight: str | None = None
    gate: str | None = None
    without: str | None = None
    """Leave out the acts that are known from this side, see events.source_side; with mutual acts apart and the dataset's own choices."""

    @property
    def keys(self) -> dict[str, object]:
        keys: dict[str, object] = {
            "dataset": self.dataset,
            "dyad": self.dyad,
            "domain": self.domain,
            "half_life_days": self.half_life_days,
        }
        if self.as_of:
            return keys | {"as_of": self.as_of}
        if self.without:
            return keys | {"without": self.without}
        if self.is_chosen:
            return keys | {
                "level": self.level,
                "score": self.score,
                "weight": self.weight,
                "gate": self.gate,
                "mutual": self.mutual,
            }
        return keys | ({"mutual": self.mutual} if self.mutual != "apart" else {})

    @property
    def is_chosen(self) -> bool:
        """Its events are made or weighed in another way than the dataset's own."""
        return any((self.level, self.score, self.weight, self.gate))

    @property
    def relation(self) -> str:
        """Where its rows are: the kept table, or a macro."""
        keys = "$dataset, $dyad, $domain, $half_life_days"
        compared = ", for_compared := true" if self.is_compared else ""
        if self.as_of:
            return f"series_as_of({keys}, $as_of{compared})"
        if self.without:
            return f"series_without({keys}, $without{compared})"
        if self.is_chosen:
            return f"series_chosen({keys}, $level, $score, $weight, $mutual, for_gate := $gate{compared})"
        if self.mutual != "apart":
            return f"series_mutual({keys}, $mutual{compared})"
        return "main.indicator_day" if self.is_kept else f"series({keys}{compared})"

    def relation_as(self, macro: str) -> str:
        """The relation, or where `series` computes it another macro that has a part of its columns and is planned sooner."""
        is_lean = self.relation.startswith("series(") and not self.is_compared
        return self.relation.replace("series(", f"{macro}(", 1) if is_lean else self.relation

    def over(self, columns: tuple[str, ...] = (), macro: str = "series") -> dict[str, str]:
        """What a question reads in the place of the kept table; of these columns alone, else of all."""
        relation = self.relation_as(macro)
        if columns:
            columns += ("as_of", "is_reconstruction") if self.as_of else ()
            relation = narrowed(relation, columns)
        return {} if relation == "main.indicator_day" else {"main.indicator_day": f"{relation} as rows"}

    def wider(self, with_pair: bool, macro: str = "series") -> Wider | None:
        """The macro that its rows come from, and the call of it that is run: its own, or the one that also brings the rows of the pair and of
        both directions, in less time than three."""
        relation = self.relation_as(macro)
        if relation == "main.indicator_day":
            return None
        is_lean = relation != self.relation
        if self.is_compared or not with_pair:  # what it is compared with belongs to this one alone
            return Wider(relation, filled(relation, self.keys), not is_lean)
        pair = "-".join(sorted(self.dyad.replace(">", "-").split("-")))
        return Wider(relation, filled(f"{relation[:-1]}, for_directions := true)", self.keys | {"dyad": pair}), not is_lean)
