"""What the public is told (政务公开), asked from above as queries."""
