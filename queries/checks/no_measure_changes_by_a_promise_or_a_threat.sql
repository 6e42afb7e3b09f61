/* A tariff, ban, sanction, limit, deployment or aid changes when it takes effect, not when somebody promises or threatens it. */
with followed as (
    select
        *,
        coalesce(lag(is_in_force) over (partition by measure_id order by step), 'no') as before
    from staging.measures
)

select
    followed.measure_id,
    followed.state,
    followed.state_day,
    followed.event_id,
    acts.code
from followed
inner join staging.reports as acts on followed.event_id = acts.source_event_id and acts.dataset = 'chronology'
where
    (followed.is_in_force <> followed.before or followed.state in ('in_force', 'raised', 'reduced'))
    and followed.instrument in (
        'tariff', 'quota', 'import-ban', 'export-control', 'sanction-designation', 'visa-restriction', 'troop-deployment', 'aid-suspension',
        'anti-dumping'
    )
    and acts.code[1:2] in ('03', '13')
