/* Constants of the method in one row, so that a query can read them by name.

   grain   none
   inputs  staging.method
   built   view
   columns
     z                   double   standard deviations of a 95 % band
     kappa               double   weight of the pseudo-evidence, z squared: half cooperation, half friction
     evidence_factor     double   from effective to counted stories
     story_cap           double   most that one story can weigh
     few_below           double   stories, below: no index
     thin_below          double   stories, below: nothing is claimed
     kernel_below        double   share of the decay window that must have been read
     backdated_days      integer  days between act and publication from which a machine-coded report is not counted
     cooperation_window  double   days that cooperation and friction are given for
     preliminary_days    integer  last read days of a machine-coded dataset that still grow
     compared_least      integer  other directions of an actor that an adjusted balance needs
     method_version      varchar  version of everything in queries/indicators
   source  staging.method
*/
select
    z,
    kappa,
    evidence_factor,
    story_cap,
    few_below,
    thin_below,
    kernel_below,
    backdated_days,
    cooperation_window,
    preliminary_days,
    compared_least,
    method_version
from staging.method
