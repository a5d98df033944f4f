"""Data ganda: which two rows of the roll may be one person, and why (docs/keputusan/0010-data-ganda.md).

``bandingan`` judges two rows and knows every rule; ``nama`` and ``unsur`` say how far two names, dates, numbers and
addresses agree; ``konteks`` knows how common each of them is; ``pencarian`` finds the pairs worth judging.
"""
