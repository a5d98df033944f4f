"""Public information: requests, objections, disputes, and the days the law gives for each."""
