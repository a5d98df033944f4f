"""Pages: the frame every page stands in, its menu, keyset pages, template tags, charts as SVG, error pages."""
