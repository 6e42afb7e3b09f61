/* Tables, views and table macros that a reader may ask, with what their columns mean.

   columns
     name      varchar  table or macro
     is_macro  boolean  it is asked with arguments, as series(…)
     comment   varchar  what one row is
     columns   varchar[]  names of columns, or of the macro's arguments
     types     varchar[]  their types
     meanings  varchar[]  what they mean
   source  DuckDB's own catalogue, whose comments are the headers of queries/
*/
with relations as (
    select
        table_name,
        comment
    from duckdb_tables()
    where schema_name = 'main' and not internal
    union all
    select
        view_name as table_name,
        comment
    from duckdb_views()
    where schema_name = 'main' and not internal
)

select
    relations.table_name as name,
    false as is_macro,
    relations.comment,
    list(columns.column_name order by columns.column_index) as columns,
    list(lower(columns.data_type) order by columns.column_index) as types,
    list(coalesce(columns.comment, '') order by columns.column_index) as meanings
from relations
inner join duckdb_columns() as columns on relations.table_name = columns.table_name and columns.schema_name = 'main'
group by relations.table_name, relations.comment
union all
select
    function_name as name,
    true as is_macro,
    comment,
    parameters as columns,
    list_transform(parameters, lambda part: '') as types,
    list_transform(parameters, lambda part: '') as meanings
from duckdb_functions()
where schema_name = 'main' and function_type = 'table_macro' and not internal
order by is_macro, name
