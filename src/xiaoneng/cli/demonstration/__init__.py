"""The demonstration (演示): a living city to try everything on, with log-ins for the roles of one office."""
