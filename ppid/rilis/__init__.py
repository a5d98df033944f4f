"""Files that leave the house: what hides in them, what is blacked out, and the proof that it is gone.

Readers of foreign formats run in a process of their own with little memory and time (``pekerja``); what imports Django
stays outside of it (``kotak_pasir``).
"""
