"""Text for the terminal: reports, rules and figures, in tables that stand straight."""
