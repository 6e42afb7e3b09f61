/* How often the coding was right, newest draw first.

   inputs  main.audits
   columns  those of main.audits
   source  main.audits
*/
select *
from main.audits
order by drawn_on desc, audit asc, array_position(['overall', 'actors', 'kind', 'domain'], question)
