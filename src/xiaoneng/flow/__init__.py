"""Event logs as columns (流程): reading, checking, counting; knows no matter and no database."""
