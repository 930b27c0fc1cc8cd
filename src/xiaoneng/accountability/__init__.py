"""The ladder of consequences and who answers for what (问责)."""
