"""Pages of what is public (公开): the register, exposures, the four always, and what is to be published."""
