#!/usr/bin/env python
"""Django's command line for Kantor KPU Palu."""

import os
import sys

if __name__ == "__main__":
    from kpupalu.demo.lingkungan import siapkan

    # Where nobody set the environment, a checkout with a demo office is used as one machine (rule in that module).
    siapkan(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kpupalu.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
