/* Requests of the intake with their outcomes: a source that was down, refused or changed its form is known as that, never taken for silence.

   grain   fetch_id
   inputs  raw.fetches
   built   view
   columns  those of raw.fetches
   source  raw.fetches
*/
select *
from raw.fetches
