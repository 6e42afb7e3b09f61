/* Constants of the method in one row, so that a query can read them by name.

   grain   none
   inputs  raw.method
   columns
     z                   double   standard deviations of a 95 % interval
     kappa               double   weight of the pseudo-evidence, z squared: half cooperation, half friction
     happening_gap       integer  days within which pages of one subject follow each other in a happening
     happening_days      integer  days after its first page on which a happening ends at the latest
     story_cap           double   maximum weight of one story
     few_below           double   happenings, below: no index
     thin_below          double   happenings, below: no conclusion is drawn
     weight_below        double   decayed weight of all acts, below: no index
     kernel_below        double   share of the decay window that must have been read
     backdated_days      integer  days between act and publication from which a machine-coded report is not counted
     cooperation_window  double   days that cooperation and friction are given for
     change_stories      bigint   stories that a series needs before change points are looked for
     change_q            double   false discovery rate of the changes shown
     change_steps        bigint   steps that a searched series has at most
     linkage_cases       bigint   days with an event of one kind that linkage needs
     reciprocity_weeks   bigint   weeks with acts in both directions that reciprocity needs
     reciprocity_months  bigint   the same for months
     agreement_months    bigint   months that two datasets must share
     preliminary_days    integer  last read days of a machine-coded dataset that still grow
     compared_least      integer  other directions of an actor that an adjusted balance needs
     method_version      varchar  version of everything in queries/indicators
   source  seeds/method.csv
*/
select
    max(case when name = 'z' then value::double end) as z,
    max(case when name = 'z' then value::double * value::double end) as kappa,
    max(case when name = 'happening_gap' then value::integer end) as happening_gap,
    max(case when name = 'happening_days' then value::integer end) as happening_days,
    max(case when name = 'story_cap' then value::double end) as story_cap,
    max(case when name = 'few_below' then value::double end) as few_below,
    max(case when name = 'thin_below' then value::double end) as thin_below,
    max(case when name = 'weight_below' then value::double end) as weight_below,
    max(case when name = 'kernel_below' then value::double end) as kernel_below,
    max(case when name = 'backdated_days' then value::integer end) as backdated_days,
    max(case when name = 'cooperation_window' then value::double end) as cooperation_window,
    max(case when name = 'change_stories' then value::bigint end) as change_stories,
    max(case when name = 'change_q' then value::double end) as change_q,
    max(case when name = 'change_steps' then value::bigint end) as change_steps,
    max(case when name = 'linkage_cases' then value::bigint end) as linkage_cases,
    max(case when name = 'reciprocity_weeks' then value::bigint end) as reciprocity_weeks,
    max(case when name = 'reciprocity_months' then value::bigint end) as reciprocity_months,
    max(case when name = 'agreement_months' then value::bigint end) as agreement_months,
    max(case when name = 'preliminary_days' then value::integer end) as preliminary_days,
    max(case when name = 'compared_least' then value::integer end) as compared_least,
    max(case when name = 'method_version' then value end) as method_version
from raw.method
