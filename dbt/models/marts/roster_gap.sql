select
    kind,
    subject,
    name,
    uscc,
    region_code,
    rows_seen
from {{ ref('int_roster_gap') }}
