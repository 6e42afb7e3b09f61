-- What readers might try, one statement a line, by kind; each heading says what the refusal holds. {away} is a folder, {snapshot} the file that is asked,
-- {port} a port where somebody listens. tests/ask/test_attacks.py runs them, and says what must be as it was before.

-- reading files, the environment, secrets, the program: is not available to readers|file system operations are disabled|does not exist|not in the catalog|not PRAGMA|Parser Error|markup
select * from read_csv('/etc/passwd')
select * from read_csv_auto('/etc/passwd')
select * from read_text('/etc/passwd')
select * from read_text(['/etc/passwd', '/etc/hostname'])
select * from read_blob('/proc/self/environ')
select * from read_blob('/proc/self/mem')
select * from read_json('/etc/hosts')
select * from read_json_auto('/etc/hosts')
select * from read_ndjson_objects('/etc/hosts')
select * from read_parquet('/tmp/*.parquet')
select * from parquet_scan('/tmp/x.parquet')
select * from parquet_metadata('/tmp/x.parquet')
select * from parquet_schema('/tmp/x.parquet')
select * from parquet_kv_metadata('/tmp/x.parquet')
select * from parquet_file_metadata('/tmp/x.parquet')
select * from parquet_bloom_probe('/tmp/x.parquet', 'a', 1)
select * from sniff_csv('/etc/passwd')
select * from glob('/home/*')
select * from glob('{away}/*')
select * from read_duckdb('/tmp/other.duckdb')
select * from SYSTEM.main.read_text('/etc/passwd')
select * from "read_text"('/etc/passwd')
select * from READ_TEXT('/etc/passwd')
select (select content from read_text('/etc/passwd'))
select 1 where exists (from read_text('/etc/passwd'))
select * from events, lateral (from read_text('/etc/passwd'))
with stolen as materialized (from read_text('/etc/passwd')) from stolen
with recursive t as (select 1 as n union all select n + 1 from t, read_text('/etc/passwd') where n < 3) from t
select list_transform([1], lambda x: (select content from read_text('/etc/passwd')))
select count(*) from events union all select count(*) from read_text('/etc/passwd')
pivot (from read_text('/etc/passwd')) on filename using count(*)
from (pivot (from glob('/etc/*')) on file using count(*))
pivot (from read_text/* quiet */('/etc/passwd')) on filename using count(*)
explain analyze pivot (from main . "READ_TEXT" ('/etc/passwd')) on filename using count(*)
describe from read_csv('/etc/passwd')
summarize from read_csv('/etc/passwd')
explain select * from read_csv('/etc/passwd')
explain analyze select * from read_text('/etc/passwd')
explain (analyze, format json) select * from read_text('/etc/passwd')
from '/etc/passwd'
from '{away}'
from 'secrets.parquet'
from 'secrets.csv'
from 'secrets.json'
from "/etc/hosts.csv"
from 'relations.duckdb'
from 'file:///etc/passwd.csv'
from '/proc/self/fd/3.csv'
describe '/etc/passwd.csv'
describe table 'secrets.parquet'
summarize 'secrets.parquet'
from query('from read_text(''/etc/passwd'')')
from query('select 1')
from query_table('/etc/passwd')
from query_table(['events', '/etc/passwd.csv'])
from json_execute_serialized_sql(json_serialize_sql('from read_text(''/etc/passwd'')'))
select json_serialize_plan('from read_text(''/etc/passwd'')')
select "JSON_SERIALIZE_PLAN"('copy (select 1) to ''{away}/out.csv''', optimize := true)
pivot (select json_serialize_plan('from glob(''/*'')') as plan) on plan using count(*)
pragma json_execute_serialized_sql('{}')
select getenv('PATH')
select getenv('HOME') as home
from duckdb_secrets()
from which_secret('s3://a', 's3')
from duckdb_extensions()
from duckdb_logs()
from duckdb_log_contexts()
from duckdb_temporary_files()
from duckdb_external_file_cache()
from duckdb_external_resources()
from duckdb_variables()
from duckdb_prepared_statements()
from pragma_user_agent()
from pragma_metadata_info()
from arrow_scan(1, 2, 3)
from pandas_scan(1)
from python_map_function()
from seq_scan('events')
select current_setting('s3_secret_access_key')
select * from os
select * from connection
select * from order
select error('markup <script>alert(1)</script>')

