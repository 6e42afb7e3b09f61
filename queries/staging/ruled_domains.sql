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
        unnest(parts) as word,
        unnest(parts[2:]) as next_word
    from tokens
),

word_rules as (
    select
        words.told,
        list(distinct rule_words.position order by rule_words.position) as positions
    from words
    inner join
        rule_words
        on words.word = split_part(rule_words.word, '-', 1) and rule_words.word in (words.word, words.word || '-' || words.next_word)
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

wordless as (
    select coalesce(list(position), []) as positions
    from rules
    where words = ''
),

told_cases as (
    select
        cases.*,
        coalesce(word_rules.positions, []) as word_positions
    from cases
    left join word_rules on cases.told = word_rules.told
),

sorts as (
    select distinct
        code,
        source_role,
        target_role,
        word_positions,
        contexts
    from told_cases
),

first_rules as (
    select
        sorts.*,
        list_min(list_intersect(
            list_intersect(code_rules.positions, role_rules.positions),
            list_intersect(sorts.word_positions || wordless.positions, context_rules.positions)
        )) as position
    from sorts
    inner join code_rules on sorts.code = code_rules.code
    inner join role_rules on sorts.source_role = role_rules.source_role and sorts.target_role = role_rules.target_role
    inner join context_rules on sorts.contexts = context_rules.contexts
    cross join wordless
)

select
    told_cases.report_id,
    told_cases.dataset,
    told_cases.day,
    rules.domain,
    rules.rule as domain_rule
from told_cases
inner join
    first_rules
    on
        told_cases.code = first_rules.code
        and told_cases.source_role = first_rules.source_role
        and told_cases.target_role = first_rules.target_role
        and told_cases.word_positions = first_rules.word_positions
        and told_cases.contexts = first_rules.contexts
inner join rules on first_rules.position = rules.position
