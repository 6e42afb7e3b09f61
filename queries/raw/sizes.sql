/* How much each dataset held after each build, to compare the next one with.

   grain   run_id, dataset
   inputs
   kept    the loader appends
   columns
     run_id                 varchar  the run that built
     dataset                varchar  where the rows come from
     n_reports              bigint   reports
     n_events               bigint   events
     first_day              date     day of the oldest event; NULL without one
     last_day               date     day of the newest
     share_without_address  double   share of reports without an address, 0 .. 1
     share_without_domain   double   share of events whose subject is `other`, 0 .. 1
   source  main.sizes
*/
select
    null::varchar as run_id,
    null::varchar as dataset,
    null::bigint as n_reports,
    null::bigint as n_events,
    null::date as first_day,
    null::date as last_day,
    null::double as share_without_address,
    null::double as share_without_domain
where false
