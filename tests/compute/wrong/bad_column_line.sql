/* A column without meaning.

   grain   day
   inputs
   columns
     day date
*/
select 1 as day
