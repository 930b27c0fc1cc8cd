"""Lights, the sweep, cards and feeds from agencies' own systems (督察)."""
