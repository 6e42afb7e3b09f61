/* The subject of reports whose source gives none: the first rule whose conditions all hold, and its name.

   A rule asks for a beginning of the code, a role on either side, a word of the address or title, a context; what it leaves open
   holds for every report. Words are those of the path, without accents, and pairs of neighbours joined by a hyphen.

   grain   report_id
   inputs  raw.reports, raw.domain_rules, staging.domain_names
   by      dataset, day
   columns
     report_id    varchar  hash of the row's content
     dataset      varchar  where it comes from
     day          date     day of the act as coded
     domain       varchar  subject that the rule gives
     domain_rule  varchar  name of the rule
   source  seeds/domain_rules.csv
*/
with rules as (
    select
        position::integer as position,
        rule,
        domain,
        coalesce(codes, '') as codes,
        coalesce(roles, '') as roles,
        coalesce(words, '') as words,
        coalesce(contexts, '') as contexts
    from raw.domain_rules
),

rule_codes as (
    select
        position,
        unnest(string_split(codes, ' ')) as beginning
    from rules
),

rule_roles as (
    select
        position,
        unnest(string_split(roles, ' ')) as role
    from rules
),

rule_words as (
    select
        position,
        unnest(string_split(words, ' ')) as word
    from rules
),

rule_contexts as (
    select
        position,
        unnest(string_split(contexts, ' ')) as context
    from rules
),

cases as (
    select
        reports.report_id,
        reports.dataset,
        reports.event_day as day,
        reports.code,
        coalesce(reports.source_role, '') as source_role,
        coalesce(reports.target_role, '') as target_role,
        concat_ws(' ', regexp_replace(reports.url, '^https?://[^/]*', ''), reports.title) as told,
        coalesce(reports.domain_given, '') as contexts
    from raw.reports
    left join staging.domain_names on reports.domain_given = domain_names.source_name
    where domain_names.domain is null
),

codes as (
    select distinct code from cases
),

code_rules as (
    select
        codes.code,
        list(distinct rule_codes.position) as positions
    from codes
    inner join rule_codes on starts_with(codes.code, rule_codes.beginning)
    group by codes.code
),

roles as (
    select distinct
        source_role,
        target_role
    from cases
),

role_rules as (
    select
        roles.source_role,
        roles.target_role,
        list(distinct rule_roles.position) as positions
    from roles
    inner join rule_roles on rule_roles.role in ('', roles.source_role, roles.target_role)
    group by roles.source_role, roles.target_role
),

texts as (
    select distinct told from cases
),

tokens as (
    select
        told,
        regexp_extract_all(lower(strip_accents(url_decode(told))), '[a-z0-9]+') as parts
    from texts
),

words as (
    select
        told,
        unnest(
            parts || list_transform(range(1, len(parts)), lambda place: parts[place] || '-' || parts[place + 1]) || ['']
        ) as word
    from tokens
),

word_rules as (
    select
        words.told,
        list(distinct rule_words.position) as positions
    from words
    inner join rule_words on words.word = rule_words.word
    group by words.told
),

given as (
    select distinct contexts from cases
),

context_parts as (
    select
        contexts,
        unnest(regexp_extract_all(contexts, '[a-z_]+') || ['']) as context
    from given
),

context_rules as (
    select
        context_parts.contexts,
        list(distinct rule_contexts.position) as positions
    from context_parts
    inner join rule_contexts on context_parts.context = rule_contexts.context
    group by context_parts.contexts
),

first_rules as (
    select
        cases.report_id,
        cases.dataset,
        cases.day,
        list_min(list_intersect(
            list_intersect(code_rules.positions, role_rules.positions),
            list_intersect(word_rules.positions, context_rules.positions)
        )) as position
    from cases
    inner join code_rules on cases.code = code_rules.code
    inner join role_rules on cases.source_role = role_rules.source_role and cases.target_role = role_rules.target_role
    inner join word_rules on cases.told = word_rules.told
    inner join context_rules on cases.contexts = context_rules.contexts
)

select
    first_rules.report_id,
    first_rules.dataset,
    first_rules.day,
    rules.domain,
    rules.rule as domain_rule
from first_rules
inner join rules on first_rules.position = rules.position
