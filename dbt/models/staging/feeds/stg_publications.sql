{{ config(materialized='table') }}

{{ feed_current(
    'publications',
    columns=[
        'year', 'channel', 'url', 'published_on', 'removed_on'
    ]
) }}
