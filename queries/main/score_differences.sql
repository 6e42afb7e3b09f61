/* Codes to which two score tables give different weights as published, and by how much; codes without an entry count as their parent.

   grain   score_table, other_table, code
   inputs  staging.scores, staging.event_codes
   built   view
   columns
     score_table     varchar  one table
     other_table     varchar  the other, later in the alphabet
     code            varchar  CAMEO code
     label_en        varchar  meaning of the code
     score           double   weight in the one table, as published
     other_score     double   weight in the other, as published
     difference      double   score minus other_score, score points
     is_other_sign   boolean  one table calls it cooperation, the other friction
   source  seeds/score_tables.csv
*/
select
    one.score_table,
    other.score_table as other_table,
    one.code,
    event_codes.label_en,
    one.listed_score as score,
    other.listed_score as other_score,
    one.listed_score - other.listed_score as difference,
    one.listed_score * other.listed_score < 0e0 as is_other_sign
from staging.scores as one
inner join staging.scores as other on one.code = other.code and one.score_table < other.score_table
inner join staging.event_codes on one.code = event_codes.code
where one.listed_score <> other.listed_score
