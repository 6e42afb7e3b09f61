/* Days of machine-coded datasets of which something was read, with how much there was in all.

   A day counts as read when 95 % of its files were, of each stream by itself: GDELT 2.0 writes 96 files a day in English and 96 translated
   ones, and a day with half of each is no whole day. A daily file of GDELT 1.0 is a whole one; files of other sources hold whole days.

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
with streams as (
    select
        dataset,
        added_day as day,
        contains(lower(file_name), '.translation.') as is_translated,
        sum(n_rows) as n_rows,
        sum(n_articles) as n_articles,
        max(case when not starts_with(dataset, 'gdelt') or regexp_matches(file_name, '(^|/)\d{8}\.export') then 96 else 0 end) as n_whole_day,
        count(distinct regexp_extract(file_name, '(?:^|/)(\d{14})\.', 1)) filter (where regexp_matches(file_name, '(^|/)\d{14}\.')) as n_slots
    from raw.universe
    group by dataset, added_day, is_translated
)

select
    dataset,
    day,
    sum(n_rows)::bigint as n_reports,
    sum(n_articles)::bigint as n_articles,
    case when min(greatest(n_whole_day, n_slots)) >= 0.95 * 96 then 'read' else 'partly read' end as state
from streams
group by dataset, day
