"""Agencies, posts, who holds them and who covers (机构岗位)."""
