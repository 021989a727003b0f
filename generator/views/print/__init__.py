"""What printed sheets show, one module a sheet; parts.py has what they share."""
