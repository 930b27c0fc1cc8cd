"""Complaints: how they are told, taken in at the centre, and followed to their end."""
