/* Which sites does the record of a pair rest on?

   reading  Source rows by site. If few sites give most rows, the record of the pair shows their view.
*/
select
    regexp_extract(reports.url, '//(?:www\.)?([^/]+)', 1) as site,
    count(*) as n_reports,
    min(reports.event_day) as first_day,
    max(reports.event_day) as last_day
from reports
inner join events on reports.event_id = events.event_id
where events.dyad = $pair
group by site
order by n_reports desc, site asc