-- writing, also through EXPLAIN, WITH and PIVOT: only one SELECT|only SELECT|not a valid SELECT|must not contain|is not available to readers|Parser Error
explain analyze copy (select unhex('00')) to (current_setting('temp_directory')[:-5] || '.wal') (format blob)
explain analyze copy (select 1) to '{snapshot}.wal' (format blob)
explain analyze copy (select 1) to '{away}/out.csv'
explain copy (select 1) to '{away}/out.csv'
explain (analyze) copy (select 1) to '{away}/out.csv'
explain (analyze, format json) copy events to '{away}/out.parquet'
EXPLAIN /* quiet */ ANALYZE COPY events TO '{away}/out.csv'
explain analyze insert into core.events from core.events
explain analyze update events set score = 0
explain analyze delete from events
explain analyze create table evil as select 1
explain create table evil (a integer)
explain analyze merge into events using events as other on false when matched then delete
explain execute evil
explain call pragma_version()
explain vacuum
explain checkpoint
explain explain select 1
explain set threads = 64
explain drop table events
explain load httpfs
explain export database '{away}'
explain analyze copy (pivot events on kind using count(*)) to '{away}/out.csv'
explain analyze with gone as (delete from events returning *) from gone
copy (pivot events on kind using count(*)) to '{away}/out.csv'
create table evil as pivot events on kind using count(*)
create table evil as (from (pivot events on kind using count(*)))
insert into events (pivot events on kind using count(*))
with p as (pivot events on kind using count(*)) insert into events from p
pivot (with gone as (delete from events returning *) from gone) on kind using count(*)
with gone as (delete from events returning *) from gone
with more as (insert into events from events returning *) from more
with changed as (update events set score = 0 returning *) select count(*) from changed
with m as (merge into events using events as o on false when matched then delete returning *) from m
select (with gone as (delete from events returning *) select count(*) from gone)
select 1 union all (with gone as (delete from events returning 1) from gone)
copy events to '{away}/out.csv'
copy (select 1) to '{away}/out.parquet' (format parquet)
copy (select 1) to '/dev/stdout'
copy (select 1) to '{snapshot}.tmp/x' (format csv)
copy events to '{away}' (format csv, partition_by (kind))
copy events from '/etc/passwd'
copy from database memory to relations
export database '{away}/out'
import database '{away}/out'
call copy_database('a', 'b')
pragma copy_database('a', 'b')
pragma import_database('{away}')
insert into events from events
update events set score = 0
delete from events
truncate events
merge into events using events as other on false when matched then delete
drop table events
drop schema main cascade
alter table events add column evil integer
comment on table events is 'evil'
create table evil as select 1
create temp table evil as select 1
create or replace view events as select 1
create schema evil
create sequence evil
create type evil as enum ('a')
create secret evil (type s3)
create persistent secret evil (type s3)
create macro evil() as 1
create or replace temp macro series(a, b, c, d) as table select 1
create index evil on events (score)
create trigger evil after insert on events for each row execute function f()
vacuum
vacuum analyze
analyze
checkpoint
force checkpoint
call force_checkpoint()
from force_checkpoint()
from checkpoint()
begin transaction
commit
rollback
prepare evil as select 1
prepare evil as copy (select 1) to '{away}/out.csv'
execute evil
deallocate evil
select nextval('evil')
select write_log('evil')
from truncate_duckdb_logs()
from enable_profiling('json', '{away}/profile.json')

-- connecting, attaching, installing: only one SELECT|only SELECT|not a valid SELECT|file system operations are disabled|does not exist|not in the catalog
select * from 'https://127.0.0.1:{port}/rows.csv'
select * from 'http://127.0.0.1:{port}/rows.parquet'
select * from read_csv('https://127.0.0.1:{port}/rows.csv')
select * from read_text('http://127.0.0.1:{port}/')
select * from read_parquet('s3://bucket/rows.parquet')
select * from 's3://bucket/rows.parquet'
select * from 'gcs://bucket/rows.parquet'
select * from 'hf://datasets/a/b.parquet'
select * from read_parquet('azure://a/b.parquet')
select * from glob('http://127.0.0.1:{port}/*')
from http_get('http://127.0.0.1:{port}/')
select http_get('http://127.0.0.1:{port}/')
attach 'http://127.0.0.1:{port}/x.duckdb'
attach 'postgres:host=127.0.0.1 port={port}' as other
attach '{away}/other.duckdb'
attach ':memory:' as other
attach if not exists '{snapshot}' as again (read_only)
detach other
use other
connect 'quack:localhost'
install httpfs
install httpfs from 'http://127.0.0.1:{port}'
force install spatial from 'http://127.0.0.1:{port}'
load '{away}/evil.duckdb_extension'
load httpfs
update extensions
copy (select 1) to 'http://127.0.0.1:{port}/x.csv'
from postgres_scan('host=127.0.0.1 port={port}', 'public', 'a')
from mysql_query('a', 'b')
from sqlite_scan('{away}/x.db', 'a')
from iceberg_scan('{away}')
from delta_scan('{away}')
from register_external_resource('a')
from create_external_resource('a')
from add_grammar_extension('a')

