/* Answers of the ledger of forecasts; a later correction adds a row, and nothing is ever changed or removed.

   grain   entry
   inputs  raw.resolutions
   built   view
   columns  those of raw.resolutions
   source  raw.resolutions
*/
select *
from raw.resolutions
