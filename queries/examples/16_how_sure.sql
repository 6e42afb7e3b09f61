/* How often is there enough evidence?

   reading  Days by state. Draw no conclusion from too few, partial and thin.
*/
select
    dyad,
    count(*) filter (where state = 'ok') as ok,
    count(*) filter (where state = 'thin') as thin,
    count(*) filter (where state not in ('ok', 'thin')) as no_value,
    round(100 * ok / count(*)) as ok_percent
from indicator_day
where dataset = 'chronology' and dyad in (select dyads.dyad from dyads)
group by dyad
order by ok_percent desc, dyad asc
