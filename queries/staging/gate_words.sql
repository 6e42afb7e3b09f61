/* Words that the gate looks for: names of countries and their people, capitals, bodies, leaders, regions, governments in general; phrases that name no country; topics; acts.

   grain   kind, means, word, since
   inputs  raw.gate_names, raw.gate_topics, raw.gate_acts, raw.countries
   columns
     kind        varchar  name, demonym, capital, body, border, leader, region, others, phrase, topic or act
     means       varchar  the country, ISO 3166-1 alpha-3, the topic, or the kind of act; empty for others and phrases
     word        varchar  in lower case without accents, its parts joined by a hyphen
     first_part  varchar  its first part
     n_parts     integer  number of its parts
     since       date     leader: first day in office; 0001-01-01 for the others
     until       date     leader: day of leaving it; 9999-12-31 where that is open, and for the others
   source  seeds/gate_names.csv, seeds/gate_topics.csv, seeds/gate_acts.csv, seeds/countries.csv
*/
with spelled as (
    select
        'name' as kind,
        iso3 as means,
        unnest([name_en, name_es] || string_split(coalesce(names_other, ''), '|')) as spelling
    from raw.countries
    union all
    select
        'demonym' as kind,
        iso3 as means,
        unnest([demonym_en, case when demonym_en like '%an' then demonym_en || 's' end]) as spelling
    from raw.countries
),

words as (
    select
        kind,
        means,
        array_to_string(regexp_extract_all(lower(strip_accents(spelling)), '[a-z0-9]+'), '-') as word,
        null::date as since,
        null::date as until
    from spelled
    where spelling <> ''
    union all
    select
        kind,
        coalesce(country, '') as means,
        word,
        try_cast(since as date) as since,
        try_cast(until as date) as until
    from raw.gate_names
    union all
    select
        'topic' as kind,
        topic as means,
        word,
        null::date as since,
        null::date as until
    from raw.gate_topics
    union all
    select
        'act' as kind,
        kind as means,
        word,
        null::date as since,
        null::date as until
    from raw.gate_acts
)

select distinct
    kind,
    means,
    word,
    split_part(word, '-', 1) as first_part,
    len(string_split(word, '-'))::integer as n_parts,
    coalesce(since, date '0001-01-01') as since,
    coalesce(until, date '9999-12-31') as until
from words
