"""Mandates of inspectors (聘任): who may be drawn for an inspection, and what a lot rests on."""
