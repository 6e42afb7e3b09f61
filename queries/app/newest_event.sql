/* The newest event of what a page shows, and where the record of it ends. An act that is only planned is not the newest one.

   inputs  main.events, main.indicator_day
   parameters  dataset, dyads (a list of pairs), domain
   columns
     newest_event  date  day of it; NULL where there is none
     record_end    date  last day that was read of any of these pairs; NULL where none was
   source  main.events
*/
select
    (
        select max(event_day)
        from main.events
        where
            dataset = $dataset
            and dyad = any($dyads)
            and ($domain = 'all' or domain = $domain)
            and event_day <= (now() at time zone 'UTC')::date
            and not is_backdated
            and is_excluded is not true
    ) as newest_event,
    (
        select max(day)
        from main.indicator_day
        where dataset = $dataset and dyad = any($dyads) and domain = 'all' and is_covered
    ) as record_end
