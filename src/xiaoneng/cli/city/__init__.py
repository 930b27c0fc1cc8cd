"""The reference city (参考城市): Ningbo's divisions, agencies, posts and service items as data, with invented people."""
