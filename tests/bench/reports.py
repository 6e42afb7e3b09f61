"""Generates reports of a machine-coded dataset straight into a work database: any number, over the configured pairs and eleven years.

Skewed as GDELT is: some pairs, codes and articles come far more often than others, one article gives several rows, some acts are told from
both sides, and a few rows are written a week, a month, a year or ten years into the past. The same number gives the same rows.
"""

from datetime import date, timedelta

import duckdb

FIRST_DAY = date(2013, 4, 1)
LAST_DAY = date(2024, 3, 31)
RUN = "20130401T000000.000000Z"

ROWS = """
    with numbered as (
        select
            number,
            number // 3 as article,
            (hash(number * 7 + 1) % 1000000) / 1e6 as chance,
            (hash(number * 7 + 2) % 1000000) / 1e6 as code_chance,
            (hash(number * 7 + 3) % 1000000) / 1e6 as back_chance,
            (hash(number * 7 + 4) % 1000000) / 1e6 as mention_chance,
            (hash(number // 3 * 7 + 5) % 1000000) / 1e6 as pair_chance,
            hash(number // 3 * 7 + 6) as article_hash,
            timestamp '{first}' + interval (number * {seconds} // {rows}) second as arrival
        from range({start}, {start} + {rows}) as numbers(number)
    ),

    placed as (
        select
            *,
            time_bucket(interval 15 minutes, arrival) as added,
            1 + floor({n_pairs} * pair_chance * pair_chance)::integer as pair_place,
            1 + floor({n_codes} * code_chance * code_chance * code_chance)::integer as code_place,
            case when back_chance < 0.003 then 3652 when back_chance < 0.013 then 365 when back_chance < 0.025 then 30
                when back_chance < 0.04 then 7 when back_chance < 0.1 then 1 else 0 end as days_back
        from numbered
    )

    select
        md5(concat_ws('-', 'generated', placed.number)) as report_id,
        'gdelt' as dataset,
        strftime(placed.added, '%Y%m%d') || '.export.CSV.zip' as file_name,
        placed.number + 1 as row_number,
        (200000000 + placed.number)::varchar as source_event_id,
        placed.added::date - placed.days_back as event_day,
        placed.added as added_at,
        case when placed.chance < 0.6 then pairs.country_a else pairs.country_b end as source_country,
        case when placed.chance < 0.6 then pairs.country_b else pairs.country_a end as target_country,
        case when placed.chance * 7 % 1 < 0.3 then 'GOV' end as source_role,
        case when placed.chance * 11 % 1 < 0.2 then 'GOV' end as target_role,
        upper(case when placed.chance < 0.6 then pairs.name_a else pairs.name_b end) as source_name,
        upper(case when placed.chance < 0.6 then pairs.name_b else pairs.name_a end) as target_name,
        codes.code,
        'https://outlet' || placed.article_hash % 900 || '.com/' || strftime(placed.added, '%Y/%m/%d') || '/'
            || lower(replace(pairs.name_a || '-' || words.slugs[1 + (placed.article_hash // 1000 % 12)::integer] || '-' || pairs.name_b, ' ', '-'))
            || '-' || placed.article as url,
        'outlet' || placed.article_hash % 900 || '.com' as outlet,
        least(ceil(1.6 / pow(placed.mention_chance + 1e-6, 0.62)), 400)::bigint as n_mentions,
        least(ceil(1.6 / pow(placed.mention_chance + 1e-6, 0.62)), 400)::bigint as n_articles,
        placed.chance * 20 - 12 as tone
    from placed
    inner join pairs on placed.pair_place = pairs.place
    inner join codes on placed.code_place = codes.place
    cross join words
"""

SLUGS = ["tariff-talks-border", "president-visit", "trade-accord-steel", "aranceles-acero-frontera", "migrants-asylum-border"]
SLUGS += [
    "water-treaty-river",
    "oil-energy-pipeline",
    "police-cartel-drugs",
    "minister-meets",
    "court-extradition",
    "talks-summit",
]
SLUGS += ["gobierno-presidenta-reunion"]


def fill(connection: duckdb.DuckDBPyConnection, rows: int, seed: int = 0) -> None:
    """Put so many reports, their files and their universe (twenty rows read for one kept) into the loader's tables.

    The database has the tables of a first refresh; afterwards the tables made of reports are to be built anew.
    """
    connection.execute("""
        create or replace temp table pairs as
        select row_number() over (order by position, dyad) as place, country_a, country_b, a.name_en as name_a, b.name_en as name_b
        from staging.dyads
        inner join raw.countries as a on country_a = a.iso3
        inner join raw.countries as b on country_b = b.iso3
    """)
    connection.execute("""
        create or replace temp table codes as
        select row_number() over (order by hash(code)) as place, code, kind from staging.event_codes where length(code) = 3
    """)
    connection.execute("create or replace temp table words as select ?::varchar[] as slugs", [SLUGS])
    counts = [connection.execute(f"select count(*) from {table}").fetchone()[0] for table in ("pairs", "codes")]
    seconds = (LAST_DAY - FIRST_DAY + timedelta(days=1)).days * 86400
    generated = ROWS.format(
        first=FIRST_DAY, seconds=seconds, rows=rows, start=seed * 10**9, n_pairs=counts[0], n_codes=counts[1]
    ).replace("(number * ", f"((number - {seed * 10**9}) * ")
    names = [row[0] for row in connection.execute(f"describe ({generated})").fetchall()]
    connection.execute(f"insert into raw.reports ({', '.join(names)}) {generated}")
    connection.execute(
        """
        insert into raw.files
        select 'gdelt', file_name, 0, md5(file_name), 20 * count(*), 20 * count(*), 0, 0, null, max(added_at), ?, null, null
        from raw.reports where dataset = 'gdelt' group by file_name
        """,
        [RUN],
    )
    connection.execute("insert into raw.scopes select ?, dyad from staging.dyads", [RUN])
    connection.execute("""
        insert into raw.universe (dataset, file_name, md5, day, added_day, n_rows, n_articles)
        select 'gdelt', file_name, md5(file_name), event_day, added_at::date, 20 * count(*), 20 * sum(n_articles)
        from raw.reports where dataset = 'gdelt' group by file_name, event_day, added_at::date
    """)
