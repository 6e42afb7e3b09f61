/* Reads to its right.

   grain   day
   inputs  main.answer
   columns
     day  integer  a day
*/
select n as day from main.answer
