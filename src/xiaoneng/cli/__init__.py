"""Commands: one door to the rooms below, beside `web` and `api`."""
