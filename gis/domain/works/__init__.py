"""整治项目: plans, tasks, stages and their gates, days due, and notices to who lags."""
