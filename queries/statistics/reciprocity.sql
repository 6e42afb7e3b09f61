/* Does one country respond to what the other did to it? For each pair, by weeks and by months, in both directions, or the reason why no estimate is
   possible.

   grain   dataset, dyad, period, responder
   inputs  statistics.period_counts, statistics.answers
   columns
     dataset         varchar  where the acts come from
     dyad            varchar  the pair
     period          varchar  week or month
     responder       varchar  the directed series that answers, as MEX>USA
     answered        varchar  the directed series that it answers, as USA>MEX
     state           varchar  ok, too few weeks, or too few months
     first_day       date     first day of the first period
     n_periods       bigint   whole periods read without a gap
     n_both          bigint   periods with acts in both directions
     chosen_lags     bigint   periods back that BIC chooses, at most 4; 0 where the past says nothing
     lags            bigint   periods back that were fitted, 1 at least
     response        double   sum of the coefficients of the other's past: score points for each score point
     response_low    double   lower end of its 95 % interval
     response_high   double   upper end
     response_error  double   its standard error
     response_p      double   chance of such coefficients without any response (Wald)
     inertia         double   sum of the coefficients of the own past
     inertia_error   double   its standard error
     is_stable       boolean  shocks die out; if not, the numbers mean little
   source  statistics.answers; METHOD 7
*/
with sides as (
    select
        *,
        unnest(['there', 'back']) as side,
        unnest([replace(dyad, '-', '>'), substr(dyad, 5, 3) || '>' || substr(dyad, 1, 3)]) as responder,
        unnest([substr(dyad, 5, 3) || '>' || substr(dyad, 1, 3), replace(dyad, '-', '>')]) as answered
    from statistics.period_counts
)

select
    sides.dataset,
    sides.dyad,
    sides.period,
    sides.responder,
    sides.answered,
    case when sides.is_long then 'ok' when sides.period = 'week' then 'too few weeks' else 'too few months' end as state,
    sides.first_day,
    sides.n_periods,
    sides.n_both,
    answers.chosen_lags,
    answers.lags,
    answers.response,
    answers.response - 1.96e0 * answers.response_error as response_low,
    answers.response + 1.96e0 * answers.response_error as response_high,
    answers.response_error,
    answers.response_p,
    answers.inertia,
    answers.inertia_error,
    answers.is_stable
from sides
left join
    statistics.answers
    on
        sides.dataset = answers.dataset
        and sides.dyad = answers.dyad
        and sides.period = answers.period
        and sides.side = answers.responder
order by sides.dataset, sides.dyad, sides.period, sides.responder
