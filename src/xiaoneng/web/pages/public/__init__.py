"""What citizens come for: the hall, the service guide, applying, the board and the duty roster."""
