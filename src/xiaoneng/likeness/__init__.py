"""Texts that are like each other, and texts that are found again (相似与检索): knows texts by key, no matter, no clock."""
