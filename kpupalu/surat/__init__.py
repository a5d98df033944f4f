"""Letters: the agenda of incoming ones with their dispositions, outgoing ones, and who received which file."""
