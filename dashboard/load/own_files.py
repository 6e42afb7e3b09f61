"""The user's files for `bilateral load`: their dataset, what must be declared about them, and whether any of them was used."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bilateral.exits import Exit, Stop
from bilateral.load import bulk, curated_files
from bilateral.load.curated_files import FileResult
from bilateral.load.extracts import extract_of
from bilateral.load.readers import found, readers
from bilateral.sources import curated, gdelt
from bilateral.today import today


@dataclass(frozen=True)
class Taken:
    """Files that lie where the next refresh reads them, or that it is to read from where they are."""

    dataset: str
    coded: bulk.Coded | None = None
    """Machine-coded files, as a refresh takes them; None where the files lie in the inbox."""
    received: frozenset[str] = frozenset()
    """Curated files by their names in the inbox."""

    def is_used(self, results: Iterable[FileResult]) -> bool:
        """Whether any of the files gave rows; a register was looked through before it was taken."""
        if self.coded:
            return not all(file.gave_nothing for file in results if file.dataset == self.dataset)
        refused = {file.file_name for file in results if file.file_name in self.received and file.gave_nothing}
        return not self.received or refused != self.received


def template(dataset: str) -> str:
    """The header of an empty file of one's own. Raises Stop 78 for a dataset that has none."""
    _check(dataset)
    if dataset in readers():
        raise Stop(Exit.CONFIGURATION, f"{dataset} has no template: its files are loaded as they are published")
    return curated_files.measures_template() if dataset == "measures" else curated.template()


def take(data: Path, dataset: str, paths: list[Path], covers: str | None, filter_said: str | None) -> Taken:
    """Files of a dataset for the next refresh. Raises Stop 78 for what was asked wrongly, 65 for a register with faults."""
    _check(dataset)
    if not paths:
        raise Stop(Exit.CONFIGURATION, f"name the files to load, as in `bilateral load {dataset} my-acts.csv`")
    if (covers or filter_said) and dataset != gdelt.LAYOUT.dataset:
        raise Stop(
            Exit.CONFIGURATION, f"--covers and --filter say what an extract of gdelt holds; files of {dataset} say it themselves"
        )
    if dataset in readers():
        return Taken(dataset, coded=(dataset, bulk.found_files(paths), extract_of(covers, filter_said, today())))
    if dataset == "measures":
        _receive_measures(data, paths)
        return Taken(dataset)
    received = curated_files.receive(data, dataset, paths)
    return Taken(dataset, received=frozenset(f"inbox/{dataset}/{path.name}" for path in received))


def _check(dataset: str) -> None:
    """Raises Stop 78 for a dataset that cannot be loaded, with the reason where its reader is somebody else's and cannot be used."""
    if fault := found().faults.get(dataset):
        raise Stop(Exit.CONFIGURATION, fault)
    if dataset not in (known := (*curated.DATASETS, "measures", *readers())):
        raise Stop(Exit.CONFIGURATION, f"{dataset!r} is not a dataset that can be loaded; choose from {', '.join(known)}")


def _receive_measures(data: Path, paths: list[Path]) -> None:
    """Take register files of the user's own, unless something is wrong in them: it would stop every later refresh."""
    from bilateral.load import curation

    if wrong := curation.wrong_in_measures(data, paths):
        said = "; ".join(f"{finding.place} {finding.name}: {finding.text}" for finding in wrong[:3])
        raise Stop(Exit.DATA, f"{len(wrong)} to correct before the register can be loaded: {said}")
    curated_files.receive_measures(data, paths)
