/* Response of an outcome to friction of a pair, by month before and after.

   inputs  main.lead_lag_curves
   parameters  dyad, series_id
   columns
     horizon      integer  months after the indicator, 0..6; before it, -6..-1, as a placebo
     response_sd  double   response, standard deviations of a month's outcome for one of the indicator
     low          double   lower end of the 90 % band that holds for all months of the side together
     high         double   upper end
     p_joint      double   share of shifts whose largest |t| of the side is as high
   source  main.lead_lag_curves
*/
select
    horizon,
    response_sd,
    low,
    high,
    p_joint
from main.lead_lag_curves
where dyad = $dyad and series_id = $series_id
order by horizon
