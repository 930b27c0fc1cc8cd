"""Supervision (督察): the wall, what is behind each light, cards, and the feeds of agencies' own systems."""
