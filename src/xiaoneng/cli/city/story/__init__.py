"""A year of the reference city (参考城市的一年): invented matters, planned by a seed and lived through the one door."""
