select
    feed,
    received_on,
    file,
    sheet,
    row_no,
    reasons,
    row
from {{ ref('int_quarantine') }}
