select
    feed,
    received_on,
    file,
    sha256,
    status,
    reason,
    rows_read,
    rows_loaded,
    rows_quarantined,
    rows_duplicate,
    rows_ignored,
    rows_warned
from {{ ref('int_delivery') }}
