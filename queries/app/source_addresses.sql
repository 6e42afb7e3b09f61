/* Addresses that curated rows rest on, each once.

   inputs  main.datasets, main.reports
   columns
     url         varchar  address of the page
     n_acts      bigint   rows that name it
     first_act   varchar  one of them
   source  main.reports
*/
select
    reports.url,
    count(*) as n_acts,
    min(reports.event_id) as first_act
from main.reports
inner join main.datasets on reports.dataset = datasets.dataset
where datasets.is_curated and reports.url is not null
group by reports.url
order by reports.url
