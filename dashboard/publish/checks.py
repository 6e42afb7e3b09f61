"""The checks of a build, and the way on from rows that break one: they are set aside, or a register of the user's own is left out."""

from collections.abc import Callable

from bilateral.compute import asides
from bilateral.compute.increments import Increment
from bilateral.compute.queries import Query
from bilateral.compute.runner import CheckFailed, Runner
from bilateral.load.inputs import Inputs
from bilateral.logs import log


class Mending:
    """Holds the tables of one run to the checks; `said` has what was done about rows that broke one, in sentences."""

    def __init__(self, run_id: str, inputs: Inputs, accept_change: bool):
        self.run_id = run_id
        self.inputs = inputs
        self.accept_change = accept_change
        self.said: list[str] = []

    def hold(self, runner: Runner, check: Callable[[], None]) -> None:
        """Run the checks; single rows that break one are set aside and their days are built again. Raises CheckFailed for what remains."""
        for _ in runner.checks():
            try:
                return check()
            except CheckFailed as failed:
                if not self._set_aside(runner, failed.check):
                    raise
            check = runner.check
        return check()

    def _set_aside(self, runner: Runner, check: Query) -> bool:
        """Take out what breaks a check, where that is a few rows or a register of the user's own, and build what hangs on it again."""
        if aside := asides.set_aside(runner.connection, check, self.run_id, self.accept_change):
            self.said.append(aside.sentence())
            log.warning("rows.set_aside", check=aside.check, rows=aside.n_rows)
            Increment(runner, aside.days).build()
        elif left_out := asides.registers_to_leave_out(runner.connection, check, self.inputs.measure_files, self.run_id):
            self.said += [
                f"{path} is left out, as it does not hold that {check.path.stem.replace('_', ' ')}" for path in left_out
            ]
            kept = [path for path in self.inputs.measure_files if path not in left_out]
            runner.connection.execute("set variable measures = ?::varchar[]", [kept])
            runner.make(next(query for query in runner.queries if query.name == "raw.measures"))
            Increment(runner, {}, changed=["raw.measures"]).build()
        else:
            return False
        return True
