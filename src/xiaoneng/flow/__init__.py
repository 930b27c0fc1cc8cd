"""Event logs of offices' own systems: read, timed by the limits they carry, and judged (流程). No database."""
