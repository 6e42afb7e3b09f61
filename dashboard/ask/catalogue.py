"""Available pairs, datasets and subjects with their names, and the current values of every pair. The SQL is in queries/app/."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from bilateral.ask.choices import WAYS
from bilateral.ask.scopes import Scope
from bilateral.ask.warehouse import Warehouse


@dataclass(frozen=True)
class Lists:
    """What can be asked for, and the names of it."""

    dyads: tuple[str, ...]
    datasets: dict[str, int]
    """Dataset and its default half-life, days."""
    domains: tuple[str, ...]
    curated: tuple[str, ...]
    """Datasets that are coded by people."""
    ways: dict[str, dict[str, str]]
    """Dataset and its own level of de-duplication, table of scores, weighting and gate."""
    scores: dict[str, tuple[str, ...]]
    """Dataset and the tables that have a score for each of its codes."""
    labels: pd.DataFrame
    pairs: pd.DataFrame

    def names(self, lang: str) -> dict[str, str]:
        """Name of each pair, the leading country first."""
        return dict(zip(self.pairs["dyad"], self.pairs[f"name_{lang}"], strict=True))

    def countries(self, lang: str) -> dict[str, str]:
        """Short name of each country by its code."""
        return dict(self.labels.loc["country"][f"label_{lang}"])

    def scope(
        self, dataset: str, dyad: str, domain: str, half_life_days: int | None, as_of: date | None = None, mutual: str = "apart"
    ) -> Scope:
        """One series; without a half-life that of its dataset, with `as_of` as it was known at the end of that day."""
        default = self.datasets[dataset]
        days = half_life_days or default
        return Scope(dataset, dyad, domain, days, is_kept=domain == "all" and days == default, as_of=as_of, mutual=mutual)


def lists(warehouse: Warehouse) -> Lists:
    known = warehouse.ask("known").iloc[0]
    datasets = dict(zip(known["datasets"], map(int, known["half_lives"]), strict=True))
    own = zip(known["levels"], known["score_tables"], known["weightings"], known["gates"], strict=True)
    return Lists(
        tuple(known["dyads"]),
        datasets,
        tuple(known["domains"]),
        tuple(known["curated"]),
        {name: dict(zip(WAYS, ways, strict=True)) for name, ways in zip(datasets, own, strict=True)},
        {name: tuple(tables.split()) for name, tables in zip(datasets, known["scores"], strict=True)},
        warehouse.ask("labels").set_index(["family", "name"]),
        pairs(warehouse, "chronology"),
    )


def pairs(warehouse: Warehouse, dataset: str, day: date | None = None) -> pd.DataFrame:
    """One row for each pair in its order, all on one day: that one, or the newest of the dataset. Rank only those that are compared."""
    return warehouse.ask("pairs", dataset=dataset, day=day)
