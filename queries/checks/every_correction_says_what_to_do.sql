/* A correction with an unknown action, code or domain would be passed over in silence. */
select
    corrections.event_id,
    corrections.action,
    corrections.value
from raw.corrections
left join staging.event_codes on corrections.value = event_codes.code
left join staging.domains on corrections.value = domains.domain
where
    corrections.event_id is null
    or not coalesce(
        case corrections.action
            when 'exclude' then true
            when 'recode' then event_codes.code is not null
            when 'domain' then domains.domain is not null
        end,
        false
    )
