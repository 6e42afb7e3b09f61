/* Forecasts of the ledger: how likely a yes was when the question was asked; nothing is ever changed or removed.

   grain   entry
   inputs  raw.forecasts
   built   view
   columns  those of raw.forecasts
   source  raw.forecasts
*/
select *
from raw.forecasts
