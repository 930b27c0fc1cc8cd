"""What stands before the public (公开): publications by channel, the duty to publish, and the four always (四个一律)."""