-- settings: only one SELECT|only SELECT|not a valid SELECT|the configuration has been locked
set memory_limit = '100GB'
set enable_external_access = true
set lock_configuration = false
set global threads = 64
set temp_directory = '{away}'
set secret_directory = '{away}'
set variable seeds = '/etc'
reset memory_limit
reset lock_configuration
pragma database_list
pragma memory_limit = '100GB'
pragma enable_profiling
pragma profile_output = '{away}/profile'
pragma enable_checkpoint_on_shutdown
call pragma_version()
call enable_logging(storage = 'file', storage_config = {'path': '{away}/log'})
from enable_logging(storage = 'file', storage_config = {'path': '{away}/log'})
from disable_logging()
from enable_profiling()
select setseed(0.5)

-- several statements, none, half of one: the query is empty|only one SELECT|only SELECT|not a valid SELECT|Parser Error|needs a value|Mixing named
select 1; drop table events
select 1; select 2
; ; drop table events ; ;
select 1; explain analyze copy (select 1) to '{away}/out.csv'
/* harmless */ drop table events -- select 1
/* explain */ copy (select 1) to '{away}/out.csv' -- select
select 1 /* ; */ ; pragma database_list
select 1 into outfile '{away}/out'
-- only a comment
;
ｓｅｌｅｃｔ 1
select $name
select ?
select $a, ?
explain
explain analyze
explain (format json)
explain (select 1
select
selec 1

-- too much of time, memory, rows, columns, words: was stopped|needs more than|is larger|are allowed|is not available to readers|Error|Out of
select count(*) from range(1000000000) a, range(1000000000) b
select count(*) from events a, events b, events c, events d where a.summary || b.summary = c.summary || d.summary
with recursive t as (select 1 as n union all select n + 1 from t) select count(*) from t
with recursive t as (select [1] as l union all select list_concat(l, l) from t) select max(len(l)) from t
with recursive t as (select 'x' as s union all select s || s from t) select max(length(s)) from t
select max(md5(range::varchar)) from range(1000000000000)
select sum(x) from (select unnest(range(1000000000)) as x)
select count(*) from generate_series(timestamp '0001-01-01', timestamp '9999-12-31', interval 1 microsecond)
select range from range(10000000000) order by hash(range)
select count(distinct hash(a.range, b.range)) from range(100000) a, range(100000) b
select list(range) from range(10000000000)
select histogram(range) from range(10000000000)
select approx_top_k(range, 999999) from range(1000000000)
select string_agg(repeat('x', 1000), '') from range(10000000000)
select array_agg(summary order by summary) from events, range(1000000)
select json_group_array(repeat('x', 1000)) from range(1000000000)
select mode(range), median(range), quantile_cont(range, 0.5) from range(1000000000)
select row_number() over (order by hash(range)), sum(range) over () from range(1000000000)
select repeat('x', 2000000000)
select length(repeat('x', 2000000000))
select length(repeat(repeat('x', 100000), 20000))
select lpad('x', 2000000000, 'y')
select bar(1, 0, 1, 2000000000)
select len(range(1000000000))
select list_reduce(range(100000000), lambda a, b: a + b)
select list_transform(range(100000000), lambda x: repeat('x', 100))
select len(list_concat(range(100000000), range(100000000)))
select printf('%1000000000d', 1)
select format('{:1000000000d}', 1)
select repeat('x', 100000) from range(1000)
select repeat(chr(128512), 10000000) from range(10)
select map_from_entries(list_transform(range(100000000), lambda x: (x, x)))
select count(*) from range(1000000) t(n) where regexp_matches(repeat('a', 100000) || n, '(a|aa)+$')
select regexp_replace(repeat('a', 100000000), '(a)(a)(a)', '\1\2\3\1\2\3', 'g')
select count(*) from range(1000000) t(n) where repeat('a', 100000) || n like '%a%a%a%a%a%b%'
select sum(levenshtein(repeat('a', 9000) || a.range, repeat('b', 9000) || b.range)) from range(9999) a, range(9999) b
select sum(damerau_levenshtein(repeat('a', 9000) || a.range, repeat('b', 9000) || b.range)) from range(9999) a, range(9999) b
select jaccard(repeat('a', 1000000000), repeat('b', 1000000000))
pivot (select range as a, range % 100000 as b from range(10000000)) on b using count(*)
pivot (select range as b from range(3000)) on b using count(*)
select columns(*), columns(*), columns(*) from (pivot (select range as b from range(900)) on b using count(*))
select unnest(from_json('[' || repeat('1,', 100000000) || '1]', '["INTEGER"]'))
select json_extract(repeat('[', 100000000), '$')
select sleep_ms(100000)
select pg_sleep(100)
select error(repeat('x', 10000000))
select error(repeat(chr(27) || '[2J', 1000000))
select cast(repeat('x', 5000000) as integer)
select 1 from range(10) where repeat('x', 1000000)::date is null
select nullif(1, 1) from events order by all limit 1 offset -1
select 9999999999999999999999999999999999999999::hugeint
select (2.0::double ^ 100000)::bigint
select factorial(1000000)
