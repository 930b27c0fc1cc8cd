"""Pages: one door to the rooms below, beside `api` and `cli`."""
