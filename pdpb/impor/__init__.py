"""Import of base lists and lists of changes: received, recognised, checked, previewed, applied, undone."""
