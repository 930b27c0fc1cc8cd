"""Columns out again (导出): settled events and cases as XES, OCEL 2.0, CSV, Parquet, and as open data."""
