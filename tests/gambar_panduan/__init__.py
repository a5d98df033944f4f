"""Makes the pictures of the guide from an invented office: ``python -m tests.gambar_panduan`` (``make gambar``)."""
