/* Days of machine-coded datasets of which something was read, with how much there was in all.

   A day counts as read when 95 % of its files were: an export of GDELT 2.0 is one of 96, a daily file all; files of
   other sources hold whole days.

   grain   dataset, day
   inputs  raw.universe
   by      dataset, day
   columns
     dataset     varchar  where the reports come from
     day         date     day on which the source published them, UTC
     n_reports   bigint   rows read, whatever their countries
     n_articles  bigint   articles they count
     state       varchar  read, or partly read
   source  raw.universe
*/
with files as (
    select
        dataset,
        added_day as day,
        file_name,
        sum(n_rows) as n_rows,
        sum(n_articles) as n_articles,
        case
            when dataset <> 'gdelt' then 96e0
            when regexp_matches(file_name, '^\d{14}\.') then 1e0
            when regexp_matches(file_name, '^\d{8}\.export') then 96e0
            else 0e0
        end as slots
    from raw.universe
    group by dataset, added_day, file_name
)

select
    dataset,
    day,
    sum(n_rows)::bigint as n_reports,
    sum(n_articles)::bigint as n_articles,
    case when sum(slots) >= 0.95 * 96 then 'read' else 'partly read' end as state
from files
group by dataset, day
