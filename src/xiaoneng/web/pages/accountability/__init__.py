"""Accountability (问责): derelictions and breaches of the bans, weak agencies, a person's record, registering one."""
