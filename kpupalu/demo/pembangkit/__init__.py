"""Generator of the demo office: real places, invented people, and the files an office really receives.

Pure Python, no database, no clock: :func:`buat` writes the same bytes wherever it runs.
"""

from .masa import Masa
from .rakit import Ringkasan, buat

__all__ = ["Masa", "Ringkasan", "buat"]
