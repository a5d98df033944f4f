"""Speed as ratios of one run: ``python -m tests.bench``. Nothing here fails a build; the figures are targets."""
