"""The one page family for all matters: for the citizen, for the desk, for whoever checks a paper."""
