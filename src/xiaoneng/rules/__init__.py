"""The eight systems (八项制度), each a pure judgement over recorded facts."""
