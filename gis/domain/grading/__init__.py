"""分级: from facts to a grade with its reasons, and the rule sets that decide it."""
