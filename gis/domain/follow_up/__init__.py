"""遥感跟踪: what images show of a listed site over the years."""
