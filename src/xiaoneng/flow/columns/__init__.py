"""Events at rest (事件列): in Parquet, by feed and month, asked by one set of expressions on any engine."""
