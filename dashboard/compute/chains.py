"""Builds the files whose rows of a dataset are made of its inputs' rows of that dataset: the indicators, which are series of their own.

The first file of the chain says `each  dataset` in its header; all of its layer that are made of it belong to the chain. What is only
passing on the way there stands in temporary tables, so that nothing of it is written to the work database.
"""

from bilateral import sql_literals
from bilateral.compute.queries import Query, reading
from bilateral.compute.runner import Runner


def of_datasets(queries: list[Query]) -> list[Query]:
    """The files of the chain in their order."""
    found: dict[str, Query] = {}
    for query in queries:
        is_made_of_it = any(found[name].layer == query.layer for name in query.inputs if name in found)
        if query.is_by_dataset or is_made_of_it:
            found[query.name] = query
    return list(found.values())


def build(runner: Runner, chain: list[Query], datasets: set[str] | None = None) -> None:
    """Put the series of these datasets, or of all, in the place of those that were; views stand in the place of what passes."""
    of_these = "true" if datasets is None else f"dataset in ({', '.join(map(sql_literals.text, sorted(datasets)))})"
    beside: dict[str, str] = {}
    for query in chain:
        sql = reading(query, beside)
        if query.is_by_dataset:
            sql = f"select * from ({sql}) as rows where {of_these}"
        if query.built != "table":
            beside[query.name] = runner.make_beside(query, sql)
        elif datasets is None:
            runner.make(query, sql)
        else:
            runner.connection.execute(f"delete from {query.name} where {of_these}")
            runner.run(query.name, f"insert into {query.name} {sql}", query.path)
            runner.hold_to_header(query)
    for query in chain:
        if query.name in beside:
            runner.make_view(query)
    for query in reversed(chain):
        if query.name in beside:
            runner.connection.execute(f"drop {'view' if query.built == 'view' else 'table'} {beside[query.name]}")
