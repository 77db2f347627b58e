"""Large feeds of invented units, as typed Parquet or small workbooks: seeded, vectorised, month by month."""
