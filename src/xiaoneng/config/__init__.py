"""Settings and addresses: one file, every value from the environment."""
