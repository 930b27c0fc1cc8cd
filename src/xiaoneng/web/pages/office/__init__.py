"""The office's own affairs: leave and hand-over, and the calendar everybody counts by."""
