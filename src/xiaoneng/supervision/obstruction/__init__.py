"""Where things stick (梗阻): every question on columns of events, once, for pages, commands and other systems."""
