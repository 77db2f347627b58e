-- One row for each delivery known, with the digest of its content.
select feed, cast(received_on as varchar) as received_on, file, sha256, status
from delivery
order by feed, received_on, file
