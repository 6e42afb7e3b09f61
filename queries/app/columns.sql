/* What each column of the public tables holds: the words of the headers, one row a name, those of main.indicator_day first.

   columns
     name     varchar  column
     meaning  varchar  what it holds, with its unit
   source  comments of the snapshot
*/
select
    column_name as name,
    arg_min(comment, (table_name <> 'indicator_day', table_name)) as meaning
from duckdb_columns()
where schema_name = 'main' and comment is not null
group by column_name
order by name
