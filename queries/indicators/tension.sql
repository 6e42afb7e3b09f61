/* Distance of the share of friction from the pair's normal level in the twelve windows before.

   A window is as long as the half-life, 28 days at least; windows do not overlap, so each is a value of its own. The share of friction in
   the score points of a window does not grow with the number of acts that are listed: a list that becomes denser moves it nowhere.

   title   Tension
   unit    standard deviations from the pair's own normal level
   better  lower
   why     Pairs with much friction and pairs with little can be compared only with their own normal levels.
   caveat  Values up to 2.5 are within chance: if nothing changes, at most 5 % of days lie above. A long crisis becomes the new normal level.
   grain   series_no, day
   inputs  indicators.friction, core.dyad_day
   built   passing
   columns
     series_no        bigint   which of indicators.requested
     day              date     the day
     tension          double   deviations; NULL when not read, without acts in the window, and with too few windows to compare with
     tension_windows  double   independent windows that it is compared with, Kish's number by their happenings; 4 at least
     tension_state    varchar  not read, too few (where it is NULL), else the state of the day; thin at best where that has too few
   source  (x - m) / √(s² (1 + 1 / k)), x the share of friction, m that of the twelve windows together, at least 8; s² their variance, floor and addition what the number of happenings gives, those of each day by themselves
*/
with phased as (
    select
        friction.series_no,
        friction.day,
        friction.day_no,
        friction.is_read,
        friction.state,
        friction.kappa,
        greatest(28, friction.half_life_days) as length,
        friction.day_no % greatest(28, friction.half_life_days) as phase,
        coalesce(sum(dyad_day.friction) over past, 0e0) as past_friction,
        coalesce(sum(dyad_day.cooperation) over past, 0e0) as past_cooperation,
        coalesce(sum(dyad_day.n) over past, 0e0) as past_n,
        coalesce(sum(dyad_day.n_n) over past, 0e0) as past_n_n
    from indicators.friction
    left join
        core.dyad_day
        on
            friction.dataset = dyad_day.dataset
            and friction.dyad = dyad_day.dyad
            and friction.domain = dyad_day.domain
            and friction.day = dyad_day.day
            and dyad_day.lag = 0
    window past as (partition by friction.series_no order by friction.day_no rows unbounded preceding)
),

windows as (
    select
        *,
        past_friction - coalesce(lag(past_friction) over phases, 0e0) as friction,
        past_friction + past_cooperation - coalesce(lag(past_friction + past_cooperation) over phases, 0e0) as points,
        past_n - coalesce(lag(past_n) over phases, 0e0) as n,
        past_n_n - coalesce(lag(past_n_n) over phases, 0e0) as n_n
    from phased
    window phases as (partition by series_no, phase order by day_no)
),

shares as (
    select
        *,
        case when is_told then least(greatest(friction / points, 0e0), 1e0) end as share,
        case when is_told then n * n / n_n end as stories
    from (
        select
            *,
            day_no >= length - 1 and points > 1e-6 and n_n > 1e-6 as is_told
        from windows
    ) as whole
),

compared as (
    select
        *,
        count(stories) over twelve as n_told,
        coalesce(sum(stories) over twelve, 0e0) as all_stories,
        coalesce(sum(stories * stories) over twelve, 0e0) as squares,
        coalesce(sum(stories * share) over twelve, 0e0) as weighted,
        coalesce(sum(stories * share * share) over twelve, 0e0) as weighted_squares
    from shares
    window twelve as (partition by series_no, phase order by day_no rows between 12 preceding and 1 preceding)
),

normals as (
    select
        *,
        weighted / nullif(all_stories, 0e0) as normal,
        all_stories * all_stories / nullif(squares, 0e0) as n_windows,
        all_stories / nullif(n_told, 0) as stories_a_window,
        (weighted + kappa / 2e0) / (all_stories + kappa) as leaning
    from compared
),

spreads as (
    select
        *,
        leaning * (1e0 - leaning) as of_one_story,
        (weighted_squares - normal * weighted) / nullif(all_stories, 0e0) * n_windows / nullif(n_windows - 1e0, 0e0) as variance,
        day_no >= 9 * length - 1 and n_windows >= 4e0 and share is not null as is_enough
    from normals
),

deviations as (
    select
        *,
        case
            when is_read and is_enough
                then (share - normal) / sqrt(
                    (
                        greatest(variance, of_one_story / stories_a_window)
                        + greatest(of_one_story / stories - of_one_story / stories_a_window, 0e0)
                    )
                    * (1e0 + 1e0 / n_windows)
                )
        end as tension
    from spreads
)

select
    series_no,
    day,
    tension,
    case when tension is not null then n_windows end as tension_windows,
    case
        when not is_read then 'not read'
        when tension is null then 'too few'
        when state = 'too few' then 'thin'
        else state
    end as tension_state
from deviations
