"""Pages of the inspection teams, on the phone and at the desk, and of the hotline."""
