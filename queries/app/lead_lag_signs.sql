/* In how many other settings the response of an outcome to friction has the sign that it has in the primary test.

   inputs  main.lead_lag
   parameters  dyad, series_id
   columns
     n_settings  bigint  exploratory tests of the pair and the outcome that have a response: other subjects, other half-lives
     n_same      bigint  those of the same sign
   source  main.lead_lag
*/
select
    count(*) as n_settings,
    count(*) filter (where sign(others.effect_sd) = sign(first_test.effect_sd)) as n_same
from main.lead_lag as others
inner join
    main.lead_lag as first_test
    on
        others.dyad = first_test.dyad
        and others.series_id = first_test.series_id
        and others.question = first_test.question
where
    others.dyad = $dyad
    and others.series_id = $series_id
    and others.question = 'leads'
    and others.family = 'exploratory'
    and first_test.family = 'primary'
    and others.effect_sd is not null
    and first_test.effect_sd is not null
