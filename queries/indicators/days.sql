/* Every day of the requested series: read or a gap. The constants of the method travel with it.

   Here the rows of the indicators begin. A file that needs nothing but the row adds its columns to it: evidence, balance, words and so on,
   each to the rows of the one before. Files that look at other days or series stand by themselves; `series` puts all together.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.requested, staging.datasets, staging.dyad_keys, staging.method, core.calendar
   built   passing
   columns  those of indicators.requested, and
     score_table         varchar  table of the dataset's scores
     pair                varchar  the pair it belongs to
     source_country      varchar  actor; NULL for the pair
     target_country      varchar  on whom; NULL for the pair
     is_standard         boolean  others of the same actor are compared with it
     day                 date     the day
     day_no              bigint   0 on the pair's first day
     is_covered          boolean  the day was read
     is_read             boolean  the same, or it lies after the record of a curated pair, where values go on: they fade, and their state falls
     is_after_break      boolean  it lies after a break in the density of a curated list
     is_preliminary      boolean  one of the last two read days of a machine-coded dataset
     n_articles_read     bigint   articles that the dataset read that day, whatever the countries; NULL where an extract does not tell
     z                   double   standard deviations of a 95 % interval
     kappa               double   weight of the pseudo-evidence
     few_below           double   happenings, below: no index
     thin_below          double   happenings, below: no conclusion is drawn
     weight_below        double   decayed weight of all acts, below: no index
     kernel_below        double   share of the decay window that must have been read
     cooperation_window  double   days that cooperation and friction are given for
     compared_least      integer  other directions of an actor that an adjusted balance needs
     method_version      varchar  version of the formulas
     block               bigint   which 400 half-lives the day falls in, see decayed
     growth              double   2^(days since the start of the block / half-life)
   source  core.calendar
*/
select
    requested.*,
    datasets.score_table,
    dyad_keys.pair,
    dyad_keys.source_country,
    dyad_keys.target_country,
    dyad_keys.is_standard,
    calendar.day,
    calendar.day_no,
    calendar.is_read as is_covered,
    calendar.is_read or coalesce(calendar.is_after_record, false) as is_read,
    calendar.is_after_break,
    calendar.is_preliminary,
    calendar.n_articles_read,
    method.z,
    method.kappa,
    method.few_below,
    method.thin_below,
    method.weight_below,
    method.kernel_below,
    method.cooperation_window,
    method.compared_least,
    method.method_version,
    calendar.day_no // (400 * requested.half_life_days) as block,
    pow(2e0, (calendar.day_no % (400 * requested.half_life_days)) / requested.half_life_days::double) as growth
from indicators.requested
inner join staging.dyad_keys on requested.dyad = dyad_keys.dyad
inner join staging.datasets on requested.dataset = datasets.dataset
inner join core.calendar on requested.dataset = calendar.dataset and dyad_keys.pair = calendar.dyad
cross join staging.method
